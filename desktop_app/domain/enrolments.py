"""The steps of one enrolment: where it stands, what the next step needs, what is missing."""

from __future__ import annotations

from db.codes import Handling
from desktop_app.domain.enrolment_facts import Facts, Missing, StepView
from desktop_app.domain.money import yuan
from desktop_app.domain.payments import difference_in_words
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
]

SUBMIT, FINISH = "enrolment.submit", "archive.finish"


def overpaid_fen(facts: Facts) -> int:
    """What arrived above what is due, as far as nobody asked it back."""
    if not facts.payment_confirmed or facts.payment_fen is None or facts.due_fen is None:
        return 0
    return max(0, facts.payment_fen - facts.due_fen)


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
