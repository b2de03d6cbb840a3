"""Backups of the office: made, listed, verified; restoring is bootstrap's, before sign-in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from db import backup as store
from db.files import BACKUPS
from db.manifest import Manifest
from desktop_app.errors import FileError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.views.offices import BackupLine


class BackupService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("backup.make", Permission.BACK_UP, Area.BACKUPS)
    def back_up(self, tx: Transaction, folder: Path | None = None) -> str:
        """Copy, open, check and count the office; only then does it count as a backup."""
        self.desk.require_own_ledger()
        made = store.back_up(
            self.desk.database.readers, self.desk.secrets, self.desk.folder, tx.now, folder
        )
        tx.audit("office", people=made.manifest.counts.get("member", 0))
        return str(made.folder)

    @look()
    def list_backups(self) -> tuple[BackupLine, ...]:
        lines = []
        for folder in store.list_backups(self.desk.folder / BACKUPS):
            manifest = Manifest.read(folder, self.desk.secrets.backup_key)
            size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
            lines.append(
                BackupLine(
                    path=str(folder),
                    made_at=datetime.fromisoformat(manifest.made_at),
                    people=manifest.counts.get("member", 0),
                    verified=True,
                    size=size,
                )
            )
        return tuple(lines)

    @look(Permission.BACK_UP)
    def verify(self, path: str) -> bool:
        """Read every byte of a backup; StorageError says what is not as it was."""
        folder = Path(path)
        if not folder.is_dir():
            raise FileError("backup-unknown", "没有这个备份。", "请重新选择备份文件夹。", path)
        store.verify(folder, self.desk.secrets)
        return True
