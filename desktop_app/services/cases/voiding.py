"""What is taken back of a case: its cover and its printed forms are void and stay readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CoverState, IssueState, PaperState
from db.models.enrolments import Cover
from db.models.papers import EnrolmentPaper, IssuedForm, ScannedPage
from desktop_app.domain.dates import period_text
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case


def void_covers(
    tx: Transaction, case: Case, why: str, members: Collection[int] | None = None
) -> int:
    """End the case's cover from its first day, of certain members only where they are told."""
    query = select(Cover).where(
        Cover.enrolment_id == case.enrolment.id, Cover.state_code == CoverState.ACTIVE
    )
    covers = [
        cover
        for cover in tx.session.scalars(query)
        if members is None or cover.member_id in members
    ]
    for cover in covers:
        cover.state_code, cover.ended_for = CoverState.VOID, why
    return len(covers)


def void_forms(
    tx: Transaction, case: Case, why: str, forms: Collection[IssuedForm] | None = None
) -> list[int]:
    """The register keeps what was printed, as void and with the reason; all of it by itself."""
    forms = valid_forms(tx.session, case) if forms is None else forms
    for form in forms:
        form.state_code, form.note = IssueState.VOID, why
    return [form.id for form in forms]


def take_back_forms(
    tx: Transaction, case: Case, forms: Sequence[IssuedForm], why: str, text: str
) -> None:
    """These forms are void; the case stands again at the first step that needs them.

    Args:
        tx: the transaction.
        case: one that is open.
        forms: of it, may be none.
        why: noted at each form.
        text: for the case's history.
    """
    take_back_changed(tx, case, dict.fromkeys(forms, why), text)


def take_back_changed(
    tx: Transaction, case: Case, forms: Mapping[IssuedForm, str], text: str
) -> None:
    """The same for forms that are each void for a reason of its own."""
    for form, why in forms.items():
        form.state_code, form.note = IssueState.VOID, why
    unstamp(tx, case, [form.id for form in forms])
    _to_tray(tx, case, forms)
    cases.move(tx, case.enrolment, step_to_print(case, tuple(forms)), text)


def _to_tray(tx: Transaction, case: Case, forms: Collection[IssuedForm]) -> None:
    """Scans of what is void wait there, where they are placed anew or set aside by a person."""
    codes = {form.id: form.code for form in forms}
    of_case = ScannedPage.enrolment_id == case.enrolment.id
    query = select(ScannedPage).where(of_case, ScannedPage.issued_form_id.in_(codes))
    for page in tx.session.scalars(query):
        page.code = page.code or codes[page.issued_form_id or 0]
        page.enrolment_id = page.issued_form_id = None
    kept = select(EnrolmentPaper).where(
        EnrolmentPaper.enrolment_id == case.enrolment.id, EnrolmentPaper.issued_form_id.in_(codes)
    )
    for paper in tx.session.scalars(kept):
        paper.attachment_id = None


def step_to_print(case: Case, void: Sequence[IssuedForm]) -> str:
    """Where the case stands now: at the first step done that needs what is void."""
    keys = {f"print.{form.form_key}" for form in void} | {"archive.receive"}
    at = case.steps.index(case.step)
    again = [step for step in case.steps[:at] if void and step.act in keys]
    return again[0].key if again else case.step.key


def valid_forms(session: Session, case: Case) -> list[IssuedForm]:
    """What is printed of a case and stands, oldest first."""
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == case.enrolment.id, IssuedForm.state_code == IssueState.VALID
    )
    return list(session.scalars(query.order_by(IssuedForm.id)))


def forms_with_cover(session: Session, case: Case, days: tuple[date, date]) -> list[IssuedForm]:
    """Printed forms that say from when to when the cover runs."""
    first, period = days[0].isoformat(), period_text(*days)
    return [
        form
        for form in valid_forms(session, case)
        if form.content.get("first_day") == first
        or str(form.content.get("coverage", "")).startswith(period)
    ]


def forms_with_number(session: Session, case: Case, number: str) -> list[IssuedForm]:
    """Printed forms that say this number of the province."""
    return [
        form for form in valid_forms(session, case) if form.content.get("business_no") == number
    ]


def unstamp(tx: Transaction, case: Case, forms: list[int]) -> None:
    """A void form is neither printed nor stamped; the scan of it stays."""
    query = select(EnrolmentPaper).where(
        EnrolmentPaper.enrolment_id == case.enrolment.id, EnrolmentPaper.issued_form_id.in_(forms)
    )
    for paper in tx.session.scalars(query):
        paper.state_code = PaperState.MISSING
