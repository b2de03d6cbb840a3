"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Date,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session

Columns = TypeVarTuple("Columns")
_DAY = len("2027-01-01")


def asked(
    session: Session, query: Select[*Columns], values: Mapping[str, Any]
) -> CursorResult[*Columns]:
    """Rows of a query for plain values, past the session's own ways: a third of their time.

    For questions asked of each of a drive's 1,500 units. What waits in the session goes out first,
    as it would anyway.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(query, values)


def among(
    session: Session, column: InstrumentedAttribute[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Whether a column is one of the values, texts or numbers, however many: one parameter."""
    if is_sqlite(session):
        told = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type), unique=True))


def among_told(column: InstrumentedAttribute[Any], *, sqlite: bool) -> ColumnElement[bool]:
    """The same for a statement that is put together once and asked with what `told` gives."""
    if sqlite:
        values = func.json_each(bindparam("told")).table_valued("value")
        return column.in_(select(values.c.value))
    return column == any_(bindparam("told", type_=ARRAY(column.type)))


def told(session: Session, values: Collection[str] | Collection[int]) -> dict[str, Any]:
    """The values of a statement made with `among_told`."""
    return {"told": json.dumps(list(values)) if is_sqlite(session) else list(values)}


def is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def among_pairs(
    query: Select[*Columns],
    texts: InstrumentedAttribute[str],
    dates: InstrumentedAttribute[date | None],
    *,
    sqlite: bool,
) -> Select[*Columns]:
    """Rows of which two columns are one of many pairs, for a statement asked with `pair_values`.

    Each pair is looked up in the columns' index: joined, they need no list of their own.
    """
    text: ColumnElement[Any]
    day: ColumnElement[Any]
    if sqlite:
        told = func.json_each(bindparam("pairs")).table_valued("value")
        both = told.c.value
        text, day = func.substr(both, _DAY + 1), func.substr(both, 1, _DAY)
    else:
        each = (bindparam("texts", type_=ARRAY(Text)), bindparam("dates", type_=ARRAY(Date)))
        told = func.unnest(*each).table_valued("text", "date").render_derived()
        text, day = told.c.text, told.c.date
    return query.join_from(told, texts.class_, and_(texts == text, dates == day))


def pair_values(session: Session, pairs: Sequence[tuple[str, date]]) -> dict[str, Any]:
    if is_sqlite(session):
        told = [f"{day.isoformat()}{text}" for text, day in pairs]
        return {"pairs": json.dumps(told, ensure_ascii=False)}
    return {"texts": [text for text, _day in pairs], "dates": [day for _text, day in pairs]}
