"""Reading the journal of uses of a seal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.enrolments import Enrolment
from db.models.office import AppUser
from db.models.papers import IssuedForm
from db.models.prints import PrintBatchPart
from db.models.seals import SealUse, SealUsePrint
from db.models.units import Unit


def uses(session: Session) -> Sequence[Row[SealUse, str]]:
    """Return (SealUse, who recorded it), the newest first."""
    query = select(SealUse, AppUser.name).join(AppUser, AppUser.id == SealUse.recorded_by)
    return session.execute(query.order_by(SealUse.used_on.desc(), SealUse.id.desc())).all()


def prints(session: Session) -> Sequence[Row[int, str, str | None]]:
    """Return (seal_use_id, number of the print, its unit's name), by the prints' numbers."""
    query = (
        select(SealUsePrint.seal_use_id, IssuedForm.number, Unit.name)
        .join(IssuedForm, IssuedForm.id == SealUsePrint.issued_form_id)
        .outerjoin(Unit, Unit.id == IssuedForm.unit_id)
    )
    return session.execute(query.order_by(IssuedForm.number)).all()


def by_number(session: Session, number: str) -> IssuedForm | None:
    return session.scalars(select(IssuedForm).where(IssuedForm.number == number)).one_or_none()


def of_case(session: Session, business_no: str) -> Sequence[IssuedForm]:
    """Prints in force of the cases with this number of the province."""
    query = (
        select(IssuedForm)
        .join(Enrolment, Enrolment.id == IssuedForm.enrolment_id)
        .where(Enrolment.business_no == business_no, IssuedForm.state_code == IssueState.VALID)
    )
    return session.scalars(query.order_by(IssuedForm.id)).all()


def of_batch(session: Session, batch_id: int) -> Sequence[IssuedForm]:
    """Prints in force of a batch, in its order."""
    query = (
        select(IssuedForm)
        .join(PrintBatchPart, PrintBatchPart.issued_form_id == IssuedForm.id)
        .where(
            PrintBatchPart.print_batch_id == batch_id,
            IssuedForm.state_code == IssueState.VALID,
        )
    )
    return session.scalars(query.order_by(PrintBatchPart.place)).all()
