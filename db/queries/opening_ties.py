"""What was built on books that were taken over: each gives the name of a unit it was built at."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from db.codes import CaseState, UnitState
from db.models.claims import Claim
from db.models.enrolments import Cover, Enrolment, EnrolmentStep
from db.models.papers import IssuedForm
from db.models.submissions import Submission
from db.models.units import Unit, UnitCall, UnitPaper

_Step = aliased(EnrolmentStep)
_Later = aliased(Enrolment)


def moved_since(session: Session, operation: bytes) -> str | None:
    """A case that has a later step of its own."""
    query = (
        _cases(operation)
        .join(_Step, _Step.enrolment_id == Enrolment.id)
        .where(_Step.seq > EnrolmentStep.seq)
    )
    return session.scalars(query.limit(1)).first()


def later_case(session: Session, operation: bytes) -> str | None:
    """A unit that has a newer application, such as a renewal."""
    query = (
        _cases(operation)
        .join(_Later, _Later.unit_id == Enrolment.unit_id)
        .where(_Later.id > Enrolment.id, _Later.state_code != CaseState.VOID)
    )
    return session.scalars(query.limit(1)).first()


def claimed(session: Session, operation: bytes) -> str | None:
    query = (
        _cases(operation)
        .join(Cover, Cover.enrolment_id == Enrolment.id)
        .join(Claim, Claim.cover_id == Cover.id)
        .where(Claim.state_code != CaseState.VOID)
    )
    return session.scalars(query.limit(1)).first()


def sent_or_printed(session: Session, operation: bytes) -> str | None:
    printed = _cases(operation).join(IssuedForm, IssuedForm.enrolment_id == Enrolment.id)
    sent = _cases(operation).join(Submission, Submission.enrolment_id == Enrolment.id)
    found = session.scalars(printed.limit(1)).first()
    return found if found is not None else session.scalars(sent.limit(1)).first()


def unit_worked_on(session: Session, operation: bytes, cases: Sequence[int]) -> str | None:
    """A unit of the books that was edited, called, given papers or another application."""
    of_books = select(Unit.name).where(Unit.books_operation == operation)
    edited = of_books.where((Unit.row_version > 1) | (Unit.state_code != UnitState.OPEN))
    others = of_books.join(Enrolment, Enrolment.unit_id == Unit.id).where(
        Enrolment.state_code != CaseState.VOID, Enrolment.id.not_in(cases)
    )
    papers = of_books.join(UnitPaper, UnitPaper.unit_id == Unit.id)
    calls = of_books.join(UnitCall, UnitCall.unit_id == Unit.id)
    for query in (edited, others, papers, calls):
        found = session.scalars(query.limit(1)).first()
        if found is not None:
            return found
    return None


def _cases(operation: bytes) -> Select[str]:
    return (
        select(Unit.name)
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .join(EnrolmentStep, EnrolmentStep.enrolment_id == Enrolment.id)
        .where(EnrolmentStep.operation_id == operation)
    )
