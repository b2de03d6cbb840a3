"""A line and the transfer recorded from its slip set apart: each stands for itself again."""

from __future__ import annotations

from db.models.payments import Payment
from db.models.statements import BankLine
from db.queries import payments as queries
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.paid import agree, tell_parts
from desktop_app.services.desk import Desk


def set_apart(tx: Transaction, desk: Desk, line: BankLine, payment: Payment, why: str) -> None:
    """Free the line; a case whose money is not borne out by it any more waits for its slip.

    Raises:
        UserError: `payment-confirmed`.
    """
    parts = queries.parts(tx.session, payment.id)
    if any(part.confirmed_on for part in parts):
        raise UserError(
            "payment-confirmed",
            "这笔缴费已经确认到账,不能再和流水分开。",
            "请核对;钱不是这家的,请办理退费申请。",
        )
    line.payment_id, line.note = None, why
    for part in parts:
        case = cases.load(tx.session, part.enrolment_id)
        text = f"缴费{yuan(part.fen)}元和银行流水不再对上:{why}"
        cases.move(tx, case.enrolment, _step_without(tx, desk, case), text)


def _step_without(tx: Transaction, desk: Desk, case: Case) -> str:
    """Where the case stands without the line: where money and slip are waited for, if one lacks."""
    facts = tell_parts(tx.session, desk, case)
    paying = next((step for step in case.steps if step.act == "payment.record"), None)
    borne_out = agree(facts) and facts.slip
    waits = paying is not None and not borne_out and case.step.act == "payment.confirm"
    return paying.key if paying is not None and waits else case.step.key
