"""Which version of a scheme is in force on a day, of those that an office has activated."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days a version says it is made for, both inside; either may be left open."""

    version: int
    first: datetime.date | None = None
    last: datetime.date | None = None

    def hold(self, on: datetime.date) -> bool:
        after = self.first is None or self.first <= on
        return after and (self.last is None or on <= self.last)


def in_force_on(activated: Sequence[Days], on: datetime.date) -> int | None:
    """The version in force on a day: the last activated of those that are made for it.

    Args:
        activated: in the order in which they were activated.
        on: the day.
    """
    return next((days.version for days in reversed(activated) if days.hold(on)), None)


def in_force_from(
    activated: Sequence[Days], version: int, today: datetime.date
) -> datetime.date | None:
    """The first day from today on which a version is in force; None where there is none."""
    return next(
        (day for day in _borders(activated, today) if in_force_on(activated, day) == version), None
    )


def _borders(activated: Iterable[Days], today: datetime.date) -> list[datetime.date]:
    """The days on which another version may come into force, from today on."""
    found = {today}
    for days in activated:
        found |= {days.first} if days.first is not None else set()
        found |= {days.last + _ONE_DAY} if days.last not in (None, datetime.date.max) else set()
    return sorted(day for day in found if day >= today)
