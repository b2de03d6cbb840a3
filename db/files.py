"""Writing whole files so that a cut leaves the old one or the new one, never a part."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import StorageError, StorageKind

PART = ".part"

# what lies in an office's folder
LEDGER, ATTACHMENTS, BACKUPS = "ledger.db", "attachments", "backups"
MANIFEST = "manifest.json"  # of a backup, which is no office

_KINDS = {
    errno.ENOSPC: StorageKind.FULL,
    errno.EDQUOT: StorageKind.FULL,
    errno.EROFS: StorageKind.READ_ONLY,
    errno.EACCES: StorageKind.READ_ONLY,
    errno.EPERM: StorageKind.READ_ONLY,
}


@contextmanager
def storage_errors(where: Path) -> Iterator[None]:
    """Turn the system's refusals inside the block into StorageError."""
    try:
        yield
    except OSError as error:
        kind = _KINDS.get(error.errno or 0, StorageKind.UNREADABLE)
        raise StorageError(kind, error.strerror or type(error).__name__, str(where)) from error


def write_atomically(path: Path, data: bytes) -> None:
    """Temporary file, sync, rename, sync of the folder (R09, R01)."""
    part = path.with_name(path.name + PART)
    with storage_errors(path):
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create `folder` and the missing ones above it, each made to last."""
    with storage_errors(folder):
        missing = [at for at in (folder, *folder.parents) if not at.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for made in missing:
            sync_folder(made.parent)
