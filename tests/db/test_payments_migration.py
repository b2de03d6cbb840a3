"""Money recorded before transfers paid for several enrolments is of the one it was for."""

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

BEFORE, AFTER = "0021", "0022"
PAYMENT = (
    "INSERT INTO payment (uid, amount_fen, people, paid_on, payer_name, payer_is_person,"
    " state_code, recorded_by, recorded_at, row_version)"
    " SELECT randomblob(16), {fen}, NULL, paid_on, payer_name, 0, '{state}', recorded_by,"
    " recorded_at, 1 FROM payment WHERE id = 1"
)
ALLOCATION = (
    "INSERT INTO payment_allocation (payment_id, enrolment_id, fen, people)"
    " SELECT id, 1, amount_fen, people FROM payment WHERE id > 1"
)
REFUND = (
    "INSERT INTO refund (payment_id, fen, asked_on, arrived_on, reason, row_version)"
    " VALUES (1, 300, '2026-12-01', NULL, '多缴(演示)', 1)"
)


@pytest.fixture
def old(tmp_path: Path) -> Engine:
    """A released office as the program before kept it, its one transfer confirmed."""
    shutil.copytree(FOLDER / "0.1.0", tmp_path / "office")
    user = USERS[0]
    secrets = Keyring.load(tmp_path / "office").unlock(user.login, user.password)
    engine = open_engine(f"sqlite:///{tmp_path}/office/{LEDGER}", secrets.database_key)
    upgrade(engine, lambda _old: None, target=BEFORE)
    with engine.begin() as connection:
        for state, fen in (("differs", 100), ("recorded", 200), ("returned", 400)):
            connection.execute(text(PAYMENT.format(fen=fen, state=state)))
        connection.execute(text(ALLOCATION))
        connection.execute(text(REFUND))
    return engine


def test_a_transfer_gives_its_enrolment_what_it_was_itself(old: Engine) -> None:
    with old.connect() as connection:
        before = connection.execute(
            text("SELECT payment_id, enrolment_id, fen, people FROM payment_allocation")
        ).all()
        arrived = connection.execute(text("SELECT confirmed_on, confirmed_by FROM payment")).all()
    upgrade(old, lambda _old: None, target=AFTER)
    with old.connect() as connection:
        kept = connection.execute(
            text("SELECT payment_id, enrolment_id, fen, people FROM payment_allocation")
        ).all()
        told = connection.execute(
            text(
                "SELECT p.state_code, a.agrees, a.row_version FROM payment_allocation a"
                " JOIN payment p ON p.id = a.payment_id ORDER BY p.id"
            )
        ).all()
        confirmed = connection.execute(
            text("SELECT confirmed_on, confirmed_by FROM payment_allocation ORDER BY payment_id")
        ).all()
    assert kept == before
    assert [tuple(row) for row in told] == [
        ("agrees", 1, 1), ("differs", 0, 1), ("recorded", None, 1), ("returned", None, 1),
    ]  # fmt: skip
    assert confirmed == arrived
    assert confirmed[0].confirmed_on
    assert confirmed[0].confirmed_by


def test_what_was_asked_back_is_of_the_enrolment_that_its_transfer_paid_for(old: Engine) -> None:
    upgrade(old, lambda _old: None, target=AFTER)
    with old.connect() as connection:
        refunds = connection.execute(text("SELECT payment_id, enrolment_id, fen FROM refund")).all()
    assert [tuple(row) for row in refunds] == [(1, 1, 300)]
