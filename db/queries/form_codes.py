"""From what stands on a printed form to its line in the print register."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.codes import PaperState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.papers import EnrolmentPaper, IssuedForm

CLAIM, ENROLMENT = "C", "E"
_UID_BYTES, _CODE_BYTES = 16, 4


def by_code(session: Session, code: str) -> IssuedForm | None:
    """The form that carries exactly this code."""
    query = select(IssuedForm).where(IssuedForm.code == code).order_by(IssuedForm.id.desc())
    return session.scalars(query.limit(1)).first()


def by_number(session: Session, number: str) -> IssuedForm | None:
    return session.scalars(select(IssuedForm).where(IssuedForm.number == number)).one_or_none()


def by_place(session: Session, case_code: str, form_key: str, print_no: int) -> IssuedForm | None:
    """The n-th print of a form of a case: for prints of before codes were kept."""
    owner = _owner(session, case_code)
    if owner is None:
        return None
    query = select(IssuedForm).where(IssuedForm.form_key == form_key, owner)
    return session.scalars(query.order_by(IssuedForm.id).offset(print_no - 1).limit(1)).first()


def place_of(session: Session, form: IssuedForm) -> int:
    """The how-many-th print of its kind and case a form is."""
    query = select(func.count()).where(
        IssuedForm.form_key == form.form_key,
        IssuedForm.id <= form.id,
        IssuedForm.enrolment_id == form.enrolment_id
        if form.enrolment_id is not None
        else IssuedForm.claim_id == form.claim_id,
    )
    return session.scalars(query).one()


def waiting_by_tail(session: Session, series: str, digits: str, limit: int) -> Sequence[IssuedForm]:
    """Printed forms not yet back whose number ends so; `series` may be empty."""
    query = (
        select(IssuedForm)
        .join(EnrolmentPaper, EnrolmentPaper.issued_form_id == IssuedForm.id)
        .where(
            EnrolmentPaper.state_code == PaperState.PRINTED,
            IssuedForm.number.endswith(f"-{digits}", autoescape=True),
        )
    )
    if series:
        query = query.where(IssuedForm.number.startswith(f"{series}-", autoescape=True))
    return session.scalars(query.order_by(IssuedForm.id.desc()).limit(limit)).all()


def _owner(session: Session, case_code: str) -> ColumnElement[bool] | None:
    kind, digits = case_code[:1], case_code[1:]
    try:
        tail = bytes.fromhex(digits)
    except ValueError:
        return None
    if len(tail) != _CODE_BYTES or kind not in (CLAIM, ENROLMENT):
        return None
    table = Claim if kind == CLAIM else Enrolment
    at = func.substr(table.uid, _UID_BYTES - _CODE_BYTES + 1, _CODE_BYTES)
    owner_id = session.scalars(select(table.id).where(at == tail)).first()
    if owner_id is None:
        return None
    column = IssuedForm.claim_id if kind == CLAIM else IssuedForm.enrolment_id
    return column == owner_id
