"""Reading the print register, and a kept batch: its forms by how far the printer came."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from db.codes import IssueState, PrintPartState
from db.models.papers import IssuedForm, PrintCopy
from db.models.prints import PrintBatchPart
from db.queries.many import among


def parts(session: Session, batch_id: int) -> Sequence[PrintBatchPart]:
    query = select(PrintBatchPart).where(PrintBatchPart.print_batch_id == batch_id)
    return session.scalars(query.order_by(PrintBatchPart.place)).all()


def sent(session: Session, batch_id: int) -> PrintBatchPart | None:
    """The first form that the printer got and of which nobody knows yet what became."""
    query = select(PrintBatchPart).where(
        PrintBatchPart.print_batch_id == batch_id,
        PrintBatchPart.state_code == PrintPartState.SENT,
    )
    return session.scalars(query.order_by(PrintBatchPart.place).limit(1)).first()


def count_left(session: Session, batch_id: int) -> int:
    """How many forms are not printed."""
    query = select(func.count()).where(
        PrintBatchPart.print_batch_id == batch_id,
        PrintBatchPart.state_code != PrintPartState.PRINTED,
    )
    return session.scalars(query).one()


def numbers(session: Session, batch_id: int) -> dict[str, int]:
    """Number -> place of each form that the printer got."""
    query = (
        select(IssuedForm.number, PrintBatchPart.place)
        .join(IssuedForm, IssuedForm.id == PrintBatchPart.issued_form_id)
        .where(
            PrintBatchPart.print_batch_id == batch_id,
            PrintBatchPart.state_code != PrintPartState.WAITS,
        )
    )
    return dict(session.execute(query).all())


def in_force(
    session: Session, enrolment_ids: Collection[int]
) -> Sequence[Row[int, str, int, str, int, int]]:
    """(enrolment_id, form_key, id, number, pages, copies printed) of the valid prints of cases."""
    copies = (
        select(func.count())
        .where(PrintCopy.issued_form_id == IssuedForm.id)
        .correlate(IssuedForm)
        .scalar_subquery()
    )
    query = select(
        IssuedForm.enrolment_id,
        IssuedForm.form_key,
        IssuedForm.id,
        IssuedForm.number,
        IssuedForm.pages,
        copies.label("copies"),
    ).where(
        among(session, IssuedForm.enrolment_id, sorted(enrolment_ids)),
        IssuedForm.state_code == IssueState.VALID,
    )
    return session.execute(query.order_by(IssuedForm.id)).all()


def out_of_force() -> Select[int | None, str, str | None]:
    """(enrolment_id, form_key, why) of the last void print of each form that has none in force."""
    other = aliased(IssuedForm)
    same = (other.enrolment_id == IssuedForm.enrolment_id, other.form_key == IssuedForm.form_key)
    later = (other.state_code == IssueState.VALID) | (
        (other.state_code == IssueState.VOID) & (other.id > IssuedForm.id)
    )
    return select(IssuedForm.enrolment_id, IssuedForm.form_key, IssuedForm.note).where(
        IssuedForm.state_code == IssueState.VOID,
        IssuedForm.enrolment_id.is_not(None),
        ~select(other.id).where(*same, later).exists(),
    )
