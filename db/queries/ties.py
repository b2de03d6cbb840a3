"""The sums behind a drive's tie: a fixed number of queries however many units there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, IssueState, PaymentState
from db.models.enrolments import BusinessNumber, Enrolment, EnrolmentPlan, FundingPart
from db.models.office import Area
from db.models.payments import DuesReceipt, Payment, PaymentAllocation, Refund
from db.models.schemes import PlanRecord
from db.models.statements import BankAccount, BankLine
from db.models.units import Unit
from db.queries.payments import COUNTED

Rows = Sequence[Any]  # each with the columns of its query by name


def _of_year(query: Any, enrolment_id: Any, year: int) -> Any:
    return query.join(Enrolment, Enrolment.id == enrolment_id).where(
        Enrolment.year == year, Enrolment.state_code != CaseState.VOID
    )


def _rows(session: Session, query: Any) -> Rows:
    return session.connection().execute(query).all()


def cases(session: Session, year: int) -> Rows:
    """The year's applications by area and unit, those of no area last."""
    query = (
        select(
            Enrolment.id,
            Enrolment.unit_id,
            Enrolment.scheme_version_id,
            Enrolment.handling_code,
            Enrolment.people,
            Enrolment.due_fen,
            Enrolment.total_fen,
            Enrolment.approved_at,
            Enrolment.business_no,
            Unit.name.label("unit"),
            Area.name.label("area"),
            BusinessNumber.people.label("system_people"),
            BusinessNumber.fen.label("system_fen"),
        )
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(Area, Area.id == Unit.area_id)
        .outerjoin(
            BusinessNumber,
            and_(BusinessNumber.enrolment_id == Enrolment.id, BusinessNumber.voided_at.is_(None)),
        )
        .where(Enrolment.year == year, Enrolment.state_code != CaseState.VOID)
        .order_by(Area.sort_no.is_(None), Area.sort_no, Area.id, Unit.sort_key, Enrolment.id)
    )
    return _rows(session, query)


def plans(session: Session, year: int) -> Rows:
    """(enrolment_id, plan_id, name, people, due_fen) of applications with a list, in plan order."""
    query = select(
        EnrolmentPlan.enrolment_id,
        EnrolmentPlan.plan_id,
        PlanRecord.name,
        EnrolmentPlan.people,
        EnrolmentPlan.due_fen,
    ).join(PlanRecord, PlanRecord.id == EnrolmentPlan.plan_id)
    query = _of_year(query, EnrolmentPlan.enrolment_id, year)
    query = query.where(Enrolment.handling_code == Handling.ON_BEHALF)
    return _rows(session, query.order_by(PlanRecord.sort_no, PlanRecord.id))


def parts(session: Session, year: int) -> Rows:
    """(enrolment_id, payer_code, channel_code, fen) of the year's applications."""
    query = select(
        FundingPart.enrolment_id,
        FundingPart.payer_code,
        FundingPart.channel_code,
        func.sum(FundingPart.fen).label("fen"),
    ).group_by(FundingPart.enrolment_id, FundingPart.payer_code, FundingPart.channel_code)
    query = _of_year(query, FundingPart.enrolment_id, year)
    return _rows(session, query.order_by(func.min(FundingPart.line_no)))


def money(session: Session, year: int) -> Rows:
    """What was paid for each application and counts: fen, people, confirmed fen, payments."""
    told = func.count(PaymentAllocation.people)
    query = (
        select(
            PaymentAllocation.enrolment_id,
            func.sum(PaymentAllocation.fen).label("fen"),
            case((told == func.count(), func.sum(PaymentAllocation.people))).label("people"),
            func.sum(
                case((PaymentAllocation.confirmed_on.is_not(None), PaymentAllocation.fen), else_=0)
            ).label("confirmed_fen"),
            func.sum(case((Payment.payer_is_person, 1), else_=0)).label("persons"),
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.state_code.in_(COUNTED))
        .group_by(PaymentAllocation.enrolment_id)
    )
    return _rows(session, _of_year(query, PaymentAllocation.enrolment_id, year))


def refunds(session: Session, year: int) -> Rows:
    """(enrolment_id, fen, waiting_fen) of what was asked back."""
    waits = case((Refund.arrived_on.is_(None), Refund.fen), else_=0)
    query = select(
        Refund.enrolment_id,
        func.sum(Refund.fen).label("fen"),
        func.sum(waits).label("waiting_fen"),
    ).group_by(Refund.enrolment_id)
    return _rows(session, _of_year(query, Refund.enrolment_id, year))


def receipts(session: Session, year: int) -> Rows:
    """(enrolment_id, fen) of the receipts that count."""
    query = (
        select(DuesReceipt.enrolment_id, func.sum(DuesReceipt.amount_fen).label("fen"))
        .where(DuesReceipt.state_code == IssueState.VALID)
        .group_by(DuesReceipt.enrolment_id)
    )
    return _rows(session, _of_year(query, DuesReceipt.enrolment_id, year))


class Transfers(NamedTuple):
    """Sums over the transfers that count and pay for the year, in fen.

    Args:
        whole: the transfers themselves.
        shared: what of them applications of whatever year are paid with.
        of_year: the same of the year alone.
        left: what of each transfer no application is paid with.
    """

    whole: int
    shared: int
    of_year: int
    left: int


def transfers(session: Session, year: int) -> Transfers:
    of_year = case((Enrolment.year == year, PaymentAllocation.fen), else_=0)
    shared = (
        select(
            PaymentAllocation.payment_id,
            func.sum(PaymentAllocation.fen).label("fen"),
            func.sum(of_year).label("of_year"),
        )
        .join(Enrolment, Enrolment.id == PaymentAllocation.enrolment_id)
        .where(Enrolment.state_code != CaseState.VOID)
        .group_by(PaymentAllocation.payment_id)
        .having(func.max(case((Enrolment.year == year, 1), else_=0)) == 1)
        .subquery()
    )
    rest = Payment.amount_fen - shared.c.fen
    query = (
        select(
            func.sum(Payment.amount_fen),
            func.sum(shared.c.fen),
            func.sum(shared.c.of_year),
            func.sum(case((rest > 0, rest), else_=0)),
        )
        .join(shared, shared.c.payment_id == Payment.id)
        .where(Payment.state_code.in_(COUNTED))
    )
    return Transfers(*(int(fen or 0) for fen in session.execute(query).one()))


class BankMoney(NamedTuple):
    """Money that came in by the office's own statements, in fen.

    Args:
        whole: all lines.
        matched: lines that are a transfer.
        transfers: those transfers that count, as they stand in the book.
        back: those that were sent back.
        free: lines that are nothing yet, neither a transfer nor marked; how many those are.
    """

    whole: int
    matched: int
    transfers: int
    back: int
    free: int
    free_lines: int


def bank_money(session: Session) -> BankMoney:
    came_in = (BankLine.state_code == IssueState.VALID, BankLine.amount_fen > 0)
    whole = select(func.sum(BankLine.amount_fen)).where(*came_in)
    matched = select(func.sum(BankLine.amount_fen)).where(
        *came_in, BankLine.payment_id.is_not(None)
    )
    of_lines = select(BankLine.payment_id).where(*came_in)
    counts = case((Payment.state_code.in_(COUNTED), Payment.amount_fen), else_=0)
    back = case((Payment.state_code == PaymentState.RETURNED, Payment.amount_fen), else_=0)
    booked = select(func.sum(counts), func.sum(back)).where(Payment.id.in_(of_lines))
    free = select(func.sum(BankLine.amount_fen), func.count()).where(
        *came_in, BankLine.payment_id.is_(None), BankLine.mark_code.is_(None)
    )
    sums = (
        session.scalar(whole),
        session.scalar(matched),
        *session.execute(booked).one(),
        *session.execute(free).one(),
    )
    return BankMoney(*(int(one or 0) for one in sums))


class BankKind(NamedTuple):
    """Lines of the office's own statements that are of one kind: how many, and fen in and out.

    Args:
        booked: they are transfers.
        mark: the kind of what is no contribution; None where it may be one.
    """

    booked: bool
    mark: str | None
    lines_in: int
    fen_in: int
    lines_out: int
    fen_out: int


def bank_kinds(session: Session) -> Sequence[BankKind]:
    """What the statements' lines are, each line in one of the kinds."""
    booked = BankLine.payment_id.is_not(None)
    came, fen = BankLine.amount_fen > 0, BankLine.amount_fen
    query = (
        select(
            booked,
            BankLine.mark_code,
            func.sum(case((came, 1), else_=0)),
            func.sum(case((came, fen), else_=0)),
            func.sum(case((came, 0), else_=1)),
            func.sum(case((came, 0), else_=-fen)),
        )
        .where(BankLine.state_code == IssueState.VALID)
        .group_by(booked, BankLine.mark_code)
    )
    return [
        BankKind(bool(of), mark, *(int(one) for one in sums))
        for of, mark, *sums in session.execute(query)
    ]


def has_account(session: Session) -> bool:
    """Whether statements of an account of the office's own were read in."""
    return session.scalar(select(BankAccount.id).limit(1)) is not None
