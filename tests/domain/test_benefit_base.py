"""What counts of an event: the base, other plans, the deductible, what the period has counted."""

from __future__ import annotations

import pytest

from tests.domain.benefit_texts import (
    BRACKETS,
    DEDUCTIBLE,
    RATE,
    fen,
    result,
    stacked,
)

ONCE = (
    RATE
    + """
[deductible]
source = "演示"
fen = 180000
per = "period"
[accumulation]
over = "period"
source = "演示"
"""
)


@pytest.mark.parametrize(
    ("admission", "own", "deductible", "paid"),
    [(1, 130_000, 130_000, 0), (1, 160_000, 130_000, 10_000), (2, 95_000, 65_000, 10_000),
     (5, 95_000, 65_000, 10_000), (1, 100, 100, 0)],
)  # fmt: skip
def test_each_admission_has_its_deductible_and_later_ones_a_lower_one(
    admission: int, own: int, deductible: int, paid: int
) -> None:
    found = result(DEDUCTIBLE, eligible_own_fen=own, admission_no=admission)
    assert (found.fen, found.deductible_fen, found.base_fen) == (paid, deductible, own)


def test_a_deductible_of_the_period_is_taken_once() -> None:
    first = result(ONCE, eligible_own_fen=100_000)
    assert (first.fen, first.deductible_fen) == (0, 100_000)
    before = {"eligible_own_fen": 100_000, "deductible_fen": 100_000, "benefit_fen": 0}
    second = result(ONCE, eligible_own_fen=110_000, before=before)
    assert (second.fen, second.deductible_fen) == (10_000, 80_000)


def test_all_that_the_person_bore_stands_in_only_where_the_plan_says_so() -> None:
    assert fen("or_own = true\n" + RATE, own_fen=3_000) == 1_000
    assert fen("or_own = true\n" + RATE, own_fen=3_000, eligible_own_fen=300) == 100
    assert fen('counts = "total_fen"\n' + RATE, total_fen=3_000) == 1_000


def test_other_plans_lessen_what_is_counted_or_paid_or_shut_it_out() -> None:
    paid = {"hospital": 300}
    assert fen(stacked("net-of"), eligible_own_fen=3_000, paid_by_plans=paid) == 900
    assert fen(stacked("net-of"), eligible_own_fen=30, paid_by_plans=paid) == 0
    assert fen(stacked("tops-up"), eligible_own_fen=3_000, paid_by_plans=paid) == 700
    assert fen(stacked("tops-up"), eligible_own_fen=30, paid_by_plans=paid) == 0
    assert fen(stacked("excludes"), eligible_own_fen=3_000, paid_by_plans=paid) == 0
    assert fen(stacked("excludes"), eligible_own_fen=3_000) == 1_000


def test_whether_cases_add_up_matters_unless_nothing_was_before() -> None:
    text = BRACKETS + '[accumulation]\nover = "case"\nto_confirm = true\n'
    key = ("plans.demo.benefits.accumulation",)
    nothing = {"eligible_own_fen": 0, "deductible_fen": 0, "benefit_fen": 0}
    some = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 288_000}
    assert result(text, eligible_own_fen=100_000).to_confirm == key
    assert result(text, eligible_own_fen=100_000, before=nothing).to_confirm == ()
    after = result(text, eligible_own_fen=100_000, before=some)
    assert (after.fen, after.to_confirm) == (8_000, key)


def test_admissions_of_a_period_add_up_each_less_its_own_deductible() -> None:
    text = DEDUCTIBLE + '[accumulation]\nover = "period"\nsource = "演示"\n'
    before = {"eligible_own_fen": 430_000, "deductible_fen": 130_000, "benefit_fen": 100_000}
    found = result(text, eligible_own_fen=95_000, admission_no=2, before=before)
    steps = {step.rule: (step.input, step.output) for step in found.steps}
    assert found.fen == 10_000
    assert steps["deductible"] == ({"fen": 95_000, "deductible_fen": 65_000}, 30_000)
    assert steps["accumulation"] == ({"before_fen": 300_000}, 330_000)
    texts = [step.text for step in found.steps if step.rule == "deductible"]
    assert texts == ["950.00元中扣除起付线650.00元,计入300.00元。"]


def test_without_a_deductible_what_was_not_counted_before_stays_uncounted() -> None:
    text = RATE + '[accumulation]\nover = "period"\nsource = "演示"\n'
    before = {"eligible_own_fen": 500, "deductible_fen": 200, "benefit_fen": 100}
    found = result(text, eligible_own_fen=300, before=before)
    assert (found.fen, found.deductible_fen) == (100, 0)


def test_a_class_without_a_deductible_of_its_own_has_the_common_one() -> None:
    text = DEDUCTIBLE + '[classes.model]\nlabel = "劳模"\nbands = [{ share = 0.5 }]\n'
    text += 'source = "演示"\n'
    facts = {"eligible_own_fen": 130_100, "admission_no": 1}
    assert result(text, person_class="model", **facts).fen == 50
    own = text + "deductible_fen = 0\n"
    assert result(own, person_class="model", **facts).fen == 65_050
