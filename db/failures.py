"""What a driver's error means: by SQLite's result code or PostgreSQL's SQLSTATE, not by class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from db.errors import ConflictError, StaleError, StatementStoppedError, StorageError, StorageKind

Failure = StorageError | ConflictError | StatementStoppedError

_SQLITE = {  # primary result codes, sqlite.org/rescode.html
    3: StorageKind.READ_ONLY,  # PERM
    5: StorageKind.LOCKED,  # BUSY
    6: StorageKind.LOCKED,  # LOCKED
    8: StorageKind.READ_ONLY,
    10: StorageKind.UNREADABLE,  # IOERR
    11: StorageKind.DAMAGED,  # CORRUPT
    13: StorageKind.FULL,
    14: StorageKind.UNREADABLE,  # CANTOPEN
    26: StorageKind.WRONG_KEY,  # NOTADB: the first page does not open
}
_SQLITE_INTERRUPT, _SQLITE_CONSTRAINT = 9, 19
# sqlcipher3 hands out primary codes only; these fixed texts are a bug's, the others a conflict's
_SQLITE_BUGS = ("NOT NULL constraint failed", "CHECK constraint failed", "cannot store ")

_SQLITE_TEXTS = {  # of sqlite3_errstr(): the driver's backup() gives these without the code
    "access permission denied": 3,
    "attempt to write a readonly database": 8,
    "database disk image is malformed": 11,
    "database is locked": 5,
    "database or disk is full": 13,
    "database table is locked": 6,
    "disk I/O error": 10,
    "file is not a database": 26,
    "unable to open database file": 14,
}

_POSTGRESQL = {  # postgresql.org/docs/current/errcodes-appendix.html
    "25006": StorageKind.READ_ONLY,
    "40001": StorageKind.LOCKED,  # serialization failure
    "40P01": StorageKind.LOCKED,  # deadlock
    "42501": StorageKind.READ_ONLY,  # insufficient privilege
    "53100": StorageKind.FULL,
    "55P03": StorageKind.LOCKED,
    "XX001": StorageKind.DAMAGED,
    "XX002": StorageKind.DAMAGED,
}
_POSTGRESQL_CLASSES = {"08", "28", "3D", "53", "57", "58"}  # no server, no login, stopping
_POSTGRESQL_CANCELLED = "57014"
# foreign key, unique, exclusion, raised by a trigger
_POSTGRESQL_CONFLICTS = {"23503", "23505", "23P01", "P0001"}


def storage_error(error: BaseException, where: str = "") -> Failure | None:
    """Return what callers may handle; None where the error is a bug.

    The text names constraints and never values: PostgreSQL's DETAIL line would.
    """
    if isinstance(error, Failure):
        return error
    if isinstance(error, StaleDataError):
        return StaleError("the row has changed since it was read")
    if isinstance(error, PoolTimeoutError):
        return StorageError(StorageKind.LOCKED, "no connection became free", where)
    return _of_driver(error.orig if isinstance(error, DBAPIError) else error, where)


@contextmanager
def driver_errors(where: str) -> Iterator[None]:
    """Turn what SQLite's bare driver raises inside the block into ours."""
    try:
        yield
    except sqlcipher3.dbapi2.Error as error:
        mapped = storage_error(error, where)
        if mapped is None:
            raise
        raise mapped from error


def _of_driver(cause: BaseException | None, where: str) -> Failure | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None and type(cause).__module__.startswith("sqlcipher3"):
        code = _SQLITE_TEXTS.get(str(cause))
    if code is not None:
        return _of_sqlite(code, str(cause), where)
    if cause is not None and hasattr(cause, "sqlstate"):
        return _of_postgresql(cause, where)
    return None


def _of_sqlite(code: int, text: str, where: str) -> Failure | None:
    if code & 0xFF == _SQLITE_CONSTRAINT:
        return None if text.startswith(_SQLITE_BUGS) else ConflictError(text)
    if code & 0xFF == _SQLITE_INTERRUPT:
        return StatementStoppedError()
    kind = _SQLITE.get(code & 0xFF)
    return None if kind is None else StorageError(kind, f"{text} ({code})", where)


def _of_postgresql(cause: BaseException, where: str) -> Failure | None:
    state: str | None = getattr(cause, "sqlstate", None)
    diagnosis = getattr(cause, "diag", None)
    text = str(getattr(diagnosis, "message_primary", None) or type(cause).__name__)
    if state in _POSTGRESQL_CONFLICTS:
        return ConflictError(text)
    if state == _POSTGRESQL_CANCELLED:
        return StatementStoppedError()
    if state is None:  # the server was not reached or went away
        lost = type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}
        return StorageError(StorageKind.UNREADABLE, text, where) if lost else None
    kind = _POSTGRESQL.get(state)
    if kind is None and state[:2] in _POSTGRESQL_CLASSES:
        kind = StorageKind.UNREADABLE
    return None if kind is None else StorageError(kind, f"{text} ({state})", where)
