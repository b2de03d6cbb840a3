"""Which activated version is in force on a day: first day, last day, gap, overlap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.schemes.version_days import Days, in_force_from, in_force_on

DAY = timedelta(days=1)
OLD = Days(1, date(2023, 1, 1), date(2023, 12, 31))
GAP = Days(2, date(2024, 2, 1), date(2024, 12, 31))
NEXT = Days(3, date(2024, 12, 1))
HISTORY = (OLD, GAP, NEXT)
NEAR = st.dates(date(2023, 1, 1), date(2023, 3, 1))
DAYS = st.tuples(st.none() | NEAR, st.none() | NEAR)


@pytest.mark.parametrize(
    ("on", "version"),
    [
        ("2022-12-31", None),
        ("2023-01-01", 1),
        ("2023-12-31", 1),
        ("2024-01-01", None),
        ("2024-01-31", None),
        ("2024-02-01", 2),
        ("2024-11-30", 2),
        ("2024-12-01", 3),
        ("2030-01-01", 3),
    ],
)
def test_both_days_are_inside_and_of_two_the_last_activated_holds(
    on: str, version: int | None
) -> None:
    assert in_force_on(HISTORY, date.fromisoformat(on)) == version


@pytest.mark.parametrize(
    ("version", "today", "first"),
    [
        (1, "2022-06-01", "2023-01-01"),
        (1, "2023-12-31", "2023-12-31"),
        (1, "2024-01-01", None),
        (2, "2024-01-01", "2024-02-01"),
        (2, "2024-12-01", None),
        (3, "2024-01-01", "2024-12-01"),
    ],
)
def test_it_is_told_from_when_a_version_is_in_force(
    version: int, today: str, first: str | None
) -> None:
    told = in_force_from(HISTORY, version, date.fromisoformat(today))
    assert told == (None if first is None else date.fromisoformat(first))


def test_a_version_comes_back_when_a_later_one_ends() -> None:
    history = (Days(1), Days(2, date(2026, 3, 1), date(2026, 3, 31)))
    assert in_force_from(history, 1, date(2026, 3, 10)) == date(2026, 4, 1)
    assert in_force_from((Days(1, None, date.max),), 1, date(2026, 3, 1)) == date(2026, 3, 1)


@given(st.lists(DAYS, max_size=4), NEAR)
def test_the_first_day_told_is_the_first_of_all_days(
    spans: list[tuple[date | None, date | None]], today: date
) -> None:
    history = tuple(Days(number, *span) for number, span in enumerate(spans))
    for number in range(len(history)):
        days = (today + DAY * step for step in range(80))
        first = next((day for day in days if in_force_on(history, day) == number), None)
        assert in_force_from(history, number, today) == first
