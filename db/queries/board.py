"""Reading a whole drive at once: a fixed number of queries however many units there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolleeState, IssueState
from db.models.acts import Operation
from db.models.enrolments import Enrollee, Enrolment, EnrolmentStep
from db.models.office import AppUser, Area
from db.models.papers import EnrolmentPaper, IssuedForm
from db.models.payments import BankSlip, DuesReceipt, Payment, PaymentAllocation, Refund
from db.models.schemes import CoveragePeriod
from db.models.statements import BankLine
from db.models.submissions import Answer, Submission
from db.models.units import Unit, UnitCall, UnitContact
from db.queries import payments, prints
from db.queries.payments import COUNTED
from db.queries.units import THERE

UNFINISHED = (CaseState.OPEN, CaseState.RETURNED)
Rows = Sequence[Any]  # each with the columns of its query by name


def _rows(session: Session, query: Any) -> Rows:
    """The rows as they come, without the ORM's own look at each."""
    return session.connection().execute(query).all()


def units(session: Session) -> Rows:
    """Every unit with its area and who speaks for it, by area and name; no area comes last."""
    newest = (
        select(func.max(UnitContact.id).label("id"))
        .where(UnitContact.until_on.is_(None))
        .group_by(UnitContact.unit_id)
        .subquery()
    )
    speaks = (
        select(UnitContact.unit_id, UnitContact.name, UnitContact.phone)
        .join(newest, newest.c.id == UnitContact.id)
        .subquery()
    )
    query = (
        select(
            Unit.id,
            Unit.name,
            Unit.kind_code,
            Unit.state_code,
            Unit.at_work,
            Unit.note,
            Unit.registered_at,
            func.coalesce(Unit.invoice_code, Unit.employer_code, Unit.union_code).label("code"),
            Area.name.label("area"),
            speaks.c.name.label("contact"),
            speaks.c.phone,
        )
        .outerjoin(Area, Area.id == Unit.area_id)
        .outerjoin(speaks, speaks.c.unit_id == Unit.id)
        .where(THERE)
        .order_by(Area.sort_no.is_(None), Area.sort_no, Area.id, Unit.sort_key, Unit.id)
    )
    return _rows(session, query)


def cases(session: Session, year: int) -> Rows:
    """The year's applications, and of other years those at work or waiting for a refund.

    The newest of a unit comes last.
    """
    waiting = refunds_waiting().with_only_columns(Refund.enrolment_id)
    query = select(
        Enrolment.id,
        Enrolment.unit_id,
        Enrolment.scheme_version_id,
        Enrolment.year,
        Enrolment.handling_code,
        Enrolment.kind_code,
        Enrolment.state_code,
        Enrolment.step_key,
        Enrolment.at_work,
        Enrolment.people,
        Enrolment.due_fen,
        Enrolment.total_fen,
        Enrolment.business_no,
        Enrolment.submitted_at.is_not(None).label("submitted"),
        Enrolment.approved_at.is_not(None).label("approved"),
        Enrolment.effective_on,
        Enrolment.returned_for,
    ).where(
        Enrolment.state_code != CaseState.VOID,
        or_(
            Enrolment.year == year,
            Enrolment.state_code.in_(UNFINISHED),
            Enrolment.id.in_(waiting),
        ),
    )
    return _rows(session, query.order_by(Enrolment.year, Enrolment.id))


def money(session: Session) -> Rows:
    """What was paid for each application: (enrolment_id, fen, people, payments, ...).

    What was asked back is not among `fen`; it is told as `back`.
    """
    of_part = (
        Refund.payment_id == PaymentAllocation.payment_id,
        Refund.enrolment_id == PaymentAllocation.enrolment_id,
    )
    back = select(func.sum(Refund.fen)).where(*of_part).scalar_subquery()
    pictured = BankSlip.attachment_id.is_not(None)
    with_slip = select(BankSlip.id).where(BankSlip.payment_id == Payment.id, pictured).exists()
    with_line = select(BankLine.id).where(BankLine.payment_id == Payment.id).exists()
    query = (
        select(
            PaymentAllocation.enrolment_id,
            func.sum(PaymentAllocation.fen - func.coalesce(back, 0)).label("fen"),
            func.coalesce(func.sum(back), 0).label("back"),
            func.sum(PaymentAllocation.people).label("people"),
            func.count().label("payments"),
            _count(Payment.payer_is_person).label("persons"),
            _count(PaymentAllocation.confirmed_on.is_not(None)).label("confirmed"),
            _count(or_(with_slip, with_line)).label("slips"),
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.state_code.in_(COUNTED))
        .group_by(PaymentAllocation.enrolment_id)
    )
    return _rows(session, query)


def refunds_waiting() -> Select[int | None, int]:
    """(enrolment_id, fen) of what was asked back and has not arrived."""
    return (
        select(Refund.enrolment_id, func.sum(Refund.fen).label("fen"))
        .where(Refund.arrived_on.is_(None), Refund.enrolment_id.is_not(None))
        .group_by(Refund.enrolment_id)
    )


def refunds(session: Session) -> Rows:
    return _rows(session, refunds_waiting())


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def papers(session: Session) -> Rows:
    """(enrolment_id, paper_key, state_code) of unfinished applications."""
    query = select(EnrolmentPaper.enrolment_id, EnrolmentPaper.paper_key, EnrolmentPaper.state_code)
    return _rows(session, _of_unfinished(query, EnrolmentPaper.enrolment_id))


def printed(session: Session) -> Rows:
    """(enrolment_id, form_key) of the valid forms of unfinished applications."""
    query = select(IssuedForm.enrolment_id, IssuedForm.form_key).where(
        IssuedForm.state_code == IssueState.VALID
    )
    return _rows(session, _of_unfinished(query, IssuedForm.enrolment_id))


def out_of_force(session: Session) -> Rows:
    """(enrolment_id, form_key, note) of what has to be printed anew of unfinished applications."""
    query = prints.out_of_force()
    return _rows(session, _of_unfinished(query, query.selected_columns.enrolment_id))


def receipts(session: Session) -> Sequence[int]:
    """Unfinished applications whose dues receipt is recorded."""
    query = select(DuesReceipt.enrolment_id).where(DuesReceipt.state_code == IssueState.VALID)
    found: Sequence[int] = session.scalars(_of_unfinished(query, DuesReceipt.enrolment_id)).all()
    return found


def sent_back(session: Session) -> Rows:
    """(enrolment_id, people) whom an answer refused and of whom nobody has decided yet."""
    answered = (
        select(Submission.enrolment_id)
        .join(Answer, Answer.submission_id == Submission.id)
        .where(Answer.failed > 0, Submission.enrolment_id.is_not(None))
    )
    query = (
        select(Enrollee.enrolment_id, func.count(func.distinct(Enrollee.line_no)).label("people"))
        .where(Enrollee.enrolment_id.in_(answered), Enrollee.state_code == EnrolleeState.REFUSED)
        .group_by(Enrollee.enrolment_id)
    )
    return _rows(session, query)


def returned_people(session: Session) -> Rows:
    """(enrolment_id, people) whom a review returned and of whom nobody has decided yet."""
    query = (
        _of_unfinished(
            select(
                Enrollee.enrolment_id, func.count(func.distinct(Enrollee.line_no)).label("people")
            ),
            Enrollee.enrolment_id,
        )
        .where(Enrollee.state_code == EnrolleeState.RETURNED)
        .group_by(Enrollee.enrolment_id)
    )
    return _rows(session, query)


def last_moves(session: Session) -> Rows:
    """(enrolment_id, at, who) of the newest step of each unfinished application."""
    newest = (
        _of_unfinished(
            select(EnrolmentStep.enrolment_id, func.max(EnrolmentStep.seq).label("seq")),
            EnrolmentStep.enrolment_id,
        )
        .group_by(EnrolmentStep.enrolment_id)
        .subquery()
    )
    query = (
        select(EnrolmentStep.enrolment_id, EnrolmentStep.at, AppUser.name.label("who"))
        .join(
            newest,
            and_(
                newest.c.enrolment_id == EnrolmentStep.enrolment_id,
                newest.c.seq == EnrolmentStep.seq,
            ),
        )
        .join(AppUser, AppUser.id == EnrolmentStep.user_id)
    )
    return _rows(session, query)


def takers(session: Session, acts: Sequence[str]) -> Rows:
    """(enrolment_id, act, user_id) of these acts on unfinished applications, newest last."""
    query = (
        select(EnrolmentStep.enrolment_id, Operation.act, EnrolmentStep.user_id)
        .join(Operation, Operation.id == EnrolmentStep.operation_id)
        .where(Operation.act.in_(acts))
    )
    query = _of_unfinished(query, EnrolmentStep.enrolment_id)
    return _rows(session, query.order_by(EnrolmentStep.enrolment_id, EnrolmentStep.seq))


def bookers(session: Session) -> Rows:
    """(enrolment_id, user_id) of everybody who booked money of unfinished applications."""
    query = payments.bookers()
    return _rows(session, _of_unfinished(query, query.selected_columns.enrolment_id))


def covered_until(session: Session) -> Rows:
    """(unit_id, until_on) of each unit's last cover; the day itself is outside."""
    query = (
        select(Enrolment.unit_id, func.max(Enrolment.until_on).label("until_on"))
        .where(Enrolment.state_code != CaseState.VOID, Enrolment.until_on.is_not(None))
        .group_by(Enrolment.unit_id)
    )
    return _rows(session, query)


def last_calls(session: Session) -> Rows:
    """Each unit's newest call with who made it, and how many there were."""
    newest = (
        select(func.max(UnitCall.id).label("id"), func.count().label("calls"))
        .group_by(UnitCall.unit_id)
        .subquery()
    )
    query = (
        select(
            UnitCall.unit_id,
            UnitCall.at,
            UnitCall.outcome,
            UnitCall.again_on,
            AppUser.name.label("who"),
            newest.c.calls,
        )
        .join(newest, newest.c.id == UnitCall.id)
        .join(AppUser, AppUser.id == UnitCall.user_id)
    )
    return _rows(session, query)


def calls_of(session: Session, unit_id: int) -> Sequence[Row[UnitCall, str]]:
    """A unit's calls with who made them, newest first."""
    query = (
        select(UnitCall, AppUser.name)
        .join(AppUser, AppUser.id == UnitCall.user_id)
        .where(UnitCall.unit_id == unit_id)
        .order_by(UnitCall.id.desc())
    )
    return session.execute(query).all()


def target(session: Session, year: int) -> int | None:
    query = select(func.max(CoveragePeriod.target_people)).where(CoveragePeriod.year == year)
    return session.scalars(query).one()


def _of_unfinished(query: Any, enrolment_id: Any) -> Any:
    return query.join(Enrolment, Enrolment.id == enrolment_id).where(
        Enrolment.state_code.in_(UNFINISHED)
    )
