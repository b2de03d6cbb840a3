"""Reading which files were kept for a unit, an application, a payment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from db.codes import IssueState, PaymentState
from db.models.claims import ClaimPaper
from db.models.papers import Attachment, EnrolmentPaper, IssuedForm, ScannedPage
from db.models.payments import BankSlip, DuesReceipt, Payment, PaymentAllocation
from db.models.units import UnitPaper

# A page without a place is of no case, claim or form; it waits in the tray, or lies aside.
WAITS = (
    ScannedPage.issued_form_id.is_(None),
    ScannedPage.enrolment_id.is_(None),
    ScannedPage.claim_id.is_(None),
)
_KNOWN_FIRST = (ScannedPage.form_page.is_(None), ScannedPage.form_page, ScannedPage.id)
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


def pages_of(session: Session, enrolment_id: int) -> Sequence[Row[str, Attachment, bool]]:
    """Return (paper or form key, Attachment, whether it stands) of scanned pages, in their order.

    A page does not stand whose form was printed anew since.
    """
    query = (
        select(
            func.coalesce(ScannedPage.paper_key, IssuedForm.form_key),
            Attachment,
            func.coalesce(IssuedForm.state_code, IssueState.VALID) == IssueState.VALID,
        )
        .select_from(ScannedPage)
        .outerjoin(IssuedForm, IssuedForm.id == ScannedPage.issued_form_id)
        .join(Attachment, Attachment.id == ScannedPage.attachment_id)
        .where(
            ScannedPage.enrolment_id == enrolment_id,
            or_(ScannedPage.paper_key.is_not(None), ScannedPage.issued_form_id.is_not(None)),
        )
    )
    return session.execute(query.order_by(*_KNOWN_FIRST)).all()


def kept_of(
    session: Session, enrolment_id: int, *, standing: bool = False
) -> dict[str, list[Attachment]]:
    """Return each paper's files, each once: what was attached whole, behind it what came by page.

    `standing` leaves out scans of forms that were printed anew since.
    """
    kept: dict[str, dict[int, Attachment]] = {}
    paged = pages_of(session, enrolment_id)
    by_page = {(key, file.id) for key, file, _stands in paged}
    for key, file in papers_of(session, enrolment_id):
        if (key, file.id) not in by_page:
            kept.setdefault(key, {})[file.id] = file
    for key, file, stands in paged:
        if stands or not standing:
            kept.setdefault(key, {})[file.id] = file
    return {key: list(files.values()) for key, files in kept.items()}


def of_claim(session: Session, claim_id: int) -> Sequence[Row[str, Attachment]]:
    """Return (paper key, Attachment) of a claim's checklist."""
    query = (
        select(ClaimPaper.paper_key, Attachment)
        .join(Attachment, Attachment.id == ClaimPaper.attachment_id)
        .where(ClaimPaper.claim_id == claim_id)
    )
    return session.execute(query.order_by(ClaimPaper.id)).all()


def forms_of_claim(session: Session, claim_id: int) -> Sequence[Row[IssuedForm, Attachment]]:
    """Return (form, Attachment) of the scanned pages of a claim's printed forms."""
    return session.execute(_scanned_forms().where(ScannedPage.claim_id == claim_id)).all()


def forms_of_unit(session: Session, unit_id: int) -> Sequence[Row[IssuedForm, Attachment]]:
    """Return (form, Attachment) of scanned forms that are of the unit itself, of no case."""
    own = (IssuedForm.enrolment_id.is_(None), IssuedForm.claim_id.is_(None))
    return session.execute(_scanned_forms().where(IssuedForm.unit_id == unit_id, *own)).all()


def _scanned_forms() -> Select[IssuedForm, Attachment]:
    query = (
        select(IssuedForm, Attachment)
        .select_from(ScannedPage)
        .join(IssuedForm, IssuedForm.id == ScannedPage.issued_form_id)
        .join(Attachment, Attachment.id == ScannedPage.attachment_id)
    )
    return query.order_by(*_KNOWN_FIRST)


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
