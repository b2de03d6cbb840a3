"""What was chosen last outlives the program; a spoilt file costs nothing but the choice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.ui.remembered import Remembered


def test_a_choice_is_there_again_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "own" / "last-choices.json"
    first = Remembered()
    first.keep_in(file)
    first.put(printer="办公室", copies=2)
    again = Remembered()
    again.keep_in(file)
    assert (again.get("printer", ""), again.get("copies", 1)) == ("办公室", 2)
    assert again.get("folder", "桌面") == "桌面"


def test_the_same_choice_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "last-choices.json"
    kept = Remembered()
    kept.keep_in(file)
    kept.put(copies=2)
    file.unlink()
    kept.put(copies=2)
    assert not file.exists()


@pytest.mark.parametrize("text", ["", "[1]", "{", "\x00"])
def test_a_spoilt_file_is_taken_as_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "last-choices.json"
    file.write_text(text, encoding="utf-8")
    kept = Remembered()
    kept.keep_in(file)
    assert kept.get("copies", 1) == 1


def test_a_value_of_another_kind_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "last-choices.json"
    file.write_text(json.dumps({"copies": "many", "printer": 3, "wide": True}), encoding="utf-8")
    kept = Remembered()
    kept.keep_in(file)
    assert (kept.get("copies", 1), kept.get("printer", ""), kept.get("wide", 0)) == (1, "", 0)


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file where the folder should be", encoding="utf-8")
    kept = Remembered()
    kept.keep_in(tmp_path / "own" / "last-choices.json")
    kept.put(copies=3)
    assert kept.get("copies", 1) == 3
