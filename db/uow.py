"""One transaction: all of it or nothing, and the driver's errors as ours."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.orm import Session

from db.changes import Stamp, log_changes
from db.engine import open_engine
from db.errors import ConflictError, StorageError
from db.failures import driver_errors, storage_error


class UnitOfWork:
    """Leaving the block without commit() undoes everything."""

    def __init__(self, engine: Engine, stamp: Stamp | None = None) -> None:
        self.session = Session(engine, expire_on_commit=False)
        self._where = engine.url.database or ""
        self._guard = Lock()
        self._driver: Any = None
        event.listen(self.session, "after_begin", self._began)
        if stamp is not None:
            log_changes(self.session, lambda: stamp)

    def __enter__(self) -> Self:
        return self

    def commit(self) -> None:
        self.session.commit()

    def interrupt(self) -> None:
        """End the running statement from another thread; it raises StatementStoppedError."""
        with self._guard:
            if self._driver is None:
                return
            stop = getattr(self._driver, "interrupt", None) or self._driver.cancel_safe
            stop()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._guard:  # whoever gets the connection next must not be interrupted
            self._driver = None
        self.session.close()
        mapped = None if error is None else storage_error(error, self._where)
        if mapped is None or mapped is error:
            return
        # a refused row stands in the text of PostgreSQL's own error, so it is not chained
        raise mapped from (None if isinstance(mapped, ConflictError) else error)

    def _began(self, _session: Session, _transaction: object, connection: Connection) -> None:
        with self._guard:
            self._driver = connection.connection.driver_connection


class Database:
    """Hands out transactions; services hold one of these and nothing else of db."""

    def __init__(self, readers: Engine, writers: Engine) -> None:
        self._readers, self._writers = readers, writers

    @classmethod
    def open(cls, url: str | URL, key: bytes | None) -> Database:
        return cls(open_engine(url, key, role="reader"), open_engine(url, key, role="writer"))

    @property
    def engine(self) -> Engine:
        """The writers' engine, for migration."""
        return self._writers

    @property
    def readers(self) -> Engine:
        """The readers' engine, for backups: they do not wait for who writes."""
        return self._readers

    def reading(self) -> UnitOfWork:
        return UnitOfWork(self._readers)

    def writing(self, stamp: Stamp | None = None) -> UnitOfWork:
        """Begin a saving transaction; on SQLite its first statement takes the write lock."""
        return UnitOfWork(self._writers, stamp)

    def close(self) -> None:
        """Give up all connections; SQLite folds its log into the file.

        Where the disk refuses that, the log stays and the next start reads it: nothing is lost.
        """
        self._readers.dispose()
        if self._writers.dialect.name == "sqlite":
            with suppress(StorageError), driver_errors(self._writers.url.database or ""):
                self._fold()
        self._writers.dispose()

    def _fold(self) -> None:
        connection = self._writers.raw_connection()
        try:
            driver: Any = connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
