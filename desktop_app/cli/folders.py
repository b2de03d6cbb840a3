"""A folder that a command fills from nothing, and leaves as it was where it fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import FileError
from desktop_app.exchange.files import disk_faults


@contextmanager
def fresh(folder: Path, occupied: str) -> Iterator[None]:
    """Refuse a folder that is not absent or empty; undo what a failure left in it."""
    with disk_faults(folder):
        existed = folder.exists()
        if existed and (not folder.is_dir() or any(folder.iterdir())):
            raise FileError(
                "folder-not-empty", occupied, "请指定一个不存在的或空的文件夹。", str(folder)
            )
    try:
        with disk_faults(folder):
            yield
    except BaseException:
        _empty(folder)
        if not existed and folder.is_dir():
            folder.rmdir()
        raise


def _empty(folder: Path) -> None:
    for made in list(folder.iterdir()) if folder.is_dir() else ():
        if made.is_dir():
            shutil.rmtree(made, ignore_errors=True)
        else:
            made.unlink(missing_ok=True)
