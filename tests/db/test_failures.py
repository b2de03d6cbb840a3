"""Drivers' errors mean the same to callers whatever their class, and tell no values."""

from __future__ import annotations

from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import Engine, text

from db.engine import open_engine
from db.errors import ConflictError, StatementStoppedError, StorageError, StorageKind
from db.failures import storage_error


def of_sqlite(code: int | None, words: str = "words") -> Any:
    error = sqlcipher3.dbapi2.OperationalError(words)
    if code is not None:
        error.sqlite_errorcode = code
    return storage_error(error, "ledger.db")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, StorageKind.LOCKED),
        (5 | 2 << 8, StorageKind.LOCKED),  # BUSY_SNAPSHOT
        (8, StorageKind.READ_ONLY),
        (10, StorageKind.UNREADABLE),
        (10 | 4 << 8, StorageKind.UNREADABLE),  # IOERR_FSYNC
        (11, StorageKind.DAMAGED),
        (13, StorageKind.FULL),
        (14, StorageKind.UNREADABLE),
        (26, StorageKind.WRONG_KEY),
    ],
)
def test_sqlites_codes_have_kinds(code: int, kind: StorageKind) -> None:
    mapped = of_sqlite(code)
    assert isinstance(mapped, StorageError)
    assert (mapped.kind, mapped.where) == (kind, "ledger.db")


def test_an_error_without_a_code_is_known_by_sqlites_own_text() -> None:
    mapped = of_sqlite(None, "database or disk is full")
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.FULL


@pytest.mark.parametrize(("code", "words"), [(1, "no such table: x"), (21, "misuse"), (None, "?")])
def test_a_programs_own_fault_stays_a_bug(code: int | None, words: str) -> None:
    assert of_sqlite(code, words) is None


def test_an_interrupt_is_no_failure_of_storage() -> None:
    assert isinstance(of_sqlite(9), StatementStoppedError)


@pytest.mark.parametrize(
    ("words", "conflict"),
    [
        ("UNIQUE constraint failed: member.id_no", True),
        ("FOREIGN KEY constraint failed", True),
        ("cover overlaps", True),  # a trigger's
        ("NOT NULL constraint failed: member.name", False),
        ("CHECK constraint failed: people", False),
    ],
)
def test_a_constraint_is_a_conflict_unless_only_a_bug_breaks_it(words: str, conflict: bool) -> None:
    assert isinstance(of_sqlite(19, words), ConflictError) == conflict


def test_other_errors_are_not_ours() -> None:
    assert storage_error(ValueError("x")) is None


def test_a_server_that_does_not_answer_is_unreadable() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2", None)
    with pytest.raises(Exception, match=r"refused|failed") as caught:
        engine.connect()
    mapped = storage_error(caught.value)
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.UNREADABLE
    engine.dispose()


@pytest.mark.integration
def test_a_lost_connection_is_unreadable_and_the_next_one_works(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("a file has no connection to lose")
    with pytest.raises(Exception, match=r"terminat|closed|lost") as caught, engine.begin() as lost:
        lost.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    mapped = storage_error(caught.value)
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.UNREADABLE
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_postgresql_waits_no_longer_than_sqlite_for_a_lock(engine: Engine) -> None:
    with engine.connect() as connection:
        name = engine.dialect.name
        query = "SHOW lock_timeout" if name == "postgresql" else "PRAGMA busy_timeout"
        assert connection.scalar(text(query)) in {"5s", 5000}


def test_a_servers_commit_is_on_its_disk_before_it_answers(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            assert connection.scalar(text("SHOW synchronous_commit")) != "off"
            assert connection.scalar(text("SHOW timezone")) == "UTC"
        else:
            assert connection.scalar(text("PRAGMA synchronous")) == 2
