"""Alembic entry point; always called from db.migrate with an open connection."""

from __future__ import annotations

from typing import Any

from alembic import context

import db.models  # noqa: F401 - fills the metadata
from db.base import Base

connection = context.config.attributes["connection"]
on_sqlite = connection.dialect.name == "sqlite"

# full-text indexes are virtual tables with shadow tables, made by migrations and no models
_virtual: set[str] = set()
if on_sqlite:
    listed = connection.exec_driver_sql("PRAGMA table_list").mappings()
    _virtual = {row["name"] for row in listed if row["type"] in {"virtual", "shadow"}}


def include_object(
    _item: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any
) -> bool:
    return not (kind == "table" and name in _virtual)


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=on_sqlite,
    compare_type=True,
    include_object=include_object,
)
with context.begin_transaction():
    context.run_migrations()
