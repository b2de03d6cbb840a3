"""What a scheme's parts must agree on: ids that stand once, names that something defines."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop_app.domain.schemes.benefit_parts import Benefits
from desktop_app.domain.schemes.claim_ways import DECIDE, EARLIER_WAY, may_refuse, step_after
from desktop_app.domain.schemes.scheme_model import (
    PAPER_REQUIREMENTS,
    REQUIREMENTS,
    STEP_ACTS,
    Scheme,
)
from desktop_app.domain.schemes.scheme_nodes import Node
from desktop_app.domain.schemes.scheme_parts import ClaimRules, ClaimStep
from desktop_app.domain.schemes.scheme_remedies import to_choose


def check_ids(scheme: Scheme, root: Node) -> None:
    lists: dict[str, list[str]] = {
        "plans": [plan.id for plan in scheme.plans],
        "papers": [paper.id for paper in scheme.papers],
        "claims.steps": [step.key for step in scheme.claims.steps],
        "claims.papers": [paper.id for paper in scheme.claims.papers],
        "province.profiles": [profile.id for profile in scheme.province],
        "funding.channels": [channel.id for channel in scheme.funding.channels],
        "drives": [str(drive.year) for drive in scheme.drives],
    }
    for where, ids in lists.items():
        _refuse_twice(root, where, ids)
    until = scheme.effective_until
    if until and scheme.effective_from and until < scheme.effective_from:
        root.note("effective_until", "早于 effective_from", "请按文件核对施行和停用的日期。")


def check_papers(scheme: Scheme, root: Node) -> None:
    papers = [paper.id for paper in scheme.papers]
    for place, profile in enumerate(scheme.province, start=1):
        where = f"province.profiles[{place}].attachments"
        _refuse_unknown(root, where, profile.attachments, papers)
    over_age = scheme.eligibility.over_age_paper
    _refuse_unknown(root, "eligibility.over_age_paper", (over_age,) if over_age else (), papers)


def check_plans(scheme: Scheme, root: Node) -> None:
    plans = [plan.id for plan in scheme.plans]
    for place, paper in enumerate(scheme.claims.papers, start=1):
        _refuse_unknown(root, f"claims.papers[{place}].plans", paper.plans, plans)
    alone = [plan.id for plan in scheme.plans if not plan.with_plan]
    for place, plan in enumerate(scheme.plans, start=1):
        named = (plan.with_plan,) if plan.with_plan else ()
        _refuse_unknown(root, f"plans[{place}].with_plan", named, alone)


def check_fee_classes(scheme: Scheme, root: Node) -> None:
    """A class stands once in a plan, a kind of unit in one class; fixed parts go with one fee."""
    split = scheme.funding.parts or scheme.funding.joint
    for place, plan in enumerate(scheme.plans, start=1):
        where = f"plans[{place}].fee_classes"
        _refuse_twice(root, where, [one.id for one in plan.fee_classes])
        kinds = [kind for one in plan.fee_classes for kind in one.unit_kinds]
        if len(set(kinds)) < len(kinds):
            said = "里有单位类别写在两类人员下"
            root.note(where, said, "请让每一种单位类别只属于一类人员。")
        if plan.fee_classes and split:
            said = "里的固定分担(parts、joint)不能与分类金额(fee_classes)同时使用"
            root.note("funding", said, "请按文件改为由 default_payer 承担,或删去分类金额。")


def check_benefits(scheme: Scheme, root: Node) -> None:
    """Other plans that a benefit names are there; no two classes of people are called the same."""
    plans = [plan.id for plan in scheme.plans]
    for place, plan in enumerate(scheme.plans, start=1):
        if plan.benefits is None:
            continue
        above = f"plans[{place}].benefits"
        for where, named in _named_plans(plan.benefits):
            _refuse_unknown(root, f"{above}.{where}.plans", named, plans)
        _refuse_same_label(root, f"{above}.classes", plan.benefits)


def _named_plans(benefits: Benefits) -> Iterator[tuple[str, tuple[str, ...]]]:
    if benefits.waiting is not None:
        yield "waiting", benefits.waiting.plans
    for place, ceiling in enumerate(benefits.ceilings, start=1):
        yield f"ceilings[{place}]", ceiling.plans
    for place, stacking in enumerate(benefits.stacking, start=1):
        yield f"stacking[{place}]", stacking.plans


def _refuse_same_label(root: Node, where: str, benefits: Benefits) -> None:
    seen: set[str] = set()
    for name, person in benefits.classes.items():
        if person.label in seen:
            said = f"“{person.label}”与另一类人员同名"
            root.note(f"{where}.{name}.label", said, "请给两类人员写不同的名称。")
        seen.add(person.label)


def check_steps(scheme: Scheme, root: Node) -> None:
    papers = [paper.id for paper in scheme.papers]
    of_papers = [f"{kind}:{one}" for kind in PAPER_REQUIREMENTS for one in papers]
    known = [*sorted(REQUIREMENTS), *of_papers]
    for handling, steps in scheme.steps.items():
        _refuse_twice(root, f"steps.{handling}", [step.key for step in steps])
        earlier: list[str] = []
        for place, step in enumerate(steps, start=1):
            where = f"steps.{handling}[{place}]"
            _refuse_unknown(root, f"{where}.requires", step.requires, known)
            _refuse_unknown(root, f"{where}.act", (step.act,), STEP_ACTS)
            _check_other(root, f"{where}.other_than", step.other_than, earlier)
            earlier.append(step.act)


def _check_other(root: Node, where: str, act: str, earlier: Collection[str]) -> None:
    misspelt = act in STEP_ACTS and not set(earlier) <= set(STEP_ACTS)  # told of that step
    if act and act not in earlier and not misspelt:
        remedy = to_choose(earlier) if earlier else "第一步之前没有别人办过,请删去这一项。"
        root.note(where, f"的“{act}”不是前面哪一步的动作(act)", remedy)


def check_claim_steps(scheme: Scheme, root: Node) -> None:
    """The steps name each other; only who decides may refuse; every way comes to the one end."""
    steps = scheme.claims.steps
    known = [step.key for step in steps]
    for place, step in enumerate(steps, start=1):
        where = f"claims.steps[{place}]"
        for key in ("then", "returns_to", "refuses_to"):
            named = getattr(step, key)
            _refuse_unknown(root, f"{where}.{key}", (named,) if named else (), known)
        _check_claim_step(scheme.claims, step, root, where)
    if len([step for step in steps if not step.act]) != 1:
        root.note("claims.steps", "应有且只有一个没有 act 的步骤,作为办结")


def _check_claim_step(rules: ClaimRules, step: ClaimStep, root: Node, where: str) -> None:
    if bool(step.action) != bool(step.act):
        root.note(f"{where}.act", "和 action 要写就都写,办结的一步都不写")
    last = not step.then and step is rules.steps[-1]
    if step.act and last:
        root.note(f"{where}.then", "没有填写:后面没有步骤了")
    if step.optional and (last or not step_after(rules, step).act):
        root.note(f"{where}.optional", "后面应还有一步可办")
    if step.refuses_to and not may_refuse(rules, step):
        root.note(f"{where}.refuses_to", "不能写在这里:只有审定的一方可以不予办理")
    if step.act == DECIDE and rules.decides != "province" and rules.steps != EARLIER_WAY:
        root.note(f"{where}.act", "只用于省办审定的方案")


def check_funding(scheme: Scheme, root: Node) -> None:
    """The fixed parts of a programme with one fee add up to that fee."""
    alone = [plan for plan in scheme.plans if not plan.with_plan]
    parts = [part.fee_fen.value for part in scheme.funding.parts]
    parts += [joint.fee_fen.value for joint in scheme.funding.joint]
    if not parts or len(alone) > 1:
        return
    fee, known = alone[0].fee_fen.value, [value for value in parts if value is not None]
    if fee is not None and len(known) == len(parts) and sum(known) != fee:
        said = f"各方分担合计{sum(known)}分,与每人{fee}分不符"
        root.note("funding", said, "请按文件核对各方分担的金额(fee_fen)。")


def _refuse_unknown(root: Node, where: str, named: Collection[str], known: Collection[str]) -> None:
    unknown = [one for one in named if one not in known]
    if unknown:
        remedy = to_choose(known) if known else "请先写上它,或删去这一项。"
        root.note(where, f"提到的“{'、'.join(unknown)}”没有定义", remedy)


def _refuse_twice(root: Node, where: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids, start=1):
        if one in seen:
            remedy = "请删去重复的一项,或给它写另一个。"
            root.note(f"{where}[{place}]", f"里“{one}”出现了两次", remedy)
        seen.add(one)


CHECKS = (
    check_ids, check_papers, check_plans, check_fee_classes, check_benefits, check_steps,
    check_claim_steps, check_funding,
)  # fmt: skip
