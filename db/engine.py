"""Engines from a URL. SQLite settings live here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlcipher3
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from db.errors import StorageError, StorageKind
from db.failures import driver_errors

SAFE_SQLITE = (3, 51, 3)  # older ones carry the WAL-reset fault

Role = Literal["writer", "reader"]


@dataclass(frozen=True, slots=True)
class Setting:
    """`PRAGMA name=value`, which must read back as `expected`."""

    name: str
    value: str
    expected: str | int


SETTINGS = (
    Setting("busy_timeout", "5000", 5000),
    Setting("journal_mode", "WAL", "wal"),
    Setting("synchronous", "FULL", 2),
    Setting("foreign_keys", "ON", 1),
    Setting("secure_delete", "ON", 1),
    Setting("trusted_schema", "OFF", 0),
    Setting("cell_size_check", "ON", 1),
    Setting("mmap_size", "0", 0),
    Setting("temp_store", "MEMORY", 2),
    Setting("wal_autocheckpoint", "1000", 1000),
    Setting("journal_size_limit", "67108864", 67108864),
)
ROLE_SETTINGS: dict[Role, tuple[Setting, ...]] = {
    "writer": (Setting("cache_size", "-65536", -65536),),
    "reader": (Setting("cache_size", "-8192", -8192), Setting("query_only", "ON", 1)),
}
_POOLS: dict[Role, dict[str, Any]] = {
    "writer": {"pool_size": 1, "max_overflow": 0, "pool_timeout": 5},
    "reader": {"pool_size": 4, "max_overflow": 0, "pool_timeout": 5, "pool_use_lifo": True},
}


def open_engine(url: str | URL, key: bytes | None, *, role: Role = "writer") -> Engine:
    """Return an engine for SQLite (encrypted with `key`, 32 raw bytes) or PostgreSQL.

    A writer has one connection and takes the write lock with BEGIN; a reader cannot write.
    """
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return _sqlite(parts, key, role)
    return _postgresql(parts, role)


def apply_settings(connection: Any, key: bytes | None, role: Role = "writer") -> None:
    """Send the key, then every setting, and refuse a connection that does not keep one."""
    if sqlcipher3.dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise StorageError(StorageKind.UNSAFE, f"SQLite {sqlcipher3.dbapi2.sqlite_version}")
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level=NONE")  # it would write to standard error
    if key is not None:  # before anything else touches the file
        if len(key) != 32:
            raise ValueError("the key has 32 bytes")
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for setting in (*SETTINGS, *ROLE_SETTINGS[role]):
        cursor.execute(f"PRAGMA {setting.name}={setting.value}")
    cursor.close()
    assert_settings(connection, role)


def assert_settings(connection: Any, role: Role = "writer") -> None:
    """Raise StorageError(UNSAFE) where a setting of this connection is not in force."""
    cursor = connection.cursor()
    for setting in (*SETTINGS, *ROLE_SETTINGS[role]):
        found = cursor.execute(f"PRAGMA {setting.name}").fetchone()
        if found is None or found[0] != setting.expected:
            raise StorageError(StorageKind.UNSAFE, f"{setting.name} is {found and found[0]}")
    cursor.close()


def _sqlite(url: URL, key: bytes | None, role: Role) -> Engine:
    where = url.database or ""
    engine = create_engine(
        url, module=sqlcipher3.dbapi2, poolclass=QueuePool, hide_parameters=True, **_POOLS[role]
    )
    start = "BEGIN IMMEDIATE" if role == "writer" else "BEGIN DEFERRED"

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> Any:
        with driver_errors(where):
            connection = sqlcipher3.dbapi2.connect(*args, **options)
            connection.isolation_level = None  # we send BEGIN ourselves
            apply_settings(connection, key, role)
        return connection

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(start)

    return engine


def _postgresql(url: URL, role: Role) -> Engine:
    options: dict[str, Any] = {}
    if role == "reader":  # one picture of the data from first to last statement, as on SQLite
        options["execution_options"] = {
            "isolation_level": "REPEATABLE READ",
            "postgresql_readonly": True,
        }
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=4,
        pool_timeout=5,
        hide_parameters=True,
        **options,
    )

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute("SET lock_timeout = '5s'")
            if _shown(cursor, "synchronous_commit") == "off":  # a server may ask for more than on
                cursor.execute("SET synchronous_commit = on")
            if _shown(cursor, "synchronous_commit") == "off":
                raise StorageError(StorageKind.UNSAFE, "synchronous_commit is off")
        connection.commit()

    return engine


def _shown(cursor: Any, setting: str) -> str:
    cursor.execute(f"SHOW {setting}")
    return str(cursor.fetchone()[0])
