"""Who may join: ages on a day, employment, insurance, health; units by kind, area and size."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.codes import PostCategory, Sex
from desktop_app.domain.dates import age
from desktop_app.domain.eligibility import (
    AgeLimits,
    PersonFacts,
    UnitFacts,
    judge_person,
    judge_unit,
    may_hold,
    must_join,
    outstanding,
)
from desktop_app.domain.retirement import retires_on
from desktop_app.domain.schemes.schemes import Scheme
from tests.domain.schemes import scheme_named

DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2034, 12, 31))
BIRTHS = st.dates(datetime.date(1955, 1, 1), datetime.date(2023, 12, 31))


@given(BIRTHS, DAYS)
@example(datetime.date(2008, 2, 29), datetime.date(2024, 2, 29))
@example(datetime.date(2008, 2, 29), datetime.date(2025, 2, 28))
@example(datetime.date(1967, 2, 28), datetime.date(2028, 2, 29))
@example(datetime.date(1967, 3, 1), datetime.date(2028, 2, 29))
@example(datetime.date(1964, 2, 29), datetime.date(2025, 2, 28))
@example(datetime.date(1964, 2, 29), datetime.date(2025, 3, 1))
@example(datetime.date(2012, 2, 29), datetime.date(2028, 2, 28))
def test_cut_off_dates_agree_with_full_years(
    scheme: Scheme, born: datetime.date, on: datetime.date
) -> None:
    problem = AgeLimits(scheme.eligibility, on).problem(born)
    years = age(born, on)
    wanted = "age-below" if years < 16 else "age-above" if years > 60 else None
    assert (problem.code if problem else None) == wanted


def test_an_unknown_sex_does_not_hold_the_women_s_plan(scheme: Scheme) -> None:
    assert may_hold(scheme.plan("hospital"), None)
    assert not may_hold(scheme.plan("women"), None)


DRIVE = datetime.date(2022, 11, 20)
GOOD = PersonFacts(
    born=datetime.date(1985, 6, 1),
    sex=Sex.MALE,
    employment="regular",
    insurance="employee",
    healthy=True,
)


def _codes(problems: object) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("born", "sex", "post", "on", "code"),
    [
        ("1962-11-20", Sex.MALE, None, "2022-11-19", None),
        ("1962-11-20", Sex.MALE, None, "2022-11-20", "age-above"),
        ("1965-01-10", Sex.MALE, None, "2025-02-09", None),  # 60 years and 1 month
        ("1965-01-10", Sex.MALE, None, "2025-02-10", "age-above"),
        ("1970-01-10", Sex.FEMALE, PostCategory.FEMALE_55, "2025-02-09", None),
        ("1970-01-10", Sex.FEMALE, PostCategory.FEMALE_55, "2025-02-10", "age-above"),
        ("1970-01-10", Sex.FEMALE, PostCategory.FEMALE_50, "2022-11-20", "age-above"),
        ("1970-01-10", Sex.FEMALE, None, "2022-11-20", "post-missing"),
        ("1975-01-10", Sex.FEMALE, None, "2022-11-20", None),
        ("1966-01-10", Sex.FEMALE, None, "2022-11-20", "age-above"),
        ("1966-01-10", None, None, "2022-11-20", "post-missing"),
        ("1950-01-10", None, None, "2022-11-20", "age-above"),
    ],
)
def test_the_statutory_age_goes_by_the_post(
    anyang: Scheme,
    born: str,
    sex: Sex | None,
    post: PostCategory | None,
    on: str,
    code: str | None,
) -> None:
    limits = AgeLimits(anyang.eligibility, datetime.date.fromisoformat(on))
    day = datetime.date.fromisoformat(born)
    found = limits.problem(day, sex, post)
    assert (found.code if found else None) == code
    assert limits.is_above(day, sex, post) is (code == "age-above")


def test_a_sentence_names_the_month_and_the_age(anyang: Scheme) -> None:
    limits = AgeLimits(anyang.eligibility, datetime.date(2026, 1, 1))
    late = limits.problem(datetime.date(1965, 1, 10), Sex.MALE)
    plain = limits.problem(datetime.date(1960, 5, 1), Sex.MALE)
    assert late is not None
    assert plain is not None
    assert "2025年2月" in late.message
    assert "60岁1个月" in late.message
    assert "(60岁)" in plain.message


@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2000, 12, 31)),
    st.sampled_from(PostCategory),
    st.dates(datetime.date(2019, 1, 1), datetime.date(2045, 12, 31)),
)
def test_below_the_statutory_age_means_before_its_day(
    anyang: Scheme, born: datetime.date, post: PostCategory, on: datetime.date
) -> None:
    found = AgeLimits(anyang.eligibility, on).problem(born, None, post)
    assert (found is None) is (on < retires_on(born, post))


def test_a_scheme_may_ask_for_no_age(pinghu: Scheme) -> None:
    limits = AgeLimits(pinghu.eligibility, DRIVE)
    assert limits.problem(datetime.date(1930, 1, 1)) is None
    assert limits.problem(datetime.date(2022, 1, 1)) is None


def test_people_over_age_are_refused_where_no_paper_lets_them_in(scheme: Scheme) -> None:
    strict = replace(scheme.eligibility, over_age_paper=None)
    found = AgeLimits(strict, DRIVE).problem(datetime.date(1950, 1, 1))
    assert found is not None
    assert (found.code, found.severity) == ("age-above", "error")


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"born": None}, ["born-missing"]),
        ({"employment": None}, ["employment-missing"]),
        ({"employment": "seasonal"}, ["employment"]),
        ({"employment": "temporary"}, ["engagement-missing"]),
        ({"employment": "temporary", "engaged_months": 12}, ["engagement-short"]),
        ({"employment": "temporary", "engaged_months": 13}, []),
        ({"insurance": None}, ["insurance-missing"]),
        ({"insurance": "resident"}, ["insurance"]),
        ({"healthy": None}, ["health-missing"]),
        ({"healthy": False}, ["health"]),
        ({"born": datetime.date(2010, 1, 1), "healthy": False}, ["age-below", "health"]),
    ],
)
def test_xianfeng_takes_healthy_insured_workers(
    scheme: Scheme, changed: dict[str, object], codes: list[str]
) -> None:
    person = replace(GOOD, **changed)  # type: ignore[arg-type]
    assert _codes(judge_person(scheme.eligibility, person, DRIVE)) == codes


def test_a_scheme_that_names_no_engagement_asks_for_none(scheme: Scheme) -> None:
    rule = replace(scheme.eligibility, temporary_over_months=None)
    assert judge_person(rule, replace(GOOD, employment="temporary"), DRIVE) == ()
    free = replace(rule, employment=())
    assert judge_person(free, replace(GOOD, employment=None), DRIVE) == ()


@pytest.mark.parametrize(
    ("member", "codes"), [(True, []), (None, ["member-missing"]), (False, ["member"])]
)
def test_beijing_takes_members_of_the_union(
    beijing: Scheme, member: bool | None, codes: list[str]
) -> None:
    person = replace(GOOD, union_member=member)
    assert _codes(judge_person(beijing.eligibility, person, DRIVE)) == codes


@pytest.mark.parametrize(
    ("kind", "division", "codes"),
    [
        ("firm", "410502", []),
        ("non-profit", None, []),
        (None, "410502", []),
        ("other", "410502", ["unit-kind"]),
        ("firm", "100000", ["unit-area"]),
        ("other", "422826", ["unit-kind", "unit-area"]),
    ],
)
def test_units_are_taken_by_kind_and_warned_of_by_area(
    anyang: Scheme, kind: str | None, division: str | None, codes: list[str]
) -> None:
    found = judge_unit(anyang.eligibility, UnitFacts(kind=kind, division=division))
    assert _codes(found) == codes
    assert [one.severity for one in found if one.code == "unit-area"] in ([], ["warning"])


def test_a_scheme_may_take_units_from_anywhere(anyang: Scheme) -> None:
    rule = replace(anyang.eligibility, areas=(), unit_kinds=())
    assert judge_unit(rule, UnitFacts(kind="other", division="110000")) == ()


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        (UnitFacts("firm", workers=25), True),
        (UnitFacts("firm", workers=24), False),
        (UnitFacts("firm", workers=None), None),
        (UnitFacts("firm", workers=400, has_union=False), False),
        (UnitFacts("government", workers=400), False),
    ],
)
def test_pinghu_wants_every_unionised_firm_of_25(
    pinghu: Scheme, unit: UnitFacts, wanted: bool | None
) -> None:
    assert must_join(pinghu.eligibility, unit) is wanted
    assert outstanding(pinghu.eligibility, unit) is (wanted is True)
    assert not outstanding(pinghu.eligibility, replace(unit, taking_part=True))


def test_elsewhere_joining_is_free(anyang: Scheme) -> None:
    assert must_join(anyang.eligibility, UnitFacts("firm", workers=900)) is False


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("xianfeng-2024", {"born", "employment", "insurance", "health"}),
        ("anyang-2023", {"born", "insurance"}),
        ("pinghu", {"born", "insurance"}),
        ("beijing", {"born", "insurance", "member"}),
        ("yongding", {"born"}),
    ],
)
def test_each_scheme_asks_for_what_its_source_names_and_warns_where_nobody_told(
    name: str, asked: set[str]
) -> None:
    found = judge_person(scheme_named(name).eligibility, PersonFacts(), DRIVE)
    assert {one.code for one in found} == {f"{one}-missing" for one in asked}
    assert {one.severity for one in found} == {"warning"}


@pytest.mark.parametrize(
    ("name", "told", "codes"),
    [
        ("xianfeng-2024", {"insurance": "resident"}, ["insurance"]),
        ("anyang-2023", {"insurance": "resident"}, []),
        ("anyang-2023", {"insurance": "none"}, ["insurance"]),
        ("pinghu", {"insurance": "none"}, ["insurance"]),
        ("beijing", {"insurance": "resident", "union_member": True}, ["insurance"]),
        ("yongding", {"insurance": "none"}, []),
        ("xianfeng-2024", {"healthy": False}, ["health"]),
        ("anyang-2023", {"healthy": False}, []),
        ("xianfeng-2024", {"employment": "dispatched"}, ["employment"]),
        ("anyang-2023", {"employment": "dispatched"}, []),
        ("xianfeng-2024", {"employment": "contract"}, []),
    ],
)
def test_insurance_health_and_employment_are_judged_as_each_source_says(
    name: str, told: dict[str, object], codes: list[str]
) -> None:
    person = replace(GOOD, **told)  # type: ignore[arg-type]
    assert _codes(judge_person(scheme_named(name).eligibility, person, DRIVE)) == codes
