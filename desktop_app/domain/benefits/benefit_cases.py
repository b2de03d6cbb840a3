"""One event under one plan of a scheme: the plan's benefit within the scheme's own cover."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.benefits.benefit_facts import Facts
from desktop_app.domain.benefits.benefits import BenefitResult, evaluate
from desktop_app.domain.dates import coverage_end
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.scheme_model import Scheme

_FROM_DOCUMENT = "from-plan-document"


def work_out(scheme: Scheme, plan_id: str, facts: Facts) -> BenefitResult:
    """What the plan pays; cover that runs from the plan document ends after its months.

    Raises:
        UserError: `plan-unknown`, or what `benefits.evaluate` raises.
    """
    benefits = scheme.plan(plan_id).benefits
    if benefits is None:
        text = "方案没有写待遇标准,不能计算。"
        step = RuleStep("benefit", scheme.source, None, None, text)
        return BenefitResult(None, (f"plans.{plan_id}.benefits",), (step,))
    return evaluate(benefits, _with_end(scheme, facts))


def _with_end(scheme: Scheme, facts: Facts) -> Facts:
    first, cover = facts.effective_on, scheme.coverage
    if facts.ends_on is not None or first is None or cover.kind != _FROM_DOCUMENT:
        return facts
    return replace(facts, ends_on=coverage_end(first, cover.months))
