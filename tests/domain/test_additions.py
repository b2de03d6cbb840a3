"""People added in mid-period: any time, in windows, never; covered from the rule's first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.domain.quotes import cover_by_rule, quote
from desktop_app.domain.schemes.scheme_cover import Additions
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.working_days import WorkCalendar
from tests.domain.applications import asked, codes, moment


def _with(scheme: Scheme, allowed: str, starts: str, text: str = "") -> Scheme:
    rule = Additions(allowed, starts, text, "演示文件")
    return replace(scheme, coverage=replace(scheme.coverage, additions=rule))


@pytest.mark.parametrize(
    ("starts", "at", "first"),
    [
        ("period", "2023-05-17 09:00", "2023-01-01"),
        ("next-day", "2023-05-17 09:00", "2023-05-18"),
        ("next-month", "2023-05-17 09:00", "2023-06-01"),
        ("next-day", "2022-11-20 09:00", "2023-01-01"),
    ],
)
def test_added_people_are_covered_from_the_rules_day_to_the_periods_end(
    anyang: Scheme, calendar: WorkCalendar, starts: str, at: str, first: str
) -> None:
    added = _with(anyang, "any-time", starts)
    found = quote(added, asked(at=moment(at), addition=True), calendar)
    assert found.ok
    assert found.coverage is not None
    assert found.coverage.first == date.fromisoformat(first)
    assert found.coverage.last == date(2023, 12, 31)
    assert cover_by_rule(added, found) == found.coverage


def test_on_the_last_day_nothing_is_left_to_add(anyang: Scheme, calendar: WorkCalendar) -> None:
    added = _with(anyang, "any-time", "next-day")
    found = quote(added, asked(at=moment("2023-12-31 09:00"), addition=True), calendar)
    assert codes(found) == ["addition-late"]
    assert found.total_fen is None


@pytest.mark.parametrize("text", ["", "年中不办理增加人员。"])
def test_a_scheme_that_takes_nobody_in_mid_period_says_so(
    anyang: Scheme, calendar: WorkCalendar, text: str
) -> None:
    found = quote(
        _with(anyang, "never", "period", text),
        asked(at=moment("2023-05-17 09:00"), addition=True),
        calendar,
    )
    assert [problem.message for problem in found.problems] == [
        text.rstrip("。") or "年中不增加人员"
    ]


def test_additions_by_windows_are_judged_like_new_people(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    late = asked(at=moment("2023-05-17 09:00"), addition=True)
    assert codes(quote(anyang, late, calendar)) == ["window-closed"]
    bare = replace(anyang, coverage=replace(anyang.coverage, additions=None))
    assert codes(quote(bare, late, calendar)) == ["window-closed"]


def test_a_plan_documents_own_date_is_not_guessed(anyang: Scheme, calendar: WorkCalendar) -> None:
    added = _with(anyang, "any-time", "plan-document")
    found = quote(added, asked(at=datetime(2023, 5, 17, 9), addition=True), calendar)
    assert found.ok
    assert found.coverage is None


def test_a_deadline_of_another_years_drive_refuses_nobody(
    scheme: Scheme, calendar: WorkCalendar
) -> None:
    late = asked(plans=("hospital",), at=moment("2025-01-02 09:00"))
    assert codes(quote(scheme, late, calendar)) == ["window-closed"]
    assert codes(quote(scheme, replace(late, year=2024), calendar)) == ["window-closed"]
    assert codes(quote(scheme, replace(late, year=2025), calendar)) == []
    assert replace(late, renewal=True).kind == "renewal"
