"""Brings a database up to this program's schema."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.errors import StorageError, StorageKind
from db.failures import storage_error


def upgrade(
    engine: Engine, back_up: Callable[[str], object] | None = None, target: str = "head"
) -> None:
    """Run all pending migrations in one transaction; refuse a newer database.

    Args:
        engine: a writer's.
        back_up: called with the old revision before an existing SQLite ledger is changed; such a
            ledger is refused without it.
        target: the revision to stop at.
    """
    try:
        _upgrade(engine, back_up, target)
    except DBAPIError as error:
        mapped = storage_error(error, engine.url.database or "")
        if mapped is None:
            raise
        raise mapped from error


def revision(engine: Engine) -> str | None:
    """Return the schema's revision; None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def pending(engine: Engine, target: str = "head") -> bool:
    """Tell whether upgrade would change the schema; StorageError where it is newer than we are."""
    current = revision(engine)
    if current is None:
        return True
    scripts, known = _scripts()
    if current not in known:
        raise StorageError(StorageKind.NEWER, current, engine.url.database or "")
    wanted = scripts.get_revision(target)
    return wanted is not None and current != wanted.revision


def check(engine: Engine) -> None:
    """Fail where models and migrations disagree; run by a test."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def _upgrade(engine: Engine, back_up: Callable[[str], object] | None, target: str) -> None:
    if not pending(engine, target):
        return
    on_sqlite = engine.dialect.name == "sqlite"
    if on_sqlite and (old := revision(engine)) is not None:
        if back_up is None:
            raise ValueError("a ledger is backed up before its schema changes")
        back_up(old)
    with engine.connect() as connection:
        if on_sqlite:  # rebuilding a table drops it, which would take referring rows with it
            _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                _run(connection, target)
        finally:
            if on_sqlite:
                _foreign_keys(connection, "ON")


def _run(connection: Connection, target: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"migration broke references: {broken[:20]}")


@functools.cache
def _scripts() -> tuple[ScriptDirectory, frozenset[str]]:
    """The migrations, read once, and their revisions."""
    scripts = ScriptDirectory.from_config(_config())
    return scripts, frozenset(script.revision for script in scripts.walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    config.set_main_option("path_separator", "os")
    return config


def _foreign_keys(connection: Connection, state: str) -> None:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute(f"PRAGMA foreign_keys={state}")  # ignored inside a transaction
