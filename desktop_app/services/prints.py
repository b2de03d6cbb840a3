"""The Press: a form is numbered and fixed in the ledger first, then printed from its bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState, PaperState, PrintReason
from db.files import write_atomically
from db.models.papers import Attachment, IssuedForm, PrintCopy
from desktop_app.documents.forms import Form
from desktop_app.documents.pages import page_images
from desktop_app.documents.printing import render
from desktop_app.errors import UserError
from desktop_app.services import cases
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.case_papers import set_paper
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import content, keep
from desktop_app.services.form_rules import FORMS, why_not
from desktop_app.services.form_values import form_of
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_file

SERIES = {
    "payment-notice": "TZ",
    "application": "SQ",
    "member-list": "MD",
    "confirmation": "QR",
    "archive-list": "YJ",
}


class PrintService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.issue", Permission.PRINT, Area.PRINTS, Area.ENROLMENTS)
    def issue(self, tx: Transaction, enrolment_id: int, form_key: str) -> int:
        """Fix a form; while nothing of the case has changed, the fixed one is given again."""
        if form_key not in FORMS:
            raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
        case = cases.load(tx.session, enrolment_id)
        facts = cases.facts_of(tx.session, case, self.desk)
        reason = why_not(form_key, case, facts)
        if reason:
            raise UserError("not-yet-printable", reason, "请先完成前面的步骤。")
        earlier = _issued(tx.session, enrolment_id, form_key)
        number = tx.next_number(SERIES[form_key], case.enrolment.year)
        form = form_of(tx.session, self.desk, case, form_key, number, len(earlier) + 1)
        values = content_values(form)
        digest = content_digest(values)
        valid = [one for one in earlier if one.state_code == IssueState.VALID]
        finished = case.enrolment.state_code == CaseState.FINISHED
        held = finished or form_key in facts.stamped  # the file holds the stamped one
        if valid and (held or valid[-1].content_sha256 == digest):
            tx.session.rollback()  # nothing was written: the number is not used up
            tx.audit(f"enrolment {enrolment_id}", form=form_key, again=valid[-1].number)
            return valid[-1].id
        issued = self._fix(tx, case, form_key, form, (number, values, digest))
        for one in valid:
            one.state_code, one.replaced_by_id = IssueState.REPLACED, issued.id
        if case.step.act == f"print.{form_key}":
            cases.advance(tx, case)
        tx.audit(f"enrolment {enrolment_id}", form=form_key, number=number, pages=issued.pages)
        return issued.id

    @act("print.copy", Permission.PRINT, Area.PRINTS)
    def record_copy(self, tx: Transaction, issued_id: int, reason: str, printer: str) -> int:
        """Count a copy on paper; from the second on its reason is asked for."""
        form = _get(tx.session, issued_id)
        last = tx.session.scalars(
            select(func.max(PrintCopy.copy_no)).where(PrintCopy.issued_form_id == form.id)
        ).one()
        if last and reason == PrintReason.FIRST:
            raise UserError("reason-missing", "这张单据已经打印过。", "请选择再次打印的原因。")
        copy_no = (last or 0) + 1
        tx.session.add(
            PrintCopy(
                issued_form_id=form.id,
                copy_no=copy_no,
                at=tx.now,
                user_id=tx.user_id,
                reason_code=PrintReason(reason),
                printer=printer[:120] or None,
            )
        )
        tx.audit(f"issued_form {form.id}", copy=copy_no)
        return copy_no

    @look()
    def read_pdf(self, issued_id: int) -> bytes:
        """Return the bytes as issued; a reprint next year is the same paper."""
        with self.desk.database.reading() as uow:
            form = _get(uow.session, issued_id)
            attachment = uow.session.get_one(Attachment, form.attachment_id)
        return content(self.desk, attachment)

    @look()
    def page_images(self, issued_id: int, dpi: int = 100) -> tuple[bytes, ...]:
        """Return the issued pages as PNG, for preview."""
        return page_images(self.read_pdf(issued_id), dpi)

    @look()
    def save_pdf(self, issued_id: int, target: Path) -> str:
        require_file(self.desk, target)
        write_atomically(target, self.read_pdf(issued_id))
        return str(target)

    def _fix(
        self,
        tx: Transaction,
        case: cases.Case,
        form_key: str,
        form: Form,
        fixed: tuple[str, dict[str, Any], str],
    ) -> IssuedForm:
        number, values, digest = fixed
        pdf = render(form)
        pages = page_count(pdf)
        attachment = keep(tx, pdf, "pdf", f"{number}.pdf", pages)
        issued = tx.add(
            IssuedForm(
                number=number,
                form_key=form_key,
                enrolment_id=case.enrolment.id,
                unit_id=case.unit.id,
                content=values,
                content_sha256=digest,
                attachment_id=attachment.id,
                pages=pages,
                issued_at=tx.now,
                issued_by=tx.user_id,
                state_code=IssueState.VALID,
            )
        )
        tx.session.flush()
        if any(paper.id == form_key for paper in case.scheme.papers):
            set_paper(
                tx,
                case.enrolment.id,
                form_key,
                PaperState.PRINTED,
                pages=pages,
                issued_form_id=issued.id,
            )
        return issued


def _issued(session: Session, enrolment_id: int, form_key: str) -> list[IssuedForm]:
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == enrolment_id, IssuedForm.form_key == form_key
    )
    return list(session.scalars(query.order_by(IssuedForm.id)))


def _get(session: Session, issued_id: int) -> IssuedForm:
    form = session.get(IssuedForm, issued_id)
    if form is None:
        raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
    return form


def content_values(form: Form) -> dict[str, Any]:
    """The form's content as JSON, its own number and day left out."""
    values = asdict(form)
    marks = values.pop("marks")
    values["office"], values["demo"] = marks["office"], marks["demo"]
    plain: dict[str, Any] = json.loads(json.dumps(values, ensure_ascii=False, default=str))
    return plain


def content_digest(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def page_count(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") or len(page_images(pdf, dpi=10))
