"""Paper that comes back: stamped copies, the dues receipt, the file checked and finished."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import select

from db.codes import IssueState, PaperState
from db.models.papers import ArchiveFile, ArchiveItem, Attachment, IssuedForm, ScannedPage
from db.models.payments import DuesReceipt
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases, mendable
from desktop_app.services.cases.case_papers import put_pages_aside, set_paper
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.cases.receipt_numbers import (
    check_day,
    of_number,
    receipt_number,
    refuse_known,
)
from desktop_app.services.cases.receipt_sums import check_receipt
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import keep_scan
from desktop_app.services.papers.stamped import move_on
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason

SERIES = "DA"


class ArchiveService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("archive.receive", Permission.ARCHIVE, Area.ENROLMENTS, Area.PRINTS)
    def receive_stamped(
        self, tx: Transaction, enrolment_id: int, form_key: str, scan: Path | None = None
    ) -> int:
        """盖章件收回: a scan, or only the paper by its number; returns how many pages came."""
        attachment = keep_scan(tx, scan) if scan else None
        case = cases.load(tx.session, enrolment_id)
        cases.require_not_void(case)
        paper = case.scheme.paper(form_key)
        if not paper.seal:
            raise UserError("no-seal", f"“{paper.label}”不用盖章收回。", "请选盖章件。")
        query = select(IssuedForm).where(
            IssuedForm.enrolment_id == enrolment_id,
            IssuedForm.form_key == form_key,
            IssuedForm.state_code == IssueState.VALID,
        )
        form = tx.session.scalars(query.order_by(IssuedForm.id.desc()).limit(1)).first()
        by_unit = case.enrolment.handling_code == "by-unit"
        if form is None and not by_unit:
            raise UserError("not-printed", f"“{paper.label}”还没有打印。", "请先打印。")
        if attachment is not None and form is not None and attachment.pages < form.pages:
            raise UserError(
                "pages-missing",
                f"扫描件只有{attachment.pages}页,“{paper.label}”共{form.pages}页。",
                "请把各页扫描成一个文件,或在“收盖章件”里一页页收。",
            )
        if attachment is not None:
            put_pages_aside(tx, enrolment_id, form_key)
        pages = attachment.pages if attachment else (form.pages if form else 1)
        set_paper(
            tx,
            enrolment_id,
            form_key,
            PaperState.STAMPED,
            attachment.id if attachment else None,
            pages=pages,
            issued_form_id=form.id if form else None,
        )
        for page in range(1, pages + 1):
            if attachment is None:
                break
            tx.add(
                ScannedPage(
                    attachment_id=attachment.id,
                    page_no=page,
                    issued_form_id=form.id if form else None,
                    enrolment_id=enrolment_id,
                    paper_key=None if form else form_key,
                    received_at=tx.now,
                )
            )
        move_on(tx, case)
        tx.audit(f"enrolment {enrolment_id}", form=form_key, pages=pages)
        return pages

    @act("archive.record-receipt", Permission.ARCHIVE, Area.ENROLMENTS, Area.PAYMENTS)
    def record_receipt(
        self,
        tx: Transaction,
        enrolment_id: int,
        number: str,
        issued_on: date,
        amount_fen: int,
        file: Path | None = None,
    ) -> int:
        """社会团体会费统一票据: its number is unique, its amount what was paid.

        A number voided as typed wrong may be recorded again, where it was meant for another case
        there; its file stays with it unless another is given.

        Raises:
            UserError: `receipt-number`, `receipt-exists`, `receipt-recorded`, `receipt-amount`,
                `date`, `control-character`.
        """
        number = receipt_number(number)
        check_day(self.desk, issued_on)
        attachment = keep_scan(tx, file) if file else None
        case = cases.load(tx.session, enrolment_id)
        cases.require_not_void(case)
        mendable.require_arrived(tx.session, case, self.desk)
        again = of_number(tx.session, number)
        if again is not None and again.state_code != IssueState.VOID:
            raise refuse_known(number)
        valid = select(DuesReceipt.number).where(
            DuesReceipt.enrolment_id == enrolment_id, DuesReceipt.state_code == IssueState.VALID
        )
        known = tx.session.scalars(valid).first()
        if known is not None:
            raise UserError(
                "receipt-recorded",
                f"这份申请已登记票据{known}。",
                "一份申请只登记一张票据。",
                "number",
            )
        check_receipt(tx.session, case, amount_fen)
        receipt = again or tx.add(
            DuesReceipt(enrolment_id=enrolment_id, number=number, issued_on=issued_on)
        )
        receipt.enrolment_id = enrolment_id
        receipt.issued_on, receipt.amount_fen = issued_on, amount_fen
        if attachment is not None:
            receipt.attachment_id = attachment.id
        elif receipt.attachment_id is not None:
            attachment = tx.session.get(Attachment, receipt.attachment_id)
        receipt.state_code = IssueState.VALID
        tx.session.flush()
        set_paper(
            tx,
            enrolment_id,
            "dues-receipt",
            PaperState.KEPT,
            attachment.id if attachment else None,
            pages=attachment.pages if attachment else None,
        )
        tx.audit(f"enrolment {enrolment_id}", receipt=receipt.id, fen=amount_fen)
        return receipt.id

    @act("archive.void-receipt", Permission.ARCHIVE, Area.ENROLMENTS, Area.PAYMENTS)
    def void_receipt(self, tx: Transaction, enrolment_id: int, reason: str) -> None:
        """A receipt typed wrong stays in the book as void; its paper is wanted again."""
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        receipt = mendable.voidable_receipt(tx.session, case)
        receipt.state_code = IssueState.VOID
        set_paper(tx, enrolment_id, "dues-receipt", PaperState.MISSING)
        papers = queries.papers_of(tx.session, enrolment_id)
        papers["dues-receipt"].attachment_id = None  # the scan stays with the voided receipt
        cases.note(tx, case, f"票据{receipt.number}作废:{why}")
        tx.audit(f"enrolment {enrolment_id}", receipt=receipt.id)

    @act("archive.finish", Permission.ARCHIVE, Area.ENROLMENTS)
    def finish(self, tx: Transaction, enrolment_id: int) -> str:
        """档案已核 = 办结; returns the archive file's number."""
        case = cases.load(tx.session, enrolment_id)
        cases.require_step(case, "archive.finish")
        advance(tx, case)
        file = tx.add(
            ArchiveFile(
                enrolment_id=enrolment_id,
                number=tx.next_number(SERIES, case.enrolment.year),
                closed_at=tx.now,
                closed_by=tx.user_id,
            )
        )
        tx.session.flush()
        kept = queries.papers_of(tx.session, enrolment_id)
        archived = [paper for paper in case.scheme.papers if paper.archived and paper.id in kept]
        for line_no, paper in enumerate(archived, start=1):
            tx.session.add(
                ArchiveItem(
                    archive_file_id=file.id,
                    line_no=line_no,
                    title=paper.label,
                    paper_key=paper.id,
                    copies=1,
                    pages=kept[paper.id].pages,
                )
            )
        tx.audit(f"enrolment {enrolment_id}", papers=len(archived))
        return file.number
