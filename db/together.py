"""Several acts in one transaction: each is a savepoint, all are stored with one commit."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from db.changes import Stamp, log_changes
from db.errors import ConflictError
from db.failures import storage_error
from db.uow import Database, UnitOfWork

Fact = TypeVar("Fact")
_FACTS = "facts"  # in a session's `info`


def fact(session: Session, key: Hashable, ask: Callable[[], Fact]) -> Fact:
    """What `ask` finds; asked once where acts follow each other in one transaction.

    For rules and calendars, which acts that are stored together leave alone, and nobody else can
    change while they are.
    """
    facts = session.info.get(_FACTS)
    if facts is None:
        return ask()
    if key not in facts:
        facts[key] = ask()
    found: Fact = facts[key]
    return found


class Together(Database):
    """A database for acts that follow each other; a context manager.

    What an act stores, the next one sees. An act that fails leaves nothing of its own behind; what
    the others did is stored when the block ends without an error, and none of it otherwise. No act
    among them may change what is asked by `fact`.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database.readers, database.engine)
        self._whole = database.writing()
        self._stamp: Stamp | None = None
        self._met: list[object] = []  # rows stay in memory until the end: the next act needs them

    def __enter__(self) -> Self:
        self._whole.__enter__()
        session = self._whole.session
        session.info[_FACTS] = {}
        log_changes(session, lambda: self._stamp)
        event.listen(session, "loaded_as_persistent", lambda _, row: self._met.append(row))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._whole.commit()
        except BaseException as failure:
            self._whole.__exit__(type(failure), failure, failure.__traceback__)
            raise
        else:
            self._whole.__exit__(kind, error, trace)

    def reading(self) -> UnitOfWork:
        return _Part(self._whole.session, self._where, saves=False)

    def writing(self, stamp: Stamp | None = None) -> UnitOfWork:
        self._stamp = stamp
        return _Part(self._whole.session, self._where, saves=True)

    @property
    def _where(self) -> str:
        return self.engine.url.database or ""


class _Part(UnitOfWork):
    """One act's share of the transaction."""

    def __init__(self, session: Session, where: str, *, saves: bool) -> None:
        self.session, self._where, self._saves = session, where, saves
        self._point: SessionTransaction | None = None

    def __enter__(self) -> Self:
        if self._saves:
            self._point = self.session.begin_nested()
        return self

    def commit(self) -> None:
        assert self._point is not None
        self._point.commit()
        self._point = None

    def interrupt(self) -> None:
        """A share is short; the whole is not interrupted."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._point is not None:
            with suppress(SQLAlchemyError):
                self._point.rollback()
        mapped = None if error is None else storage_error(error, self._where)
        if mapped is None or mapped is error:
            return
        # a refused row stands in the text of PostgreSQL's own error, so it is not chained
        raise mapped from (None if isinstance(mapped, ConflictError) else error)
