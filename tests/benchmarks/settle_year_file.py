"""An encrypted ledger with a year of invented settlements of invented people."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from db.engine import open_engine
from db.files import LEDGER
from db.migrate import upgrade
from db.uow import Database
from tests.services.settlements import found

KEY = bytes(range(32))
SETTLEMENTS, MEMBERS = 2_590_000, 1_110_000  # as many as Beijing had in 2017

# Multipliers prime to the counts stand for chance: every run of the benchmark sees the same rows.
PEOPLE = """
INSERT INTO member (uid, name, name_key, initials, sort_key, identity_kind_code,
                    identity_shared, state_code, row_version)
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :members)
SELECT CAST(printf('%016d', n) AS BLOB), '演示', printf('演示%d', n), 'YS', 'yan shi', 'unknown',
       0, 'active', 1
FROM number
"""
BILLS = """
INSERT INTO settlement (period_id, feed_id, line_no, member_id, settled_on, admission_no,
                        total_fen, own_fen, eligible_own_fen, deducted_fen)
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :settlements)
SELECT 1, 1, n, 1 + n * 514229 % :members,
       date('2025-01-01', (364 * n / :settlements) || ' days'), 1,
       3 * (n * 48271 % 9000011), 2 * (n * 48271 % 9000011), n * 48271 % 9000011, 0
FROM number
"""


def make(folder: Path, settlements: int, members: int) -> Path:
    """Return the ledger's file."""
    file = folder / LEDGER
    engine = open_engine(f"sqlite:///{file}", KEY)
    upgrade(engine)
    with Session(engine) as session:
        found(session, 0)
        session.execute(text(PEOPLE), {"members": members})
        session.execute(text(BILLS), {"settlements": settlements, "members": members})
        session.commit()
    engine.dispose()
    return file


def opened(file: Path) -> Database:
    return Database.open(f"sqlite:///{file}", KEY)
