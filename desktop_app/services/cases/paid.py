"""Whether what was paid for a case agrees with what is due, told of every payment of it."""

from __future__ import annotations

from db.codes import PaymentState
from db.models.payments import BankSlip
from db.queries import enrolments as queries
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk

SLIP = "bank-slip"
_OPEN = (PaymentState.RECORDED, PaymentState.AGREES, PaymentState.DIFFERS)


def give_slip(tx: Transaction, desk: Desk, case: cases.Case, attachment_id: int) -> None:
    """A slip that came after its transfer was recorded: of the last one that has none yet."""
    counted = [
        one for one in queries.payments_of(tx.session, case.enrolment.id) if one.state_code in _OPEN
    ]
    slipped = {
        slip.payment_id for slip in queries.slips_of(tx.session, [one.id for one in counted])
    }
    bare = [one for one in counted if one.id not in slipped]
    if not bare:
        return
    tx.add(
        BankSlip(
            payment_id=bare[-1].id,
            attachment_id=attachment_id,
            slip_no=None,
            amount_fen=bare[-1].amount_fen,
            paid_on=bare[-1].paid_on,
        )
    )
    compare_payments(tx, desk, case)


def compare_payments(tx: Transaction, desk: Desk, case: cases.Case) -> bool:
    """Say of every counted payment whether the whole agrees; move on where it does."""
    tx.session.flush()
    facts = cases.facts_of(tx.session, case, desk)
    people_agree = facts.payment_people in (None, facts.people)
    agrees = facts.payment_fen == facts.due_fen and people_agree and facts.corporate
    for payment in queries.payments_of(tx.session, case.enrolment.id):
        if payment.state_code in _OPEN and payment.confirmed_on is None:
            payment.state_code = PaymentState.AGREES if agrees else PaymentState.DIFFERS
    if agrees and facts.slip and case.step.act == "payment.record":
        cases.advance(tx, case)
    return agrees
