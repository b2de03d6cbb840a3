"""What a form of a case says, taken from the ledger as a frozen value."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.office import Office
from desktop_app.documents.forms.parts import Form, Marks, Words
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.papers import archive_forms, enrolment_forms
from desktop_app.services.papers.form_parts import case_code


def form_of(session: Session, desk: Desk, case: Case, form_key: str) -> Form:
    """Build the form's value; its number comes when it is fixed."""
    office = session.scalars(select(Office)).one()
    marks = Marks(
        case_code=case_code(case.enrolment.uid),
        form_no="",
        print_no=1,
        office=office.name,
        scheme=case.scheme.title,
        issued_on=desk.today(),
        demo=office.demo,
        words=Words(case.scheme.words.person, case.scheme.words.fee, case.scheme.words.join),
    )
    return _BUILDERS[form_key](session, case, marks)


_BUILDERS: dict[str, Callable[[Session, Case, Marks], Form]] = {
    "payment-notice": enrolment_forms.notice,
    "application": enrolment_forms.application,
    "member-list": enrolment_forms.member_list,
    "confirmation": enrolment_forms.confirmation,
    "archive-list": archive_forms.handover,
}
