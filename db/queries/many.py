"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Date,
    Select,
    Text,
    any_,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session

Columns = TypeVarTuple("Columns")


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


def is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def among_told(column: InstrumentedAttribute[Any], *, sqlite: bool) -> ColumnElement[bool]:
    """As `among`, for a statement that is kept: asked with `texts_told`."""
    if sqlite:
        told = func.json_each(bindparam("told")).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam("told", type_=ARRAY(column.type)))


def texts_told(session: Session, texts: Sequence[str]) -> dict[str, Any]:
    return {"told": json.dumps(list(texts)) if is_sqlite(session) else list(texts)}


def pairs_told(
    texts: InstrumentedAttribute[str],
    dates: InstrumentedAttribute[date | None],
    *,
    sqlite: bool,
) -> ColumnElement[bool]:
    """Whether two columns are one of many pairs, for a statement asked with `pair_values`."""
    if sqlite:
        told = func.json_each(bindparam("pairs")).table_valued("value").c.value
        values = select(func.json_extract(told, "$[0]"), func.json_extract(told, "$[1]"))
    else:
        each = (bindparam("texts", type_=ARRAY(Text)), bindparam("dates", type_=ARRAY(Date)))
        both = func.unnest(*each).table_valued("text", "date").render_derived()
        values = select(both.c.text, both.c.date)
    return tuple_(texts, dates).in_(values)


def pair_values(session: Session, pairs: Sequence[tuple[str, date]]) -> dict[str, Any]:
    if is_sqlite(session):
        return {"pairs": json.dumps([(text, day.isoformat()) for text, day in pairs])}
    return {"texts": [text for text, _day in pairs], "dates": [day for _text, day in pairs]}
