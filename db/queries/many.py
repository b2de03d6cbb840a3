"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session


def among(
    session: Session, column: InstrumentedAttribute[Any], values: Sequence[str]
) -> ColumnElement[bool]:
    """Whether a text column is one of the values, however many: they go as one parameter."""
    return _among(session, column, values, ARRAY(Text))


def among_ids(
    session: Session, column: InstrumentedAttribute[int], values: Sequence[int]
) -> ColumnElement[bool]:
    """The same of a column of keys."""
    return _among(session, column, values, ARRAY(BigInteger))


def _among(
    session: Session, column: InstrumentedAttribute[Any], values: Sequence[Any], kind: ARRAY[Any]
) -> ColumnElement[bool]:
    if session.connection().dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam(None, list(values), type_=kind, unique=True))
