"""What a scheme's parts must agree on: ids that stand once, names that something defines."""

from __future__ import annotations

from collections.abc import Set

from desktop_app.domain.claim_ways import DECIDE, EARLIER_WAY, may_refuse, step_after
from desktop_app.domain.scheme_model import PAPER_REQUIREMENTS, REQUIREMENTS, Scheme
from desktop_app.domain.scheme_nodes import Node
from desktop_app.domain.scheme_parts import ClaimRules, ClaimStep


def check_ids(scheme: Scheme, root: Node) -> None:
    _refuse_twice(root, "plans", [plan.id for plan in scheme.plans])
    _refuse_twice(root, "papers", [paper.id for paper in scheme.papers])
    until = scheme.effective_until
    if until and scheme.effective_from and until < scheme.effective_from:
        root.fail("effective_until", "早于 effective_from")


def check_papers(scheme: Scheme, root: Node) -> None:
    papers = {paper.id for paper in scheme.papers}
    for place, profile in enumerate(scheme.province, start=1):
        where = f"province.profiles[{place}].attachments"
        _refuse_unknown(root, where, profile.attachments, papers)
    over_age = scheme.eligibility.over_age_paper
    _refuse_unknown(root, "eligibility.over_age_paper", (over_age,) if over_age else (), papers)


def check_plans(scheme: Scheme, root: Node) -> None:
    plans = {plan.id for plan in scheme.plans}
    for place, paper in enumerate(scheme.claims.papers, start=1):
        _refuse_unknown(root, f"claims.papers[{place}].plans", paper.plans, plans)
    alone = {plan.id for plan in scheme.plans if not plan.with_plan}
    for place, plan in enumerate(scheme.plans, start=1):
        named = (plan.with_plan,) if plan.with_plan else ()
        _refuse_unknown(root, f"plans[{place}].with_plan", named, alone)


def check_steps(scheme: Scheme, root: Node) -> None:
    papers = {paper.id for paper in scheme.papers}
    known = REQUIREMENTS | {f"{kind}:{one}" for kind in PAPER_REQUIREMENTS for one in papers}
    for handling, steps in scheme.steps.items():
        _refuse_twice(root, f"steps.{handling}", [step.key for step in steps])
        for place, step in enumerate(steps, start=1):
            where = f"steps.{handling}[{place}].requires"
            _refuse_unknown(root, where, step.requires, known)


def check_claim_steps(scheme: Scheme, root: Node) -> None:
    """The steps name each other; only who decides may refuse; every way comes to the one end."""
    steps = scheme.claims.steps
    _refuse_twice(root, "claims.steps", [step.key for step in steps])
    known = {step.key for step in steps}
    for place, step in enumerate(steps, start=1):
        where = f"claims.steps[{place}]"
        for key in ("then", "returns_to", "refuses_to"):
            named = getattr(step, key)
            _refuse_unknown(root, f"{where}.{key}", (named,) if named else (), known)
        _check_claim_step(scheme.claims, step, root, where)
    if len([step for step in steps if not step.act]) != 1:
        root.fail("claims.steps", "应有且只有一个没有 act 的步骤,作为办结")


def _check_claim_step(rules: ClaimRules, step: ClaimStep, root: Node, where: str) -> None:
    if bool(step.action) != bool(step.act):
        root.fail(f"{where}.act", "和 action 要写就都写,办结的一步都不写")
    last = not step.then and step is rules.steps[-1]
    if step.act and last:
        root.fail(f"{where}.then", "没有填写:后面没有步骤了")
    if step.optional and (last or not step_after(rules, step).act):
        root.fail(f"{where}.optional", "后面应还有一步可办")
    if step.refuses_to and not may_refuse(rules, step):
        root.fail(f"{where}.refuses_to", "不能写在这里:只有审定的一方可以不予办理")
    if step.act == DECIDE and rules.decides != "province" and rules.steps != EARLIER_WAY:
        root.fail(f"{where}.act", "只用于省办审定的方案")


def check_funding(scheme: Scheme, root: Node) -> None:
    """The fixed parts of a programme with one fee add up to that fee."""
    alone = [plan for plan in scheme.plans if not plan.with_plan]
    parts = [part.fee_fen.value for part in scheme.funding.parts]
    parts += [joint.fee_fen.value for joint in scheme.funding.joint]
    if not parts or len(alone) > 1:
        return
    fee, known = alone[0].fee_fen.value, [value for value in parts if value is not None]
    if fee is not None and len(known) == len(parts) and sum(known) != fee:
        root.fail("funding", f"各方分担合计{sum(known)}分,与每人{fee}分不符")


def _refuse_unknown(root: Node, where: str, named: tuple[str, ...], known: Set[str]) -> None:
    for one in named:
        if one not in known:
            root.fail(where, f"提到的“{one}”没有定义")


def _refuse_twice(root: Node, where: str, ids: list[str]) -> None:
    for place, one in enumerate(ids, start=1):
        if one in ids[: place - 1]:
            root.fail(f"{where}[{place}]", f"里“{one}”出现了两次")


CHECKS = (check_ids, check_papers, check_plans, check_steps, check_claim_steps, check_funding)
