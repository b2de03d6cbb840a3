"""What a plan pays for one event: every kind of rule, its borders, its refusals, its steps."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest

from desktop_app.domain.benefit_facts import facts_from
from desktop_app.domain.benefits import check_covered, evaluate
from desktop_app.domain.worksheets import exact, percent, rounded, yuan_exact
from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    CASE_CAPPED,
    CONDOLENCE,
    DAILY,
    DISABILITY,
    PERIOD,
    RATE,
    SEVERITY,
    STEPS,
    WAITING,
    benefits_of,
    fen,
    result,
)


def code_of(rules: str, **facts: Any) -> tuple[str, str | None]:
    with pytest.raises(UserError) as caught:
        result(rules, **facts)
    return caught.value.code, caught.value.where


@pytest.mark.parametrize(
    ("own", "paid"),
    [
        (0, 0),
        (60_000, 0),
        (60_001, 0),
        (60_003, 1),
        (500_000, 88_000),
        (1_000_000, 338_000),
        (1_115_357, 418_750),
        (1_825_001, 915_501),
    ],
)
def test_brackets_pay_each_band_at_its_own_share(own: int, paid: int) -> None:
    assert fen(BRACKETS, eligible_own_fen=own) == paid


@pytest.mark.parametrize(("own", "paid"), [(1, 0), (2, 1), (3, 1), (4, 1), (5, 2)])
def test_the_sum_is_rounded_once_half_up(own: int, paid: int) -> None:
    assert fen(RATE, eligible_own_fen=own) == paid
    assert fen(RATE.replace("1/3", "1/2"), eligible_own_fen=own) == (own + 1) // 2


def test_a_period_is_figured_as_a_whole_less_what_was_paid() -> None:
    before = {"eligible_own_fen": 60_001, "deductible_fen": 0, "benefit_fen": 0}
    assert fen(PERIOD, eligible_own_fen=2, before=before) == 1
    more = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 288_000}
    assert fen(PERIOD, eligible_own_fen=100_000, before=more) == 12_000
    overpaid = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 999_999}
    assert fen(PERIOD, eligible_own_fen=1, before=overpaid) == 0


def test_where_each_case_stands_alone_what_was_before_only_fills_the_ceiling() -> None:
    before = {"eligible_own_fen": 100_000, "deductible_fen": 0, "benefit_fen": 33_333}
    assert fen(CASE_CAPPED, eligible_own_fen=30_000, before=before) == 10_000
    assert fen(CASE_CAPPED, eligible_own_fen=90_000, before=before) == 50_000 - 33_333


DEDUCTIBLE = RATE + '[deductible]\nsource = "演示"\nfen = 130000\nlater_fen = 65000\n'
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


@pytest.mark.parametrize(
    ("days", "paid"), [(0, 0), (3, 0), (4, 5_000), (93, 450_000), (94, 450_000)]
)
def test_an_allowance_counts_days_after_the_first_up_to_its_limit(days: int, paid: int) -> None:
    assert fen(DAILY, days=days) == paid


def test_an_allowance_without_a_limit_goes_on() -> None:
    assert fen(DAILY.replace("limit_days = 90\n", ""), days=400) == 397 * 5_000


def test_a_sum_by_severity_is_paid_for_each_share() -> None:
    assert fen(SEVERITY, severity="severe", shares=4) == 4_000_000
    assert fen(SEVERITY, severity="轻度") == 300_000
    assert code_of(SEVERITY, severity="其他") == ("fact-invalid", "severity")


def test_a_payment_can_end_the_plan_and_nothing_is_paid_after() -> None:
    found = result(SEVERITY, severity="light")
    assert found.ends_plan
    assert found.steps[-1].text.endswith("给付后本项目终止。")
    later = {"event_on": "2026-05-02", "plan_ended_on": "2026-05-01", "severity": "light"}
    assert code_of(SEVERITY, **later) == ("not-covered", "event_on")
    assert not result(BRACKETS, eligible_own_fen=1_000_000).ends_plan


@pytest.mark.parametrize(
    ("own", "paid"), [(499_999, 0), (500_000, 150_000), (1_999_999, 150_000), (2_000_000, 600_000)]
)
def test_fixed_steps_pay_the_sum_of_the_last_border_reached(own: int, paid: int) -> None:
    assert fen(STEPS, eligible_own_fen=own) == paid


def test_a_grade_of_disability_pays_its_share_of_the_sum() -> None:
    assert fen(DISABILITY, grade=1, shares=2) == 4_000_000
    assert fen(DISABILITY, grade="十级", shares=1) == 100_000


def test_condolence_goes_by_grade() -> None:
    assert fen(CONDOLENCE, grade="1") == 500_000
    assert fen(CONDOLENCE, grade=2) == 300_000


def test_a_fixed_sum_is_paid_once_or_for_each_share() -> None:
    fixed = 'source = "演示"\n[[parts]]\nid = "a"\nkind = "fixed"\nfen = 700\nsource = "演示"\n'
    assert fen(fixed, shares=3) == 700
    assert fen(fixed + "per_share = true\n", shares=3) == 2_100


@pytest.mark.parametrize(
    ("event", "paid"),
    [
        ("2026-03-01", 0),
        ("2026-03-31", 0),
        ("2026-04-01", 100_000),
        ("2026-04-30", 100_000),
        ("2026-05-01", 2_000_000),
    ],
)
def test_the_waiting_period_goes_by_days_after_the_effective_day(event: str, paid: int) -> None:
    facts = {"severity": "severe", "shares": 2, "effective_on": "2026-03-01"}
    assert fen(WAITING, event_on=event, **facts) == paid


def test_a_renewal_is_exempt_from_the_waiting_period_or_counts_on() -> None:
    facts = {"severity": "light", "effective_on": "2026-03-01", "event_on": "2026-03-05"}
    assert fen(WAITING, covered_since="2025-03-01", **facts) == 300_000
    assert fen(WAITING, covered_since="2026-03-01", **facts) == 0
    counts_on = WAITING.replace('"exempt"', '"counts-on"')
    assert fen(counts_on, covered_since="2026-02-01", **facts) == 50_000
    assert fen(WAITING.replace('"exempt"', '"again"'), covered_since="2020-01-01", **facts) == 0


def test_a_waiting_band_may_pay_a_share_and_have_no_end() -> None:
    text = SEVERITY + '[waiting]\nsource = "演示"\nbands = [{ from_day = 0, share = "1/2" }]\n'
    facts = {"severity": "light", "effective_on": "2026-03-01", "event_on": "2026-12-05"}
    assert fen(text, **facts) == 150_000


def test_a_benefit_that_is_anything_is_at_least_the_minimum() -> None:
    text = RATE + '[minimum]\nfen = 20000\nsource = "演示"\n'
    assert fen(text, eligible_own_fen=0) == 0
    assert fen(text, eligible_own_fen=3) == 20_000
    assert fen(text, eligible_own_fen=90_000) == 30_000


def ceiling(per: str, more: str = "") -> str:
    return RATE + f'[[ceilings]]\nper = "{per}"\nfen = 1000\nsource = "演示"\n{more}\n'


def test_ceilings_hold_for_the_case_and_for_life_and_for_each_share() -> None:
    assert fen(ceiling("case"), eligible_own_fen=9_000) == 1_000
    assert fen(ceiling("case", "per_share = true"), eligible_own_fen=9_000, shares=2) == 2_000
    assert fen(ceiling("lifetime"), eligible_own_fen=9_000, lifetime_fen=400) == 600
    assert fen(ceiling("lifetime"), eligible_own_fen=300, lifetime_fen=400) == 100
    assert fen(ceiling("lifetime"), eligible_own_fen=300, lifetime_fen=4_000) == 0
    assert code_of(ceiling("lifetime"), eligible_own_fen=9) == ("fact-missing", "lifetime_fen")


def test_a_ceiling_is_shared_with_the_plans_it_names() -> None:
    text = ceiling("period", 'plans = ["outpatient", "inpatient"]')
    paid = {"outpatient": 300, "inpatient": 200, "accident": 999}
    assert fen(text, eligible_own_fen=9_000, paid_by_plans=paid) == 500
    assert fen(text, eligible_own_fen=9_000, paid_by_plans={"outpatient": 5_000}) == 0


def stacking(mode: str) -> str:
    return RATE + f'[[stacking]]\nmode = "{mode}"\nplans = ["hospital"]\nsource = "演示"\n'


def test_other_plans_lessen_what_is_counted_or_paid_or_shut_it_out() -> None:
    paid = {"hospital": 300}
    assert fen(stacking("net-of"), eligible_own_fen=3_000, paid_by_plans=paid) == 900
    assert fen(stacking("net-of"), eligible_own_fen=30, paid_by_plans=paid) == 0
    assert fen(stacking("tops-up"), eligible_own_fen=3_000, paid_by_plans=paid) == 700
    assert fen(stacking("tops-up"), eligible_own_fen=30, paid_by_plans=paid) == 0
    assert fen(stacking("excludes"), eligible_own_fen=3_000, paid_by_plans=paid) == 0
    assert fen(stacking("excludes"), eligible_own_fen=3_000) == 1_000


CLASSES = (
    DEDUCTIBLE
    + """
[classes.hardship]
label = "特困"
bands = [{ share = 0.5 }]
deductible_fen = 65000
later_deductible_fen = 32500
to_confirm = true
"""
)


def test_a_class_of_people_has_its_own_shares_and_deductible() -> None:
    first = result(CLASSES, eligible_own_fen=65_100, admission_no=1, person_class="hardship")
    assert (first.fen, first.to_confirm) == (50, ("plans.demo.benefits.classes.hardship",))
    assert fen(CLASSES, eligible_own_fen=32_600, admission_no=2, person_class="特困") == 50
    plain = result(CLASSES, eligible_own_fen=130_300, admission_no=1, person_class="ordinary")
    assert (plain.fen, plain.to_confirm) == (100, ())
    odd = {"eligible_own_fen": 1, "admission_no": 1, "person_class": "劳摸"}
    assert code_of(CLASSES, **odd) == ("fact-invalid", "person_class")
    assert fen(RATE, eligible_own_fen=3, person_class="任意") == 1


TWO = (
    DAILY + '[[parts]]\nid = "aid"\nkind = "rate"\nshare = 0.5\noptional = true\nsource = "演示"\n'
)


def test_parts_add_up_or_the_highest_counts_and_optional_ones_wait_for_their_fact() -> None:
    assert fen(TWO, days=5) == 10_000
    assert fen(TWO, days=5, eligible_own_fen=2_000) == 11_000
    assert fen('combine = "highest"\n' + TWO, days=5, eligible_own_fen=2_000) == 10_000
    optional = TWO.replace("limit_days = 90", "optional = true")
    assert fen(optional, eligible_own_fen=2_000) == 1_000
    assert fen(optional) == 0
    assert fen("or_own = true\n" + TWO, days=3, own_fen=2_000) == 1_000
    both = TWO + '[[parts]]\nid = "x"\nkind = "fixed"\nfen = 5\noptional = true\nsource = "演示"\n'
    assert fen(both, days=3) == 5


def test_a_missing_fact_is_named() -> None:
    assert code_of(BRACKETS, own_fen=5) == ("fact-missing", "eligible_own_fen")
    assert code_of(DEDUCTIBLE, eligible_own_fen=5) == ("fact-missing", "admission_no")
    assert code_of(DAILY) == ("fact-missing", "days")
    assert code_of(SEVERITY) == ("fact-missing", "severity")
    assert code_of(CONDOLENCE) == ("fact-missing", "grade")
    assert code_of(WAITING, severity="light") == ("fact-missing", "effective_on")


def test_all_that_the_person_bore_stands_in_only_where_the_plan_says_so() -> None:
    assert fen("or_own = true\n" + RATE, own_fen=3_000) == 1_000
    assert fen("or_own = true\n" + RATE, own_fen=3_000, eligible_own_fen=300) == 100
    assert fen('counts = "total_fen"\n' + RATE, total_fen=3_000) == 1_000


@pytest.mark.parametrize(
    ("event", "inside"),
    [("2026-02-28", False), ("2026-03-01", True), ("2027-02-28", True), ("2027-03-01", False)],
)
def test_only_events_within_the_cover_are_paid(event: str, inside: bool) -> None:
    facts = facts_from({"event_on": event, "effective_on": "2026-03-01", "ends_on": "2027-03-01"})
    if inside:
        check_covered(facts)
        return
    with pytest.raises(UserError) as caught:
        check_covered(facts)
    assert caught.value.code == "not-covered"


@pytest.mark.parametrize(
    "facts",
    [
        {"eligible_own_fem": 1},
        {"eligible_own_fen": -1},
        {"eligible_own_fen": 1.5},
        {"eligible_own_fen": True},
        {"eligible_own_fen": "5"},
        {"event_on": "2026-02-30"},
        {"event_on": 20260101},
        {"severity": ""},
        {"severity": []},
        {"admission_no": 0},
        {"before": 5},
        {"before": {"benefit": 1}},
        {"before": {"eligible_own_fen": 1, "deductible_fen": 2}, "eligible_own_fen": 1},
        {"paid_by_plans": {"hospital": -1}},
        {"own_fen": 1, "eligible_own_fen": 2},
        {"total_fen": 1, "own_fen": 2},
        {"total_fen": 1, "fund_paid_fen": 2},
    ],
)
def test_values_that_are_none_are_refused(facts: dict[str, Any]) -> None:
    code, where = code_of(BRACKETS, **facts)
    assert code == "fact-invalid"
    assert where in facts


def test_a_fact_that_is_null_is_a_fact_that_is_not_there() -> None:
    assert facts_from({"days": None, "eligible_own_fen": 5}) == facts_from({"eligible_own_fen": 5})


def test_open_rules_make_an_estimate_and_are_named() -> None:
    text = BRACKETS.replace(
        'kind = "brackets"\nsource', 'kind = "brackets"\nto_confirm = true\nsource'
    )
    assert result(text, eligible_own_fen=70_000).to_confirm == ("plans.demo.benefits.aid",)
    unknown = (
        RATE
        + "[waiting]\nto_confirm = true\n[deductible]\nto_confirm = true\n"
        + '[[ceilings]]\nper = "period"\nto_confirm = true\n'
    )
    found = result(unknown, eligible_own_fen=3_000)
    assert found.fen == 1_000
    assert set(found.to_confirm) == {
        f"plans.demo.benefits.{key}" for key in ("waiting", "deductible", "ceilings.period")
    }


def test_an_open_band_or_ceiling_matters_only_where_it_is_reached() -> None:
    text = (
        BRACKETS.replace('share = "70/100"', 'share = "70/100", to_confirm = true')
        + '[[ceilings]]\nper = "case"\nfen = 900000\nto_confirm = true\n'
    )
    assert result(text, eligible_own_fen=1_000_000).to_confirm == ()
    above = "plans.demo.benefits.aid.above-1000000"
    assert result(text, eligible_own_fen=1_000_001).to_confirm == (above,)
    capped = result(text, eligible_own_fen=9_000_000)
    assert capped.fen == 900_000
    assert capped.to_confirm == (above, "plans.demo.benefits.ceilings.case")


def test_whether_cases_add_up_matters_unless_nothing_was_before() -> None:
    text = BRACKETS + '[accumulation]\nover = "case"\nto_confirm = true\n'
    key = ("plans.demo.benefits.accumulation",)
    nothing = {"eligible_own_fen": 0, "deductible_fen": 0, "benefit_fen": 0}
    some = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 288_000}
    assert result(text, eligible_own_fen=100_000).to_confirm == key
    assert result(text, eligible_own_fen=100_000, before=nothing).to_confirm == ()
    after = result(text, eligible_own_fen=100_000, before=some)
    assert (after.fen, after.to_confirm) == (8_000, key)


def test_figures_of_later_years_are_to_be_confirmed() -> None:
    text = "known_until = 2023-12-31\n" + BRACKETS
    assert result(text, eligible_own_fen=1, event_on="2023-12-31").to_confirm == ()
    later = result(text, eligible_own_fen=1, event_on="2024-01-01")
    assert later.to_confirm == ("plans.demo.benefits.known_until",)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("to_confirm = true\n", ("plans.demo.benefits",)),
        (CONDOLENCE[: CONDOLENCE.index("amounts")] + "to_confirm = true\n",
         ("plans.demo.benefits.condolence",)),
    ],
)  # fmt: skip
def test_without_any_figure_nothing_is_worked_out(text: str, keys: tuple[str, ...]) -> None:
    found = result(text, eligible_own_fen=900_000)
    assert (found.fen, found.to_confirm) == (None, keys)
    assert found.steps[-1].text == "待遇标准待核对,不能计算。"


def test_every_step_is_plain_json_with_one_sentence() -> None:
    facts = {"eligible_own_fen": 1_825_001, "before": {"eligible_own_fen": 7, "benefit_fen": 0}}
    found = result(PERIOD, **facts)
    for step in found.steps:
        assert json.loads(json.dumps(asdict(step), ensure_ascii=False)) == asdict(step)
        assert step.text.count("。") == 1
        assert step.text.endswith("。")
        assert step.clause == "演示"
    assert [step.rule for step in found.steps] == [
        "base", "accumulation", "aid", "rounding", "ceiling", "paid-before", "benefit",
    ]  # fmt: skip
    assert [step.output for step in found.steps][2:5] == ["4577528/5", 915_506, 300_000]


def test_steps_tell_the_working_in_yuan() -> None:
    texts = [step.text for step in result(BRACKETS, eligible_own_fen=1_825_001).steps]
    assert texts == [
        "计算基数为计入待遇的个人负担18,250.01元。",
        "分段计算:4,400.00元×20%+5,000.00元×50%+8,250.01元×70%,得9,155.007元。",
        "四舍五入到分,为9,155.01元。",
        "本次应付9,155.01元。",
    ]
    assert "未达到起付界限" in result(BRACKETS, eligible_own_fen=5).steps[1].text


def test_the_same_facts_give_the_same_answer_again() -> None:
    benefits = benefits_of(PERIOD)
    facts = facts_from({"eligible_own_fen": 777_777})
    assert evaluate(benefits, facts) == evaluate(benefits_of(PERIOD), facts)


def test_exact_amounts_and_shares_are_written_without_loss() -> None:
    assert (exact(Fraction(4, 2)), exact(Fraction(1, 3))) == (2, "1/3")
    assert yuan_exact(Fraction(12_345_600)) == "123,456.00"
    assert yuan_exact(Fraction(1_234_561, 10)) == "1,234.561"
    assert yuan_exact(Fraction(100, 3)) == "约0.33"
    shares = [percent(Fraction(one)) for one in ("1/5", "1/8", "1", "1/3", "0", "1/10")]
    assert shares == ["20%", "12.5%", "100%", "1/3", "0%", "10%"]
    assert [rounded(Fraction(*one)) for one in ((1, 2), (49, 100), (3, 2), (5, 2))] == [1, 0, 2, 3]
