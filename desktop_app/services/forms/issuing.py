"""A further form is fixed: for its own menu, and for a batch of many units' forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.papers import IssuedForm
from desktop_app.documents.forms.parts import Form
from desktop_app.documents.kinds import BY_KEY, FormKind
from desktop_app.domain.enrolments import Missing
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.forms import (
    case_forms,
    claim_forms,
    office_forms,
    person_forms,
    unit_forms,
)
from desktop_app.services.forms.asking import Asked, Owner, ask, ask_case
from desktop_app.services.papers.issuing import fix

BUILDERS: dict[str, Callable[[Asked], Form]] = {
    "field-sheet": unit_forms.field_sheet,
    "registration": unit_forms.registration,
    "officer-change": unit_forms.officer_change,
    "file-index": case_forms.file_index,
    "refund-request": case_forms.refund_request,
    "renewal-notice": case_forms.renewal_notice,
    "correction-request": case_forms.correction_request,
    "cover-proof": person_forms.cover_proof,
    "claim-application": claim_forms.claim_application,
    "supplement": claim_forms.supplement,
    "refusal": claim_forms.refusal,
    "feedback": claim_forms.feedback,
    "public-list": office_forms.public_list,
    "payout-sheet": office_forms.payout_sheet,
    "condolence-sheet": office_forms.condolence_sheet,
    "work-handover": office_forms.work_handover,
}


def issue_further(tx: Transaction, form_key: str, of_id: int | None) -> int:
    """Fix a form inside an act; what the act has written before may be taken back."""
    kind = further_kind(form_key)
    asked = ask(tx.session, tx.desk, kind, of_id)
    form, of = BUILDERS[form_key](asked), asked.owner.columns()
    earlier = _earlier(tx.session, kind, form, of)
    number = tx.next_number(kind.series, tx.desk.today().year)
    marks = replace(form.marks, form_no=number, print_no=len(earlier) + 1)
    issued, new = fix(tx, form_key, replace(form, marks=marks), earlier, of)
    done = {"number": number} if new else {"again": issued.number}
    tx.audit(_subject(asked.owner), form=form_key, **done)
    return issued.id


def why_not(asked: Asked) -> Missing | None:
    """A form that cannot be made says why by not being made: there is no second rule beside it."""
    try:
        BUILDERS[asked.kind.key](asked)
    except UserError as error:
        return Missing(error.code, error.message, error.remedy)
    return None


class CaseForms:
    """The further forms of cases as the batches of prints, which stand below, make them."""

    def issue(self, tx: Transaction, form_key: str, enrolment_id: int) -> int:
        return issue_further(tx, form_key, enrolment_id)

    def why_not(self, session: Session, desk: Desk, form_key: str, case: Case) -> Missing | None:
        return why_not(ask_case(session, desk, BY_KEY[form_key], case))


def further_kind(form_key: str) -> FormKind:
    kind = BY_KEY.get(form_key)
    if kind is None or not kind.further:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    return kind


def _earlier(
    session: Session, kind: FormKind, form: Form, of: dict[str, int | None]
) -> list[IssuedForm]:
    """The forms of this kind that were issued of the same before, the first one first."""
    query = select(IssuedForm).where(
        IssuedForm.form_key == kind.key,
        *(getattr(IssuedForm, name) == value for name, value in of.items()),
    )
    wanted = {name: getattr(form, name) for name in kind.within}
    return [
        one
        for one in session.scalars(query.order_by(IssuedForm.id))
        if all(one.content[name] == value for name, value in wanted.items())
    ]


def _subject(owner: Owner) -> str:
    if owner.claim is not None:
        return f"claim {owner.claim.id}"
    if owner.case is not None:
        return f"enrolment {owner.case.enrolment.id}"
    return f"unit {owner.unit.id}" if owner.unit is not None else "office"
