"""What the medical insurance settled (医保结算数据), and what each member's benefit comes to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import BatchState
from db.columns import NAME, TEXT, Fen, Numbered, Travels, UtcTime, Versioned, code_column


class SettlementPeriod(Travels, Base):
    """The time over which one plan accumulates; `until_on` is exclusive."""

    __tablename__ = "settlement_period"
    __table_args__ = (Index("uq_settlement_period", "plan_id", "from_on", unique=True),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]


class SettlementFeed(Travels, Versioned, Base):
    """One delivery of settlements."""

    __tablename__ = "settlement_feed"

    period_id: Mapped[int] = mapped_column(ForeignKey("settlement_period.id"), index=True)
    file_name: Mapped[str] = mapped_column(TEXT)
    file_sha256: Mapped[str] = mapped_column(NAME, index=True)
    state_code: Mapped[str] = code_column(BatchState)
    rows: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    received_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class Settlement(Numbered, Base):
    """One settled bill. Millions of them: lean rows, and one index that answers a whole run."""

    __tablename__ = "settlement"
    __table_args__ = (
        Index(
            "ix_settlement_member",
            "period_id",
            "member_id",
            "settled_on",
            "id",
            "admission_no",
            "eligible_own_fen",
        ),
        Index("ix_settlement_feed", "feed_id", "line_no"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("settlement_period.id"))
    feed_id: Mapped[int] = mapped_column(ForeignKey("settlement_feed.id"))
    line_no: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # null: not matched
    settled_on: Mapped[date]
    admission_no: Mapped[int | None]
    total_fen: Mapped[Fen]
    own_fen: Mapped[Fen]
    eligible_own_fen: Mapped[Fen]
    deducted_fen: Mapped[Fen]  # already taken off on the bill


class SettlementRun(Travels, Base):
    """One working out of a period under one scheme version."""

    __tablename__ = "settlement_run"

    period_id: Mapped[int] = mapped_column(ForeignKey("settlement_period.id"), index=True)
    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    ran_at: Mapped[datetime] = mapped_column(UtcTime)
    ran_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    settlements: Mapped[int]
    members: Mapped[int]
    benefit_fen: Mapped[Fen]


class SettlementDue(Base):
    """What a member's settlements of the period come to in one run."""

    __tablename__ = "settlement_due"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    run_id: Mapped[int] = mapped_column(ForeignKey("settlement_run.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    settlements: Mapped[int]
    eligible_own_fen: Mapped[Fen]
    deductible_fen: Mapped[Fen]
    benefit_fen: Mapped[Fen]
