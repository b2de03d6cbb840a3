"""A kept batch of prints as it is shown: its forms in order, and how far the printer came."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import PrintPartState
from db.models.enrolments import Enrolment
from db.models.office import AppUser
from db.models.papers import IssuedForm
from db.models.prints import PrintBatch, PrintBatchPart
from db.models.units import Unit
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.labels import label
from desktop_app.services.papers.form_parts import title_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.print_batches import RunLine, RunView


def run_view(session: Session, batch: PrintBatch) -> RunView:
    return RunView(
        id=batch.id,
        begun_at=batch.begun_at,
        begun_by=session.get_one(AppUser, batch.begun_by).name,
        copies=batch.copies,
        reason=batch.reason_code,
        ended=batch.ended_at is not None,
        lines=_lines(session, batch.id),
    )


def _lines(session: Session, batch_id: int) -> tuple[RunLine, ...]:
    """One query for a whole drive's forms, and a scheme for each version among them."""
    query = (
        select(PrintBatchPart, IssuedForm, Enrolment.scheme_version_id, Unit.name)
        .join(Enrolment, Enrolment.id == PrintBatchPart.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(IssuedForm, IssuedForm.id == PrintBatchPart.issued_form_id)
        .where(PrintBatchPart.print_batch_id == batch_id)
        .order_by(PrintBatchPart.place)
    )
    rows = session.execute(query).all()
    versions = sorted({version for _part, _form, version, _unit in rows})
    words = {version: scheme_in_force(session, version).words for version in versions}
    return tuple(
        _line(part, form, unit, title_of(BY_KEY[part.form_key], words[version]))
        for part, form, version, unit in rows
    )


def _line(part: PrintBatchPart, form: IssuedForm | None, unit: str, title: str) -> RunLine:
    state = PrintPartState(part.state_code)
    return RunLine(
        place=part.place,
        unit=unit,
        enrolment_id=part.enrolment_id,
        form_key=part.form_key,
        form_label=title,
        issued_id=form.id if form else None,
        number=form.number if form else "",
        pages=form.pages if form else 0,
        state=state.value,
        state_label=label(state),
    )
