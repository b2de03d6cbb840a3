"""What a plan pays for one event: the rules in their order, what stays open, the steps."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, asdict

import pytest

from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefits import check_covered, evaluate
from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    CONDOLENCE,
    DAILY,
    DEDUCTIBLE,
    PERIOD,
    RATE,
    SEVERITY,
    WAITING,
    benefits_of,
    code_of,
    fen,
    result,
)


@pytest.mark.parametrize(("own", "paid"), [(1, 0), (2, 1), (3, 1), (4, 1), (5, 2)])
def test_the_sum_is_rounded_once_half_up(own: int, paid: int) -> None:
    assert fen(RATE, eligible_own_fen=own) == paid
    assert fen(RATE.replace("1/3", "1/2"), eligible_own_fen=own) == (own + 1) // 2


def test_a_payment_can_end_the_plan_and_nothing_is_paid_after() -> None:
    found = result(SEVERITY, severity="light")
    assert found.ends_plan
    assert found.steps[-1].text.endswith("给付后本项目终止。")
    later = {"event_on": "2026-05-02", "plan_ended_on": "2026-05-01", "severity": "light"}
    assert code_of(SEVERITY, **later) == ("not-covered", "event_on")
    assert not result(BRACKETS, eligible_own_fen=1_000_000).ends_plan
    assert fen(SEVERITY, **{**later, "event_on": "2026-05-01"}) == 300_000
    one_fen = result("ends_plan = true\n" + RATE, eligible_own_fen=2)
    nothing = result("ends_plan = true\n" + RATE, eligible_own_fen=1)
    assert [(one.fen, one.ends_plan) for one in (one_fen, nothing)] == [(1, True), (0, False)]


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
    assert fen('combine = "highest"\n' + optional) == 0
    without_base = result(DAILY, days=5)
    assert (without_base.base_fen, without_base.deductible_fen) == (0, 0)
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
    assert (found.base_fen, found.deductible_fen, found.ends_plan) == (0, 0, False)


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


def test_a_result_never_changes() -> None:
    found = result(RATE, eligible_own_fen=3)
    with pytest.raises(FrozenInstanceError):
        found.fen = 5  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        found.steps[0].text = "-"  # type: ignore[misc]


def test_the_same_facts_give_the_same_answer_again() -> None:
    benefits = benefits_of(PERIOD)
    facts = facts_from({"eligible_own_fen": 777_777})
    assert evaluate(benefits, facts) == evaluate(benefits_of(PERIOD), facts)
