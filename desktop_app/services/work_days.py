"""The working days that the program carries, read once."""

from __future__ import annotations

import functools

from desktop_app.domain.working_days import WorkCalendar, calendar_from
from desktop_app.paths import resource_path


@functools.cache
def carried_calendar() -> WorkCalendar:
    file = resource_path("calendar", "workdays.toml")
    return calendar_from(file.read_text("utf-8"), file.name)
