"""Reading what last year's books brought in: their cases, and the people and cover beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.codes import BatchState, CaseState, CoverState, RowState
from db.models.acts import ChangeLog, Operation
from db.models.enrolments import Cover, Enrolment, EnrolmentPlan, EnrolmentStep
from db.models.imports import ImportBatch, ImportRow
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.many import among

ACT, TAKE_BACK, SUBJECT = (
    "opening.carry-out",
    "opening.take-back",
    "opening-",
)  # a batch's subject ends with the year


def cases_of(session: Session, year: int) -> dict[int, tuple[Enrolment, bool]]:
    """Return unit id -> its first case of the year, and whether it came from the books."""
    of_books = (
        select(EnrolmentStep.enrolment_id)
        .join(Operation, Operation.id == EnrolmentStep.operation_id)
        .where(EnrolmentStep.enrolment_id == Enrolment.id, Operation.act == ACT)
        .exists()
    )
    query = select(Enrolment, of_books).where(
        Enrolment.year == year, Enrolment.state_code != CaseState.VOID
    )
    found: dict[int, tuple[Enrolment, bool]] = {}
    for enrolment, booked in session.execute(query.order_by(Enrolment.id)):
        found.setdefault(enrolment.unit_id, (enrolment, bool(booked)))
    return found


def plans_of_year(session: Session, year: int) -> dict[int, list[tuple[str, int]]]:
    """Return case -> plan keys with their shares, of every case of the year."""
    query = (
        select(EnrolmentPlan.enrolment_id, PlanRecord.plan_key, EnrolmentPlan.shares)
        .join(PlanRecord, PlanRecord.id == EnrolmentPlan.plan_id)
        .join(Enrolment, Enrolment.id == EnrolmentPlan.enrolment_id)
        .where(Enrolment.year == year)
        .order_by(EnrolmentPlan.enrolment_id, PlanRecord.sort_no)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for case_id, key, shares in session.execute(query):
        found.setdefault(case_id, []).append((key, shares))
    return found


def covers_of(
    session: Session, identities: Sequence[str], days: tuple[date, date]
) -> Iterator[Row[str | None, str, int, date, date]]:
    """Give (identity, plan key, case, first day, day after the last) of cover that touches days."""
    first, end = days
    query = (
        select(
            Member.identity_no,
            PlanRecord.plan_key,
            Cover.enrolment_id,
            Cover.from_on,
            Cover.until_on,
        )
        .join(Cover, Cover.member_id == Member.id)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .where(
            among(session, Member.identity_no, identities),
            Cover.state_code == CoverState.ACTIVE,
            Cover.from_on < end,
            Cover.until_on > first,
        )
    )
    yield from session.execute(query)


def batches(session: Session, ids: Sequence[int]) -> Sequence[ImportBatch]:
    query = select(ImportBatch).where(
        among(session, ImportBatch.id, ids), ImportBatch.subject.startswith(SUBJECT)
    )
    return session.scalars(query.order_by(ImportBatch.id)).all()


def planned_by(session: Session, user_id: int) -> Sequence[ImportBatch]:
    """Return what a user planned and neither stored nor dropped."""
    query = select(ImportBatch).where(
        ImportBatch.subject.startswith(SUBJECT),
        ImportBatch.state_code == BatchState.PLANNED,
        ImportBatch.made_by == user_id,
    )
    return session.scalars(query.order_by(ImportBatch.id)).all()


def rows_of(session: Session, ids: Sequence[int], *states: RowState) -> Iterator[ImportRow]:
    """Give the rows of batches in the order of their files."""
    query = select(ImportRow).where(among(session, ImportRow.batch_id, ids))
    if states:
        query = query.where(ImportRow.state_code.in_(states))
    yield from session.scalars(query.order_by(ImportRow.batch_id, ImportRow.seq))


def waiting(session: Session) -> Sequence[Row[ImportRow, ImportBatch]]:
    """Return the rows of stored books that still wait for their correction."""
    query = (
        select(ImportRow, ImportBatch)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportBatch.subject.startswith(SUBJECT),
            ImportBatch.state_code == BatchState.STORED,
            ImportRow.state_code == RowState.PARKED,
        )
        .order_by(ImportRow.batch_id, ImportRow.seq)
    )
    return session.execute(query).all()


def taken_back(session: Session) -> set[str]:
    """The acts that stored books and were taken back, by their ids in hex."""
    query = select(Operation).where(Operation.act == TAKE_BACK)
    return {_value(operation)["of"] for operation in session.scalars(query)}


def newest_stored(session: Session) -> Operation | None:
    """Return the newest act that stored books and was not taken back."""
    back = taken_back(session)
    query = select(Operation).where(Operation.act == ACT)
    for operation in session.scalars(query.order_by(Operation.at.desc(), Operation.id.desc())):
        if any(_value(operation).values()) and operation.id.hex() not in back:
            return operation
    return None


def is_stored(session: Session, operation: str) -> bool:
    """Whether an act with this id, in hex, stored books."""
    query = select(Operation.id).where(Operation.act == ACT)
    return operation in {one.hex() for one in session.scalars(query)}


def _value(operation: Operation) -> dict[str, Any]:
    """What the act answered; in the first days that was kept bare."""
    kept: dict[str, Any] = operation.result
    value: dict[str, Any] = kept.get("value", kept)
    return value


def cases_by(session: Session, operation: bytes) -> Sequence[Row[Enrolment, int, str]]:
    """Return (case, its step of the act, unit's name) of the cases that an act made or enlarged."""
    query = (
        select(Enrolment, EnrolmentStep.seq, Unit.name)
        .join(EnrolmentStep, EnrolmentStep.enrolment_id == Enrolment.id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(EnrolmentStep.operation_id == operation)
    )
    return session.execute(query.order_by(Enrolment.id)).all()


def units_by(session: Session, operation: bytes) -> Sequence[Unit]:
    query = select(Unit).where(Unit.books_operation == operation)
    return session.scalars(query.order_by(Unit.id)).all()


def batches_by(session: Session, operation: bytes) -> Sequence[ImportBatch]:
    """Return the files that an act stored, as their change log says."""
    changed = select(ChangeLog.row_id).where(
        ChangeLog.operation_id == operation,
        ChangeLog.table_name == ImportBatch.__tablename__,
        ChangeLog.field == "state_code",
    )
    query = select(ImportBatch).where(
        ImportBatch.id.in_(changed), ImportBatch.state_code == BatchState.STORED
    )
    return session.scalars(query.order_by(ImportBatch.id)).all()


def worked_off(session: Session, batch_id: int) -> Iterator[ImportRow]:
    """Give the refused rows of earlier books that those of this batch made good."""
    query = (
        select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportBatch.subject.startswith(SUBJECT),
            ImportBatch.state_code == BatchState.STORED,
            ImportRow.state_code == RowState.DROPPED,
        )
    )
    for row in session.scalars(query):
        if row.cells.get("mended_in") == batch_id:
            yield row
