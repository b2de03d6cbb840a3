"""Whether what was paid for a case agrees with what is due, told of every transfer's part in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models.payments import Payment
from db.models.units import Unit
from db.queries import payments as queries
from desktop_app.domain.enrolments import Facts
from desktop_app.domain.payments import payer_in_words, whole_state
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.desk import Desk

SLIP = "bank-slip"


def payer_difference(payment: Payment, unit: Unit) -> str:
    """How who paid differs from who is known to pay for the unit; a person is sent back anyway."""
    if payment.payer_is_person:
        return ""
    payer = payment.payer_name, payment.payer_account
    return payer_in_words(payer, (unit.payer_name, unit.name), unit.payer_account)


def compare_payments(tx: Transaction, desk: Desk, case: cases.Case) -> bool:
    """Say of all that pays for the case whether the whole agrees; move on where it does."""
    facts = tell_parts(tx.session, desk, case)
    agrees = agree(facts)
    if agrees and facts.slip and case.step.act == "payment.record":
        advance(tx, case)
    return agrees


def agree(facts: Facts) -> bool:
    people_agree = facts.payment_people in (None, facts.people)
    return facts.payment_fen == facts.due_fen and people_agree and facts.corporate


def tell_parts(session: Session, desk: Desk, case: cases.Case) -> Facts:
    """Write down whether what is not confirmed yet agrees; the case stays where it is."""
    session.flush()
    facts = facts_of(session, case, desk)
    for payment, part in queries.parts_of(session, case.enrolment.id, counted=True):
        if part.confirmed_on is None:
            part.agrees = agree(facts)
            settle(session, payment)
    return facts


def settle(session: Session, payment: Payment) -> None:
    """Tell a transfer's own state and arrival anew, of all that it pays for."""
    session.flush()
    # most acts hold it already; else until the end: two desks may be at two of its cases at once
    session.refresh(payment, with_for_update={"key_share": True})
    parts = queries.parts(session, payment.id)
    if payment.state_code in queries.COUNTED:
        left = queries.left_of(session, payment)
        payment.state_code = whole_state([part.agrees for part in parts], left)
    days = [(part.confirmed_on, part.confirmed_by) for part in parts if part.confirmed_on]
    whole = bool(days) and len(days) == len(parts)
    payment.confirmed_on, payment.confirmed_by = max(days) if whole else (None, None)
