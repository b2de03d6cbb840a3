"""One stamped paper comes back: checked against its print, marked, the step moved on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState, PaperState
from db.models.papers import EnrolmentPaper, IssuedForm, ScannedPage
from desktop_app.domain.schemes.scheme_parts import Paper
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.cases.case_steps import advance, missing_before
from desktop_app.services.papers.form_codes import print_no, unit_name
from desktop_app.services.papers.form_facts import (
    FormFacts,
    PagesIn,
    form_facts_of,
    pages_of_forms,
)


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


@dataclass(frozen=True, slots=True)
class Filing:
    """A printed form that takes scanned pages: stamped and returned, or any other with a code."""

    facts: FormFacts
    returned: Returned | None

    @property
    def form(self) -> IssuedForm:
        return self.facts.form

    @property
    def has_scan(self) -> bool:
        return self.facts.pages.all_in if self.returned is None else self.returned.has_scan


def filing(session: Session, form: IssuedForm) -> Filing:
    """A form whose pages are filed with what it belongs to.

    Raises:
        UserError: it was replaced or voided, its case is void, or it is the office's own.
    """
    return filing_of(session, form_facts_of(session, [form])[form.id])


def filing_of(session: Session, facts: FormFacts) -> Filing:
    """The same of a form whose facts are known."""
    form, whose = facts.form, facts.whose
    if (form.enrolment_id, form.claim_id, form.unit_id) == (None, None, None):
        raise UserError(
            "no-owner",
            f"{whose}是本机构自己的单据,不归到哪家单位。",
            "请与本机构的文书一起保管;扫描的这一页可以搁置。",
        )
    if facts.case is not None and facts.case.enrolment.state_code == CaseState.VOID:
        raise UserError(
            "case-void",
            f"{facts.unit}的这份申请已作废,“{facts.title}”不再收回。",
            "请退还单位或按废件保管。",
        )
    if form.state_code == IssueState.REPLACED:
        raise UserError("form-replaced", *_replaced(session, facts))
    if form.state_code == IssueState.PROVISIONAL:
        raise UserError(
            "form-provisional",
            f"{whose}{form.number}是暂用的,不当作盖章件收。",
            "请打印正式的,盖章后再收。",
        )
    if form.state_code == IssueState.VOID:
        raise UserError("form-void", f"{whose}{form.number}已作废。", "请重新打印,盖章后再收。")
    if facts.paper is None or facts.case is None:
        return Filing(facts, None)
    return Filing(facts, Returned(form, facts.case, facts.paper, facts.line))


def returned(session: Session, form: IssuedForm) -> Returned:
    """A form that may come back stamped.

    Raises:
        UserError: it is none that does, was replaced or voided, or its case is void.
    """
    facts = form_facts_of(session, [form])[form.id]
    if facts.paper is None:
        raise UserError(
            "no-seal",
            f"{facts.whose}不在要登记收回的盖章件里。",
            "要留底的,请扫描进来,按码归档;纸质件放回原来的档案,扫下一张。",
        )
    one = filing_of(session, facts).returned
    assert one is not None
    return one


def _replaced(session: Session, facts: FormFacts) -> tuple[str, str]:
    after = facts.stands
    told = f"{facts.whose}是第{print_no(session, facts.form)}次打印的,内容后来改过"
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
    facts = facts_of(tx.session, case, tx.desk)
    if not missing_before(case, facts):
        advance(tx, case)


def pages_in(session: Session, form: IssuedForm) -> PagesIn:
    return pages_of_forms(session, [form])[form.id]


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
