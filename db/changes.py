"""The field-level change log: who changed which field from what to what, written at each flush."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import Session

from db.base import Base
from db.identifiers import Hlc

TABLE = "change_log"
TOUCHED = "touched"  # in a session's info: what `touched` gives
WHOLE_ROW = "*"  # the field of a deleted row, whose `old` holds all of it


@dataclass(frozen=True, slots=True)
class Stamp:
    """The act in whose name a transaction writes."""

    operation_id: bytes | None
    desk_id: int
    actor_id: int | None
    hlc: Hlc


def log_changes(session: Session, stamp_now: Callable[[], Stamp | None]) -> None:
    """Log what `session` changes in rows that have a `row_version`, under the act of that moment.

    New rows are not logged (the operation names them), nor are bulk statements, which must not
    touch such rows. A class lists derived columns in `__unlogged__` (a frozenset of names); one
    without versions that says `__logged__` is logged where its rows are changed one by one.
    """

    @event.listens_for(session, "before_flush")
    def _flush(session: Session, _context: object, _instances: object) -> None:
        lines = [line for row in session.dirty for line in _changes(session, row)]
        lines += [_removal(row) for row in session.deleted if _is_logged(row)]
        stamp = stamp_now()
        session.info.setdefault(TOUCHED, set()).update(
            (at["table_name"], at["row_id"], at["field"]) for at in lines
        )
        if lines and stamp is not None:
            common = {
                "operation_id": stamp.operation_id,
                "desk_id": stamp.desk_id,
                "hlc": stamp.hlc.next(),
            }
            session.execute(insert(Base.metadata.tables[TABLE]), [common | at for at in lines])


def touched(session: Session) -> frozenset[tuple[str, int, str]]:
    """What a session has logged so far: (table, row, field as the log names it).

    New rows are not among it, as they are not in the log.
    """
    session.flush()
    return frozenset(session.info.get(TOUCHED, ()))


def plain(value: Any) -> Any:
    """Return `value` as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _changes(session: Session, row: Any) -> Iterator[dict[str, Any]]:
    if not _is_logged(row) or not session.is_modified(row):
        return
    state = inspect(row)
    for field in _logged(row):
        history = state.attrs[field].history
        if not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else _stored(session, row, field)
        new = history.added[0] if history.added else None
        if old != new:
            values = {"old": plain(old), "new": plain(new)}
            yield _address(row) | values | {"field": _line(row) + field}


def _is_logged(row: Any) -> bool:
    return hasattr(row, "row_version") or getattr(row, "__logged__", False)


def _removal(row: Any) -> dict[str, Any]:
    values = {field: plain(getattr(row, field)) for field in _logged(row)}
    return _address(row) | {"field": _line(row) + WHOLE_ROW, "old": values, "new": None}


def _logged(row: Any) -> list[str]:
    skipped = getattr(row, "__unlogged__", frozenset()) | {"row_version"}
    return [at.key for at in inspect(row).mapper.column_attrs if at.key not in skipped]


def _stored(session: Session, row: Any, field: str) -> Any:
    """Read the old value of a column that was set without having been loaded."""
    state = inspect(row)
    if state.identity is None:
        return None
    columns = state.mapper.primary_key
    matches = [column == part for column, part in zip(columns, state.identity, strict=True)]
    return session.execute(select(getattr(type(row), field)).where(*matches)).scalar()


def _line(row: Any) -> str:
    """Name a line of a record, known by (record, number): "3:" before the field of number 3.

    A row that words name, such as a setting, has its name there: "year:value".
    """
    first, *rest = inspect(row).identity
    parts = rest if isinstance(first, int) else [first, *rest]
    return "".join(f"{plain(part)}:" for part in parts)


def _address(row: Any) -> dict[str, Any]:
    first = inspect(row).identity[0]
    return {
        "table_name": inspect(row).mapper.local_table.name,
        "row_id": getattr(row, "id", first if isinstance(first, int) else 0),
        "row_uid": getattr(row, "uid", None),
    }
