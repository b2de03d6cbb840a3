"""A file is known again by its bytes; one that cannot be read is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import FileError
from desktop_app.intake.file_digests import file_digest


def test_the_same_bytes_under_another_name_are_the_same_file(tmp_path: Path) -> None:
    for name, data in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name).write_bytes(data)
    first, again, other = (file_digest(tmp_path / name) for name in "abc")
    assert first == again != other


@pytest.mark.parametrize(
    ("error", "code"),
    [(FileNotFoundError, "file-missing"), (PermissionError, "file-locked"),
     (OSError, "file-unreadable")],
)  # fmt: skip
def test_a_file_that_the_system_does_not_give_is_one_sentence(
    error: type[OSError], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError, match="名单") as refused:
        file_digest(tmp_path / "名单.xlsx")
    assert refused.value.code == code


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError) as refused:
        file_digest(tmp_path)
    assert refused.value.code == "file-not-a-workbook"
