"""A watched folder gives its files once, when nobody writes them any more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.intake import lying_files
from desktop_app.services.papers import scan_folders
from desktop_app.services.papers.scan_folders import Glance
from tests.services.desks import PNG, Staff
from tests.services.refusals import refused
from tests.services.test_receptions import take

EMPTY: frozenset[lying_files.LyingFile] = frozenset()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "高拍仪").mkdir()
    return tmp_path / "高拍仪"


def names(glance: Glance) -> list[str]:
    return [file.path.name for file in glance.whole]


def test_a_file_is_taken_once_it_lies_unchanged(staff: Staff, folder: Path) -> None:
    look = staff.clerk.scan_folders.look_in
    (folder / "一.pdf").write_bytes(b"%PDF the first half")
    first = look(folder, EMPTY, ())
    assert (names(first), len(first.lying)) == ([], 1)
    (folder / "一.pdf").write_bytes(b"%PDF the first half and the second")
    second = look(folder, first.lying, ())
    assert names(second) == []
    third = look(folder, second.lying, ())
    assert names(third) == ["一.pdf"]
    assert names(look(folder, third.lying, third.whole)) == []


def test_only_scans_that_hold_something_and_are_no_one_s_draft_are_seen(
    staff: Staff, folder: Path
) -> None:
    for name in ("二.TIF", "一.jpg", ".三.pdf", "~四.pdf", "名单.xlsx", "五.pdf.part"):
        (folder / name).write_bytes(b"something")
    (folder / "空.pdf").touch()
    (folder / "夹.pdf").mkdir()
    (folder / "走了.pdf").symlink_to(folder / "不在")
    seen = staff.clerk.scan_folders.look_in(folder, EMPTY, ()).lying
    glance = staff.clerk.scan_folders.look_in(folder, seen, ())
    assert names(glance) == ["一.jpg", "二.TIF"]


def test_what_was_received_before_the_program_started_is_known(staff: Staff, folder: Path) -> None:
    (folder / "旧.png").write_bytes(PNG.getvalue())
    take(staff, folder / "旧.png")
    look = staff.clerk.scan_folders.look_in
    glance = look(folder, look(folder, EMPTY, ()).lying, ())
    assert (names(glance), [file.path.name for file in glance.known]) == ([], ["旧.png"])


@pytest.mark.both_databases
def test_a_file_another_program_holds_waits_for_the_next_look(
    staff: Staff, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "一.pdf").write_bytes(b"%PDF")
    look = staff.clerk.scan_folders.look_in
    seen = look(folder, EMPTY, ()).lying

    def held(path: Path) -> str:
        raise lying_files.refusal("forbidden", path.name)

    with monkeypatch.context() as patched:
        patched.setattr(scan_folders, "file_digest", held)
        glance = look(folder, seen, ())
        assert (glance.whole, glance.known) == ((), ())
    assert names(look(folder, glance.lying, ())) == ["一.pdf"]


def test_a_folder_that_is_gone_or_closed_is_told(
    staff: Staff, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refused(staff, "folder-missing"):
        staff.clerk.scan_folders.look_in(folder / "没有", EMPTY, ())

    def closed(_folder: Path) -> object:
        raise PermissionError(13, "closed")

    monkeypatch.setattr(os, "scandir", closed)
    with refused(staff, "file-locked"):
        staff.clerk.scan_folders.look_in(folder, EMPTY, ())
