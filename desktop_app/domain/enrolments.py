"""The steps of one enrolment: where it stands, what the next step needs, what is missing."""

from __future__ import annotations

from db.codes import Handling
from desktop_app.domain.enrolment_facts import Facts, Missing, StepView
from desktop_app.domain.money import yuan
from desktop_app.domain.payments import difference_in_words, short_in_words
from desktop_app.domain.requirements import CHECKS, judge_enrolment, missing_paper
from desktop_app.domain.schemes.scheme_parts import Step
from desktop_app.domain.schemes.schemes import Scheme

__all__ = [
    "Facts",
    "Missing",
    "StepView",
    "bar",
    "difference_in_words",
    "judge_enrolment",
    "missing",
    "overpaid_fen",
    "shortfall",
]

SUBMIT, FINISH = "enrolment.submit", "archive.finish"
AFTER_MONEY = ("print.confirmation", "archive.receive", FINISH)  # which go by money that is there


def overpaid_fen(facts: Facts) -> int:
    """What arrived above what is due, as far as nobody asked it back."""
    if not facts.payment_confirmed or facts.payment_fen is None or facts.due_fen is None:
        return 0
    return max(0, facts.payment_fen - facts.due_fen)


def shortfall(facts: Facts, scheme: Scheme) -> Missing | None:
    """What is missing of money that had arrived and went back, and what may be done about it."""
    if not facts.payment_confirmed or facts.payment_fen is None or facts.due_fen is None:
        return None
    text = short_in_words(facts.due_fen, facts.payment_fen, facts.back_fen, waits=facts.back_waits)
    if not text:
        return None
    fee = scheme.words.fee
    again = f"请登记单位重新缴来的{fee};单位不办了的,钱全部退还后请审核人作废申请。"
    if facts.back_waits:
        again = f"退错的,请撤回退费申请;否则请先登记退费到账,再登记重新缴来的{fee},或作废申请。"
    return Missing("money-short", text, again)


def bar(
    scheme: Scheme, step_key: str | None, handling: str = Handling.ON_BEHALF
) -> tuple[StepView, ...]:
    """The step bar of a case that stands at a step; None where the case is finished."""
    steps = scheme.steps[handling]
    now = len(steps) if step_key is None else steps.index(scheme.step(step_key, handling))
    states = ["done"] * now + ["now"] + ["later"] * len(steps)
    return tuple(
        StepView(step.key, step.label, state) for step, state in zip(steps, states, strict=False)
    )


def missing(step: Step, facts: Facts, scheme: Scheme) -> tuple[Missing, ...]:
    """What the step still needs; the act may be taken where nothing is missing.

    Args:
        step: the step the case stands at.
        facts: what is known, with what the act brings (a typed number, a new slip) already in.
        scheme: with the confirmed figures laid over.
    """
    found = list(facts.refused) if step.act == SUBMIT else []
    if facts.returned:
        found.append(
            Missing(
                "sent-back",
                f"审核退回的{facts.returned}人还没有处理",
                "请在名单的“退回”里逐人改正,或登记不再参加。",
            )
        )
    if facts.sent_back:
        found.append(
            Missing(
                "sent-back",
                f"上报后退回的{facts.sent_back}人还没有处理",
                "请在名单的“退回”里逐人改正重报,或登记不再参加。",
            )
        )
    if step.act == FINISH and overpaid_fen(facts):
        found.append(
            Missing(
                "overpaid",
                f"已到账的钱比应缴多{yuan(overpaid_fen(facts))}元",
                "请登记退费,退给付款单位。",
            )
        )
    short = shortfall(facts, scheme) if step.act in AFTER_MONEY else None
    if short is not None:
        found.append(short)
    for wanted in step.requires:
        kind, colon, paper = wanted.partition(":")
        one = (
            missing_paper(kind, scheme.paper(paper), facts)
            if colon
            else CHECKS[wanted](facts, scheme)
        )
        if one is not None and one.message not in {before.message for before in found}:
            found.append(one)  # a form out of force is neither printed nor stamped: said once
    return tuple(found)
