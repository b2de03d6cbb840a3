"""The act of restoring: a backup of everything so far takes the place of the ledger."""

from __future__ import annotations

from pathlib import Path

from db.backup import back_up
from db.restore import restore
from tests.db.offices import NOW
from tests.faults.acts import common, ledger

prepare, secrets_of = common.prepare, common.secrets_of


class Session:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def perform(self, number: int) -> str:
        office = common.opened_office(self._folder)
        session = ledger.Session(office)
        try:
            result = session.perform(number)
            made = back_up(office.database.readers, office.secrets, self._folder, NOW)
        finally:
            session.close()
        restore(made.folder, self._folder, office.secrets, NOW)
        return result

    def close(self) -> None:
        """Nothing stays open between two restores."""


def open_session(folder: Path) -> Session:
    return Session(folder)


def found(folder: Path) -> tuple[list[int], list[str]]:
    """The office is whole at every instant: what was saved is there before and after."""
    return ledger.found(folder)
