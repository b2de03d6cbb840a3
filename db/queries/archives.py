"""Reading the files of finished cases: which there are, and what lies in each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState
from db.models.enrolments import Enrolment
from db.models.papers import ArchiveFile, Attachment, IssuedForm


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


def prints_of(session: Session, enrolment_id: int) -> Sequence[Row[IssuedForm, Attachment]]:
    """Return (IssuedForm, Attachment) of the prints in force, in the order they were issued."""
    query = (
        select(IssuedForm, Attachment)
        .join(Attachment, Attachment.id == IssuedForm.attachment_id)
        .where(IssuedForm.enrolment_id == enrolment_id, IssuedForm.state_code == IssueState.VALID)
    )
    return session.execute(query.order_by(IssuedForm.id)).all()
