"""Who owes the next step, in all five schemes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.codes import Handling
from desktop_app.domain.owed_steps import Owed, owed_of_case, owed_of_claim
from desktop_app.domain.schemes.claim_ways import step_of
from desktop_app.domain.schemes.schemes import Scheme
from tests.domain.schemes import scheme_named as scheme

PRESETS = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")


def by_act(rules: Scheme, handling: str = Handling.ON_BEHALF) -> dict[str, Owed]:
    return {step.act: owed_of_case(step, handling, rules.words) for step in rules.steps[handling]}


@pytest.mark.parametrize("preset", PRESETS)
def test_units_pay_and_stamp_and_the_reviewer_reviews(preset: str) -> None:
    for act, owed in by_act(scheme(preset)).items():
        by = {"payment.record": "unit", "archive.receive": "unit", "enrolment.approve": "reviewer"}
        if act in by:
            assert owed.by == by[act], act
        elif act != "payment.confirm":
            assert (owed.by, owed.by_label) == ("desk", "经办员"), act


def test_the_province_owes_its_confirmation_only_where_there_is_one() -> None:
    assert by_act(scheme("xianfeng-2024"))["payment.confirm"] == Owed(
        "登记省办到账", "province", "省办"
    )
    assert by_act(scheme("anyang-2023"))["payment.confirm"].by_label == "审核人"


def test_a_unit_that_enters_for_itself_owes_its_own_entering() -> None:
    owed = by_act(scheme("xianfeng-2024"), Handling.BY_UNIT)
    assert owed["enrolment.submit"].told == "还差“提交审核”,等单位"
    assert owed["archive.finish"].by == "desk"


@pytest.mark.parametrize("preset", PRESETS)
def test_a_claim_waits_for_papers_for_a_review_for_who_decides_and_then_for_nobody(
    preset: str,
) -> None:
    rules = scheme(preset)
    for step in rules.claims.steps:
        owed = owed_of_claim(step, rules.claims, rules.words)
        if not step.act:
            assert owed is None
        elif "papers" in step.requires:
            assert owed == Owed(step.action, "person", "申领人")
        elif step.who == "reviewer":
            assert owed == Owed(step.action, "reviewer", "审核人")


def test_of_a_claim_the_province_owes_decision_and_money() -> None:
    rules = scheme("xianfeng-2024")
    told = {
        step.action: owed.by_label
        for step in rules.claims.steps
        if (owed := owed_of_claim(step, rules.claims, rules.words))
    }
    assert (told["登记省办决定"], told["登记到账日"]) == ("省办", "省办")
    assert told["复核"] == "另一位经办员"
    decide = next(step for step in rules.claims.steps if step.act == "claim.decide")
    own = replace(rules.claims, decides="office")
    owed = owed_of_claim(step_of(rules.claims, decide.key), own, rules.words)
    assert owed is not None
    assert owed.by == "desk"
