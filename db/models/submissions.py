"""What went to the province, line by line, and what it answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import AnswerKind, SubmissionState
from db.columns import NAME, NUMBER, TEXT, Travels, UtcTime, Versioned, code_column


class Submission(Travels, Versioned, Base):
    __tablename__ = "submission"

    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    profile: Mapped[str] = mapped_column(NUMBER)
    folder_name: Mapped[str] = mapped_column(TEXT)
    manifest: Mapped[Any] = mapped_column(JSON)
    package_sha256: Mapped[str | None] = mapped_column(NAME, index=True)
    state_code: Mapped[str] = code_column(SubmissionState)
    exported_at: Mapped[datetime] = mapped_column(UtcTime)
    exported_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class SubmissionRecord(Base):
    """One person in one file of the submission."""

    __tablename__ = "submission_record"
    __table_args__ = (Index("ix_submission_record_member", "member_id"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    state_code: Mapped[str] = code_column(SubmissionState)


class Answer(Travels, Base):
    """A file that came back: an acknowledgement or the failure list."""

    __tablename__ = "answer"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    kind_code: Mapped[str] = code_column(AnswerKind)
    file_name: Mapped[str] = mapped_column(TEXT)
    file_sha256: Mapped[str] = mapped_column(NAME)
    accepted: Mapped[int]
    failed: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UtcTime)
    read_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class AnswerLine(Base):
    """A person the answer names; without a member nobody in the submission fits."""

    __tablename__ = "answer_line"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str] = mapped_column(String(60))
    identity_no: Mapped[str] = mapped_column(NUMBER)
    reason: Mapped[str] = mapped_column(TEXT)
