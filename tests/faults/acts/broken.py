"""Acts that break a promise, to show that the harness notices."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import text

from tests.faults.acts import common, ledger

prepare, secrets_of, found = common.prepare, common.secrets_of, ledger.found


class Session(ledger.Session):
    def perform(self, number: int) -> str:
        kind = os.environ["BROKEN_ACT"]
        if kind == "forgets to commit":
            return f"area {number}"
        if kind == "writes in two transactions":
            self._office.add_area(f"片区{number}x")
            with self._office.database.writing() as uow:
                uow.session.execute(text("DELETE FROM area WHERE name LIKE '%x'"))
                uow.commit()
        result = super().perform(number)
        return f"{result} {os.urandom(4).hex()}" if kind == "answers differently" else result


def open_session(folder: Path) -> Session:
    return Session(common.opened_office(folder))
