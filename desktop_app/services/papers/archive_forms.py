"""What each form of a file of the archive says."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import IssueState, PaperState
from db.models.papers import ArchiveFile, Attachment, EnrolmentPaper, IssuedForm
from db.models.payments import DuesReceipt
from db.queries import enrolments as queries
from desktop_app.documents.forms.archives import ArchiveHandover, ArchivePaper
from desktop_app.documents.forms.parts import Marks
from desktop_app.services.cases.cases import Case
from desktop_app.services.files import SCANS
from desktop_app.services.papers.form_parts import unit_particulars

RECEIPT = "dues-receipt"
_HELD = (PaperState.KEPT, PaperState.STAMPED)


def handover(session: Session, case: Case, marks: Marks) -> ArchiveHandover:
    kept = queries.papers_of(session, case.enrolment.id)
    held = (
        _listed(session, paper.label, kept[paper.id])
        for paper in case.scheme.papers
        if paper.archived and paper.id in kept and kept[paper.id].state_code in _HELD
    )
    papers = tuple(paper for paper in held if paper is not None)
    query = select(ArchiveFile.number).where(ArchiveFile.enrolment_id == case.enrolment.id)
    return ArchiveHandover(
        marks=marks,
        unit=unit_particulars(session, case),
        year=case.enrolment.year,
        archive_no=session.scalars(query).one_or_none() or "",  # it has none before it is finished
        papers=papers,
        business_no=case.enrolment.business_no or "",
        people=case.enrolment.people,
        total_fen=case.enrolment.total_fen or 0,
    )


def _listed(session: Session, name: str, kept: EnrolmentPaper) -> ArchivePaper | None:
    """A stamped paper came back itself; of any other the desk keeps a copy, or only its number."""
    number, attachment_id = _issued(session, kept)
    if kept.paper_key == RECEIPT:
        found = _receipt(session, kept)
        if found is None:
            return None
        number, attachment_id = found
    if kept.state_code == PaperState.STAMPED:
        return ArchivePaper(name, "原件", 1, kept.pages, number, "已盖章")
    if attachment_id is None:
        return ArchivePaper(name, "", None, None, number, "号码已登记" if number else "")
    file = session.get_one(Attachment, attachment_id)
    medium = "复印件" if file.kind in SCANS else "电子"
    return ArchivePaper(name, medium, 1, kept.pages or file.pages, number)


def _issued(session: Session, kept: EnrolmentPaper) -> tuple[str, int | None]:
    issued = session.get(IssuedForm, kept.issued_form_id) if kept.issued_form_id else None
    return issued.number if issued else "", kept.attachment_id


def _receipt(session: Session, kept: EnrolmentPaper) -> tuple[str, int | None] | None:
    """The number and the scan of the receipt in force; None where all are void."""
    query = select(DuesReceipt).where(DuesReceipt.enrolment_id == kept.enrolment_id)
    receipts = session.scalars(query.order_by(DuesReceipt.id)).all()
    valid = next((one for one in receipts if one.state_code == IssueState.VALID), None)
    if valid is None:
        return None if receipts else ("", kept.attachment_id)
    old = {one.attachment_id for one in receipts if one is not valid}
    scan = None if kept.attachment_id in old else kept.attachment_id
    return valid.number, valid.attachment_id or scan
