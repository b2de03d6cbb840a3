"""A unit's application for one period: plans, people, cover, money parts, steps, numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import (
    CaseState,
    Channel,
    CoverState,
    EnrolleeState,
    EnrolmentKind,
    Handling,
    Payer,
)
from db.columns import (
    NUMBER,
    TEXT,
    BulkVersioned,
    Fen,
    Numbered,
    Travels,
    Uid,
    UtcTime,
    Versioned,
    code_column,
)


class Enrolment(Travels, Versioned, Base):
    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_year", "year", "state_code"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    year: Mapped[int]
    handling_code: Mapped[str] = code_column(Handling)
    kind_code: Mapped[str] = code_column(EnrolmentKind)
    state_code: Mapped[str] = code_column(CaseState)
    step_key: Mapped[str] = mapped_column(NUMBER, index=True)  # a step of the scheme's file
    at_work: Mapped[int | None]
    women: Mapped[int | None]
    people: Mapped[int]
    due_fen: Mapped[Fen | None]  # what the unit transfers; null while it is an estimate
    total_fen: Mapped[Fen | None]  # with the parts that unions bear
    ends_on: Mapped[date | None]  # last covered day of the cover that is renewed
    applied_at: Mapped[datetime | None] = mapped_column(UtcTime)  # handed in for the first time
    business_no: Mapped[str | None] = mapped_column(NUMBER, index=True)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    effective_on: Mapped[date | None]
    until_on: Mapped[date | None]  # the day after the last covered day
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    returned_for: Mapped[str | None] = mapped_column(TEXT)


class EnrolmentPlan(Versioned, Base):
    """One plan of the application: the same shares for everyone in the unit."""

    __tablename__ = "enrolment_plan"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    shares: Mapped[int]
    fee_fen: Mapped[Fen | None]  # per share, as confirmed when the roster was stored
    people: Mapped[int]
    due_fen: Mapped[Fen | None]
    document_no: Mapped[str | None] = mapped_column(NUMBER)  # 计划书号
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]


class EnrolmentQuote(Numbered, Base):
    """What the application came to when it was handed in or approved; it never changes."""

    __tablename__ = "enrolment_quote"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    act: Mapped[str] = mapped_column(NUMBER)  # of the operation: enrolment.submit, .approve
    operation_id: Mapped[bytes] = mapped_column(Uid)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    content: Mapped[Any] = mapped_column(JSON)


class EnrolmentStep(Base):
    """Every move along the scheme's steps, and back."""

    __tablename__ = "enrolment_step"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_key: Mapped[str | None] = mapped_column(NUMBER)
    to_key: Mapped[str] = mapped_column(NUMBER)
    at: Mapped[datetime] = mapped_column(UtcTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    operation_id: Mapped[bytes] = mapped_column(Uid)
    note: Mapped[str | None] = mapped_column(TEXT)


class BusinessNumber(Travels, Base):
    """The province's number of a case as entered or read back; a wrong one is voided.

    `people` and `fen` are what its system shows under the number, where somebody looked.
    """

    __tablename__ = "business_number"

    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[str] = mapped_column(NUMBER, index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcTime)
    entered_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    people: Mapped[int | None]
    fen: Mapped[Fen | None]


class Enrollee(Numbered, BulkVersioned, Base):
    """A person in one plan of one application; its address is (enrolment uid, line, plan)."""

    __tablename__ = "enrollee"
    # It follows from what is logged and kept: the plan's fee and people, the case's sums, and each
    # head's amount in the quote. One fee put right would log a line for each person of a drive.
    __unlogged__ = frozenset({"contribution_fen"})
    __table_args__ = (
        Index("uq_enrollee", "enrolment_id", "line_no", "plan_id", unique=True),
        Index("ix_enrollee_member", "member_id", "enrolment_id"),
    )

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    line_no: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    shares: Mapped[int]
    contribution_fen: Mapped[Fen | None]
    state_code: Mapped[str] = code_column(EnrolleeState)


class Cover(Numbered, BulkVersioned, Base):
    """One interval of one person in one plan, first day to the day after the last.

    Two active intervals of a person and plan never overlap, whatever the unit: a trigger on
    SQLite, an EXCLUDE constraint on PostgreSQL.
    """

    __tablename__ = "cover"
    __table_args__ = (Index("ix_cover_member", "member_id", "plan_id", "from_on"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    shares: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date]
    state_code: Mapped[str] = code_column(CoverState)
    ended_for: Mapped[str | None] = mapped_column(TEXT)


class FundingPart(Base):
    """Which part of the contribution who bears, and the account it is charged to (列支渠道)."""

    __tablename__ = "funding_part"
    __logged__ = True  # where it is put right; a draft's parts are written anew with each count

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    payer_code: Mapped[str] = code_column(Payer)
    channel_code: Mapped[str] = code_column(Channel)
    fen: Mapped[Fen]
