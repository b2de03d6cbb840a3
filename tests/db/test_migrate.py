"""Migrations lose nothing, agree with the models, and never touch what they must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import configure_mappers

import db.models  # noqa: F401 - fills the metadata
from db.base import Base
from db.engine import open_engine
from db.errors import StorageError, StorageKind
from db.migrate import check, pending, revision, upgrade
from tests.conftest import KEY


def test_models_and_migrations_agree(engine: Engine) -> None:
    configure_mappers()
    check(engine)


def test_every_table_of_the_models_is_made(engine: Engine) -> None:
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f"SELECT count(*) FROM {table.name}"))


def test_an_upgraded_ledger_has_nothing_pending(engine: Engine) -> None:
    assert revision(engine) is not None
    assert not pending(engine)
    upgrade(engine)


def test_a_newer_ledger_is_refused_untouched(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="9999") as caught:
        upgrade(engine)
    assert caught.value.kind == StorageKind.NEWER
    assert revision(engine) == "9999"


@pytest.fixture
def old_ledger(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/old.db", KEY)
    upgrade(engine, target="0001")
    return engine


def test_an_existing_ledger_is_not_changed_without_a_backup(old_ledger: Engine) -> None:
    with pytest.raises(ValueError, match="backed up"):
        upgrade(old_ledger)
    assert revision(old_ledger) == "0001"


def test_the_backup_sees_the_old_ledger(old_ledger: Engine) -> None:
    seen: list[tuple[str, str | None]] = []
    upgrade(old_ledger, lambda old: seen.append((old, revision(old_ledger))))
    assert seen == [("0001", "0001")]
    assert not pending(old_ledger)


def test_a_backup_that_fails_stops_the_upgrade(old_ledger: Engine) -> None:
    def fail(_revision: str) -> None:
        raise StorageError(StorageKind.FULL)

    with pytest.raises(StorageError):
        upgrade(old_ledger, fail)
    assert revision(old_ledger) == "0001"


def test_references_are_enforced_again_after_an_upgrade(old_ledger: Engine) -> None:
    upgrade(old_ledger, lambda _old: None)
    with old_ledger.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_an_upgrade_keeps_triggers_indexes_and_search_tables(old_ledger: Engine) -> None:
    made = (
        "CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TRIGGER kept_stays BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'kept'); END",
        "CREATE INDEX kept_upper ON kept (upper(name))",
        "CREATE VIRTUAL TABLE kept_search USING fts5(name)",
    )
    with old_ledger.begin() as connection:
        for line in made:
            connection.execute(text(line))
        before = _schema(connection)
    upgrade(old_ledger, lambda _old: None)
    with old_ledger.begin() as connection:
        assert before.items() <= _schema(connection).items()


def _schema(connection: Connection) -> dict[str, str | None]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master"))
    return {row.name: row.sql for row in rows}
