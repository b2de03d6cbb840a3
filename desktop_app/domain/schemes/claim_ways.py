"""The way of a claim as its scheme orders it: steps, what each needs, who may send it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.scheme_parts import ClaimRules, ClaimStep
from desktop_app.errors import UserError

MOVE_ON, TYPE_AMOUNT, FIGURE = "claim.move-on", "claim.type-amount", "claim.figure"
DECIDE, ARRIVE, PAY = "claim.decide", "claim.arrive", "claim.pay"
CLAIM_ACTS = (MOVE_ON, TYPE_AMOUNT, FIGURE, DECIDE, ARRIVE, PAY)
CLAIM_REQUIREMENTS = ("papers", "facts", "amount", "nothing-to-confirm")
AMOUNT_ACTS = frozenset((TYPE_AMOUNT, FIGURE))

# The way of every claim in the first release, whose files name no acts.
EARLIER_WAY = (
    ClaimStep("registered", "登记", "资料已收齐", MOVE_ON, requires=("papers",)),
    ClaimStep("complete", "资料齐全", "登记申领金额", TYPE_AMOUNT),
    ClaimStep("figured", "已核算", "复核", MOVE_ON, other_person=True, requires=("amount",)),
    ClaimStep("reviewed", "已复核", "已上报省办", MOVE_ON),
    ClaimStep("reported", "省办审核中", "登记省办决定", DECIDE),
    ClaimStep("decided", "省办核定金额", "已告知本人", MOVE_ON),
    ClaimStep("told", "已告知", "", ""),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a claim has on the way.

    Args:
        papers_missing: papers that it cannot do without.
        amount_fen: what it goes by: the amount asked for, or the worksheet's.
        figured: there is a worksheet.
        open_clauses: labels of the clauses that the worksheet hangs on and that are open.
        figured_fen: the worksheet's amount, where nothing was open.
        version_no: of the scheme, whose clauses they are.
    """

    papers_missing: int
    amount_fen: int | None
    figured: bool
    open_clauses: tuple[str, ...] = ()
    figured_fen: int | None = None
    version_no: int = 1


def step_of(rules: ClaimRules, key: str) -> ClaimStep:
    for step in rules.steps:
        if step.key == key:
            return step
    raise UserError("step-unknown", f"方案里没有“{key}”这一步。", "请核对方案的申领步骤。")


def step_after(rules: ClaimRules, step: ClaimStep) -> ClaimStep:
    """The step that follows one with an act; every way ends at a step without."""
    if step.then:
        return step_of(rules, step.then)
    return rules.steps[rules.steps.index(step) + 1]


def passed_over(rules: ClaimRules, step: ClaimStep) -> ClaimStep:
    """Where a claim comes that leaves an optional act out."""
    return step_after(rules, step_after(rules, step))


def may_say_amount(rules: ClaimRules, step: ClaimStep) -> bool:
    """Facts and amount may change until the step that takes the amount is left."""
    places = [at for at, one in enumerate(rules.steps) if one.act in AMOUNT_ACTS]
    places += [at for at, one in enumerate(rules.steps) if "amount" in one.requires]
    return bool(places) and rules.steps.index(step) <= places[0]


def when_to_change(rules: ClaimRules, step: ClaimStep, *, decided: bool) -> str:
    """What to do about an amount that may not be changed where the claim stands."""
    if decided:
        return "已经作出决定的,金额不再改动。"
    back = step_of(rules, step.returns_to) if step.returns_to else None
    if back is not None and may_say_amount(rules, back):
        return f"请先退回到“{back.label}”,再改。"
    return "确有错误的,请作废后重新登记。"


def when_to_refuse(rules: ClaimRules, step: ClaimStep, *, decided: bool) -> str:
    """What to do where the step leads to no refusal."""
    if not any(one.refuses_to for one in rules.steps):
        return "这个方案的申领没有不予办理这一步。"
    if decided:
        return "已经作出决定的,不再改动。"
    back = step_of(rules, step.returns_to) if step.returns_to else None
    if back is not None and back.refuses_to:
        return f"请先退回到“{back.label}”,再登记。"
    return "省办作出决定后再登记。" if rules.decides == "province" else "请先办到可以登记的一步。"


def may_refuse(rules: ClaimRules, step: ClaimStep) -> bool:
    """The office refuses what it decides; where the province decides, its refusal is recorded."""
    if rules.decides == "province":
        return step.act == DECIDE
    return rules.decides == "office"


def lacking(step: ClaimStep, standing: Standing) -> tuple[Missing, ...]:
    """What the next act of a claim still needs, in the order of the requirements."""
    found = []
    if "papers" in step.requires and standing.papers_missing:
        text = f"还缺{standing.papers_missing}份资料。"
        found.append(Missing("claim-papers", text, "请登记收到的资料。"))
    if {"facts", "nothing-to-confirm"} & set(step.requires) and not standing.figured:
        found.append(Missing("fact-missing", "还没有填核算要的事实。", "请填写后核算。"))
    if "amount" in step.requires and standing.amount_fen is None:
        found.append(Missing("claim-amount", "还没有登记申领金额。", "请填写申领金额。"))
    if "nothing-to-confirm" in step.requires and standing.open_clauses:
        found.append(unconfirmed(standing.open_clauses, standing.version_no))
    if "amount" in step.requires and _differs(standing):
        found.append(_different(step, standing))
    return tuple(found)


def _differs(standing: Standing) -> bool:
    sums = (standing.amount_fen, standing.figured_fen)
    return None not in sums and sums[0] != sums[1]


def _different(step: ClaimStep, standing: Standing) -> Missing:
    figured, amount = yuan(standing.figured_fen or 0), yuan(standing.amount_fen or 0)
    before = "请退回后" if step.returns_to else "请"
    return Missing(
        "amount-differs",
        f"核算为{figured}元,与登记的{amount}元不一致。",
        f"{before}核对事实和登记的金额,改正后再办。",
    )


def unconfirmed(labels: tuple[str, ...], version_no: int) -> Missing:
    """What stands against paying, and of which version of the scheme the head confirms it."""
    return Missing(
        "to-confirm",
        f"核算所依据的{'、'.join(labels)}(方案第{version_no}版)待核对,不能拨付。",
        f"请由负责人在“更多 → 方案金额确认”里选第{version_no}版,按文件确认后再办。",
    )
