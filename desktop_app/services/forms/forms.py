"""Further forms, numbered and fixed in the print register like those on a case's way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.papers import IssuedForm, PrintCopy
from desktop_app.documents.forms.parts import Form
from desktop_app.documents.kinds import BY_KEY, KINDS, FormKind, FormOf
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.forms import (
    case_forms,
    claim_forms,
    office_forms,
    person_forms,
    unit_forms,
)
from desktop_app.services.forms.asking import Asked, Owner, ask
from desktop_app.services.own_layouts import copies_of
from desktop_app.services.papers.form_codes import printed_title
from desktop_app.services.papers.issuing import fix
from desktop_app.services.permissions import Permission
from desktop_app.services.views.forms import OfferedForm, PrintedForm

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


class FormService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("print.form", Permission.PRINT, Area.PRINTS)
    def issue(self, tx: Transaction, form_key: str, of_id: int | None = None) -> int:
        """Fix a form; while it says the same, the fixed one is given again.

        Args:
            tx: the transaction.
            form_key: its kind, which says whether `of_id` is a unit, a case, a claim, a person
                or a month such as 202612.
            of_id: whose it is; None for the office's own and a sheet that names no unit.
        """
        kind = _further(form_key)
        asked = ask(tx.session, self.desk, kind, of_id)
        form, of = BUILDERS[form_key](asked), asked.owner.columns()
        earlier = _earlier(tx.session, kind, form, of)
        number = tx.next_number(kind.series, self.desk.today().year)
        marks = replace(form.marks, form_no=number, print_no=len(earlier) + 1)
        issued, new = fix(tx, form_key, replace(form, marks=marks), earlier, of)
        done = {"number": number} if new else {"again": issued.number}
        tx.audit(_subject(asked.owner), form=form_key, **done)
        return issued.id

    @look(Permission.PRINT)
    def offered(self, owners: Sequence[tuple[str, int | None]]) -> tuple[OfferedForm, ...]:
        """Which further forms there are of these, and why one cannot be printed yet."""
        with self.desk.database.reading() as uow:
            return tuple(
                _offered(uow.session, self.desk, kind, of_id)
                for of, of_id in owners
                for kind in KINDS
                if kind.of is FormOf(of) and kind.further
            )

    @look()
    def get(self, issued_id: int) -> PrintedForm:
        with self.desk.database.reading() as uow:
            form = uow.session.get(IssuedForm, issued_id)
            if form is None:
                raise UserError("form-unknown", "没有这张单据。", "请刷新后再试。")
            copies = uow.session.scalars(
                select(func.count()).where(PrintCopy.issued_form_id == issued_id)
            ).one()
            wanted = copies_of(uow.session, BY_KEY[form.form_key].layout)
            title = printed_title(uow.session, form)
            return PrintedForm(form.id, title, form.number, copies, wanted)


def _further(form_key: str) -> FormKind:
    kind = BY_KEY.get(form_key)
    if kind is None or not kind.further:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    return kind


def _offered(session: Session, desk: Desk, kind: FormKind, of_id: int | None) -> OfferedForm:
    """A form that cannot be made says why by not being made: there is no second rule beside it."""
    asked = ask(session, desk, kind, of_id)
    label = f"{asked.title}({asked.period})" if asked.period else asked.title
    try:
        BUILDERS[kind.key](asked)
    except UserError as error:
        return OfferedForm(kind.key, of_id, label, error.message)
    return OfferedForm(kind.key, of_id, label)


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
