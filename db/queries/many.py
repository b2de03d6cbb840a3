"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVarTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    Text,
    any_,
    bindparam,
    func,
    select,
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
    session: Session, column: InstrumentedAttribute[Any], values: Sequence[str]
) -> tuple[ColumnElement[bool], dict[str, Any]]:
    """Whether a text column is one of the values, however many: they go as one parameter.

    Returns:
        the condition, the same each time, and what the query is asked with.
    """
    if session.connection().dialect.name == "sqlite":
        return _told_in(column), {"told": json.dumps(list(values))}
    return column == any_(bindparam("told", type_=ARRAY(Text))), {"told": list(values)}


@cache
def _told_in(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    told = func.json_each(bindparam("told")).table_valued("value")
    return column.in_(select(told.c.value))
