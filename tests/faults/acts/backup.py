"""The act of making a backup after each change."""

from __future__ import annotations

from pathlib import Path

from db.backup import back_up, list_backups, verify
from db.errors import StorageError
from db.files import BACKUPS
from tests.db.offices import NOW
from tests.faults.acts import common, ledger

prepare, secrets_of = common.prepare, common.secrets_of


class Session(ledger.Session):
    def perform(self, number: int) -> str:
        result = super().perform(number)
        office = self._office
        back_up(office.database.readers, office.secrets, office.folder, NOW)
        return result


def open_session(folder: Path) -> Session:
    return Session(common.opened_office(folder))


def found(folder: Path) -> tuple[list[int], list[str]]:
    """Every listed backup is whole, and the newest holds all but perhaps the last act."""
    numbers, faults = ledger.found(folder)
    secrets, newest = secrets_of(folder), 0
    for backup in list_backups(folder / BACKUPS):
        try:
            newest = max(newest, verify(backup, secrets).counts["area"])
        except StorageError as error:
            faults.append(f"{backup.name}: {error!r}")
    if newest < len(numbers) - 1:
        faults.append(f"{len(numbers)} acts, {newest} in the newest backup")
    return numbers, faults
