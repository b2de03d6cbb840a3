"""Files that are whole or absent: written beside, synced, renamed; faults of the disk by kind."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError

_KINDS = {
    errno.ENOSPC: StorageKind.FULL,
    errno.EDQUOT: StorageKind.FULL,
    errno.EFBIG: StorageKind.FULL,
    errno.EACCES: StorageKind.READ_ONLY,
    errno.EPERM: StorageKind.READ_ONLY,
    errno.EROFS: StorageKind.READ_ONLY,
}


@contextmanager
def disk_faults(where: Path) -> Iterator[None]:
    """Name a full disk and a read-only folder as what they are."""
    try:
        yield
    except OSError as error:
        kind = _KINDS.get(error.errno or 0, StorageKind.UNREADABLE)
        raise StorageError(kind, error.strerror or type(error).__name__, str(where)) from error


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_existing(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise FileError(
            "target-exists",
            f"“{target.name}”已经存在,没有覆盖它。",
            "请换一个名称,或先把原来的移走。",
            str(target),
        )


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there; NTFS logs the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """A folder with all its files, or none: a killed or refused write leaves no `target`.

    Only the user who wrote it may read it: it holds personal data.
    """
    write_tree(target, files.items())


def write_tree(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """The same of files that come one by one, in folders of their own: `案卷/1.pdf`.

    What the files' source raises leaves no `target` either. What a kill left of the same target
    goes before: it would lie there hidden for good, with personal data in it.
    """
    refuse_existing(target)
    with disk_faults(target):
        made = target.with_name(f".part-{sha256_of(target.name.encode())[:12]}")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        try:
            folders = {made}
            for name, data in files:
                path = made / name
                if path.parent not in folders:
                    path.parent.mkdir(parents=True)
                    folders.add(path.parent)
                _write_synced(path, data)
            for folder in sorted(folders, reverse=True):
                _sync_folder(folder)
            made.rename(target)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _sync_folder(target.parent)


def write_file(target: Path, data: bytes) -> None:
    """One file, whole or absent, for the eyes of the user who wrote it."""
    refuse_existing(target)
    with disk_faults(target):
        handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        made = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            made.rename(target)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
