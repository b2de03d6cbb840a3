"""A kept batch of prints as it is shown: its forms in order, and how far the printer came."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import PrintPartState
from db.models.office import AppUser
from db.models.papers import IssuedForm
from db.models.prints import PrintBatch, PrintBatchPart
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.labels import label
from desktop_app.services.cases import cases
from desktop_app.services.views.print_batches import RunLine, RunView


def parts_of(session: Session, batch_id: int) -> Sequence[PrintBatchPart]:
    query = select(PrintBatchPart).where(PrintBatchPart.print_batch_id == batch_id)
    return session.scalars(query.order_by(PrintBatchPart.place)).all()


def run_view(session: Session, batch: PrintBatch) -> RunView:
    return RunView(
        id=batch.id,
        begun_at=batch.begun_at,
        begun_by=session.get_one(AppUser, batch.begun_by).name,
        copies=batch.copies,
        reason=batch.reason_code,
        ended=batch.ended_at is not None,
        lines=tuple(_line(session, part) for part in parts_of(session, batch.id)),
    )


def _line(session: Session, part: PrintBatchPart) -> RunLine:
    case = cases.load(session, part.enrolment_id)
    form = session.get(IssuedForm, part.issued_form_id) if part.issued_form_id else None
    state = PrintPartState(part.state_code)
    return RunLine(
        place=part.place,
        unit=case.unit.name,
        enrolment_id=part.enrolment_id,
        form_key=part.form_key,
        form_label=case.scheme.words.forms.get(part.form_key, BY_KEY[part.form_key].name),
        issued_id=form.id if form else None,
        number=form.number if form else "",
        pages=form.pages if form else 0,
        state=state.value,
        state_label=label(state),
    )
