"""One stamped paper comes back: checked against its print, marked, the step moved on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState, PaperState
from db.models.papers import EnrolmentPaper, IssuedForm, ScannedPage
from db.queries import enrolments as queries
from desktop_app.domain.schemes.scheme_parts import Paper
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.papers.form_codes import form_title, print_no, unit_name


@dataclass(frozen=True, slots=True)
class Returned:
    """A printed form that may come back, with its case and its line of the checklist."""

    form: IssuedForm
    case: cases.Case
    paper: Paper
    line: EnrolmentPaper | None

    @property
    def is_back(self) -> bool:
        return self.line is not None and self.line.state_code == PaperState.STAMPED

    @property
    def has_scan(self) -> bool:
        return self.is_back and self.line is not None and self.line.attachment_id is not None


def returned(session: Session, form: IssuedForm) -> Returned:
    """A form that may come back stamped.

    Raises:
        UserError: it needs no seal, was replaced or voided, or its case is void.
    """
    title, unit = form_title(session, form), unit_name(session, form)
    paper = _sealed(session, form)
    if paper is None or form.enrolment_id is None:
        whose = f"{unit}的" if unit else ""
        raise UserError(
            "no-seal",
            f"{whose}“{title}”不用盖章收回。",
            "请把它放回单位的档案,扫下一张。",
        )
    case = cases.load(session, form.enrolment_id)
    if case.enrolment.state_code == CaseState.VOID:
        raise UserError(
            "case-void", f"{unit}的这份申请已作废,“{title}”不再收回。", "请退还单位或按废件保管。"
        )
    if form.state_code == IssueState.REPLACED:
        raise UserError("form-replaced", *_replaced(session, form, f"{unit}的“{title}”"))
    if form.state_code == IssueState.PROVISIONAL:
        raise UserError(
            "form-provisional",
            f"{unit}的“{title}”{form.number}是暂用的,不当作盖章件收。",
            "请打印正式的,盖章后再收。",
        )
    if form.state_code == IssueState.VOID:
        raise UserError(
            "form-void", f"{unit}的“{title}”{form.number}已作废。", "请重新打印,盖章后再收。"
        )
    line = queries.papers_of(session, form.enrolment_id).get(form.form_key)
    return Returned(form, case, paper, line)


def _sealed(session: Session, form: IssuedForm) -> Paper | None:
    if form.enrolment_id is None:
        return None
    papers = cases.load(session, form.enrolment_id).scheme.papers
    return next((one for one in papers if one.id == form.form_key and one.seal), None)


def _replaced(session: Session, form: IssuedForm, whose: str) -> tuple[str, str]:
    after = form
    while after.replaced_by_id is not None:
        after = session.get_one(IssuedForm, after.replaced_by_id)
    told = f"{whose}是第{print_no(session, form)}次打印的,内容后来改过"
    return (
        f"{told},现在有效的是第{print_no(session, after)}次打印的{after.number}。",
        f"请收{after.number}那一份;还没有盖章的,请打印后盖章。",
    )


def refuse_doubled(one: Returned, session: Session) -> None:
    """Say that a paper is back already, and since when."""
    if not one.is_back:
        return
    day = one.line.received_on if one.line else None
    on = f"{day.month}月{day.day}日" if day else "以前"
    raise UserError(
        "already-back",
        f"{unit_name(session, one.form)}的“{one.paper.label}”{on}已经收回过。",
        "不用再登记;若是多盖的一份,请一并归入档案。",
    )


def mark_back(
    tx: Transaction, one: Returned, attachment_id: int | None = None, pages: int | None = None
) -> None:
    """盖章件已收回; the case moves on where it was the last."""
    set_paper(
        tx,
        one.case.enrolment.id,
        one.form.form_key,
        PaperState.STAMPED,
        attachment_id,
        pages=pages or one.form.pages,
        issued_form_id=one.form.id,
    )
    move_on(tx, one.case)


def move_on(tx: Transaction, case: cases.Case) -> None:
    """The step is done when the last stamped paper is back."""
    tx.session.flush()
    if case.step.act != "archive.receive":
        return
    facts = cases.facts_of(tx.session, case, tx.desk)
    if not cases.missing_before(case, facts):
        cases.advance(tx, case)


@dataclass(frozen=True, slots=True)
class PagesIn:
    """Which scanned pages of a form are in: by their number, and how many that bear none."""

    known: frozenset[int]
    unknown: int
    of: int

    @property
    def count(self) -> int:
        return len(self.known) + self.unknown

    @property
    def all_in(self) -> bool:
        return self.count >= self.of

    @property
    def missing(self) -> tuple[int, ...]:
        """The pages that are still to come, where all that are in say which they are."""
        return () if self.unknown else tuple(sorted(set(range(1, self.of + 1)) - self.known))

    @property
    def missing_text(self) -> str:
        if self.all_in:
            return "各页都收到了"
        if not self.missing:
            return f"还缺{self.of - self.count}页"
        return f"还缺第{'、'.join(map(str, self.missing))}页"


def pages_in(session: Session, form: IssuedForm) -> PagesIn:
    query = select(ScannedPage.form_page).where(ScannedPage.issued_form_id == form.id)
    pages = session.scalars(query).all()
    known = frozenset(page for page in pages if page is not None)
    return PagesIn(known, pages.count(None), form.pages)


def doubled_pages(
    session: Session, form: IssuedForm, rows: Sequence[ScannedPage]
) -> tuple[ScannedPage, ...]:
    """Those of the pages that the form has already, or that are the same as one before them."""
    seen, doubled = set(pages_in(session, form).known), []
    for row in rows:
        if row.form_page in seen:
            doubled.append(row)
        elif row.form_page is not None:
            seen.add(row.form_page)
    return tuple(doubled)


def doubled_words(whose: str, page: int, there: PagesIn) -> str:
    return f"{whose}第{page}页已经收到过,{there.missing_text}"
