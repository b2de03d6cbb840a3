"""What the reception shows: a paper beside the others of its case, and the pages in the tray."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import PaperState
from db.models.papers import Attachment, IssuedForm, ScannedPage
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.services.papers.form_codes import find_form, unit_name
from desktop_app.services.papers.stamped import doubled_words, pages_in, returned
from desktop_app.services.views.receptions import ReceivedPaper, TrayPage


def paper_view(session: Session, issued_id: int) -> ReceivedPaper:
    form = session.get(IssuedForm, issued_id)
    if form is None:
        raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
    one = returned(session, form)
    case = one.case
    kept = queries.papers_of(session, case.enrolment.id)
    back = {key for key, line in kept.items() if line.state_code == PaperState.STAMPED}
    there = pages_in(session, form)
    sealed = [paper for paper in case.scheme.papers if paper.seal]
    return ReceivedPaper(
        issued_id=form.id,
        enrolment_id=case.enrolment.id,
        unit_id=case.unit.id,
        unit=case.unit.name,
        label=one.paper.label,
        number=form.number,
        back=sum(1 for paper in sealed if paper.id in back),
        of=len(sealed),
        missing=tuple(paper.label for paper in sealed if paper.id not in back),
        stamped=one.is_back,
        pages=there.count,
        pages_of=form.pages,
        missing_pages=there.missing,
        step_label=case.step.state,
        waits=case.step.act == "archive.receive",
    )


def tray_rows(session: Session, *, aside: bool) -> Sequence[Row[ScannedPage, Attachment]]:
    query = (
        select(ScannedPage, Attachment)
        .join(Attachment, Attachment.id == ScannedPage.attachment_id)
        .where(
            ScannedPage.enrolment_id.is_(None),
            ScannedPage.claim_id.is_(None),
            ScannedPage.set_aside_at.is_not(None) if aside else ScannedPage.set_aside_at.is_(None),
        )
    )
    return session.execute(query.order_by(ScannedPage.id)).all()


def tray_view(session: Session, row: ScannedPage, file: Attachment) -> TrayPage:
    form, why = _why(session, row)
    return TrayPage(
        id=row.id,
        file_name=file.file_name,
        page_no=row.source_page or row.page_no,
        received_at=row.received_at,
        why=why,
        form_id=form.id if form else None,
        unit=unit_name(session, form) if form else "",
    )


def _why(session: Session, row: ScannedPage) -> tuple[IssuedForm | None, str]:
    """Why a page waits, as things stand now."""
    codes = (row.code or "").split()
    if not codes:
        return None, "没有读出二维码"
    if len(codes) > 1:
        return None, f"这一页上有{len(codes)}张单据的码"
    form = None
    try:
        form = find_form(session, codes[0])
        one = returned(session, form)
    except UserError as error:
        return form, error.message
    whose = f"{unit_name(session, form)}的“{one.paper.label}”"
    if one.has_scan:
        return form, f"{whose}已有扫描件"
    there = pages_in(session, form)
    if row.form_page in there.known:
        return form, doubled_words(whose, row.form_page or 0, there)
    return form, f"可以归到{whose}"
