"""What an act changed set to what it was, field by field, by the change log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import TypeDecorator, inspect, select
from sqlalchemy.orm import Session

from db.base import Base
from db.changes import WHOLE_ROW, plain
from db.models.acts import ChangeLog
from db.models.enrolments import Enrollee, Enrolment
from db.models.members import Member
from db.models.papers import EnrolmentPaper
from db.models.payments import Payment
from db.models.reviews import ReviewMark
from db.models.units import Unit
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.enrolments.last_acts import LastAct

_ROWS: Mapping[str, type[Base]] = MappingProxyType(
    {
        model.__tablename__: model
        for model in (Enrolment, EnrolmentPaper, Enrollee, Payment, Unit, Member, ReviewMark)
    }
)
# Moved with a line of its own, or counted anew.
_BY_THEMSELVES = frozenset({"step_key", "people", "due_fen", "total_fen"})


def give_back(tx: Transaction, act: LastAct, *more: type[Base]) -> None:
    """Set every field that the act changed to what it was; removed rows are not its concern.

    Args:
        tx: the transaction.
        act: what is taken back.
        more: tables that are given back with those of every act.

    Raises:
        UserError: something of it was changed again since.
    """
    rows = {**_ROWS, **{model.__tablename__: model for model in more}}
    for (table, row_id, field), (old, new) in _changes(tx.session, act.operation).items():
        own_way = table == Enrolment.__tablename__ and field in _BY_THEMSELVES
        if own_way or table not in rows or field == WHOLE_ROW:
            continue
        row = tx.session.get_one(rows[table], row_id)
        if plain(getattr(row, field)) != new:
            raise UserError(
                "changed-since",
                f"“{act.label}”之后,同一内容又改动过,没有撤销。",
                "请刷新后看一看;需要改动时,请由审核人退回,改好再提交。",
            )
        setattr(row, field, _value(type(row), field, old))


def _changes(session: Session, operation: bytes) -> dict[tuple[str, int, str], tuple[Any, Any]]:
    """What each field held before and after the act, whose lines may be several."""
    query = select(ChangeLog).where(ChangeLog.operation_id == operation).order_by(ChangeLog.id)
    found: dict[tuple[str, int, str], tuple[Any, Any]] = {}
    for line in session.scalars(query):
        at = (line.table_name, line.row_id, line.field)
        found[at] = (found[at][0] if at in found else line.old, line.new)
    return found


def removed_rows(session: Session, act: LastAct, model: type[Base]) -> list[Base]:
    """New rows that say what the rows said which the act removed, oldest first."""
    query = select(ChangeLog.old).where(
        ChangeLog.operation_id == act.operation,
        ChangeLog.table_name == model.__tablename__,
        ChangeLog.field.endswith(WHOLE_ROW, autoescape=True),
    )
    return [
        model(**{field: _value(model, field, stored) for field, stored in old.items()})
        for old in session.scalars(query.order_by(ChangeLog.id))
    ]


def _value(model: type[Base], field: str, stored: Any) -> Any:
    """The field's own value of what the log keeps as JSON."""
    column_type = inspect(model).columns[field].type
    if isinstance(column_type, TypeDecorator):  # says nothing of its values itself
        column_type = column_type.impl_instance
    kind = column_type.python_type
    if stored is not None and kind in (date, datetime):
        return kind.fromisoformat(stored)
    return stored
