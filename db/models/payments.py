"""Transfers, bank slips, what they pay for, and the receipts given for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import IssueState, PaymentState
from db.columns import (
    NAME,
    NUMBER,
    TEXT,
    BulkVersioned,
    Fen,
    Numbered,
    Travels,
    UtcTime,
    Versioned,
    code_column,
)


class Payment(Travels, Versioned, Base):
    """One transfer. It may pay for many enrolments: see PaymentAllocation.

    State and confirmation are those of the whole, told by its allocations.
    """

    __tablename__ = "payment"

    amount_fen: Mapped[Fen]
    people: Mapped[int | None]
    paid_on: Mapped[date]
    payer_name: Mapped[str] = mapped_column(NAME)
    payer_account: Mapped[str | None] = mapped_column(NUMBER, index=True)
    payer_is_person: Mapped[bool]
    state_code: Mapped[str] = code_column(PaymentState)
    confirmed_on: Mapped[date | None]  # when the last of its allocations was
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    note: Mapped[str | None] = mapped_column(TEXT)


class PaymentAllocation(BulkVersioned, Base):
    """What of a transfer one enrolment is paid with."""

    __tablename__ = "payment_allocation"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id"), primary_key=True, index=True
    )
    fen: Mapped[Fen]
    people: Mapped[int | None]
    agrees: Mapped[bool | None]  # with what the enrolment owes; None where nobody has compared
    confirmed_on: Mapped[date | None]  # 省办确认到账
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))


class BankSlip(Travels, Base):
    """银行回单 of a payment, as a picture or PDF."""

    __tablename__ = "bank_slip"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    slip_no: Mapped[str | None] = mapped_column(NUMBER)
    amount_fen: Mapped[Fen]
    paid_on: Mapped[date]


class DuesReceipt(Travels, Versioned, Base):
    """社会团体会费统一票据: recorded, never printed here."""

    __tablename__ = "dues_receipt"
    __table_args__ = (Index("uq_dues_receipt_red_no", "red_no", unique=True),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    issued_on: Mapped[date]
    amount_fen: Mapped[Fen]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    state_code: Mapped[str] = code_column(IssueState)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("dues_receipt.id"))
    red_no: Mapped[str | None] = mapped_column(NUMBER)  # of the receipt in red that took it back
    ended_for: Mapped[str | None] = mapped_column(TEXT)  # why it counts no longer


class Refund(Numbered, Versioned, Base):
    """Money asked back; the province holds it until it arrives."""

    __tablename__ = "refund"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    # None where it was money of a transfer that no enrolment is paid with.
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    fen: Mapped[Fen]
    asked_on: Mapped[date]
    arrived_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(TEXT)
