"""Reading what bank lines may pay for, and by what a payer is known; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState, PaymentState
from db.models.acts import ChangeLog, Operation
from db.models.enrolments import Enrolment
from db.models.office import AppUser
from db.models.papers import IssuedForm
from db.models.payments import BankSlip, Payment, PaymentAllocation, Refund
from db.models.statements import BankLine
from db.models.units import Unit
from db.queries.payments import COUNTED

UNFINISHED = (CaseState.OPEN, CaseState.RETURNED)
NOTICE = "payment-notice"
CAME = (*COUNTED, PaymentState.RETURNED)  # money that was there, whether or not it went back
Rows = Sequence[Any]


def owing(session: Session, year: int) -> Rows:
    """Approved applications with something due: those at work, and the year's that are done."""
    query = (
        select(
            Enrolment.id,
            Enrolment.unit_id,
            Enrolment.year,
            Enrolment.due_fen,
            Enrolment.business_no,
            Enrolment.state_code,
            Unit.name,
            Unit.payer_name,
            Unit.payer_account,
        )
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            Enrolment.state_code != CaseState.VOID,
            Enrolment.approved_at.is_not(None),
            Enrolment.due_fen > 0,
            or_(Enrolment.state_code.in_(UNFINISHED), Enrolment.year == year),
        )
    )
    return session.execute(query.order_by(Enrolment.id)).all()


def notices(session: Session) -> dict[int, list[str]]:
    """Enrolment -> numbers of its notices; one that was replaced was in somebody's hands, too."""
    query = select(IssuedForm.enrolment_id, IssuedForm.number).where(
        IssuedForm.form_key == NOTICE, IssuedForm.enrolment_id.is_not(None)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for enrolment_id, number in session.execute(query.order_by(IssuedForm.id)):
        found[enrolment_id or 0].append(number)
    return found


def payers(session: Session) -> Rows:
    """(unit_id, payer_name, payer_account) of all that ever paid for a unit and counts."""
    query = (
        select(Enrolment.unit_id, Payment.payer_name, Payment.payer_account)
        .join(PaymentAllocation, PaymentAllocation.enrolment_id == Enrolment.id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.state_code.in_(COUNTED), Payment.payer_is_person.is_(False))
        .distinct()
        .order_by(Enrolment.unit_id, Payment.payer_name, Payment.payer_account)
    )
    return session.execute(query).all()


def former_names(session: Session) -> dict[int, list[str]]:
    """Unit -> names that it had, the last first."""
    query = (
        select(ChangeLog.row_id, ChangeLog.old)
        .where(ChangeLog.table_name == Unit.__tablename__, ChangeLog.field == "name")
        .order_by(ChangeLog.id.desc())
    )
    found: dict[int, list[str]] = defaultdict(list)
    for unit, old in session.execute(query):
        found[unit].append(old)
    return found


def free_lines(session: Session) -> Sequence[BankLine]:
    """Money that came in and is nothing yet, neither booked nor marked as no contribution."""
    query = select(BankLine).where(
        BankLine.state_code == IssueState.VALID,
        BankLine.amount_fen > 0,
        BankLine.payment_id.is_(None),
        BankLine.mark_code.is_(None),
    )
    return session.scalars(query.order_by(BankLine.booked_on, BankLine.id)).all()


def lines_out(session: Session) -> Sequence[BankLine]:
    query = select(BankLine).where(BankLine.state_code == IssueState.VALID, BankLine.amount_fen < 0)
    return session.scalars(query.order_by(BankLine.booked_on, BankLine.id)).all()


def lines_paying(session: Session, enrolment_ids: Sequence[int], fen: int) -> Sequence[BankLine]:
    """Booked lines of an amount whose slip may still come: of no other case is one recorded."""
    paying = select(PaymentAllocation.payment_id).where(
        PaymentAllocation.enrolment_id.in_(enrolment_ids)
    )
    with_slip = select(BankSlip.payment_id)
    query = (
        select(BankLine)
        .join(Payment, Payment.id == BankLine.payment_id)
        .where(
            BankLine.amount_fen == fen,
            Payment.state_code.in_(COUNTED),
            or_(Payment.id.in_(paying), Payment.id.not_in(with_slip)),
        )
    )
    return session.scalars(query.order_by(BankLine.id)).all()


def units_paid_by(session: Session, payment_id: int) -> Sequence[str]:
    """The units that a transfer pays for, each once."""
    query = (
        select(Unit.name)
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .join(PaymentAllocation, PaymentAllocation.enrolment_id == Enrolment.id)
        .where(PaymentAllocation.payment_id == payment_id)
    )
    return session.scalars(query.distinct().order_by(Unit.name)).all()


def unseen_payments(session: Session) -> Rows:
    """Recorded transfers of which no bank line is known, each with its slip's number.

    What was sent back came in as well, and its line says nothing of that.
    """
    with_line = select(BankLine.payment_id).where(BankLine.payment_id.is_not(None))
    query = (
        select(Payment, BankSlip.slip_no)
        .outerjoin(BankSlip, BankSlip.payment_id == Payment.id)
        .where(Payment.state_code.in_(CAME), Payment.id.not_in(with_line))
        .order_by(Payment.id, BankSlip.id)
    )
    return session.execute(query).all()


def unseen_parts(session: Session) -> dict[int, list[int]]:
    """Transfer of which no bank line is known -> the enrolments that it pays for."""
    with_line = select(BankLine.payment_id).where(BankLine.payment_id.is_not(None))
    query = (
        select(PaymentAllocation.payment_id, PaymentAllocation.enrolment_id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.state_code.in_(CAME), Payment.id.not_in(with_line))
        .order_by(PaymentAllocation.payment_id, PaymentAllocation.enrolment_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for payment_id, enrolment_id in session.execute(query):
        found[payment_id].append(enrolment_id)
    return found


def booked_by(session: Session, line_id: int) -> str | None:
    """The act that made the line the transfer that it is."""
    query = (
        select(Operation.act)
        .join(ChangeLog, ChangeLog.operation_id == Operation.id)
        .where(
            ChangeLog.table_name == BankLine.__tablename__,
            ChangeLog.row_id == line_id,
            ChangeLog.field == "payment_id",
        )
        .order_by(ChangeLog.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def booked(session: Session) -> Sequence[Row[BankLine, Payment]]:
    """Lines that are booked, each with its transfer, the newest first."""
    query = (
        select(BankLine, Payment)
        .join(Payment, Payment.id == BankLine.payment_id)
        .where(BankLine.state_code == IssueState.VALID)
        .order_by(BankLine.booked_on.desc(), BankLine.id.desc())
    )
    return session.execute(query).all()


def booked_in_force(session: Session) -> Sequence[Row[BankLine, Payment]]:
    """Booked lines whose transfer counts."""
    query = (
        select(BankLine, Payment)
        .join(Payment, Payment.id == BankLine.payment_id)
        .where(BankLine.state_code == IssueState.VALID, Payment.state_code.in_(COUNTED))
    )
    return session.execute(query.order_by(BankLine.booked_on, BankLine.id)).all()


def parts_of(session: Session, payment_ids: Sequence[int]) -> Rows:
    """(payment_id, enrolment_id) of what some transfers pay for."""
    query = select(PaymentAllocation.payment_id, PaymentAllocation.enrolment_id).where(
        PaymentAllocation.payment_id.in_(payment_ids)
    )
    return session.execute(query.order_by(PaymentAllocation.enrolment_id)).all()


def refunded(session: Session) -> frozenset[int]:
    """Transfers of which something was asked back, for a case or of the rest."""
    query = select(Refund.payment_id).where(Refund.payment_id.is_not(None))
    return frozenset(one for one in session.scalars(query) if one is not None)


def marked(session: Session) -> Sequence[BankLine]:
    """Lines that are no contribution, in and out, the newest first."""
    query = select(BankLine).where(
        BankLine.state_code == IssueState.VALID, BankLine.mark_code.is_not(None)
    )
    return session.scalars(query.order_by(BankLine.booked_on.desc(), BankLine.id.desc())).all()


def markers(session: Session) -> dict[int, tuple[str, datetime]]:
    """Line -> who last said that it is no contribution, or that it is none any more, and when."""
    query = (
        select(ChangeLog.row_id, AppUser.name, Operation.at)
        .join(Operation, Operation.id == ChangeLog.operation_id)
        .join(AppUser, AppUser.id == Operation.actor_id)
        .where(ChangeLog.table_name == BankLine.__tablename__, ChangeLog.field == "mark_code")
        .order_by(ChangeLog.id)
    )
    return {line: (name, at) for line, name, at in session.execute(query)}


def line_changes(session: Session, line_id: int) -> Rows:
    """(operation_id, act, at, name, field, new) of what a line was booked as and said to be."""
    query = (
        select(
            ChangeLog.operation_id,
            Operation.act,
            Operation.at,
            AppUser.name,
            ChangeLog.field,
            ChangeLog.new,
        )
        .join(Operation, Operation.id == ChangeLog.operation_id)
        .join(AppUser, AppUser.id == Operation.actor_id)
        .where(
            ChangeLog.table_name == BankLine.__tablename__,
            ChangeLog.row_id == line_id,
            ChangeLog.field.in_(("payment_id", "mark_code", "note")),
        )
        .order_by(ChangeLog.id)
    )
    return session.execute(query).all()


def booked_parts(session: Session) -> Rows:
    """(payment_id, enrolment_id, fen, agrees, unit_id, name) of every transfer that is a line's."""
    query = (
        select(
            PaymentAllocation.payment_id,
            PaymentAllocation.enrolment_id,
            PaymentAllocation.fen,
            PaymentAllocation.agrees,
            Enrolment.unit_id,
            Unit.name,
        )
        .join(BankLine, BankLine.payment_id == PaymentAllocation.payment_id)
        .join(Enrolment, Enrolment.id == PaymentAllocation.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
    )
    return session.execute(query.order_by(PaymentAllocation.enrolment_id)).all()


def counted_parts(session: Session) -> Sequence[Row[PaymentAllocation, Payment, date | None]]:
    """(part, transfer, day) of what open applications got, oldest first.

    `day` is that of the line of the office's own statements that the transfer is; None where there
    is no line, or a slip beside it.
    """
    slip = exists().where(BankSlip.payment_id == BankLine.payment_id)
    day = (
        select(func.max(BankLine.booked_on))
        .where(BankLine.payment_id == Payment.id, ~slip)
        .correlate(Payment)
        .scalar_subquery()
    )
    query = (
        select(PaymentAllocation, Payment, day)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .join(Enrolment, Enrolment.id == PaymentAllocation.enrolment_id)
        .where(Payment.state_code.in_(COUNTED), Enrolment.state_code == CaseState.OPEN)
    )
    return session.execute(query.order_by(Payment.paid_on, Payment.id)).all()


def booking_acts(session: Session) -> dict[int, str]:
    """Line -> the act that last said what transfer it is, or that it is none."""
    query = (
        select(ChangeLog.row_id, Operation.act)
        .join(Operation, Operation.id == ChangeLog.operation_id)
        .where(ChangeLog.table_name == BankLine.__tablename__, ChangeLog.field == "payment_id")
        .order_by(ChangeLog.id)
    )
    return dict(session.execute(query).all())


def refunded_left(session: Session) -> dict[int, int]:
    """Transfer -> what was asked back of it that paid for nothing."""
    query = (
        select(Refund.payment_id, func.sum(Refund.fen))
        .where(Refund.enrolment_id.is_(None))
        .group_by(Refund.payment_id)
    )
    return {payment: int(fen) for payment, fen in session.execute(query)}
