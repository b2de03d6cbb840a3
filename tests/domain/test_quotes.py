"""Applications judged whole: Anyang's windows and renewals, Pinghu's shares, Xianfeng's limits."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.figures import with_figures
from desktop_app.domain.quotes import Application, Quote, quote
from desktop_app.domain.scheme_parts import Figure, JointPart, PayerWeight
from desktop_app.domain.schemes import Scheme, scheme_from
from desktop_app.domain.windows import latest_renewal
from desktop_app.domain.working_days import WorkCalendar, calendar_from

RESOURCES = Path(__file__).parents[2] / "resources"
FILE = RESOURCES / "calendar" / "workdays.toml"
SCHEMES = RESOURCES / "schemes"
WHOLE_YEAR = (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return calendar_from(FILE.read_text("utf-8"))


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _asked(people: int = 10, **more: object) -> Application:
    return replace(Application(people, ("medical",)), **more)  # type: ignore[arg-type]


def _codes(found: Quote) -> list[str]:
    return [problem.code for problem in found.problems]


def test_the_whole_year_costs_75_yuan_of_which_the_union_bears_25(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    found = quote(anyang, _asked(178_000), calendar)
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


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        ("2022-11-11 07:59", ["window-closed"]),
        ("2022-11-11 08:00", []),
        ("2022-12-10 16:59", []),
        ("2022-12-10 17:00", []),
        ("2022-12-10 17:01", ["window-closed"]),
        ("2023-03-01 09:00", ["window-closed"]),
    ],
)
@pytest.mark.parametrize("ends", [None, datetime.date(2022, 12, 31)])
def test_the_window_s_first_and_last_minute_are_inside(
    anyang: Scheme,
    calendar: WorkCalendar,
    at: str,
    codes: list[str],
    ends: datetime.date | None,
) -> None:
    found = quote(anyang, _asked(at=_moment(at), ends=ends), calendar)
    assert _codes(found) == codes
    assert found.ok is (not codes)
    assert (found.total_fen is None) is bool(codes)


def test_the_last_minute_lasts_to_its_last_second(anyang: Scheme, calendar: WorkCalendar) -> None:
    assert quote(anyang, _asked(at=_moment("2022-12-10 17:00:59")), calendar).ok


def test_no_new_unit_joins_during_the_year_but_new_people_do_in_the_window(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    inside, during = _moment("2022-11-20 10:00"), _moment("2023-02-01 10:00")
    assert _codes(quote(anyang, _asked(new_unit=True), calendar)) == ["new-unit-closed"]
    assert _codes(quote(anyang, _asked(new_unit=True, at=during), calendar)) == ["new-unit-closed"]
    assert quote(anyang, _asked(at=inside), calendar).ok
    assert quote(anyang, _asked(new_unit=True, at=inside), calendar).ok
    late = quote(anyang, _asked(new_unit=True, at=_moment("2024-01-01 00:00")), calendar)
    assert _codes(late) == ["window-closed"]


# The last day that leaves 15 working days, counted with chinesecalendar apart from this program.
RENEWALS = [
    ("2023-01-15", 11, "2022-12-22"),
    ("2023-01-31", 11, "2023-01-04"),
    ("2023-02-15", 10, "2023-01-19"),
    ("2023-02-28", 10, "2023-02-06"),
    ("2023-03-15", 9, "2023-02-21"),
    ("2023-03-31", 9, "2023-03-09"),
    ("2023-04-15", 8, "2023-03-23"),
    ("2023-04-30", 8, "2023-04-10"),
    ("2023-05-15", 7, "2023-04-20"),
    ("2023-05-31", 7, "2023-05-09"),
    ("2023-06-15", 6, "2023-05-24"),
    ("2023-06-30", 6, "2023-06-07"),
    ("2023-07-15", 5, "2023-06-25"),
    ("2023-07-31", 5, "2023-07-09"),
    ("2023-08-15", 4, "2023-07-24"),
    ("2023-08-31", 4, "2023-08-09"),
    ("2023-09-15", 3, "2023-08-24"),
    ("2023-09-30", 3, "2023-09-07"),
    ("2023-10-15", 2, "2023-09-18"),
    ("2023-10-31", 2, "2023-10-09"),
    ("2023-11-15", 1, "2023-10-24"),
    ("2023-11-30", 1, "2023-11-08"),
]


@pytest.mark.parametrize(("ends", "months", "latest"), RENEWALS)
def test_a_renewal_inside_the_year_comes_15_working_days_ahead(
    anyang: Scheme, calendar: WorkCalendar, ends: str, months: int, latest: str
) -> None:
    last, day = datetime.date.fromisoformat(ends), datetime.date.fromisoformat(latest)
    renewal = anyang.coverage.renewal
    assert renewal is not None
    assert latest_renewal(renewal, last, calendar).date == day
    in_time = datetime.datetime.combine(day, datetime.time(23, 59))
    quoted = quote(anyang, _asked(ends=last, at=in_time), calendar)
    assert quoted.ok
    assert quoted.months == months
    assert quoted.coverage is not None
    assert quoted.coverage.first == datetime.date(2023, last.month + 1, 1)
    assert quoted.to_confirm == ("coverage.renewal.year_months",)
    assert [step.rule for step in quoted.steps[:2]] == ["renewal-months", "working-days"]
    late = datetime.datetime.combine(day + datetime.timedelta(1), datetime.time(0, 0))
    assert _codes(quote(anyang, _asked(ends=last, at=late), calendar)) == ["renewal-late"]


@pytest.mark.parametrize("ends", ["2023-12-01", "2023-12-15", "2023-12-31"])
def test_a_cover_that_ends_in_december_owes_nothing(
    anyang: Scheme, calendar: WorkCalendar, ends: str
) -> None:
    asked = _asked(ends=datetime.date.fromisoformat(ends), at=_moment("2023-12-30 10:00"))
    found = quote(anyang, asked, calendar)
    assert (found.ok, found.months, found.coverage, found.total_fen) == (True, 0, None, 0)
    assert found.to_confirm == ()


@given(st.integers(0, 200_000), st.integers(1, 11))
def test_25_and_50_lose_nothing_whatever_the_people_and_months(
    anyang: Scheme, calendar: WorkCalendar, people: int, months: int
) -> None:
    ends = datetime.date(2023, 12 - months, 5)
    found = quote(anyang, _asked(people, ends=ends), calendar)
    each = (2 * 7500 * months + 12) // 24  # half up
    assert found.months == months
    assert found.total_fen == each * people
    assert sum(part.fen for part in found.parts) == found.total_fen
    union = found.parts[0].fen
    assert abs(union * 12 - people * 2500 * months) <= 12 * people
    assert union == people * (quote(anyang, _asked(1, ends=ends), calendar).parts[0].fen)


def test_a_renewal_says_when_its_year_has_no_notice(anyang: Scheme) -> None:
    asked = _asked(ends=datetime.date(2023, 6, 30), at=_moment("2023-02-01 09:00"))
    found = quote(anyang, asked, WorkCalendar())
    assert found.ok
    assert _codes(found) == ["calendar-year-missing"]


def test_open_days_before_the_end_are_told(anyang: Scheme, calendar: WorkCalendar) -> None:
    renewal = anyang.coverage.renewal
    assert renewal is not None
    figure = Figure(15, FigureState.TO_CONFIRM)
    coverage = replace(anyang.coverage, renewal=replace(renewal, working_days_before=figure))
    asked = _asked(ends=datetime.date(2023, 6, 30))
    found = quote(replace(anyang, coverage=coverage), asked, calendar)
    assert "coverage.renewal.working_days_before" in found.to_confirm


def test_a_confirmed_reading_leaves_nothing_open(anyang: Scheme, calendar: WorkCalendar) -> None:
    figure = Figure(12, FigureState.CONFIRMED, "演示文件")
    sure = with_figures(anyang, {"coverage.renewal.year_months": figure})
    found = quote(sure, _asked(ends=datetime.date(2023, 6, 30)), calendar)
    assert (found.to_confirm, found.total_fen) == ((), 10 * 3750)


def test_a_cover_that_outlasts_the_period_is_refused(
    anyang: Scheme, calendar: WorkCalendar
) -> None:
    found = quote(anyang, _asked(ends=datetime.date(2024, 3, 31)), calendar)
    assert _codes(found) == ["already-covered"]


def test_a_drive_takes_only_covers_that_end_in_time(anyang: Scheme, calendar: WorkCalendar) -> None:
    without = replace(anyang, coverage=replace(anyang.coverage, renewal=None))
    asked = _asked(ends=datetime.date(2023, 6, 30), at=_moment("2022-11-20 09:00"))
    assert _codes(quote(without, asked, calendar)) == ["window-kind"]


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
    assert _codes(alone) == ["plan-not-allowed"]


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
    asked = Application(3, ("hospital",), shares=2, unit_kind=kind)
    found = quote(priced, asked, calendar)
    assert _codes(found) == ["shares"]
    wanted = ["plans.hospital.share_limits.default"] if key is None else key
    assert list(found.to_confirm) == wanted


def test_a_women_s_plan_needs_the_number_of_women(priced: Scheme, calendar: WorkCalendar) -> None:
    assert _codes(quote(priced, Application(3, ("women",)), calendar)) == ["women-missing"]
    found = quote(priced, Application(3, ("hospital", "women"), women=2), calendar)
    assert found.total_fen == 3 * 5000 + 2 * 1000
    assert [step.rule for step in found.steps] == [
        "coverage",
        "contribution",
        "contribution",
        "contribution-total",
    ]


@pytest.mark.parametrize(
    ("at", "codes"), [("2024-12-31 23:59", []), ("2025-01-01 00:00", ["window-closed"])]
)
def test_a_drive_s_last_day_is_inside(
    priced: Scheme, calendar: WorkCalendar, at: str, codes: list[str]
) -> None:
    asked = Application(3, ("hospital",), at=_moment(at))
    assert _codes(quote(priced, asked, calendar)) == codes


def test_without_a_drive_any_time_will_do(yongding: Scheme, calendar: WorkCalendar) -> None:
    asked = Application(3, ("inpatient",), at=_moment("2026-08-01 03:00"))
    assert quote(yongding, asked, calendar).problems == ()


def test_quotes_repeat_to_the_letter(anyang: Scheme, calendar: WorkCalendar) -> None:
    asked = _asked(77, ends=datetime.date(2023, 8, 31), at=_moment("2023-08-01 09:00"))
    assert quote(anyang, asked, calendar) == quote(anyang, asked, calendar)


def test_a_joint_part_without_value_has_no_amount(pinghu: Scheme, calendar: WorkCalendar) -> None:
    unknown = Figure(None, FigureState.TO_CONFIRM)
    one = Figure(1, FigureState.CONFIRMED, "演示")
    joint = JointPart(unknown, (PayerWeight("city-union", one), PayerWeight("town-union", one)))
    scheme = replace(pinghu, funding=replace(pinghu.funding, joint=(joint,)))
    found = quote(scheme, Application(3, ("inpatient",)), calendar)
    assert (found.ok, found.total_fen) == (False, None)
    assert "funding.joint1.fee_fen" in found.to_confirm


def test_a_window_may_be_open_to_one_side(calendar: WorkCalendar) -> None:
    text = (SCHEMES / "anyang-2023.toml").read_text("utf-8")
    never_opens = text.replace("opens_at = 2022-11-11T08:00:00\n", "")
    never_closes = text.replace("closes_at = 2022-12-10T17:00:00\n", "")
    early, late = _asked(at=_moment("2022-01-01 00:00")), _asked(at=_moment("2023-12-31 23:59"))
    assert quote(scheme_from(never_opens), early, calendar).ok
    assert not quote(scheme_from(never_opens), late, calendar).ok
    assert quote(scheme_from(never_closes), late, calendar).ok
    assert not quote(scheme_from(never_closes), early, calendar).ok
