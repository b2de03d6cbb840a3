"""Reading submissions, their people and the answers to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import SubmissionState
from db.models.members import Member
from db.models.office import Office
from db.models.submissions import Answer, AnswerLine, Submission, SubmissionRecord


def latest(session: Session, enrolment_id: int) -> Submission | None:
    query = select(Submission).where(Submission.enrolment_id == enrolment_id)
    return session.scalars(query.order_by(Submission.id.desc()).limit(1)).first()


def people_of(session: Session, submission_id: int) -> list[tuple[int, str, str]]:
    """Return (member id, name, identity) of everyone in the submission, each once."""
    query = (
        select(Member.id, Member.name, Member.identity_no)
        .join(SubmissionRecord, SubmissionRecord.member_id == Member.id)
        .where(SubmissionRecord.submission_id == submission_id)
        .distinct()
        .order_by(Member.id)
    )
    return [(id_, name, identity or "") for id_, name, identity in session.execute(query)]


def taken(session: Session, enrolment_id: int) -> set[tuple[int, int]]:
    """Return (plan id, member id) of whom an answer to any submission of the case has taken."""
    query = (
        select(SubmissionRecord.plan_id, SubmissionRecord.member_id)
        .join(Submission, Submission.id == SubmissionRecord.submission_id)
        .where(
            Submission.enrolment_id == enrolment_id,
            SubmissionRecord.state_code == SubmissionState.ACKNOWLEDGED,
        )
    )
    return {(plan_id, member_id) for plan_id, member_id in session.execute(query)}


def reasons_of(session: Session, enrolment_id: int) -> dict[int, str]:
    """Return member id -> the newest reason an answer gave for sending the person back."""
    query = (
        select(AnswerLine.member_id, AnswerLine.reason)
        .join(Answer, Answer.id == AnswerLine.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(Submission.enrolment_id == enrolment_id, AnswerLine.member_id.is_not(None))
        .order_by(Answer.id, AnswerLine.line_no)
    )
    return {member_id or 0: reason for member_id, reason in session.execute(query)}


def lines_of(session: Session, answer_id: int) -> Sequence[AnswerLine]:
    query = select(AnswerLine).where(AnswerLine.answer_id == answer_id)
    return session.scalars(query.order_by(AnswerLine.line_no)).all()


def is_demo(session: Session) -> bool:
    return session.scalars(select(Office.demo)).one()
