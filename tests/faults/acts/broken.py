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
        result = super().perform(number)
        if kind == "writes in two transactions":
            self._insert(f"INSERT INTO area_contact (area_id, name, from_on) VALUES ({number + 1},"
                         " '多', '2026-01-01')")  # fmt: skip
            self._insert("DELETE FROM area_contact WHERE name = '多'")
        if kind == "answers differently":
            return f"{result} {os.urandom(4).hex()}"
        return result

    def _insert(self, statement: str) -> None:
        with self._office.database.writing() as uow:
            uow.session.execute(text(statement))
            uow.commit()


def open_session(folder: Path) -> Session:
    return Session(common.opened_office(folder))
