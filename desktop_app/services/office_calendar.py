"""The work calendar of one desk: the carried years under the office's own, parsed once."""

from __future__ import annotations

import datetime
import functools
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.calendar import CalendarYear
from db.queries.many import asked
from db.together import fact
from desktop_app.domain.working_days import WorkCalendar, YearDays, calendar_from
from desktop_app.paths import resource_path

Mark = tuple[int, int]
_MARK = select(func.count(), func.coalesce(func.sum(CalendarYear.row_version), 0)).select_from(
    CalendarYear
)


@functools.cache
def carried_calendar() -> WorkCalendar:
    """The years that the program carries."""
    file = resource_path("calendar", "workdays.toml")
    return calendar_from(file.read_text("utf-8"), file.name)


def days_of_row(row: CalendarYear) -> YearDays:
    return YearDays(_dates(row.off), _dates(row.worked), row.source)


class OfficeCalendar:
    """Reads the rows again only where one was added or changed, also by a colleague's PC."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[Mark, WorkCalendar] | None = None

    def read(self, session: Session) -> WorkCalendar:
        return fact(session, "calendar", lambda: self._read(session))

    def _read(self, session: Session) -> WorkCalendar:
        mark = _mark(session)
        with self._lock:
            if self._kept is not None and self._kept[0] == mark:
                return self._kept[1]
        calendar = _laid_over(session)
        with self._lock:
            self._kept = (mark, calendar)
        return calendar


def _mark(session: Session) -> Mark:
    """Rows are never removed and every change raises a version: the two tell any change."""
    count, versions = asked(session, _MARK, {}).one()
    return count, int(versions)


def _laid_over(session: Session) -> WorkCalendar:
    own = {row.year: days_of_row(row) for row in session.scalars(select(CalendarYear))}
    return WorkCalendar({**carried_calendar().years, **own})


def _dates(words: list[str]) -> frozenset[datetime.date]:
    return frozenset(datetime.date.fromisoformat(word) for word in words)
