"""Reading a kept batch of prints: its forms by how far the printer came."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import PrintPartState
from db.models.papers import IssuedForm
from db.models.prints import PrintBatchPart


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
