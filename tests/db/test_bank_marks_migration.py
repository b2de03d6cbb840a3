"""Bank lines stored before they could be marked keep all that they were, and are marked nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.engine import open_engine
from db.files import LEDGER
from db.keyring import Keyring
from db.migrate import upgrade
from tests.db.releases import FOLDER
from tests.services.desks import USERS

ACCOUNT = (
    "INSERT INTO bank_account (uid, number, name, created_at, created_by, row_version)"
    " VALUES (randomblob(16), '1234567890123', '', '2026-12-01', 1, 1)"
)
LINE = (
    "INSERT INTO bank_line (uid, account_id, booked_on, booked_time, amount_fen, balance_fen,"
    " other_name, other_account, memo, reference, state_code, payment_id, row_version)"
    " VALUES (randomblob(16), 1, '2026-11-20', NULL, {fen}, 100, '演示银行', NULL, '结息', 'A1',"
    " 'valid', {payment}, 3)"
)


@pytest.fixture
def old(tmp_path: Path) -> Engine:
    """A released office with two lines, one of them its transfer, as the program before kept it."""
    shutil.copytree(FOLDER / "0.1.0", tmp_path / "office")
    user = USERS[0]
    secrets = Keyring.load(tmp_path / "office").unlock(user.login, user.password)
    engine = open_engine(f"sqlite:///{tmp_path}/office/{LEDGER}", secrets.database_key)
    upgrade(engine, lambda _old: None, target="0028")
    with engine.begin() as connection:
        for statement in (
            ACCOUNT,
            LINE.format(fen=1_234, payment="NULL"),
            LINE.format(fen=-2_000, payment=1),
        ):
            connection.execute(text(statement))
    return engine


def test_lines_of_before_are_kept_and_marked_nothing(old: Engine) -> None:
    lines = text("SELECT * FROM bank_line ORDER BY id")
    with old.connect() as connection:
        before = [dict(row) for row in connection.execute(lines).mappings()]
    upgrade(old, lambda _old: None, target="0029")
    with old.connect() as connection:
        after = [dict(row) for row in connection.execute(lines).mappings()]
        indexes = connection.exec_driver_sql("PRAGMA index_list(bank_line)").mappings().all()
    assert len(before) == 2
    assert after == [row | {"mark_code": None, "note": None} for row in before]
    assert {"ix_bank_line_day", "ix_bank_line_payment_id"} <= {one["name"] for one in indexes}
