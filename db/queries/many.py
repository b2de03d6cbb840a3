"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, CursorResult, Select, any_, bindparam, func, select
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
    if session.connection().dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type), unique=True))
