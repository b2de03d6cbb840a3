"""A year as an office enters it: refused, doubted, told apart, written as a file."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.calendar_years import (
    YearDraft,
    check_year,
    days_of,
    differences,
    doubts,
    fixed_days,
    kind_of,
    missing_years,
    text_of_year,
    working_days,
    year_of_text,
)
from desktop_app.domain.working_days import WorkCalendar, YearDays, calendar_from
from desktop_app.errors import UserError

NOTICE = "演示通知〔2026〕1号"
SATURDAY, MONDAY = datetime.date(2027, 2, 13), datetime.date(2027, 2, 8)
GOOD = YearDraft(2027, (*fixed_days(2027), MONDAY), (SATURDAY,), NOTICE)


def _year(**changes: object) -> YearDraft:
    given = {"year": 2027, "off": GOOD.off, "worked": GOOD.worked, "source": NOTICE}
    return YearDraft(**{**given, **changes})  # type: ignore[arg-type]


def test_a_year_is_the_same_value_however_its_days_were_typed() -> None:
    again = YearDraft(2027, (MONDAY, *reversed(GOOD.off)), (SATURDAY, SATURDAY), f" {NOTICE} ")
    assert again == GOOD
    assert YearDraft.of(2027, GOOD.days) == GOOD
    check_year(GOOD)


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"year": 1999, "off": (), "worked": ()}, "calendar-year", "year"),
        ({"year": 2101, "off": (), "worked": ()}, "calendar-year", "year"),
        ({"source": " \n "}, "calendar-source", "source"),
        ({"source": "号" * 401}, "calendar-source", "source"),
        ({"off": (datetime.date(2026, 1, 1),)}, "calendar-other-year", "2026-01-01"),
        ({"worked": (datetime.date(2028, 1, 1),)}, "calendar-other-year", "2028-01-01"),
        ({"off": (SATURDAY,)}, "calendar-off-and-worked", "2027-02-13"),
        ({"worked": (datetime.date(2027, 2, 12),)}, "calendar-worked-weekday", "2027-02-12"),
    ],
)
def test_what_no_notice_can_say_is_refused(
    changes: dict[str, object], code: str, where: str
) -> None:
    with pytest.raises(UserError) as caught:
        check_year(_year(**changes))
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.remedy


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_first_and_the_last_year_and_the_longest_source_are_taken(year: int) -> None:
    check_year(YearDraft(year, (), (), "号" * 400))


def test_many_wrong_days_are_named_up_to_three() -> None:
    weekdays = tuple(datetime.date(2027, 3, day) for day in (1, 2, 3, 4))
    with pytest.raises(UserError) as caught:
        check_year(_year(worked=weekdays))
    assert "2027年3月1日、2027年3月2日、2027年3月3日等4天" in caught.value.message
    with pytest.raises(UserError) as caught:
        check_year(_year(worked=weekdays[:3]))
    assert "等" not in caught.value.message


@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_carried_years_are_above_doubt(calendar: WorkCalendar, year: int) -> None:
    draft = YearDraft.of(year, calendar.years[year])
    check_year(draft)
    assert doubts(draft) == ()


def _with_working_days(count: int) -> YearDraft:
    """2027 with so many working days, weekdays taken off from its middle on."""
    free = [day for day in days_of(2027) if day.weekday() < 5 and day.month in (6, 7)]
    off = fixed_days(2027)
    spare = working_days(2027, YearDays(frozenset(off), frozenset(), "")) - count
    return _year(off=(*off, *free[:spare]), worked=())


@pytest.mark.parametrize(
    ("count", "doubted"), [(241, True), (242, False), (256, False), (257, True)]
)
def test_an_unusual_count_of_working_days_is_doubted_only(count: int, doubted: bool) -> None:
    draft = _with_working_days(count)
    assert working_days(2027, draft.days) == count
    check_year(draft)
    found = doubts(draft)
    assert bool(found) is doubted
    assert not doubted or f"{count}个工作日" in found[0]


def test_a_fixed_holiday_that_is_worked_is_doubted() -> None:
    off = tuple(day for day in _with_working_days(250).off if (day.month, day.day) != (10, 1))
    assert doubts(_year(off=off, worked=())) == ("2027年10月1日是法定节日,没有写成放假",)


def test_a_year_without_a_notice_counts_weekends_and_fixed_holidays() -> None:
    fixed = YearDays(frozenset(fixed_days(2027)), frozenset(), "")
    assert working_days(2027, None) == working_days(2027, fixed)
    assert [day.isoformat() for day in fixed_days(2027)] == [
        "2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03",
    ]  # fmt: skip


def test_every_day_is_of_one_kind() -> None:
    kinds = [kind_of(day, GOOD.days) for day in (MONDAY, SATURDAY)]
    assert kinds == ["放假", "补班"]
    assert kind_of(datetime.date(2027, 2, 14), GOOD.days) == "周末"
    assert kind_of(datetime.date(2027, 2, 15), GOOD.days) == "上班"
    assert (len(tuple(days_of(2027))), len(tuple(days_of(2028)))) == (365, 366)


def test_what_differs_is_told_day_by_day_and_with_its_source() -> None:
    new = _year(off=fixed_days(2027), worked=(), source="更正通知")
    assert differences(GOOD.days, new.days) == (
        "2月8日由放假改为上班",
        "2月13日由补班改为周末",
        f"依据由“{NOTICE}”改为“更正通知”",
    )
    assert differences(GOOD.days, GOOD.days) == ()


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        ("2026-10-31", ()),
        ("2026-11-01", (2027,)),
        ("2026-12-31", (2027,)),
        ("2027-01-01", (2027,)),
        ("2027-11-01", (2027, 2028)),
    ],
)
def test_next_year_is_missed_from_november_on(
    calendar: WorkCalendar, today: str, missing: tuple[int, ...]
) -> None:
    assert missing_years(datetime.date.fromisoformat(today), calendar) == missing
    entered = calendar.with_year(2027, GOOD.days)
    assert 2027 not in missing_years(datetime.date.fromisoformat(today), entered)


@given(
    st.sets(st.dates(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)), max_size=40),
    st.text('"\\\n国号1 \u3000', min_size=1, max_size=20).map(lambda word: f"某{word}"),
)
def test_a_year_written_as_a_file_is_read_back_the_same(
    days: set[datetime.date], source: str
) -> None:
    weekends = tuple(day for day in days if day.weekday() > 4 and day.day % 2)
    draft = YearDraft(2027, tuple(days - set(weekends)), weekends, source)
    assert year_of_text(text_of_year(draft), 2027, None) == draft


def test_the_carried_file_is_in_the_form_that_is_written(calendar: WorkCalendar) -> None:
    text = "\n".join(text_of_year(YearDraft.of(y, d)) for y, d in calendar.years.items())
    assert calendar_from(text) == calendar


def test_a_file_without_the_year_says_which_it_holds() -> None:
    with pytest.raises(UserError) as caught:
        year_of_text(text_of_year(GOOD), 2028, "日历.toml")
    assert (caught.value.code, caught.value.where) == ("calendar-year-missing", "日历.toml")
    assert "只有2027年" in caught.value.message
