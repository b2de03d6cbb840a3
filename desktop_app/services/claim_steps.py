"""The steps of a claim that the province decides, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.enrolments import Missing


@dataclass(frozen=True, slots=True)
class ClaimStepRule:
    """One step: what the claim is called there, the button's text, its act, another person."""

    key: str
    label: str
    action: str
    act: str
    other_person: bool = False


# PRODUCT words: 登记 → 资料齐全 → 已核算 → 复核 → 已上报 → 省办核定金额 → 已告知
STEPS = (
    ClaimStepRule("registered", "登记", "资料已收齐", "claim.move-on"),
    ClaimStepRule("complete", "资料齐全", "登记申领金额", "claim.type-amount"),
    ClaimStepRule("figured", "已核算", "复核", "claim.move-on", other_person=True),
    ClaimStepRule("reviewed", "已复核", "已上报省办", "claim.move-on"),
    ClaimStepRule("reported", "省办审核中", "登记省办决定", "claim.decide"),
    ClaimStepRule("decided", "省办核定金额", "已告知本人", "claim.move-on"),
    ClaimStepRule("told", "已告知", "", ""),
)


def step_of(key: str) -> ClaimStepRule:
    return next(step for step in STEPS if step.key == key)


def step_after(key: str) -> ClaimStepRule:
    place = [step.key for step in STEPS].index(key)
    return STEPS[place + 1]


def lacking(key: str, papers_missing: int, claimed_fen: int | None) -> tuple[Missing, ...]:
    """What the next act of a claim still needs."""
    if key == "registered" and papers_missing:
        return (
            Missing("claim-papers", f"还缺{papers_missing}份资料。", "请登记收到的资料。"),
        )  # fmt: skip
    if key == "figured" and claimed_fen is None:
        return (Missing("claim-amount", "还没有登记申领金额。", "请填写申领金额。"),)
    return ()
