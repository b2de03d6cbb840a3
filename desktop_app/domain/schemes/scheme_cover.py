"""The parts of a scheme about time, as frozen values: coverage, mid-year renewal, windows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.schemes.scheme_parts import Figure


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the coverage period is found.

    Args:
        kind: `from-plan-document` counts `months` from the date on it, `fixed` from `first`,
            `yearly` from the first of `first_month` of each year.
        months: how many months it runs.
        first: the first covered day of a fixed period.
        first_month: the month a yearly period begins in, 1 to 12.
        renewal: what a cover that ends inside the period needs; None where there is no such rule.
        additions: how people are taken in mid-period.
        events: what a move, retirement or death does, by event.
        text: as shown and printed.
        source: where it stands.
    """

    kind: str
    months: int
    first: datetime.date | None
    first_month: Figure | None
    renewal: Renewal | None
    additions: Additions | None
    events: Mapping[str, CoverEvent]
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """Renewal inside the period.

    The rest of the month in which the old cover ends counts as covered; the new one starts on the
    next month's first day and runs to the end of the period. `year_months` is the number of
    months that the whole contribution stands for.
    """

    working_days_before: Figure
    year_months: Figure
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Additions:
    """People taken in mid-period: whether, and from when they are covered."""

    allowed: str  # windows, any-time, never
    starts: str  # next-month, next-day, plan-document, period
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class CoverEvent:
    """What an event does to a cover; `to-confirm` where no source says."""

    effect: str  # continues, ends, ends-with-month, transfers, to-confirm
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which applications of some kinds are taken, to the minute, both ends inside."""

    kinds: tuple[str, ...]  # renewal, new-people, new-unit
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    ends_by: datetime.date | None  # renewals of covers that end up to this day
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Closure:
    """A time in which applications of some kinds are not taken at all, both days inside."""

    kinds: tuple[str, ...]
    first: datetime.date
    last: datetime.date
    text: str
    source: str
