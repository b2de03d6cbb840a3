"""The Press: a form is numbered and fixed in the ledger first, then printed from its bytes."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState, PaperState, PrintReason
from db.files import write_atomically
from db.models.papers import Attachment, IssuedForm, PrintCopy
from db.models.units import Unit
from db.queries.holds import hold_owner
from desktop_app.documents.pages import page_images
from desktop_app.domain.texts import file_name
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.cases.form_rules import FORMS, why_not
from desktop_app.services.cases.voiding import take_back_forms
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import content
from desktop_app.services.papers.form_values import form_of
from desktop_app.services.papers.issuing import fix
from desktop_app.services.papers.provisional import issue_provisional, provisional_lines
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason
from desktop_app.services.targets import require_file
from desktop_app.services.views.papers import ProvisionalLine
from desktop_app.services.views.print_batches import IssuedSheet


class PrintService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.issue", Permission.PRINT, Area.PRINTS, Area.ENROLMENTS)
    def issue(self, tx: Transaction, enrolment_id: int, form_key: str) -> int:
        """Fix a form; while nothing of the case has changed, the fixed one is given again."""
        return issue_form(tx, enrolment_id, form_key)

    @act("print.provisional", Permission.PRINT, Area.PRINTS, Area.ENROLMENTS)
    def issue_provisional(self, tx: Transaction, enrolment_id: int, form_key: str) -> int:
        """Fix a form marked 暂用, which the final one will stand for; the case does not move."""
        return issue_provisional(tx, enrolment_id, form_key)

    @look(Permission.PRINT)
    def list_provisional(self) -> tuple[ProvisionalLine, ...]:
        """暂用 prints that no final one stands for yet, the oldest first."""
        with self.desk.database.reading() as uow:
            return provisional_lines(uow.session)

    @act("print.copy", Permission.PRINT, Area.PRINTS)
    def record_copy(self, tx: Transaction, issued_id: int, reason: str, printer: str) -> int:
        """Count a copy on paper; from the second on its reason is asked for.

        Raises:
            UserError: `form-not-valid` where it was voided or replaced; `reason-missing`.
        """
        _require_in_force(_get(tx.session, issued_id))
        return count_copy(tx, issued_id, _reason(tx.session, issued_id, reason), printer)

    @act("print.void", Permission.PRINT, Area.PRINTS, Area.ENROLMENTS)
    def void(self, tx: Transaction, issued_id: int, reason: str) -> None:
        """作废: it stays in the register with its reason; the case waits for a new one."""
        why, form = stated_reason(reason), _get(tx.session, issued_id)
        _require_in_force(form)
        if form.enrolment_id is None or form.state_code == IssueState.PROVISIONAL:
            form.state_code, form.note = IssueState.VOID, why
        else:
            case = cases.load(tx.session, form.enrolment_id)
            cases.require_open(case)
            take_back_forms(tx, case, [form], why, f"{form.number}作废:{why}")
        tx.audit(f"issued_form {form.id}")

    @look()
    def get(self, issued_id: int) -> IssuedSheet:
        with self.desk.database.reading() as uow:
            form = _get(uow.session, issued_id)
            return IssuedSheet(form.id, form.number, form.pages)

    @look()
    def number_of(self, issued_id: int) -> str:
        with self.desk.database.reading() as uow:
            return _get(uow.session, issued_id).number

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
    def save_in(self, issued_id: int, folder: Path) -> str:
        """Keep the PDF in a folder, named by its number and its unit; gives the file's path."""
        with self.desk.database.reading() as uow:
            form = _get(uow.session, issued_id)
            unit = uow.session.get(Unit, form.unit_id) if form.unit_id else None
        name = f"{form.number} {file_name(unit.name)}" if unit else form.number
        return self.save_pdf(issued_id, folder / f"{name}.pdf")

    @look()
    def save_pdf(self, issued_id: int, target: Path) -> str:
        require_file(self.desk, target)
        write_atomically(target, self.read_pdf(issued_id))
        return str(target)


def issue_form(tx: Transaction, enrolment_id: int, form_key: str) -> int:
    """Fix a form of a case inside an act."""
    if form_key not in FORMS:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    hold_owner(tx.session, enrolment_id=enrolment_id)
    case = cases.load(tx.session, enrolment_id)
    facts = facts_of(tx.session, case, tx.desk)
    waits = why_not(form_key, case, facts)
    if waits is not None:
        raise UserError(waits.code, waits.message, waits.remedy)
    earlier = _issued(tx.session, enrolment_id, form_key)
    form = form_of(tx.session, tx.desk, case, form_key)
    finished = case.enrolment.state_code == CaseState.FINISHED
    # The file holds the stamped one; its own list bears the number it is given at the end.
    held = form_key in facts.stamped or (finished and form_key != "archive-list")
    of = {"enrolment_id": case.enrolment.id, "unit_id": case.unit.id}
    issued, new = fix(tx, form, earlier, of, case.enrolment.year, held=held)
    if new and issued.note:
        cases.note(tx, case, f"{issued.number}{issued.note}")
    if not new:
        tx.audit(f"enrolment {enrolment_id}", form=form_key, again=issued.number)
        return issued.id
    if any(paper.id == form_key for paper in case.scheme.papers):
        more = {"pages": issued.pages, "issued_form_id": issued.id}
        set_paper(tx, enrolment_id, form_key, PaperState.PRINTED, **more)
    if case.step.act == f"print.{form_key}":
        advance(tx, case)
    tx.audit(f"enrolment {enrolment_id}", form=form_key, number=issued.number, pages=issued.pages)
    return issued.id


def count_copy(tx: Transaction, issued_id: int, again: PrintReason, printer: str) -> int:
    """One line of the register; `again` is its reason where it is not the first copy."""
    copy_no = _copies(tx.session, issued_id) + 1
    tx.session.add(
        PrintCopy(
            issued_form_id=issued_id,
            copy_no=copy_no,
            at=tx.now,
            user_id=tx.user_id,
            reason_code=again if copy_no > 1 else PrintReason.FIRST,
            printer=printer[:120] or None,
        )
    )
    tx.audit(f"issued_form {issued_id}", copy=copy_no)
    return copy_no


def _reason(session: Session, issued_id: int, reason: str) -> PrintReason:
    """Why a copy is printed; from the second on it is asked for."""
    form = _get(session, issued_id)
    if reason not in set(PrintReason):
        raise UserError(
            "reason-missing", f"没有“{reason}”这种再次打印的原因。", "请选择再次打印的原因。"
        )
    if reason == PrintReason.FIRST and _copies(session, form.id):
        raise UserError("reason-missing", "这张单据已经打印过。", "请选择再次打印的原因。")
    return PrintReason(reason)


def _require_in_force(form: IssuedForm) -> None:
    if form.state_code not in (IssueState.VALID, IssueState.PROVISIONAL):
        raise UserError(
            "form-not-valid", f"{form.number}已作废或已换发。", "要用的请打印现在有效的那一张。"
        )


def _copies(session: Session, issued_id: int) -> int:
    query = select(func.max(PrintCopy.copy_no)).where(PrintCopy.issued_form_id == issued_id)
    return session.scalars(query).one() or 0


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
