"""Whether what was paid for a case agrees with what is due, told of every payment of it."""

from __future__ import annotations

from db.codes import PaymentState
from db.models.payments import Payment
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.payments import payer_in_words
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk

SLIP = "bank-slip"
OPEN = (PaymentState.RECORDED, PaymentState.AGREES, PaymentState.DIFFERS)


def payer_difference(payment: Payment, unit: Unit) -> str:
    """How who paid differs from who is known to pay for the unit; a person is sent back anyway."""
    if payment.payer_is_person:
        return ""
    payer = payment.payer_name, payment.payer_account
    return payer_in_words(payer, (unit.payer_name, unit.name), unit.payer_account)


def compare_payments(tx: Transaction, desk: Desk, case: cases.Case) -> bool:
    """Say of every counted payment whether the whole agrees; move on where it does."""
    tx.session.flush()
    facts = cases.facts_of(tx.session, case, desk)
    people_agree = facts.payment_people in (None, facts.people)
    agrees = facts.payment_fen == facts.due_fen and people_agree and facts.corporate
    for payment in queries.payments_of(tx.session, case.enrolment.id):
        if payment.state_code in OPEN and payment.confirmed_on is None:
            payment.state_code = PaymentState.AGREES if agrees else PaymentState.DIFFERS
    if agrees and facts.slip and case.step.act == "payment.record":
        cases.advance(tx, case)
    return agrees
