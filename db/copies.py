"""Ledger files that no engine has open: making a copy, checking it through, counting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Engine

from db.errors import StorageError, StorageKind
from db.failures import driver_errors
from db.files import storage_errors, sync_file

_SETTINGS = (
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "synchronous=FULL",
    "locking_mode=EXCLUSIVE",  # nobody else may come; a full disk then has no index file to fail on
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds, to be compared with what it should hold."""

    revision: str | None
    counts: dict[str, int]
    audit_heads: dict[str, list[Any]]  # desk -> [seq, mac]
    attachments: tuple[str, ...]


def copy_ledger(engine: Engine, key: bytes, target: Path) -> None:
    """Copy a ledger in use to a new encrypted file, as of one moment, by the backup API."""
    source = engine.raw_connection()
    try:
        with opened(target, key, writable=True) as copy, driver_errors(str(target)):
            driver: Any = source.driver_connection
            driver.backup(copy, pages=-1)
            copy.execute(
                "PRAGMA journal_mode=DELETE"
            ).fetchall()  # one file, without a log beside it
    finally:
        source.close()
    with storage_errors(target):
        sync_file(target)


@contextmanager
def opened(path: Path, key: bytes, *, writable: bool = False) -> Iterator[Any]:
    """A bare driver connection to a copy; unless writable, nothing is written beside it either."""
    uri = path.resolve().as_uri() + ("" if writable else "?mode=ro&immutable=1")
    with driver_errors(str(path)):
        connection = sqlcipher3.dbapi2.connect(uri, uri=True)
        connection.isolation_level = None
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _SETTINGS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    try:
        yield connection
    finally:
        connection.close()


def contents(path: Path, key: bytes) -> Contents:
    """Check every page and reference of a copy and count its rows; StorageError(DAMAGED) if bad."""
    with opened(path, key) as connection, driver_errors(str(path)):
        _check(connection, path)
        tables = [
            name
            for name, kind in connection.execute("SELECT name, type FROM pragma_table_list")
            if kind == "table" and not name.startswith("sqlite_")
        ]
        return Contents(
            revision=_revision(connection, tables),
            counts={name: _one(connection, f'SELECT count(*) FROM "{name}"') for name in tables},
            audit_heads=_audit_heads(connection, tables),
            attachments=_attachments(connection, tables),
        )


def _check(connection: Any, path: Path) -> None:
    for pragma, good in (
        ("cipher_integrity_check", []),  # also refuses a file that is not encrypted
        ("integrity_check", [("ok",)]),
        ("foreign_key_check", []),
    ):
        found = connection.execute(f"PRAGMA {pragma}").fetchall()
        if found != good:
            raise StorageError(StorageKind.DAMAGED, f"{pragma}: {len(found)} faults", str(path))


def _one(connection: Any, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _revision(connection: Any, tables: list[str]) -> str | None:
    if "alembic_version" not in tables:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def _audit_heads(connection: Any, tables: list[str]) -> dict[str, list[Any]]:
    if "audit_line" not in tables:
        return {}
    query = """
        SELECT desk_id, seq, hex(mac) FROM audit_line AS line
        WHERE seq = (SELECT max(seq) FROM audit_line WHERE desk_id = line.desk_id)
    """
    return {str(desk): [seq, mac] for desk, seq, mac in connection.execute(query)}


def _attachments(connection: Any, tables: list[str]) -> tuple[str, ...]:
    if "attachment" not in tables:
        return ()
    rows = connection.execute("SELECT stored_name FROM attachment ORDER BY stored_name")
    return tuple(name for (name,) in rows)
