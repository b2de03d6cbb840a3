"""Dates: reading office texts, printing, ages, periods."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.dates import (
    add_months,
    age,
    capital_date,
    chinese_date,
    clock_text,
    coverage_end,
    last_day,
    parse_date,
    period_text,
)

DAY = datetime.date(2026, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-1-5",
        "2026/1/5",
        "2026.1.5",
        "2026.01.05",
        "20260105",
        "2026年1月5日",
        "２０２６年１月５日",
        " 2026 年 1 月 5 日 ",
        "2026-01-05 00:00:00",
        "2026-01-05T08:30:00",
        20260105,
        20260105.0,
        DAY,
        datetime.datetime(2026, 1, 5, 8, 30),
    ],
)
def test_office_date_texts_are_read(text: str | float | datetime.date) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13-1", "2026-2-30", "26-1-5", "明天", "2026-1", 1.5, "202601051"]
)
def test_what_names_no_day_is_none(text: str | float) -> None:
    assert parse_date(text) is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_printed_dates_read_back(day: datetime.date) -> None:
    assert parse_date(chinese_date(day)) == day
    assert parse_date(day.strftime("%Y.%m.%d")) == day


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    day = parse_date(text)
    assert day is None or isinstance(day, datetime.date)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (datetime.date(2026, 1, 15), "贰零贰陆年零壹月壹拾伍日"),
        (datetime.date(2025, 10, 20), "贰零贰伍年零壹拾月零贰拾日"),
        (datetime.date(2026, 12, 1), "贰零贰陆年壹拾贰月零壹日"),
        (datetime.date(2026, 2, 10), "贰零贰陆年零贰月零壹拾日"),
        (datetime.date(2026, 3, 31), "贰零贰陆年叁月叁拾壹日"),
        (datetime.date(2026, 11, 30), "贰零贰陆年壹拾壹月零叁拾日"),
    ],
)
def test_dates_in_capitals_follow_the_cheque_rules(day: datetime.date, text: str) -> None:
    assert capital_date(day) == text


def test_the_birthday_itself_reaches_the_year() -> None:
    born = datetime.date(1966, 12, 1)
    assert age(born, datetime.date(2026, 11, 30)) == 59
    assert age(born, datetime.date(2026, 12, 1)) == 60


def test_a_leap_day_birthday_is_reached_on_the_first_of_march() -> None:
    born = datetime.date(2008, 2, 29)
    assert age(born, datetime.date(2026, 2, 28)) == 17
    assert age(born, datetime.date(2026, 3, 1)) == 18
    assert age(born, datetime.date(2028, 2, 29)) == 20


def test_a_period_is_printed_to_the_last_hour_of_its_last_day() -> None:
    first = datetime.date(2026, 12, 1)
    end = coverage_end(first, 12)
    assert last_day(end) == datetime.date(2027, 11, 30)
    assert period_text(first, end) == "自2026年12月1日0时起至2027年11月30日24时止"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (datetime.date(2024, 2, 29), 12, datetime.date(2025, 2, 28)),
        (datetime.date(2026, 1, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2026, 11, 30), 1, datetime.date(2026, 12, 30)),
        (datetime.date(2026, 12, 31), 2, datetime.date(2027, 2, 28)),
        (datetime.date(2026, 3, 15), -3, datetime.date(2025, 12, 15)),
    ],
)
def test_months_are_added_within_the_calendar(
    day: datetime.date, months: int, later: datetime.date
) -> None:
    assert add_months(day, months) == later


def test_an_instant_is_told_by_the_office_s_clock_whatever_the_machine_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    midnight = datetime.datetime(2026, 12, 1, 16, 5, tzinfo=datetime.UTC)
    for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
        monkeypatch.setenv("TZ", zone)
        if hasattr(time, "tzset"):
            time.tzset()
        assert clock_text(midnight) == "2026-12-02 00:05"
        assert clock_text(midnight.astimezone()) == "2026-12-02 00:05"
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
