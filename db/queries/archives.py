"""Reading the files of finished cases: which there are, and what lies in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState
from db.models.enrolments import Enrolment
from db.models.papers import ArchiveFile, ArchiveLoan, Attachment, IssuedForm, SignedForm
from db.models.units import Unit


def finished(session: Session, year: int, box_no: str | None = None) -> Sequence[ArchiveFile]:
    """The files of a year, or of one of its boxes, by their numbers."""
    query = (
        select(ArchiveFile)
        .join(Enrolment, Enrolment.id == ArchiveFile.enrolment_id)
        .where(Enrolment.year == year, Enrolment.state_code != CaseState.VOID)
    )
    if box_no is not None:
        query = query.where(ArchiveFile.box_no == box_no)
    return session.scalars(query.order_by(ArchiveFile.number)).all()


def boxes(session: Session) -> Sequence[Row[int, str | None, int]]:
    """Return (year, box, how many files), the newest year first."""
    query = (
        select(Enrolment.year, ArchiveFile.box_no, func.count())
        .join(Enrolment, Enrolment.id == ArchiveFile.enrolment_id)
        .where(Enrolment.state_code != CaseState.VOID)
        .group_by(Enrolment.year, ArchiveFile.box_no)
    )
    return session.execute(query.order_by(Enrolment.year.desc(), ArchiveFile.box_no)).all()


def on_shelves(
    session: Session, year: int | None = None
) -> Sequence[Row[ArchiveFile, Enrolment, Unit, ArchiveLoan | None]]:
    """Return (ArchiveFile, Enrolment, Unit, the loan that is out) by the files' numbers."""
    query = (
        select(ArchiveFile, Enrolment, Unit, ArchiveLoan)
        .join(Enrolment, Enrolment.id == ArchiveFile.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(
            ArchiveLoan,
            (ArchiveLoan.archive_file_id == ArchiveFile.id) & ArchiveLoan.returned_on.is_(None),
        )
        .where(Enrolment.state_code != CaseState.VOID)
    )
    if year is not None:
        query = query.where(Enrolment.year == year)
    return session.execute(query.order_by(ArchiveFile.number)).all()


def by_number(session: Session, number: str) -> ArchiveFile | None:
    return session.scalars(select(ArchiveFile).where(ArchiveFile.number == number)).one_or_none()


def loans_of(session: Session, file_id: int) -> Sequence[ArchiveLoan]:
    """Every lending of a file, the newest first."""
    query = select(ArchiveLoan).where(ArchiveLoan.archive_file_id == file_id)
    return session.scalars(query.order_by(ArchiveLoan.id.desc())).all()


def loan_out(session: Session, file_id: int) -> ArchiveLoan | None:
    query = select(ArchiveLoan).where(
        ArchiveLoan.archive_file_id == file_id, ArchiveLoan.returned_on.is_(None)
    )
    return session.scalars(query).one_or_none()


def overdue(session: Session, today: date) -> int:
    """How many files are out whose day to be back has gone by."""
    query = select(func.count()).where(
        ArchiveLoan.returned_on.is_(None), ArchiveLoan.due_on < today
    )
    return session.scalars(query).one()


def signed_of(session: Session, enrolment_id: int) -> Sequence[Row[SignedForm, Attachment]]:
    """Return (SignedForm, Attachment) of the prints in force that were signed, in that order."""
    query = (
        select(SignedForm, Attachment)
        .join(Attachment, Attachment.id == SignedForm.attachment_id)
        .join(IssuedForm, IssuedForm.id == SignedForm.issued_form_id)
        .where(IssuedForm.enrolment_id == enrolment_id, IssuedForm.state_code == IssueState.VALID)
    )
    return session.execute(query.order_by(SignedForm.id)).all()


def prints_of(session: Session, enrolment_id: int) -> Sequence[Row[IssuedForm, Attachment]]:
    """Return (IssuedForm, Attachment) of the prints in force, in the order they were issued."""
    query = (
        select(IssuedForm, Attachment)
        .join(Attachment, Attachment.id == IssuedForm.attachment_id)
        .where(IssuedForm.enrolment_id == enrolment_id, IssuedForm.state_code == IssueState.VALID)
    )
    return session.execute(query.order_by(IssuedForm.id)).all()
