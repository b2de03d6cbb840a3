"""An office brought back from a backup before anyone signs in; whose fault it is where it fails."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from db.errors import StorageError, StorageKind
from db.files import ATTACHMENTS
from db.keyring import FILE_NAME as KEYRING
from db.keyring import Keyring
from db.manifest import FILE_NAME as MANIFEST
from db.restore import restore as restore_backup
from desktop_app.errors import FileError


def bring_back(backup: Path, folder: Path, login: str, password: str, now: datetime) -> int:
    """Restore the folder's office; gives the backup's generation."""
    if not (backup / MANIFEST).is_file() or not (backup / KEYRING).is_file():
        raise FileError(
            "backup-unknown",
            "这里没有备份,没有恢复。",
            "请选择备份里以日期命名的文件夹。",
            str(backup),
        )
    inside = folder.resolve() in (backup.resolve(), backup.resolve().parent)
    if inside or (folder / MANIFEST).exists():  # nor into another backup
        raise FileError(
            "folder-of-backups",
            "不能恢复到存放备份的文件夹里。",
            "请指定机构的文件夹,或一个空文件夹。",
            str(folder),
        )
    secrets = Keyring.load(backup).unlock(login, password)
    try:
        return restore_backup(backup, folder, secrets, now)
    except StorageError as error:
        refusal = _backup_unfit(backup, error)
        if refusal is None:
            raise
        raise refusal from error


def _backup_unfit(backup: Path, error: StorageError) -> FileError | None:
    """Say of a fault that it is the backup's; None where it is the disk's or the office's."""
    if not error.where.startswith(str(backup.parent)):
        return None
    if error.kind is StorageKind.UNREADABLE and not Path(error.where).exists():
        lost = Path(error.where).relative_to(backup.parent).parts[0]
        return FileError(
            "backup-incomplete",
            f"这份备份缺少{lost}里的文件,没有恢复。",
            f"请把整个备份文件夹连同{ATTACHMENTS}一起拷来再恢复。",
            error.where,
        )
    if error.kind is StorageKind.DAMAGED:
        return FileError(
            "backup-damaged", "这份备份已损坏,没有恢复。", "请换一份备份再恢复。", error.where
        )
    return None
