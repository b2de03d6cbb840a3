"""Where each day of a year stands when its twelve months share a rectangle."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect

from desktop_app.domain.calendar_years import days_of

LINES = 8  # a month's title, the weekdays' heads, six weeks
COLUMNS, ROWS = 6, 2


@dataclass(frozen=True, slots=True)
class YearGrid:
    year: int
    width: int
    height: int
    gap: int

    def title_of(self, month: int) -> QRect:
        left, top = self._corner(month)
        return QRect(left, top, 7 * self._cell_width, self._cell_height)

    def head_of(self, month: int, weekday: int) -> QRect:
        return self._cell(month, weekday, 1)

    def rect_of(self, day: date) -> QRect:
        before = calendar.monthrange(self.year, day.month)[0] + day.day - 1
        return self._cell(day.month, before % 7, 2 + before // 7)

    def day_at(self, point: QPoint) -> date | None:
        return next((day for day in self.days() if self.rect_of(day).contains(point)), None)

    def days(self) -> Iterator[date]:
        return iter(days_of(self.year))

    @property
    def _cell_width(self) -> int:
        return (self.width - self.gap * (COLUMNS - 1)) // COLUMNS // 7

    @property
    def _cell_height(self) -> int:
        return self.height // ROWS // LINES

    def _corner(self, month: int) -> tuple[int, int]:
        row, column = divmod(month - 1, COLUMNS)
        room = (self.width + self.gap) / COLUMNS
        return int(column * room), row * (self.height // ROWS)

    def _cell(self, month: int, column: int, line: int) -> QRect:
        left, top = self._corner(month)
        wide, high = self._cell_width, self._cell_height
        return QRect(left + column * wide, top + line * high, wide, high)
