"""Claims, their papers, and every figure that was said about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import CaseState, ClaimFigure, PaperState
from db.columns import (
    NAME,
    NUMBER,
    TEXT,
    Fen,
    Numbered,
    Travels,
    Uid,
    UtcTime,
    Versioned,
    code_column,
)


class Claim(Travels, Versioned, Base):
    """An application for aid; a person not found (查无此人) is kept by the words given."""

    __tablename__ = "claim"

    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(60))
    person_identity_no: Mapped[str | None] = mapped_column(NUMBER)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("cover.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    event_on: Mapped[date]
    facts: Mapped[Any] = mapped_column(JSON)
    claimed_fen: Mapped[Fen | None]
    papers_on_paper: Mapped[bool]  # the claimed amount asks for 纸质资料
    decided_fen: Mapped[Fen | None]
    decided_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    told_on: Mapped[date | None]
    state_code: Mapped[str] = code_column(CaseState)
    step_key: Mapped[str] = mapped_column(NUMBER, index=True)
    business_no: Mapped[str | None] = mapped_column(NUMBER, index=True)
    registered_at: Mapped[datetime] = mapped_column(UtcTime)
    registered_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class ClaimPaper(Numbered, Versioned, Base):
    __tablename__ = "claim_paper"
    __table_args__ = (Index("ix_claim_paper", "claim_id", "paper_key"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    paper_key: Mapped[str] = mapped_column(NUMBER)
    state_code: Mapped[str] = code_column(PaperState)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    pages: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(TEXT)


class ClaimStep(Base):
    __tablename__ = "claim_step"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_key: Mapped[str | None] = mapped_column(NUMBER)
    to_key: Mapped[str] = mapped_column(NUMBER)
    at: Mapped[datetime] = mapped_column(UtcTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    operation_id: Mapped[bytes] = mapped_column(Uid)
    note: Mapped[str | None] = mapped_column(TEXT)


class ClaimAmount(Travels, Base):
    """An estimate, a typed amount, a review's figure or a decision, with its worksheet."""

    __tablename__ = "claim_amount"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    kind_code: Mapped[str] = code_column(ClaimFigure)
    fen: Mapped[Fen | None]
    worksheet: Mapped[Any] = mapped_column(JSON)  # ordered steps: rule, clause, input, output, text
    # of a worksheet: plan, facts, rulings on clauses, open keys; with the version it recomputes
    basis: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    said_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    said_at: Mapped[datetime] = mapped_column(UtcTime)
    source: Mapped[str | None] = mapped_column(NAME)
    reason: Mapped[str | None] = mapped_column(TEXT)
