"""Acts: who may, which operation, one transaction, its audit line and change log in it.

A method marked `@act` gets a Transaction as first argument; callers do not pass it. Its result
is a JSON value and is stored with the operation, so that a repeat gives the same answer: half
of all power cuts come after the commit and before the program knows of it.
A method marked `@look` reads only.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from db.changes import Stamp
from db.errors import ConflictError
from db.models.acts import AuditLine, NumberSeries, Operation
from db.models.office import Desk as DeskRecord
from db.models.office import Office
from db.queries.many import asked
from desktop_app.errors import UserError
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area, Done
from desktop_app.services.permissions import Permission

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")

_FIRST_NUMBER = text(
    "INSERT INTO number_series (desk_id, series, year, block, next_no)"
    " VALUES (:desk_id, :series, :year, :block, 1) ON CONFLICT DO NOTHING"
)
# Locks the desk's row: NO KEY, because every colleague's new rows refer to it.
_DESK = select(DeskRecord).where(DeskRecord.id == bindparam("desk")).with_for_update(key_share=True)
_LAST_MAC = select(AuditLine.mac).where(
    AuditLine.desk_id == bindparam("desk"), AuditLine.seq == bindparam("seq")
)
_OPERATION: ContextVar[bytes | None] = ContextVar("operation", default=None)


class HasDesk(Protocol):
    @property
    def desk(self) -> Desk: ...


S = TypeVar("S", bound=HasDesk)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a public method of a service must carry; a test fails on one that does not."""

    key: str
    permission: Permission
    saves: bool


ACTS: dict[str, Declaration] = {}


@contextmanager
def operation(uid: bytes | None) -> Iterator[None]:
    """Carry out the acts inside under this operation id; a repeat gives the stored result.

    With None each act is an operation of its own again.
    """
    token = _OPERATION.set(uid)
    try:
        yield
    finally:
        _OPERATION.reset(token)


class Transaction:
    """One act's transaction; nothing is locked before `session` is first used."""

    def __init__(
        self, desk: Desk, session: Session, key: str, operation_id: bytes, undo: ExitStack
    ) -> None:
        self.desk, self.session, self.operation_id = desk, session, operation_id
        self.key, self.now, self._undo = key, desk.now(), undo
        self._subject = ""
        self._detail: dict[str, int | str | None] = {}

    @property
    def user_id(self) -> int:
        return self.desk.actor.user_id

    def add(self, row: Row) -> Row:
        """Save a new row, giving it its uid."""
        if hasattr(row, "uid") and getattr(row, "uid", None) is None:
            row.uid = self.desk.uids()
        self.session.add(row)
        return row

    def if_undone(self, action: Callable[[], object]) -> None:
        """Do this where the transaction, up to its commit, comes to nothing: for files outside."""
        self._undo.callback(action)

    def audit(self, subject: str, **detail: int | str | None) -> None:
        """Say what the act was about: ids, counts and sums, never a personal value."""
        self._subject, self._detail = subject, detail

    def next_number(self, series: str, year: int) -> str:
        """Draw a printed number: desk letter, restore block where there was one, year, number."""
        block = self.session.scalars(select(Office.number_block)).one()
        place = {"desk_id": self.desk.desk_id, "series": series, "year": year, "block": block}
        query = select(NumberSeries).filter_by(**place).with_for_update(key_share=True)
        found = self.session.scalars(query).one_or_none()
        if found is None:  # the first of a year: a colleague may be drawing it, too
            self.session.execute(_FIRST_NUMBER, place)
            found = self.session.scalars(query).one()
        drawn, found.next_no = found.next_no, found.next_no + 1
        mark = self.desk.letter if block == 1 else f"{self.desk.letter}{block}"
        return f"{series}-{mark}-{year}-{drawn:05d}"

    def close(self, result: Any, given: str) -> None:
        """Write the operation and the next link of this desk's audit chain."""
        self.session.add(
            Operation(
                id=self.operation_id,
                act=self.key,
                actor_id=self.user_id,
                desk_id=self.desk.desk_id,
                at=self.now,
                result={"given": given, "value": result},
            )
        )
        with self.session.no_autoflush:
            record = self.session.scalars(_DESK, {"desk": self.desk.desk_id}).one()
            last = {"desk": record.id, "seq": record.audit_seq}
            before = asked(self.session, _LAST_MAC, last).scalar_one_or_none()
        record.audit_seq += 1
        line = AuditLine(
            desk_id=record.id,
            seq=record.audit_seq,
            at=self.now,
            actor_uid=self.desk.actor.uid,
            act=self.key,
            operation_id=self.operation_id,
            subject=self._subject,
            detail=self._detail,
        )
        line.mac = link(self.desk.secrets.audit_key, before or b"", line)
        self.session.add(line)


def link(key: bytes, before: bytes, line: AuditLine) -> bytes:
    """Return the MAC that ties a line to the one before it."""
    words = [
        line.desk_id,
        line.seq,
        _instant(line.at),
        line.actor_uid.hex(),
        line.act,
        line.operation_id.hex(),
        line.subject,
        line.detail,
    ]
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, before + text.encode(), hashlib.sha256).digest()


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _watched(desk: Desk, transaction: Transaction) -> frozenset[Area]:
    """What else this act has changed, by those who look at each."""
    return frozenset[Area]().union(*(watch(transaction) for watch in desk.watches))


def act(
    key: str, permission: Permission, *areas: Area
) -> Callable[[Callable[Concatenate[S, Transaction, P], R]], Callable[Concatenate[S, P], Done[R]]]:
    """Declare a saving method: its key, who may, and what it changes."""

    def declare(
        method: Callable[Concatenate[S, Transaction, P], R],
    ) -> Callable[Concatenate[S, P], Done[R]]:
        @functools.wraps(method)
        def carried_out(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Done[R]:
            desk = self.desk
            desk.require(permission)
            told = _OPERATION.get()
            operation_id = told or desk.uids()  # one that was made now is nowhere yet
            changed = frozenset(areas)
            given = _given(desk, args, kwargs)
            if told:
                done, value = _already(desk, key, operation_id, given)
                if done:
                    return Done(value, changed)
            try:
                with _transaction(desk, key, operation_id) as transaction:
                    value = method(self, transaction, *args, **kwargs)
                    changed |= _watched(desk, transaction)
                    transaction.close(value, given)
            except (ConflictError, UserError) as error:
                done, value = _already(desk, key, operation_id, given)  # a moment before
                if not done and isinstance(error, ConflictError):
                    raise _moved() from error
                if not done:
                    raise
            return Done(value, changed)

        ACTS[key] = Declaration(key, permission, saves=True)
        carried_out.__declaration__ = ACTS[key]  # type: ignore[attr-defined]
        return carried_out

    return declare


def look(
    permission: Permission = Permission.LOOK,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Declare a reading method and who may call it."""

    def declare(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @functools.wraps(method)
        def looked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            self.desk.require(permission)
            return method(self, *args, **kwargs)

        looked.__declaration__ = Declaration(  # type: ignore[attr-defined]
            method.__qualname__, permission, saves=False
        )
        return looked

    return declare


@contextmanager
def _transaction(desk: Desk, key: str, operation_id: bytes) -> Iterator[Transaction]:
    """Commit at the end of the block; where that fails, what was done outside is undone too."""
    stamp = Stamp(operation_id, desk.desk_id, desk.actor.user_id, desk.hlc)
    with ExitStack() as undo, desk.database.writing(stamp) as uow:
        yield Transaction(desk, uow.session, key, operation_id, undo)
        uow.commit()
        undo.pop_all()


def _already(desk: Desk, key: str, operation_id: bytes, given: str) -> tuple[bool, Any]:
    with desk.database.reading() as uow:
        earlier = uow.session.get(Operation, operation_id)
    if earlier is None:
        return False, None
    same = (earlier.act, earlier.actor_id) == (key, desk.actor.user_id)
    stored = earlier.result
    if not (isinstance(stored, dict) and "given" in stored):  # of the first days: the bare result
        stored = {"given": given, "value": stored}
    if not same or stored["given"] != given:  # another act, person or particulars
        raise UserError(
            "operation-reused",
            "这个操作编号已经用在另一件事上,这一步没有保存。",
            "请换一个新的操作编号再试。",
        )
    return True, stored["value"]


def _given(desk: Desk, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Tell one call's arguments from another's without keeping them; a Step is not of the act."""
    told = [args, sorted(kwargs.items())]
    words = [[one for one in part if not _is_step(one)] for part in told]
    return hmac.new(desk.secrets.audit_key, repr(words).encode(), hashlib.sha256).hexdigest()


def _is_step(one: Any) -> bool:
    return callable(one[1] if isinstance(one, tuple) and len(one) == 2 else one)


def _moved() -> UserError:
    return UserError(
        "moved",
        "数据在您操作期间被改动过,这一步没有保存。",
        "请刷新后看一看最新内容,再做一次。",
    )
