"""The day that presses a unit, short enough for a column; the whole sentence is its tool tip."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class HasDue(Protocol):
    @property
    def due_on(self) -> date | None: ...
    @property
    def due_label(self) -> str: ...


def due_short(row: HasDue) -> str:
    """Such as 12-30 保障到期."""
    return f"{row.due_on:%m-%d} {row.due_label}" if row.due_on else ""


def due_order(row: HasDue) -> str:
    return row.due_on.isoformat() if row.due_on else "9999"
