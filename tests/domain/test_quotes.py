"""Applications judged whole: Anyang's windows and renewals, Pinghu's shares, Xianfeng's limits."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.figures import with_figures
from desktop_app.domain.quotes import Application, quote
from desktop_app.domain.schemes.scheme_parts import Figure, JointPart, PayerWeight
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.uscc import division_of
from desktop_app.domain.working_days import WorkCalendar
from tests.domain.applications import asked, codes, moment

WHOLE_YEAR = (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))


def test_the_whole_year_costs_75_yuan_of_which_the_union_bears_25(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    found = quote(anyang, asked(178_000), calendar)
    assert found.ok
    assert found.months == 12
    assert found.coverage is not None
    assert (found.coverage.first, found.coverage.last) == WHOLE_YEAR
    assert found.total_fen == 178_000 * 7500
    assert [(part.payer, part.fen) for part in found.parts] == [
        ("upper-union", 178_000 * 2500),
        ("unit-and-member", 178_000 * 5000),
    ]
    assert found.to_confirm == ()


@pytest.mark.parametrize("ends", ["2023-12-01", "2023-12-15", "2023-12-31"])
def test_a_cover_that_ends_in_december_owes_nothing(
    anyang: Scheme, calendar: WorkCalendar, ends: str
) -> None:
    application = asked(ends=datetime.date.fromisoformat(ends), at=moment("2023-12-30 10:00"))
    found = quote(anyang, application, calendar)
    assert (found.ok, found.months, found.coverage, found.total_fen) == (True, 0, None, 0)
    assert found.to_confirm == ()


@given(st.integers(0, 200_000), st.integers(1, 11))
def test_25_and_50_lose_nothing_whatever_the_people_and_months(
    anyang: Scheme, calendar: WorkCalendar, people: int, months: int
) -> None:
    ends = datetime.date(2023, 12 - months, 5)
    found = quote(anyang, asked(people, ends=ends), calendar)
    each = (2 * 7500 * months + 12) // 24  # half up
    assert found.months == months
    assert found.total_fen == each * people
    assert sum(part.fen for part in found.parts) == found.total_fen
    union = found.parts[0].fen
    assert abs(union * 12 - people * 2500 * months) <= 12 * people
    assert union == people * (quote(anyang, asked(1, ends=ends), calendar).parts[0].fen)


def test_a_confirmed_reading_leaves_nothing_open(anyang: Scheme, calendar: WorkCalendar) -> None:
    figure = Figure(12, FigureState.CONFIRMED, "演示文件")
    sure = with_figures(anyang, {"coverage.renewal.year_months": figure})
    found = quote(sure, asked(ends=datetime.date(2023, 6, 30)), calendar)
    assert (found.to_confirm, found.total_fen) == ((), 10 * 3750)


def test_a_cover_that_outlasts_the_period_is_refused(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    found = quote(anyang, asked(ends=datetime.date(2024, 3, 31)), calendar)
    assert codes(found) == ["already-covered"]


def test_the_worker_bears_one_yuan_and_the_unions_the_other_49(
    pinghu: Scheme, calendar: WorkCalendar
) -> None:
    found = quote(pinghu, Application(418, ("inpatient",)), calendar)
    assert found.total_fen == 418 * 5000
    parts = {part.payer: part.fen for part in found.parts}
    assert parts["member"] == 418 * 100
    assert parts["city-union"] + parts["town-union"] == 418 * 4900
    assert "funding.joint1.city-union.weight" in found.to_confirm


@given(st.integers(0, 3000), st.integers(0, 50), st.integers(1, 50))
def test_a_joint_part_adds_up_whatever_the_weights(
    pinghu: Scheme, calendar: WorkCalendar, people: int, city: int, town: int
) -> None:
    figures = {
        "funding.joint1.city-union.weight": Figure(city, FigureState.DEMO, "演示"),
        "funding.joint1.town-union.weight": Figure(town, FigureState.DEMO, "演示"),
    }
    scheme = with_figures(pinghu, figures)
    found = quote(scheme, Application(people, ("inpatient",)), calendar)
    assert found.total_fen == sum(part.fen for part in found.parts) == people * 5000
    exact = people * 4900 * city / (city + town)
    parts = {part.payer: part.fen for part in found.parts}
    assert abs(parts["city-union"] - exact) <= people


def test_beijing_is_free(beijing: Scheme, calendar: WorkCalendar) -> None:
    found = quote(beijing, Application(9, ("outpatient", "inpatient")), calendar)
    assert found.ok
    assert found.total_fen == 0
    assert [(part.payer, part.fen) for part in found.parts] == [("city-union", 0)]


def test_yongding_s_hundred_yuan_is_an_estimate(yongding: Scheme, calendar: WorkCalendar) -> None:
    plans = tuple(plan.id for plan in yongding.plans)
    found = quote(yongding, Application(3, plans), calendar)
    assert (found.ok, found.total_fen) == (True, 30_000)
    assert "plans.inpatient.fee_fen" in found.to_confirm
    alone = quote(yongding, Application(3, ("condolence-death",)), calendar)
    assert codes(alone) == ["plan-not-allowed"]


def test_without_a_fee_there_is_no_amount(scheme: Scheme, calendar: WorkCalendar) -> None:
    found = quote(scheme, Application(3, ("hospital",)), calendar)
    assert (found.ok, found.total_fen, found.parts) == (False, None, ())
    assert found.to_confirm == ("plans.hospital.fee_fen",)
    assert (found.months, found.coverage) == (12, None)


@pytest.mark.parametrize(
    ("kind", "key"),
    [(None, ["plans.hospital.share_limits.default"]), ("government", []), ("firm", None)],
)
def test_share_limits_hold_by_the_unit_s_kind(
    priced: Scheme, calendar: WorkCalendar, kind: str | None, key: list[str] | None
) -> None:
    application = Application(3, ("hospital",), shares=2, unit_kind=kind)
    found = quote(priced, application, calendar)
    assert codes(found) == ["shares"]
    wanted = ["plans.hospital.share_limits.default"] if key is None else key
    assert list(found.to_confirm) == wanted


def test_a_women_s_plan_needs_the_number_of_women(priced: Scheme, calendar: WorkCalendar) -> None:
    assert codes(quote(priced, Application(3, ("women",)), calendar)) == ["women-missing"]
    found = quote(priced, Application(3, ("hospital", "women"), women=2), calendar)
    assert found.total_fen == 3 * 5000 + 2 * 1000
    assert [step.rule for step in found.steps] == [
        "coverage",
        "contribution",
        "contribution",
        "contribution-total",
    ]


def test_quotes_repeat_to_the_letter(anyang: Scheme, calendar: WorkCalendar) -> None:
    application = asked(77, ends=datetime.date(2023, 8, 31), at=moment("2023-08-01 09:00"))
    assert quote(anyang, application, calendar) == quote(anyang, application, calendar)


def test_a_joint_part_without_value_has_no_amount(pinghu: Scheme, calendar: WorkCalendar) -> None:
    unknown = Figure(None, FigureState.TO_CONFIRM)
    one = Figure(1, FigureState.CONFIRMED, "演示")
    joint = JointPart(unknown, (PayerWeight("city-union", one), PayerWeight("town-union", one)))
    scheme = replace(pinghu, funding=replace(pinghu.funding, joint=(joint,)))
    found = quote(scheme, Application(3, ("inpatient",)), calendar)
    assert (found.ok, found.total_fen) == (False, None)
    assert "funding.joint1.fee_fen" in found.to_confirm


def test_an_application_is_a_new_unit_s_a_renewal_or_new_people_s() -> None:
    ends = datetime.date(2023, 6, 30)
    assert asked().kind == "new-people"
    assert asked(ends=ends).kind == "renewal"
    assert asked(ends=ends, new_unit=True).kind == "new-unit"


def test_a_late_renewal_is_refused_and_has_no_amount(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    late = asked(ends=datetime.date(2023, 6, 30), at=moment("2023-06-20 10:00"))
    found = quote(anyang, late, calendar)
    assert codes(found) == ["renewal-late"]
    assert (found.ok, found.months, found.total_fen, found.parts) == (False, 6, None, ())


def test_an_open_limit_is_named_by_the_kind_it_is_given_for(
    priced: Scheme, calendar: WorkCalendar
) -> None:
    plan = priced.plan("hospital")
    limits = {**plan.share_limits, "government": Figure(1, FigureState.TO_CONFIRM, "演示")}
    scheme = replace(priced, plans=(replace(plan, share_limits=limits),))
    application = Application(3, ("hospital",), shares=2, unit_kind="government")
    found = quote(scheme, application, calendar)
    assert found.to_confirm == ("plans.hospital.share_limits.government",)


def test_people_of_unknown_sex_are_counted_together(anyang: Scheme, calendar: WorkCalendar) -> None:
    steps = [one for one in quote(anyang, asked(9), calendar).steps if one.rule == "contribution"]
    assert [step.input for step in steps] == ["9"]


def test_a_unit_of_another_kind_is_refused_and_one_of_another_area_doubted(anyang: Scheme) -> None:
    other = quote(anyang, asked(unit_kind="other"), WorkCalendar({}))
    assert (other.ok, codes(other), other.total_fen) == (False, ["unit-kind"], None)
    far = quote(anyang, asked(unit_kind="firm", division="110101"), WorkCalendar({}))
    assert (far.ok, codes(far)) == (True, ["unit-area"])
    near = quote(anyang, asked(unit_kind="firm", division="410502"), WorkCalendar({}))
    assert (near.ok, codes(near)) == (True, [])


@pytest.mark.parametrize(
    ("code", "division"),
    [
        ("91330421MA28A5X12P", "330421"),
        ("9199999919522170XT", None),  # reserved
        ("12100000400000000X", None),  # central
        ("913304", None),
        ("91A30421MA28A5X12P", None),
        ("", None),
        (None, None),
    ],
)
def test_a_credit_code_tells_its_division(code: str | None, division: str | None) -> None:
    assert division_of(code) == division
