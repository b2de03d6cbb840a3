"""Reading transfers and what went back of them, by the enrolment that each part pays for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.codes import PaymentState
from db.models.acts import AuditLine, Operation
from db.models.enrolments import EnrolmentStep
from db.models.payments import BankSlip, Payment, PaymentAllocation, Refund
from db.models.statements import BankLine

COUNTED = (PaymentState.RECORDED, PaymentState.AGREES, PaymentState.DIFFERS)


def parts_of(
    session: Session, enrolment_id: int, *, counted: bool = False
) -> Sequence[Row[Payment, PaymentAllocation]]:
    """What the enrolment was paid with, oldest first; that alone which counts, where asked."""
    query = (
        select(Payment, PaymentAllocation)
        .join(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .where(PaymentAllocation.enrolment_id == enrolment_id)
    )
    if counted:
        query = query.where(Payment.state_code.in_(COUNTED))
    return session.execute(query.order_by(Payment.id)).all()


def parts(session: Session, payment_id: int) -> Sequence[PaymentAllocation]:
    """What a transfer pays for, as the ledger has it now, by enrolment."""
    query = select(PaymentAllocation).where(PaymentAllocation.payment_id == payment_id)
    query = query.order_by(PaymentAllocation.enrolment_id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def shared(session: Session, payment_ids: Sequence[int]) -> dict[int, int]:
    """Return payment -> how many enrolments it pays for."""
    query = (
        select(PaymentAllocation.payment_id, func.count())
        .where(PaymentAllocation.payment_id.in_(payment_ids))
        .group_by(PaymentAllocation.payment_id)
    )
    return dict(session.execute(query).all())


def paid(session: Session, enrolment_id: int) -> Row[int, int]:
    """Return (fen, payments that count) of the money recorded for the case."""
    query = (
        select(
            func.sum(PaymentAllocation.fen),
            func.count(Payment.id),
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(PaymentAllocation.enrolment_id == enrolment_id, Payment.state_code.in_(COUNTED))
    )
    return session.execute(query).one()


def bookers() -> Select[int, int]:
    """(enrolment_id, user_id) of who booked a transfer that counts, or more of one later."""
    of_case = PaymentAllocation.enrolment_id
    counted = (
        select(of_case.label("enrolment_id"), Payment.recorded_by.label("user_id"))
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Payment.state_code.in_(COUNTED))
    )
    later = (
        select(EnrolmentStep.enrolment_id, EnrolmentStep.user_id)
        .join(Operation, Operation.id == EnrolmentStep.operation_id)
        .where(Operation.act == "remainder.use")
    )
    both = counted.union(later).subquery()
    return select(both.c.enrolment_id, both.c.user_id)


def booked_by(session: Session, enrolment_id: int) -> frozenset[int]:
    """Everybody who booked money for the case."""
    query = bookers().subquery()
    own = select(query.c.user_id).where(query.c.enrolment_id == enrolment_id)
    return frozenset(session.scalars(own))


def refunds_of(session: Session, enrolment_id: int) -> Sequence[Refund]:
    """What was asked back of the case's money, oldest first."""
    query = select(Refund).where(Refund.enrolment_id == enrolment_id)
    return session.scalars(query.order_by(Refund.id)).all()


def refunds_left(session: Session, payment_id: int) -> Sequence[Refund]:
    """What was asked back of a transfer's money that pays for nothing, oldest first."""
    query = select(Refund).where(Refund.payment_id == payment_id, Refund.enrolment_id.is_(None))
    return session.scalars(query.order_by(Refund.id)).all()


def refunded(session: Session, payment_id: int) -> bool:
    """Whether anything of a transfer was asked back."""
    query = select(Refund.id).where(Refund.payment_id == payment_id)
    return session.scalars(query.limit(1)).first() is not None


def left_of(session: Session, payment: Payment) -> int:
    """What of a transfer neither pays for anything nor was asked back."""
    used = sum(part.fen for part in parts(session, payment.id))
    return payment.amount_fen - used - sum(one.fen for one in refunds_left(session, payment.id))


def with_remainder(session: Session) -> Sequence[Payment]:
    """Transfers that count and do not pay for something with all of their money, newest first."""
    used = (
        select(func.coalesce(func.sum(PaymentAllocation.fen), 0))
        .where(PaymentAllocation.payment_id == Payment.id)
        .scalar_subquery()
    )
    query = select(Payment).where(Payment.state_code.in_(COUNTED), Payment.amount_fen > used)
    return session.scalars(query.order_by(Payment.id.desc())).all()


def who_did(session: Session, subject: str, act: str) -> int | None:
    """Who last did an act of this kind on a subject of the audit chain."""
    query = (
        select(Operation.actor_id)
        .join(AuditLine, AuditLine.operation_id == Operation.id)
        .where(AuditLine.subject == subject, AuditLine.act == act)
        .order_by(AuditLine.at.desc(), AuditLine.seq.desc())
    )
    return session.scalars(query.limit(1)).first()


def lines_of(session: Session, payment_ids: Sequence[int]) -> Sequence[BankLine]:
    """The bank lines that payments are."""
    query = select(BankLine).where(BankLine.payment_id.in_(payment_ids))
    return session.scalars(query.order_by(BankLine.id)).all()


def slips_of(session: Session, payment_ids: Sequence[int]) -> Sequence[BankSlip]:
    """The slips of payments."""
    query = select(BankSlip).where(BankSlip.payment_id.in_(payment_ids))
    return session.scalars(query).all()
