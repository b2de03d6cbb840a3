"""Questions about many values at once, such as the numbers of a whole roster."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session


def among(
    session: Session, column: InstrumentedAttribute[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Whether a column is one of the values, texts or numbers, however many: one parameter."""
    if session.connection().dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type), unique=True))
