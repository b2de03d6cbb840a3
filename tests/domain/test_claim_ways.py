"""The way of a claim as its file orders it, and the facts and words of its worksheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import resources
from desktop_app.domain.benefits.benefit_facts import Facts, facts_as_json, facts_from
from desktop_app.domain.benefits.benefit_needs import fact_fields
from desktop_app.domain.benefits.worksheet_words import facts_text, input_text, output_text
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.scheme_editor.scheme_terms import choices_of, items_of, value_text
from desktop_app.domain.schemes.claim_ways import (
    EARLIER_WAY,
    Standing,
    lacking,
    may_say_amount,
    passed_over,
    step_after,
    step_of,
)
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.scheme_parts import ClaimRules
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.errors import UserError
from tests.domain.benefit_texts import DAILY, RATE, benefits_of, result

SCHEMES = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")
OWN = "登记 资料齐全 已核算 已复核 已拨付 已告知"
WAYS = {
    "xianfeng-2024": "登记 资料齐全 已核算 已复核 省办审核中 省办核定金额 已到账 已告知",
    "anyang-2023": OWN,
    "yongding": OWN,
    "beijing": "数据已到 已核算 已复核 已拨付 已告知",
    "pinghu": "已在医院直接减免 已核对 与医保清算",
}


def text_of(name: str) -> str:
    return Path(resources.__file__).parent.joinpath("schemes", f"{name}.toml").read_text("utf-8")


def rules_of(name: str) -> ClaimRules:
    return scheme_from(text_of(name)).claims


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_has_a_way_from_its_first_step_to_its_end(name: str) -> None:
    rules = rules_of(name)
    step = rules.steps[0]
    labels = [step.label]
    while step.act:
        step = step_after(rules, step)
        labels.append(step.label)
    assert " ".join(labels) == WAYS[name]


def test_nothing_is_paid_without_a_second_person_and_a_settled_amount() -> None:
    for name in SCHEMES:
        rules = rules_of(name)
        assert any(step.other_person for step in rules.steps)
        for step in rules.steps:
            if step.act == "claim.pay":
                assert {"amount", "nothing-to-confirm"} <= set(step.requires)


def test_a_file_without_acts_goes_the_first_releases_way() -> None:
    lines = [line for line in text_of("anyang-2023").splitlines() if 'act = "claim.' not in line]
    assert scheme_from("\n".join(lines)).claims.steps == EARLIER_WAY


def test_an_optional_act_is_passed_over_with_the_step_after_it() -> None:
    rules = rules_of("xianfeng-2024")
    assert passed_over(rules, step_of(rules, "decided")).key == "told"
    assert step_after(rules, step_of(rules, "returned")).key == "reported"
    with pytest.raises(UserError):
        step_of(rules, "nothing")


@pytest.mark.parametrize(
    ("name", "last"), [("xianfeng-2024", "complete"), ("beijing", "settled"), ("pinghu", "settled")]
)
def test_facts_and_amount_may_change_until_they_are_taken(name: str, last: str) -> None:
    rules = rules_of(name)
    keys = [step.key for step in rules.steps if may_say_amount(rules, step)]
    assert keys[-1] == last


@pytest.mark.parametrize(
    ("standing", "codes"),
    [
        (Standing(0, 5, True), []),
        (Standing(2, None, False), ["fact-missing", "claim-amount"]),
        (Standing(0, 5, True, ("起付线",)), ["to-confirm"]),
    ],
)
def test_a_payment_says_what_it_lacks(standing: Standing, codes: list[str]) -> None:
    step = step_of(rules_of("anyang-2023"), "reviewed")
    assert [one.code for one in lacking(step, standing)] == codes


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("pinghu", 'returns_to = "settled"', 'returns_to = "x"', "没有定义"),
        ("pinghu", 'returns_to = "settled"', 'refuses_to = "settled"', "只有审定的一方"),
        ("xianfeng-2024", 'then = "told"\n', "", "后面没有步骤了"),
        ("xianfeng-2024", 'action = "补正后重新上报"\n', "", "要写就都写"),
        ("xianfeng-2024", 'returns_to = "complete"', 'refuses_to = "told"', "只有审定的一方"),
        ("anyang-2023", 'act = "claim.pay"', 'act = "claim.decide"', "只用于省办审定"),
        ("anyang-2023", 'act = "claim.pay"', 'act = "claim.x"', "取值"),
        ("anyang-2023", '"nothing-to-confirm"', '"nothing"', "取值"),
        ("pinghu", 'key = "matched"', 'key = "settled"', "出现了两次"),
        (
            "pinghu",
            'label = "与医保清算"\n',
            'label = "与医保清算"\n\n[[claims.steps]]\nkey = "x"\nlabel = "x"\n',
            "有且只有一个",
        ),
        (
            "pinghu",
            'who = "clerk"\nother_person',
            'who = "clerk"\noptional = true\nother_person',
            "还有一步可办",
        ),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(name: str, old: str, new: str, words: str) -> None:
    text = text_of(name)
    assert old in text
    with pytest.raises(SchemeError) as caught:
        scheme_from(text.replace(old, new, 1))
    assert any(words in fault.message for fault in caught.value.faults)


def test_the_editor_knows_acts_and_requirements_in_words() -> None:
    assert choices_of("claims.steps[3].act")["claim.pay"] == "登记拨付或清算"
    assert items_of("claims.steps[3].requires")["amount"] == "有金额"
    assert value_text("claims.steps[1].requires", ["papers"]) == "资料齐全"
    assert "amount" in items_of("steps.on-behalf[1].requires")


# --- facts


def test_facts_go_to_json_and_come_back() -> None:
    values: dict[str, Any] = {
        "event_on": "2027-03-01",
        "own_fen": 5,
        "shares": 2,
        "before": {"eligible_own_fen": 3, "deductible_fen": 0, "benefit_fen": 1},
        "paid_by_plans": {"inpatient": 7},
    }
    assert facts_as_json(facts_from(values)) == values
    assert facts_as_json(Facts()) == {}


def names(text: str) -> dict[str, tuple[str, bool]]:
    return {one.name: (one.kind, one.needed) for one in fact_fields(benefits_of(text))}


def test_the_facts_asked_for_follow_the_plans_rules() -> None:
    assert fact_fields(None) == ()
    assert fact_fields(scheme_from(text_of("anyang-2023")).plan("medical").benefits) == ()
    assert names(RATE)["eligible_own_fen"] == ("money", True)
    assert names(RATE)["own_fen"] == ("money", False)
    own = "or_own = true\n"
    assert names(own + RATE)["own_fen"] == ("money", True)
    assert names(own + 'counts = "own_fen"\n' + RATE)["own_fen"] == ("money", True)
    assert names(DAILY) == {"days": ("days", True)}
    optional = RATE.replace('kind = "rate"', 'kind = "rate"\noptional = true')
    assert names(optional)["eligible_own_fen"] == ("money", False)
    again = DAILY + DAILY.replace('source = "演示"\n[[', "[[", 1).replace("allowance", "second")
    assert list(names(again)) == ["days"]


def test_persons_of_classes_are_asked_for_theirs() -> None:
    benefits = scheme_from(text_of("beijing")).plan("inpatient").benefits
    field = fact_fields(benefits)[-1]
    assert (field.name, field.needed) == ("person_class", False)
    assert field.choices[:2] == (("ordinary", "一般人员"), ("model-worker", "劳模"))
    severity = scheme_from(text_of("xianfeng-2024")).plan("critical-illness").benefits
    assert fact_fields(severity)[0].choices == (("severe", "重度"), ("light", "轻度"))


# --- words


@pytest.mark.parametrize(
    ("given", "output", "words", "result_text"),
    [
        (None, None, "", "—"),
        ({"total_fen": 500, "paid_fen": 200}, 300, "合计5.00元,已付2.00元", "3.00元"),
        ("3018925/10", "3018925/10", "3,018.925元", "3,018.925元"),
        ({"days": 7, "paid_days": 4}, 20_000, "天数7,补贴天数4", "200.00元"),
        ({"event_on": "2027-03-01"}, "2023-12-31", "事件日期2027-03-01", "2023-12-31"),
        ({"person_class": "hardship"}, "hardship", "人员类别hardship", "hardship"),
        (
            {"counted_fen": 100, "bands": [{"above_fen": 0, "fen": 100, "share": "1/5"}]},
            20,
            "计入1.00元,各段超过0.00元,金额1.00元,比例20%",
            "0.20元",
        ),
        ({"covered_since": "2026/12"}, "2026/0", "连续保障起始日2026/12", "2026/0"),
    ],
)
def test_a_step_is_said_in_yuan_and_words(
    given: Any, output: Any, words: str, result_text: str
) -> None:
    step = RuleStep("rule", "依据", given, output, "一句话。")
    assert (input_text(step), output_text(step)) == (words, result_text)


def test_the_base_of_a_worksheet_is_called_by_its_fact() -> None:
    step = result(RATE, eligible_own_fen=300, own_fen=400).steps[0]
    assert input_text(step) == "计入待遇的个人负担3.00元"
    base = RuleStep("base", "", {"total_fen": 100}, 100, "")
    assert input_text(base) == "医疗总费用1.00元"


def test_all_facts_stand_in_one_line() -> None:
    facts = {
        "event_on": "2027-03-01",
        "own_fen": 5_000,
        "admission_no": 2,
        "before": {"eligible_own_fen": 100, "benefit_fen": 20},
        "paid_by_plans": {"inpatient": 700},
    }
    assert facts_text(facts) == (
        "事件日期2027-03-01,个人负担50.00元,本期第几次住院2,"
        "本期此前累计(计入待遇的个人负担1.00元,已付0.20元),其他项目已付(inpatient7.00元)"
    )
