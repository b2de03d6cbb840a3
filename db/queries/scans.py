"""Reading which files were kept for a unit, an application, a payment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import PaymentState
from db.models.papers import Attachment, EnrolmentPaper, IssuedForm, ScannedPage
from db.models.payments import BankSlip, DuesReceipt, Payment, PaymentAllocation
from db.models.units import UnitPaper

_GONE = (PaymentState.RETURNED, PaymentState.VOID)


def of_unit(session: Session, unit_id: int) -> Sequence[Row[str, Attachment]]:
    """Return (paper key, Attachment), oldest first: the last of a key is the one in force."""
    query = (
        select(UnitPaper.paper_key, Attachment)
        .join(Attachment, Attachment.id == UnitPaper.attachment_id)
        .where(UnitPaper.unit_id == unit_id)
    )
    return session.execute(query.order_by(UnitPaper.id)).all()


def papers_of(session: Session, enrolment_id: int) -> Sequence[Row[str, Attachment]]:
    """Return (paper key, Attachment) of an application's checklist."""
    query = (
        select(EnrolmentPaper.paper_key, Attachment)
        .join(Attachment, Attachment.id == EnrolmentPaper.attachment_id)
        .where(EnrolmentPaper.enrolment_id == enrolment_id)
    )
    return session.execute(query.order_by(EnrolmentPaper.id)).all()


def pages_of(session: Session, enrolment_id: int) -> Sequence[Row[str, Attachment]]:
    """Return (form key, Attachment) of the scanned pages of printed forms, in order of arrival."""
    query = (
        select(IssuedForm.form_key, Attachment)
        .select_from(ScannedPage)
        .join(IssuedForm, IssuedForm.id == ScannedPage.issued_form_id)
        .join(Attachment, Attachment.id == ScannedPage.attachment_id)
        .where(ScannedPage.enrolment_id == enrolment_id)
    )
    return session.execute(query.order_by(ScannedPage.id)).all()


def slips_of(session: Session, enrolment_id: int) -> Sequence[Row[Payment, Attachment]]:
    """Return (Payment, Attachment) of payments that count, newest first."""
    query = (
        select(Payment, Attachment)
        .select_from(PaymentAllocation)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .join(BankSlip, BankSlip.payment_id == Payment.id)
        .join(Attachment, Attachment.id == BankSlip.attachment_id)
        .where(PaymentAllocation.enrolment_id == enrolment_id, Payment.state_code.not_in(_GONE))
    )
    return session.execute(query.order_by(BankSlip.id.desc())).all()


def receipts_of(session: Session, enrolment_id: int) -> Sequence[Row[DuesReceipt, Attachment]]:
    """Return (DuesReceipt, Attachment) of the receipts of an application, newest first."""
    query = (
        select(DuesReceipt, Attachment)
        .join(Attachment, Attachment.id == DuesReceipt.attachment_id)
        .where(DuesReceipt.enrolment_id == enrolment_id)
    )
    return session.execute(query.order_by(DuesReceipt.id.desc())).all()
