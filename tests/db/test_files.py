"""Whole files, or the old ones; and the system's refusals as ours."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from db.errors import StorageError, StorageKind
from db.files import make_folder, storage_errors, write_atomically


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    for data in (b"old", b"new and longer", b""):
        write_atomically(path, data)
        assert path.read_bytes() == data
    assert os.listdir(tmp_path) == ["keyring.json"]  # noqa: PTH208


def test_a_write_that_fails_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keyring.json"
    write_atomically(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as caught:
        write_atomically(path, b"new")
    assert (caught.value.kind, caught.value.where) == (StorageKind.FULL, str(path))
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["keyring.json"]  # noqa: PTH208


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageKind.FULL),
        (errno.EROFS, StorageKind.READ_ONLY),
        (errno.EACCES, StorageKind.READ_ONLY),
        (errno.EIO, StorageKind.UNREADABLE),
        (errno.ENOENT, StorageKind.UNREADABLE),
    ],
)
def test_refusals_have_kinds(number: int, kind: StorageKind, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught, storage_errors(tmp_path):
        raise OSError(number, os.strerror(number))
    assert caught.value.kind == kind


def test_a_folder_may_be_there_already(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
