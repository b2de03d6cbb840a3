"""收件: stamped papers come back one beep at a time or as a scan of many; strays wait in a tray."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import IssueState, PaperState
from db.models.papers import Attachment, IssuedForm, ScannedPage
from db.queries import enrolments as queries
from db.queries.holds import hold_case, hold_forms
from desktop_app.domain.schemes.scheme_parts import Paper
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import page_picture
from desktop_app.services.papers.form_codes import find_coded, find_form
from desktop_app.services.papers.reception_views import paper_view, tray_rows, tray_views
from desktop_app.services.papers.scan_sorting import Groups, keep_groups, read_groups, turn_files
from desktop_app.services.papers.stamped import (
    Filing,
    doubled_pages,
    filing,
    mark_back,
    move_on,
    pages_in,
    refuse_doubled,
    returned,
)
from desktop_app.services.permissions import Permission
from desktop_app.services.views.receptions import ReceivedPaper, ScanResult, TrayPage

Step = Callable[[int, int], None]
RECEIPT = "dues-receipt"
PICTURE_WIDTH = 1000
QUARTERS = (90, 180, 270)


class ReceptionService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("reception.paper", Permission.ARCHIVE, Area.ENROLMENTS, Area.PRINTS)
    def receive(self, tx: Transaction, text: str) -> int:
        """One paper by its code or number; returns the form that is back."""
        form = find_form(tx.session, text)
        hold_forms(tx.session, [form.id])
        one = returned(tx.session, form)
        refuse_doubled(one, tx.session)
        mark_back(tx, one)
        tx.audit(f"issued_form {one.form.id}", form=one.form.form_key)
        return one.form.id

    @look(Permission.ARCHIVE)
    def read_scan(self, path: Path, step: Step | None = None) -> Groups:
        """Read a scan for `receive_scan`; it may take a while, so nothing waits for it.

        Raises:
            FileError: it is no scan.
            Cancelled: `step` raised it.
        """
        return read_groups(self.desk, path, step)

    @act("reception.scan", Permission.ARCHIVE, Area.ENROLMENTS, Area.CLAIMS, Area.PRINTS)
    def receive_scan(self, tx: Transaction, groups: Groups) -> dict[str, Any]:
        """Sort a scan's pages to their cases; what has no place goes to the tray.

        A file that came before is left as it is.
        """
        kept = keep_groups(tx, groups)
        hold_forms(tx.session, _named(tx.session, groups))
        filed: dict[int, None] = {}
        tray = 0
        for group, rows in kept:
            one = _taker(tx.session, group.codes)
            again = rows if one is None else doubled_pages(tx.session, one.form, rows)
            tray += len(again)
            if one is not None and len(again) < len(rows):
                _file(tx, one, [row for row in rows if row not in again])
                filed[one.form.id] = None
        pages = sum(len(rows) for _, rows in kept)
        told = {"pages": groups.pages, "filed": pages - tray, "tray": tray}
        tx.audit("scan", **told)
        return {**told, "again": groups.pages - pages, "forms": list(filed)}

    @act("reception.assign", Permission.ARCHIVE, Area.ENROLMENTS, Area.CLAIMS, Area.PRINTS)
    def assign(self, tx: Transaction, page_ids: Sequence[int], text: str) -> int:
        """Put pages of the tray to the form of a number or code; returns the form."""
        rows = _in_tray(tx.session, page_ids)
        form = find_form(tx.session, text)
        hold_forms(tx.session, [form.id])
        one = filing(tx.session, form)
        _refuse_again(tx.session, one, rows)
        _file(tx, one, rows)
        tx.audit(f"issued_form {one.form.id}", pages=len(rows))
        return one.form.id

    @act("reception.assign-case", Permission.ARCHIVE, Area.ENROLMENTS, Area.PRINTS)
    def assign_to_case(
        self, tx: Transaction, page_ids: Sequence[int], enrolment_id: int, paper_key: str
    ) -> int:
        """Put pages of the tray to a paper of a case that has no code; returns how many."""
        rows = _in_tray(tx.session, page_ids)
        case = cases.load(tx.session, enrolment_id)
        hold_case(tx.session, enrolment_id)
        cases.require_not_void(case)
        paper = case.scheme.paper(paper_key)
        if paper_key == RECEIPT:
            raise UserError(
                "receipt-number", f"“{paper.label}”要连号码一起登记。", "请在单位页面登记票据。"
            )
        form = _valid_form(tx.session, enrolment_id, paper_key)
        if paper.seal and form is not None:
            one = filing(tx.session, form)
            _refuse_again(tx.session, one, rows)
            _file(tx, one, rows)
        else:
            _keep(tx, case, paper, rows)
        tx.audit(f"enrolment {enrolment_id}", paper=paper_key, pages=len(rows))
        return len(rows)

    @act("reception.set-aside", Permission.ARCHIVE, Area.PRINTS)
    def set_aside(self, tx: Transaction, page_ids: Sequence[int]) -> int:
        """Take pages that belong to nobody out of the tray; they are kept all the same."""
        rows = _in_tray(tx.session, page_ids)
        for row in rows:
            row.set_aside_at = tx.now
        tx.audit("tray", pages=len(rows))
        return len(rows)

    @act("reception.bring-back", Permission.ARCHIVE, Area.PRINTS)
    def bring_back(self, tx: Transaction) -> int:
        """Put everything that was set aside into the tray again; returns how many pages."""
        rows = tray_rows(tx.session, aside=True)
        for row, _ in rows:
            row.set_aside_at = None
        tx.audit("tray", pages=len(rows))
        return len(rows)

    @act("reception.turn", Permission.ARCHIVE, Area.PRINTS)
    def turn(self, tx: Transaction, page_ids: Sequence[int], degrees: int) -> int:
        """Turn pages of the tray clockwise, for good; returns how many stand otherwise now.

        Pages that were cut out together are turned together.
        """
        if degrees not in QUARTERS:
            raise UserError("turn", "只能转 90、180 或 270 度。", "请重新选择。", "degrees")
        rows = _in_tray(tx.session, page_ids)
        turned = turn_files(tx, {row.attachment_id for row in rows}, degrees)
        tx.audit("tray", pages=turned, degrees=degrees)
        return turned

    @look()
    def get(self, issued_id: int) -> ReceivedPaper:
        """A paper that came back, with what its case still waits for."""
        with self.desk.database.reading() as uow:
            return paper_view(uow.session, issued_id)

    @look()
    def result(self, told: dict[str, Any]) -> ScanResult:
        """What `receive_scan` has answered, in the names of units and papers."""
        with self.desk.database.reading() as uow:
            papers = tuple(paper_view(uow.session, form) for form in told["forms"])
        return ScanResult(told["pages"], told["filed"], told["tray"], told["again"], papers)

    @look()
    def tray(self, aside: bool = False) -> tuple[TrayPage, ...]:
        """Pages without a place, oldest first; or those that were set aside."""
        with self.desk.database.reading() as uow:
            rows = tray_rows(uow.session, aside=aside)
            return tray_views(uow.session, rows)

    @look(Permission.ARCHIVE)
    def page_image(self, page_id: int, width: int = PICTURE_WIDTH) -> bytes:
        """A scanned page as PNG, `width` pixels wide, drawn by the child."""
        with self.desk.database.reading() as uow:
            page = _page(uow.session, page_id)
            attachment = uow.session.get_one(Attachment, page.attachment_id)
            number = page.page_no
        return page_picture(self.desk, attachment, number, width).png


def _taker(session: Session, codes: Sequence[str]) -> Filing | None:
    """The form that takes pages with these codes; None where a person has to look."""
    if len(codes) != 1:
        return None
    try:
        one = filing(session, find_form(session, codes[0]))
    except UserError:
        return None
    return None if one.has_scan else one


def _named(session: Session, groups: Groups) -> list[int]:
    """The forms that a scan's codes speak of."""
    codes = {code for group in groups.parts for code in group.codes}
    found = find_coded(session, codes).values()
    return [form.id for form in found if isinstance(form, IssuedForm)]


def _refuse_again(session: Session, one: Filing, rows: Sequence[ScannedPage]) -> None:
    """Say which page is a second time; it stays in the tray."""
    again = doubled_pages(session, one.form, rows)
    if not again:
        return
    there, page = pages_in(session, one.form), again[0].form_page
    raise UserError(
        "page-doubled",
        f"{one.facts.whose}第{page}页已经收到过,{there.missing_text}。",
        "这一页可以搁置;还缺的页请扫描进来。",
    )


def _file(tx: Transaction, one: Filing, rows: Sequence[ScannedPage]) -> None:
    """Put pages to a form and what it belongs to; a stamped one is back when all its pages are."""
    form = one.form
    for row in rows:
        row.issued_form_id = form.id
        row.enrolment_id, row.claim_id = form.enrolment_id, form.claim_id
    tx.session.flush()
    there = pages_in(tx.session, form)
    if one.returned is not None and there.all_in:
        mark_back(tx, one.returned, rows[-1].attachment_id, there.count)


def _keep(tx: Transaction, case: cases.Case, paper: Paper, rows: Sequence[ScannedPage]) -> None:
    """Put pages behind those that the paper has already: none takes another's place."""
    for row in rows:
        row.enrolment_id, row.paper_key = case.enrolment.id, paper.id
    line = queries.papers_of(tx.session, case.enrolment.id).get(paper.id)
    first, pages = rows[0].attachment_id, len(rows)
    if line is not None and line.attachment_id is not None:
        first, pages = line.attachment_id, pages + (line.pages or 1)
    state = PaperState.STAMPED if paper.seal else PaperState.KEPT
    set_paper(tx, case.enrolment.id, paper.id, state, first, pages=pages)
    move_on(tx, case)


def _valid_form(session: Session, enrolment_id: int, form_key: str) -> IssuedForm | None:
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == enrolment_id,
        IssuedForm.form_key == form_key,
        IssuedForm.state_code == IssueState.VALID,
    )
    return session.scalars(query.order_by(IssuedForm.id.desc()).limit(1)).first()


def _page(session: Session, page_id: int) -> ScannedPage:
    page = session.get(ScannedPage, page_id)
    if page is None:
        raise UserError("page-unknown", "没有这一页。", "请刷新后再试。")
    return page


def _in_tray(session: Session, page_ids: Sequence[int]) -> list[ScannedPage]:
    rows = [_page(session, page_id) for page_id in page_ids]
    if not rows:
        raise UserError("page-unknown", "没有选中哪一页。", "请先在待归页里选一页。")
    if any(row.enrolment_id or row.claim_id or row.issued_form_id for row in rows):
        raise UserError("page-placed", "这一页已经归好了。", "请刷新后再看。")
    return rows
