"""Transactions: all or nothing, one writer at a time, and the driver's errors as ours."""

# ruff: noqa: PT012 - the block that fails is a whole transaction

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from db.errors import ConflictError, StaleError, StatementStoppedError, StorageError, StorageKind
from db.identifiers import new_uid
from db.models.office import Area
from db.uow import Database, UnitOfWork


def add(uow: UnitOfWork, name: str) -> Area:
    area = Area(uid=new_uid(), name=name, sort_no=1)
    uow.session.add(area)
    return area


def saved(database: Database, name: str) -> Area:
    with database.writing() as uow:
        area = add(uow, name)
        uow.commit()
    return area


def names(database: Database) -> set[str]:
    with database.reading() as uow:
        return set(uow.session.scalars(select(Area.name)))


def test_leaving_without_commit_saves_nothing(database: Database) -> None:
    with database.writing() as uow:
        add(uow, "城关")
        uow.session.flush()
    assert names(database) == set()


def test_an_error_saves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as uow:
        add(uow, "城关")
        uow.session.flush()
        raise RuntimeError
    assert names(database) == set()


def test_what_was_committed_stays(database: Database) -> None:
    saved(database, "城关")
    assert names(database) == {"城关"}


def test_a_taken_key_is_a_conflict_that_tells_no_value(database: Database) -> None:
    saved(database, "张三的片区")
    with pytest.raises(ConflictError) as caught:
        saved(database, "张三的片区")
    assert "张三" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_missing_reference_is_a_conflict(database: Database) -> None:
    line = "INSERT INTO area_contact (area_id, name, from_on) VALUES (99, '李四', '2026-01-01')"
    with pytest.raises(ConflictError), database.writing() as uow:
        uow.session.execute(text(line))
        uow.commit()


def test_a_missing_value_is_a_bug(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as uow:
        uow.session.add(Area(uid=new_uid(), name=None, sort_no=1))
        uow.commit()


def test_a_row_changed_meanwhile_is_stale(database: Database) -> None:
    area = saved(database, "城关")
    with pytest.raises(StaleError), database.writing() as uow:
        mine = uow.session.get_one(Area, area.id)
        uow.session.execute(text("UPDATE area SET row_version = row_version + 1"))
        mine.name = "城北"
        uow.commit()


def test_a_reader_cannot_save(database: Database) -> None:
    with pytest.raises(StorageError) as caught, database.reading() as uow:
        add(uow, "城关")
        uow.commit()
    assert caught.value.kind == StorageKind.READ_ONLY


def test_a_reader_sees_one_moment(database: Database) -> None:
    saved(database, "城关")
    with database.reading() as uow:
        assert len(uow.session.scalars(select(Area.name)).all()) == 1
        saved(database, "城北")
        assert len(uow.session.scalars(select(Area.name)).all()) == 1
    assert names(database) == {"城关", "城北"}


def test_rows_stay_readable_after_the_transaction(database: Database) -> None:
    assert saved(database, "城关").name == "城关"


COUNT_FOR_AGES = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
    SELECT count(*) FROM n
"""


def test_a_long_statement_can_be_ended(database: Database) -> None:
    with pytest.raises(StatementStoppedError), database.writing() as uow:
        add(uow, "城关")
        uow.session.flush()
        timer = threading.Timer(0.3, uow.interrupt)
        timer.start()
        started = time.monotonic()
        uow.session.execute(text(COUNT_FOR_AGES))
    assert time.monotonic() - started < 5
    assert names(database) == set()


def test_an_interrupt_after_the_end_disturbs_nobody(database: Database) -> None:
    with database.reading() as first:
        first.session.execute(text("SELECT 1"))
    with database.reading() as second:
        first.interrupt()
        assert second.session.scalar(text("SELECT 1")) == 1


def test_closing_folds_the_log_into_the_ledger(database: Database) -> None:
    saved(database, "城关")
    database.close()
    if database.engine.dialect.name == "sqlite":
        path = database.engine.url.database
        assert path is not None
        assert not Path(path + "-wal").exists()
    assert names(database) == {"城关"}
