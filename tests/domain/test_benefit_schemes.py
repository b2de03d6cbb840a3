"""The benefits of the carried schemes: golden figures of their sources, and what stays open."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefits import BenefitResult, evaluate
from desktop_app.domain.schemes.benefit_parts import Benefits
from desktop_app.domain.schemes.schemes import scheme_from
from tests.domain.conftest import SCHEMES
from tests.domain.schemes import scheme_named


def benefits(scheme: str, plan: str, *changes: tuple[str, str]) -> Benefits:
    found = scheme_named(scheme)
    if changes:
        text = (SCHEMES / f"{scheme}.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        found = scheme_from(text, f"{scheme}.toml")
    benefits = found.plan(plan).benefits
    assert benefits is not None
    return benefits


def answer(scheme: str, plan: str, **facts: Any) -> BenefitResult:
    return evaluate(benefits(scheme, plan), facts_from(facts))


@pytest.mark.parametrize(
    ("own", "paid"),
    [
        (1_825_001, 915_501),
        (1_115_357, 418_750),
        (60_000, 0),
        (60_001, 0),
        (500_000, 88_000),
        (1_000_000, 338_000),
        (10_000_000_000, 70 * 100_000_000 - 362_000),
    ],
)
def test_pinghu_pays_what_its_published_cases_say(own: int, paid: int) -> None:
    found = answer("pinghu", "inpatient", eligible_own_fen=own)
    assert found.fen == paid
    assert found.to_confirm == ("plans.inpatient.benefits.accumulation",)


def test_pinghu_keeps_all_that_a_person_bore_and_what_counts_of_it_apart() -> None:
    found = answer("pinghu", "inpatient", own_fen=6_000_000, eligible_own_fen=1_825_001)
    assert found.fen == 915_501


NONE = {"eligible_own_fen": 0, "deductible_fen": 0, "benefit_fen": 0}


@pytest.mark.parametrize(
    ("own", "admission", "paid"),
    [(130_000, 1, 0), (130_005, 1, 1), (230_000, 1, 20_000), (65_000, 2, 0), (165_000, 2, 20_000),
     (165_000, 3, 20_000)],
)  # fmt: skip
def test_beijing_takes_less_off_from_the_second_admission_on(
    own: int, admission: int, paid: int
) -> None:
    found = answer(
        "beijing", "inpatient", eligible_own_fen=own, admission_no=admission, before=NONE
    )
    assert (found.fen, found.to_confirm) == (paid, ())


def test_beijing_counts_outpatient_care_over_the_year() -> None:
    first = answer("beijing", "outpatient", eligible_own_fen=150_000, event_on="2023-02-01")
    assert (first.fen, first.deductible_fen, first.to_confirm) == (0, 150_000, ())
    before = {"eligible_own_fen": 150_000, "deductible_fen": 150_000, "benefit_fen": 0}
    assert answer("beijing", "outpatient", eligible_own_fen=130_000, before=before).fen == 20_000


@pytest.mark.parametrize(
    ("plan", "admission", "border"),
    [("outpatient", None, 180_000), ("inpatient", 1, 130_000), ("inpatient", 2, 65_000)],
)
def test_beijing_counts_from_the_first_fen_above_each_deductible(
    plan: str, admission: int | None, border: int
) -> None:
    """1,800.00 counts nothing, 1,800.01 one fen; a fifth of it is paid from 0.03 on."""
    for own, counted, paid in ((0, 0, 0), (1, 1, 0), (2, 2, 0), (3, 3, 1), (5, 5, 1), (8, 8, 2)):
        found = answer(
            "beijing", plan, eligible_own_fen=border + own, admission_no=admission, before=NONE
        )
        assert (found.deductible_fen, found.base_fen) == (border, border + own)
        (step,) = (one for one in found.steps if one.rule == "deductible")
        assert (step.output, found.fen) == (counted, paid)
    below = answer(
        "beijing", plan, eligible_own_fen=border - 1, admission_no=admission, before=NONE
    )
    assert (below.fen, below.deductible_fen) == (0, border - 1)


def test_a_year_of_three_plans_in_beijing_comes_to_the_ceiling_and_stays_there() -> None:
    """Bills of a year in their order; what one plan paid is told to the others."""
    paid = dict.fromkeys(("inpatient", "outpatient", "above-ceiling"), 0)
    before = {plan: dict(NONE) for plan in paid}
    bills = [
        ("outpatient", 180_000), ("outpatient", 5_000_000), ("inpatient", 20_130_000),
        ("inpatient", 15_065_000), ("above-ceiling", 15_000_000), ("above-ceiling", 4_444_444),
        ("above-ceiling", 1), ("outpatient", 9), ("inpatient", 65_009),
    ]  # fmt: skip
    came_to = []
    for plan, own in bills:
        stays = sum(1 for one, _own in bills[: len(came_to) + 1] if one == "inpatient")
        found = answer(
            "beijing", plan, eligible_own_fen=own, admission_no=max(1, stays),
            before=before[plan], event_on="2023-06-30",
            paid_by_plans={one: fen for one, fen in paid.items() if one != plan},
        )  # fmt: skip
        assert found.fen is not None
        paid[plan] += found.fen
        so_far = before[plan]
        before[plan] = {
            "eligible_own_fen": so_far["eligible_own_fen"] + own,
            "deductible_fen": so_far["deductible_fen"] + found.deductible_fen,
            "benefit_fen": so_far["benefit_fen"] + found.fen,
        }
        came_to.append(sum(paid.values()))
    assert (
        came_to == [0, 1_000_000, 5_000_000, 8_000_000, 17_000_000, 20_065_300] + [20_065_300] * 3
    )


@pytest.mark.parametrize(
    ("own", "paid"),
    [
        (0, 0),
        (5_000_000, 2_000_000),
        (10_000_000, 5_000_000),
        (15_000_000, 9_000_000),
        (25_000_000, 18_000_000),
    ],
)
def test_beijing_pays_by_bands_above_the_insurances_ceiling(own: int, paid: int) -> None:
    found = answer("beijing", "above-ceiling", eligible_own_fen=own, before=NONE)
    assert (found.fen, found.to_confirm) == (paid, ())


def test_beijing_says_that_no_source_tells_what_lies_above_the_last_band() -> None:
    found = answer("beijing", "above-ceiling", eligible_own_fen=25_000_001)
    assert found.fen == 18_000_000
    assert found.to_confirm == ("plans.above-ceiling.benefits.brackets.above-25000000",)


@pytest.mark.parametrize(
    ("outpatient", "inpatient", "paid"),
    [
        (5_000_000, 5_000_000, 4_000_000),  # 40 % of both, not 40 % and 60 % of a common sum
        (10_000_000, 5_000_000, 7_000_000),
        (15_000_000, 10_000_000, 14_000_000),
        (25_000_000, 5_000_000, 20_000_000),
        (25_000_000, 25_000_000, 20_065_300),  # 180,000 each, cut by the year's 200,653
    ],
)
def test_beijings_outpatient_and_inpatient_bills_above_the_ceiling_accumulate_apart(
    outpatient: int, inpatient: int, paid: int
) -> None:
    other = answer(
        "beijing", "above-ceiling-outpatient", eligible_own_fen=outpatient, before=NONE,
        event_on="2023-06-30",
    )  # fmt: skip
    assert other.fen is not None
    found = answer(
        "beijing", "above-ceiling", eligible_own_fen=inpatient, before=NONE,
        event_on="2023-06-30", paid_by_plans={"above-ceiling-outpatient": other.fen},
    )  # fmt: skip
    assert found.fen is not None
    assert other.fen + found.fen == paid
    assert (other.to_confirm, found.to_confirm) == ((), ())


ABOVE = "plans.above-ceiling.benefits"


@pytest.mark.parametrize(
    ("event_on", "most", "to_confirm"),
    [
        (None, 20_000_000, (f"{ABOVE}.ceilings.period-until-2019-12-31",)),
        (
            "2019-12-31",
            20_000_000,
            (f"{ABOVE}.known_from", f"{ABOVE}.ceilings.period-until-2019-12-31"),
        ),
        ("2020-01-01", 20_065_300, ()),
        ("2023-12-31", 20_065_300, ()),
        ("2024-01-01", 20_065_300, (f"{ABOVE}.known_until",)),
    ],
)
def test_a_year_in_beijing_ends_at_the_ceiling_of_its_days(
    event_on: str | None, most: int, to_confirm: tuple[str, ...]
) -> None:
    paid = {"inpatient": 1_500_000, "outpatient": 1_000_000}
    found = answer(
        "beijing",
        "above-ceiling",
        eligible_own_fen=25_000_000,
        paid_by_plans=paid,
        event_on=event_on,
    )
    assert found.fen == most - 2_500_000
    assert found.to_confirm == to_confirm


def test_many_stays_of_a_year_in_beijing_end_at_the_ceiling() -> None:
    counted = paid_so_far = 0
    for number in range(1, 12):
        before = {
            "eligible_own_fen": counted,
            "deductible_fen": 0 if number == 1 else 130_000 + 65_000 * (number - 2),
            "benefit_fen": paid_so_far,
        }
        own = 10_000_000 + (130_000 if number == 1 else 65_000)
        case = answer(
            "beijing", "inpatient", eligible_own_fen=own, admission_no=number, before=before
        )
        counted, paid_so_far = counted + own, paid_so_far + (case.fen or 0)
        assert paid_so_far == min(2_000_000 * number, 20_000_000)


def test_beijings_later_years_and_older_classes_are_estimates() -> None:
    later = answer("beijing", "outpatient", eligible_own_fen=280_000, event_on="2024-01-01")
    assert (later.fen, later.to_confirm) == (20_000, ("plans.outpatient.benefits.known_until",))
    hardship = answer(
        "beijing", "inpatient", eligible_own_fen=165_000, admission_no=1, person_class="hardship"
    )
    assert hardship.fen == 25_000
    assert hardship.to_confirm == ("plans.inpatient.benefits.classes.hardship",)


def test_yongdings_condolence_goes_by_grade_once_its_sums_are_known() -> None:
    """演示 sums: no source gives them."""
    assert answer("yongding", "condolence-death", grade="1").fen is None
    unknown = 'kind = "grade"\nto_confirm = true\n'
    sums = (
        'kind = "grade"\namounts = [{ key = "1", label = "一档", fen = 500000 },'
        ' { key = "2", label = "二档", fen = 400000 }]\n'
    )
    for plan in ("condolence-death", "condolence-work-injury"):
        known = benefits("yongding", plan, (unknown, sums))
        paid = [evaluate(known, facts_from({"grade": grade})).fen for grade in ("1", "二档")]
        assert paid == [500_000, 400_000]


@pytest.mark.parametrize(
    ("scheme", "plan"),
    [
        ("anyang-2023", "medical"),
        ("yongding", "inpatient"),
        ("yongding", "serious-illness"),
        ("xianfeng-2024", "accident"),
    ],
)
def test_where_no_source_gives_figures_nothing_is_worked_out(scheme: str, plan: str) -> None:
    found = answer(scheme, plan, eligible_own_fen=1_000_000)
    assert (found.fen, found.to_confirm) == (None, (f"plans.{plan}.benefits",))


@pytest.mark.parametrize(
    ("plan", "facts", "paid", "to_confirm"),
    [
        ("hospital", {"eligible_own_fen": 173_384}, 121_369,
         ("deductible", "rate", "waiting", "ceilings.period")),
        ("critical-illness", {"severity": "severe", "shares": 4}, 4_000_000,
         ("severity", "waiting")),
        ("critical-illness", {"severity": "轻度"}, 300_000, ("severity", "waiting")),
        ("women", {"shares": 1}, 1_500_000, ("illness", "waiting")),
    ],
)  # fmt: skip
def test_xianfengs_figures_are_estimates_with_all_that_is_open(
    plan: str, facts: dict[str, Any], paid: int, to_confirm: tuple[str, ...]
) -> None:
    found = answer("xianfeng-2024", plan, **facts)
    assert found.fen == paid
    assert found.to_confirm == tuple(f"plans.{plan}.benefits.{key}" for key in to_confirm)
