"""Coverage periods: where they come from, mid-year renewals, additions, what events do."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.coverage import (
    Cover,
    addition_from,
    cover_for,
    last_covered,
    period,
)
from desktop_app.domain.schemes.scheme_cover import Additions, CoverEvent
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme

YEAR_2023 = Cover(datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
CONFIRMED_MARCH = Figure(3, FigureState.CONFIRMED, "演示")


def test_a_fixed_period_is_the_calendar_year_of_the_notice(anyang: Scheme) -> None:
    assert period(anyang.coverage) == YEAR_2023
    assert YEAR_2023.end == datetime.date(2024, 1, 1)


def test_a_period_that_a_plan_document_begins_is_not_known_before(scheme: Scheme) -> None:
    answer = cover_for(scheme.coverage)
    assert (answer.cover, answer.months, answer.to_confirm) == (None, 12, ())


def test_a_yearly_period_waits_for_its_month_to_be_confirmed(pinghu: Scheme) -> None:
    answer = cover_for(pinghu.coverage, year=2026)
    assert (answer.cover, answer.to_confirm) == (None, ("coverage.first_month",))
    known = replace(pinghu.coverage, first_month=CONFIRMED_MARCH)
    assert period(known) is None
    assert cover_for(known, year=2026).cover == Cover(
        datetime.date(2026, 3, 1), datetime.date(2027, 2, 28)
    )
    assert cover_for(known).to_confirm == ()


@pytest.mark.parametrize("month", range(1, 13))
def test_the_rest_of_the_month_counts_and_the_next_months_are_due(
    anyang: Scheme, month: int
) -> None:
    last = (datetime.date(2023, month, 28) + datetime.timedelta(4)).replace(day=1)
    for ends in (
        datetime.date(2023, month, 1),
        datetime.date(2023, month, 15),
        last - datetime.timedelta(1),
    ):
        answer = cover_for(replace(anyang.coverage, source="演示"), ends)
        assert answer.in_year
        assert answer.months == 12 - month
        if month == 12:
            assert answer.cover is None
        else:
            assert answer.cover == Cover(datetime.date(2023, month + 1, 1), YEAR_2023.last)
        assert answer.steps[0].output == str(12 - month)
        assert anyang.coverage.renewal is not None
        assert answer.steps[0].clause == anyang.coverage.renewal.source


@pytest.mark.parametrize("ends", [datetime.date(2022, 12, 31), datetime.date(2020, 6, 30)])
def test_a_cover_that_ended_before_takes_the_whole_year(
    anyang: Scheme, ends: datetime.date
) -> None:
    answer = cover_for(anyang.coverage, ends)
    assert (answer.cover, answer.months, answer.in_year) == (YEAR_2023, 12, False)


def test_a_cover_that_lasts_longer_needs_no_renewal(anyang: Scheme) -> None:
    answer = cover_for(anyang.coverage, datetime.date(2024, 1, 1))
    assert (answer.cover, answer.months) == (None, 0)
    assert [problem.code for problem in answer.problems] == ["already-covered"]


def test_without_a_renewal_rule_the_whole_period_is_due(anyang: Scheme) -> None:
    coverage = replace(anyang.coverage, renewal=None, source="演示")
    assert cover_for(coverage).steps[0].clause == "演示"
    assert cover_for(coverage, datetime.date(2023, 6, 30)).cover == YEAR_2023


@pytest.mark.parametrize(
    ("starts", "joined", "first"),
    [
        ("period", "2023-05-10", "2023-01-01"),
        ("next-day", "2023-05-10", "2023-05-11"),
        ("next-day", "2022-11-20", "2023-01-01"),
        ("next-day", "2023-12-30", "2023-12-31"),
        ("next-day", "2023-12-31", None),
        ("next-month", "2023-05-10", "2023-06-01"),
        ("next-month", "2023-12-02", None),
        ("plan-document", "2023-05-10", None),
    ],
)
def test_people_taken_in_mid_period_are_covered_from_the_scheme_s_day(
    starts: str, joined: str, first: str | None
) -> None:
    rule = Additions("any-time", starts, "试", "试")
    found = addition_from(rule, datetime.date.fromisoformat(joined), YEAR_2023)
    assert found == (datetime.date.fromisoformat(first) if first else None)


def test_a_scheme_may_take_nobody_in_mid_period() -> None:
    rule = Additions("never", "next-day", "试", "试")
    assert addition_from(rule, datetime.date(2023, 5, 10), YEAR_2023) is None


@pytest.mark.parametrize(
    ("effect", "last"),
    [
        ("ends", "2023-05-10"),
        ("ends-with-month", "2023-05-31"),
        ("continues", "2023-12-31"),
        ("transfers", "2023-12-31"),
        ("to-confirm", None),
    ],
)
def test_a_move_does_what_the_scheme_says(anyang: Scheme, effect: str, last: str | None) -> None:
    events = {"move": CoverEvent(effect, "试", "试")}
    coverage = replace(anyang.coverage, events=events)
    found = last_covered(coverage, "move", datetime.date(2023, 5, 10), YEAR_2023)
    assert found == (datetime.date.fromisoformat(last) if last else None)


@given(st.dates(datetime.date(2022, 1, 1), datetime.date(2024, 12, 31)))
def test_no_event_leads_out_of_the_cover(anyang: Scheme, on: datetime.date) -> None:
    coverage = replace(anyang.coverage, events={"death": CoverEvent("ends", "试", "试")})
    found = last_covered(coverage, "death", on, YEAR_2023)
    assert found is not None
    assert YEAR_2023.first <= found <= YEAR_2023.last


def test_what_no_source_says_is_not_decided(anyang: Scheme) -> None:
    assert last_covered(anyang.coverage, "retirement", datetime.date(2023, 5, 1), YEAR_2023) is None
    bare = replace(anyang.coverage, events={})
    assert last_covered(bare, "death", datetime.date(2023, 5, 1), YEAR_2023) is None
