"""Working days: the yearly notices, make-up Saturdays, counting back, years not known yet."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.working_days import (
    WorkCalendar,
    YearDays,
    calendar_from,
    latest_day_before,
)
from desktop_app.errors import UserError

KNOWN = st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 12, 31))
ONE_DAY = datetime.timedelta(days=1)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def count_between(first: datetime.date, before: datetime.date, calendar: WorkCalendar) -> int:
    """How many working days lie strictly between two days."""
    days = (before - first).days
    return sum(calendar.is_working(first + ONE_DAY * step) for step in range(1, days))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_each_year_has_the_working_days_of_its_notice(
    calendar: WorkCalendar, year: int, days: int
) -> None:
    before, after = datetime.date(year - 1, 12, 31), datetime.date(year + 1, 1, 1)
    assert count_between(before, after, calendar) == days
    assert calendar.years[year].source


@pytest.mark.parametrize(
    "worked",
    [
        "2023-01-28",
        "2024-02-04",
        "2024-10-12",
        "2025-01-26",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ],
)
def test_people_work_on_make_up_days(calendar: WorkCalendar, worked: str) -> None:
    assert _day(worked).weekday() in (5, 6)
    assert calendar.is_working(_day(worked))


@pytest.mark.parametrize(
    "off", ["2020-01-31", "2023-01-23", "2024-09-16", "2025-10-08", "2026-02-23", "2026-10-07"]
)
def test_people_are_off_on_holidays_in_the_week(calendar: WorkCalendar, off: str) -> None:
    assert _day(off).weekday() < 5
    assert not calendar.is_working(_day(off))


@pytest.mark.parametrize(
    ("before", "count", "date", "last"),
    [
        ("2023-05-31", 15, "2023-05-09", "2023-05-09"),
        ("2023-12-31", 15, "2023-12-10", "2023-12-08"),  # a Sunday; people last work on Friday
        ("2023-01-31", 15, "2023-01-04", "2023-01-04"),  # across the Spring Festival
        ("2023-01-15", 15, "2022-12-22", "2022-12-22"),  # across the year's end
        ("2023-07-31", 15, "2023-07-09", "2023-07-07"),
        ("2023-06-15", 0, "2023-06-14", "2023-06-14"),
        ("2023-10-07", 0, "2023-10-06", "2023-09-28"),
    ],
)
def test_the_latest_day_leaves_so_many_days_between(
    calendar: WorkCalendar, before: str, count: int, date: str, last: str
) -> None:
    found = latest_day_before(_day(before), count, calendar)
    assert (found.date, found.last_working_day) == (_day(date), _day(last))
    assert found.assumed_years == ()
    assert found.warning is None


@given(KNOWN, st.integers(0, 40))
def test_one_day_later_would_leave_too_few(
    calendar: WorkCalendar, before: datetime.date, count: int
) -> None:
    found = latest_day_before(before, count, calendar)
    assert count_between(found.date, before, calendar) >= count
    if found.date + ONE_DAY < before:
        assert count_between(found.date + ONE_DAY, before, calendar) < count
    assert calendar.is_working(found.last_working_day)
    assert count_between(found.last_working_day, found.date + ONE_DAY, calendar) == 0


def test_a_year_without_its_notice_falls_back_and_says_so(calendar: WorkCalendar) -> None:
    found = latest_day_before(datetime.date(2027, 1, 10), 8, calendar)
    assert found.assumed_years == (2027,)
    assert found.warning is not None
    assert found.warning in found.steps[0].text
    assert not calendar.is_working(datetime.date(2027, 1, 1))
    assert not calendar.is_working(datetime.date(2027, 10, 2))
    assert not calendar.is_working(datetime.date(2027, 3, 6))
    assert calendar.is_working(datetime.date(2027, 3, 5))


def test_the_step_names_the_law_and_the_notice(calendar: WorkCalendar) -> None:
    step = latest_day_before(datetime.date(2026, 3, 2), 3, calendar).steps[0]
    assert step.rule == "working-days"
    assert "第二百零一条" in step.clause
    assert calendar.years[2026].source in step.clause
    assert step.output == "2026-02-25"  # 2026-02-28, a Saturday, is worked


def test_an_office_adds_a_year(calendar: WorkCalendar) -> None:
    saturday = datetime.date(2027, 1, 9)
    days = YearDays(frozenset({datetime.date(2027, 1, 11)}), frozenset({saturday}), "演示通知")
    with_2027 = calendar.with_year(2027, days)
    assert with_2027.is_working(saturday)
    assert not with_2027.is_working(datetime.date(2027, 1, 11))
    assert with_2027.knows(2027)
    assert not calendar.knows(2027)


@pytest.mark.parametrize(("before", "count"), [("2023-01-01", -1), ("2023-01-01", 2001)])
def test_counts_out_of_reach_are_refused(calendar: WorkCalendar, before: str, count: int) -> None:
    with pytest.raises(UserError) as caught:
        latest_day_before(_day(before), count, calendar)
    assert caught.value.code == "working-days"


def test_years_out_of_reach_are_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(UserError):
        latest_day_before(datetime.date(1, 1, 3), 1, calendar)


_YEAR = '[[years]]\nyear = 2027\nsource = "演示"\noff = [2027-01-01]\nworked = [2027-01-09]\n'


def test_the_small_calendar_of_these_tests_is_read() -> None:
    assert calendar_from(_YEAR).years[2027].source == "演示"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_YEAR, ""),
        (_YEAR, "years = 5"),
        (_YEAR, "years = [5]"),
        (_YEAR, _YEAR + _YEAR),
        ("[[years]]", "[[years]"),
        ("year = 2027", ""),
        ('source = "演示"', 'source = " "'),
        ('source = "演示"', "source = 1"),
        ("off = [2027-01-01]", "off = 1"),
        ("off = [2027-01-01]", "off = [2026-01-01]"),
        ("off = [2027-01-01]", 'off = ["x"]'),
        ("off = [2027-01-01]", "off = [2027-01-09]"),
        ("worked = [2027-01-09]", "worked = [2027-01-08]"),
    ],
)
def test_a_broken_calendar_is_refused(old: str, new: str) -> None:
    with pytest.raises(UserError) as caught:
        calendar_from(_YEAR.replace(old, new), "日历.toml")
    assert (caught.value.code, caught.value.where) == ("calendar-invalid", "日历.toml")
    assert caught.value.remedy
