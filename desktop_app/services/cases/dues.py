"""What a unit still owes of its application, and what becomes of a case whose money went back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, IssueState
from db.models.papers import IssuedForm
from db.queries import payments as queries
from desktop_app.domain.enrolments import shortfall
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.ties import Sums
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.voiding import take_back_forms

MONEY_ACTS = ("payment.record", "payment.confirm")


def asks_money(scheme: Scheme, handling: str) -> bool:
    """Whether a unit pays anything on this way."""
    return any(
        step.act in MONEY_ACTS or "payment" in step.requires
        for step in scheme.steps.get(Handling(handling), ())
    )


def kept_fen(session: Session, enrolment_id: int, *, arrived: bool = False) -> int:
    """What was paid for a case and not asked back; that alone which arrived, where asked."""
    paid = sum(
        part.fen
        for _payment, part in queries.parts_of(session, enrolment_id, counted=True)
        if part.confirmed_on or not arrived
    )
    return paid - sum(one.fen for one in queries.refunds_of(session, enrolment_id))


def owed_text(session: Session, enrolment_id: int) -> str:
    """What the unit of an approved case has not paid yet; empty where all is paid, or none is due.

    Such as “明山县演示水厂”2023年度互助金还差900.00元. Whether cover hangs on it is not said here.
    """
    case = cases.load(session, enrolment_id)
    enrolment = case.enrolment
    if enrolment.approved_at is None:  # not decided, or come finished from last year's books
        return ""
    if not asks_money(case.scheme, enrolment.handling_code):
        return ""
    sums = Sums(
        people=enrolment.people,
        total_fen=enrolment.total_fen,
        due_fen=enrolment.due_fen,
        paid_fen=kept_fen(session, enrolment_id),
    )
    if sums.gap_fen <= 0:
        return ""
    fee = case.scheme.words.fee
    return f"“{case.unit.name}”{enrolment.year}年度{fee}还差{yuan(sums.gap_fen)}元"


def take_back_confirmation(tx: Transaction, case: Case) -> None:
    """A 确认书 in force says that the money is there: it goes where too much was asked back.

    What a closed case holds stays.
    """
    tx.session.flush()
    short = shortfall(facts_of(tx.session, case, tx.desk), case.scheme)
    if short is None or case.enrolment.state_code == CaseState.FINISHED:
        return
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == case.enrolment.id,
        IssuedForm.form_key == "confirmation",
        IssuedForm.state_code == IssueState.VALID,
    )
    forms = list(tx.session.scalars(query))
    if forms:
        title = case.scheme.paper("confirmation").label
        numbers = "、".join(form.number for form in forms)
        take_back_forms(tx, case, forms, short.message, f"《{title}》{numbers}作废:{short.message}")
