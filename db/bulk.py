"""Many rows at once: handed to the driver as they are, their numbers known beforehand.

For rows that nobody else may see half written: a caller holds the write transaction. New rows are
not in the change log anyway; what has a `row_version` begins at 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

PART = 5_000  # rows that wait in memory for the driver


def insert_rows(
    session: Session, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows of plain values; dates as ISO text, codes as text."""
    connection = session.connection()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    names, marks = ", ".join(columns), ", ".join([mark] * len(columns))
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
    for part in _parts(rows):
        connection.exec_driver_sql(statement, part)


def reserved_ids(session: Session, table: Table, count: int) -> Sequence[int]:
    """The next numbers of a table, in their order; nobody else is given them."""
    if session.connection().dialect.name == "sqlite":  # the writer is alone
        last = session.scalars(select(func.max(table.c.id))).one() or 0
        return range(last + 1, last + 1 + count)
    sequence = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
    return session.scalars(text(sequence), {"name": table.name, "count": count}).all()


def _parts(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while part := list(islice(left, PART)):
        yield part
