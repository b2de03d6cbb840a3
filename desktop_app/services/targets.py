"""Where a user may have files written: a folder that is there, and not the office's own store."""

from __future__ import annotations

from pathlib import Path

from db.files import ATTACHMENTS, BACKUPS
from desktop_app.errors import FileError
from desktop_app.services.desk import Desk


def require_folder(desk: Desk, folder: Path) -> None:
    """Refuse a folder that is missing, or that holds the office's attachments or backups."""
    try:
        there = folder.is_dir()
    except OSError:  # a name that no disk takes
        there = False
    if not there:
        raise FileError(
            "folder-missing", "没有这个文件夹。", "请先建立它,或另选一个文件夹。", str(folder)
        )
    office, place = desk.folder.resolve(), folder.resolve()
    if any(place.is_relative_to(office / name) for name in (ATTACHMENTS, BACKUPS)):
        raise FileError(
            "folder-of-office", "这里存放着机构的数据,不能再放别的文件。", "请另选一个文件夹。",
            str(folder),
        )  # fmt: skip


def require_file(desk: Desk, target: Path) -> None:
    """Refuse a file in such a folder, a folder's name, and what lies beside the ledger."""
    require_folder(desk, target.parent)
    if target.is_dir():
        raise FileError(
            "target-is-folder", f"“{target.name}”是文件夹。", "请写明文件名。", str(target)
        )
    if target.resolve().parent == desk.folder.resolve():
        raise FileError(
            "folder-of-office", "这里存放着机构的数据,不能再放别的文件。", "请另选一个文件夹。",
            str(target),
        )  # fmt: skip
