"""What a paper that came back says about its case, and the pages in the tray."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import PaperState
from db.models.claims import Claim
from db.models.papers import Attachment, IssuedForm, ScannedPage
from db.queries import enrolments as queries
from db.queries.scans import WAITS
from desktop_app.errors import UserError
from desktop_app.services.papers.form_codes import find_coded
from desktop_app.services.papers.form_facts import FormFacts, form_facts_of
from desktop_app.services.papers.stamped import Returned, doubled_words, filing, filing_of
from desktop_app.services.views.receptions import ReceivedPaper, TrayPage


def paper_view(session: Session, issued_id: int) -> ReceivedPaper:
    form = session.get(IssuedForm, issued_id)
    if form is None:
        raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
    one = filing(session, form)
    if one.returned is None:
        return _filed(session, one.facts)
    return _stamped(session, one.facts, one.returned)


def _stamped(session: Session, facts: FormFacts, one: Returned) -> ReceivedPaper:
    case, there = one.case, facts.pages
    kept = queries.papers_of(session, case.enrolment.id)
    back = {key for key, line in kept.items() if line.state_code == PaperState.STAMPED}
    sealed = [paper for paper in case.scheme.papers if paper.seal]
    return ReceivedPaper(
        issued_id=one.form.id,
        enrolment_id=case.enrolment.id,
        unit_id=case.unit.id,
        unit=case.unit.name,
        label=one.paper.label,
        number=one.form.number,
        back=sum(1 for paper in sealed if paper.id in back),
        of=len(sealed),
        missing=tuple(paper.label for paper in sealed if paper.id not in back),
        stamped=one.is_back,
        pages=there.count,
        pages_of=there.of,
        missing_pages=there.missing,
        step_label=case.step.state,
        waits=case.step.act == "archive.receive",
    )


def _filed(session: Session, facts: FormFacts) -> ReceivedPaper:
    """A form that nothing waits for: filed with its case, claim or unit."""
    form, there = facts.form, facts.pages
    place = "申请" if form.enrolment_id is not None else "单位"
    if form.claim_id is not None:
        place = f"申领{session.get_one(Claim, form.claim_id).number}"
    return ReceivedPaper(
        issued_id=form.id,
        enrolment_id=form.enrolment_id,
        unit_id=form.unit_id,
        unit=facts.unit,
        label=facts.title,
        number=form.number,
        back=0,
        of=0,
        missing=(),
        stamped=there.all_in,
        pages=there.count,
        pages_of=there.of,
        missing_pages=there.missing,
        step_label="",
        waits=False,
        filed_with=place,
    )


def tray_rows(session: Session, *, aside: bool) -> Sequence[Row[ScannedPage, Attachment]]:
    query = (
        select(ScannedPage, Attachment)
        .join(Attachment, Attachment.id == ScannedPage.attachment_id)
        .where(
            *WAITS,
            ScannedPage.set_aside_at.is_not(None) if aside else ScannedPage.set_aside_at.is_(None),
        )
    )
    return session.execute(query.order_by(ScannedPage.id)).all()


def tray_views(
    session: Session, rows: Sequence[Row[ScannedPage, Attachment]]
) -> tuple[TrayPage, ...]:
    """Pages of the tray and why each waits, in as many queries for one as for many."""
    codes = {code for row, _ in rows for code in (row.code or "").split()}
    found = find_coded(session, codes)
    forms = {form.id: form for form in found.values() if isinstance(form, IssuedForm)}
    facts = form_facts_of(session, list(forms.values()))
    return tuple(_tray_view(session, row, file, found, facts) for row, file in rows)


def _tray_view(
    session: Session,
    row: ScannedPage,
    file: Attachment,
    found: Mapping[str, IssuedForm | UserError],
    facts: Mapping[int, FormFacts],
) -> TrayPage:
    codes = (row.code or "").split()
    form = found[codes[0]] if len(codes) == 1 else None
    known = facts[form.id] if isinstance(form, IssuedForm) else None
    if not codes:
        why = "没有读出二维码"
    elif known is not None:
        why = _why(session, row, known)
    else:
        why = form.message if isinstance(form, UserError) else f"这一页上有{len(codes)}张单据的码"
    return TrayPage(
        id=row.id,
        file_name=file.file_name,
        page_no=row.source_page or row.page_no,
        received_at=row.received_at,
        why=why,
        form_id=known.form.id if known else None,
        unit=known.unit if known else "",
    )


def _why(session: Session, row: ScannedPage, facts: FormFacts) -> str:
    """Why a page with a form's code waits, as things stand now."""
    try:
        one = filing_of(session, facts)
    except UserError as error:
        return error.message
    if one.has_scan:
        return f"{facts.whose}已有扫描件"
    if row.form_page in facts.pages.known:
        return doubled_words(facts.whose, row.form_page or 0, facts.pages)
    return f"可以归到{facts.whose}"
