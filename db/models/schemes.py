"""Schemes and their immutable versions, plans, and the figures an office confirms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import FigureState, VersionState
from db.columns import NAME, NUMBER, TEXT, Fen, Numbered, Travels, UtcTime, Versioned, code_column


class SchemeRecord(Travels, Base):
    __tablename__ = "scheme"

    scheme_key: Mapped[str] = mapped_column(NUMBER, unique=True)  # e.g. xianfeng-2024
    name: Mapped[str] = mapped_column(NAME)


class SchemeVersion(Travels, Versioned, Base):
    """The scheme file's text and hash; once activated it never changes (a trigger holds it)."""

    __tablename__ = "scheme_version"
    __table_args__ = (Index("uq_scheme_version", "scheme_id", "version_no", unique=True),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    version_no: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(NAME)
    state_code: Mapped[str] = code_column(VersionState)
    effective_from: Mapped[date | None]
    effective_until: Mapped[date | None]
    activated_at: Mapped[datetime | None] = mapped_column(UtcTime)
    activated_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))


class PlanRecord(Numbered, Base):
    """One kind of cover of a scheme; the same row over all versions, so that cover can overlap."""

    __tablename__ = "plan"
    __table_args__ = (Index("uq_plan", "scheme_id", "plan_key", unique=True),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    plan_key: Mapped[str] = mapped_column(NUMBER)
    name: Mapped[str] = mapped_column(NAME)
    sort_no: Mapped[int]


class PlanVersion(Numbered, Base):
    """What one scheme version says of a plan, for joins; the text stays the authority."""

    __tablename__ = "plan_version"
    __table_args__ = (Index("uq_plan_version", "scheme_version_id", "plan_id", unique=True),)

    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    name: Mapped[str] = mapped_column(NAME)
    fee_fen: Mapped[Fen | None]  # null: to be confirmed


class SchemeFigure(Travels, Versioned, Base):
    """A figure the source does not give, confirmed by the head with the document it stands in."""

    __tablename__ = "scheme_figure"
    __table_args__ = (Index("uq_scheme_figure", "scheme_version_id", "path", unique=True),)

    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    path: Mapped[str] = mapped_column(NAME)  # e.g. plans.hospital.fee_fen
    value: Mapped[Any] = mapped_column(JSON)
    state_code: Mapped[str] = code_column(FigureState)
    document_no: Mapped[str | None] = mapped_column(TEXT)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class CoveragePeriod(Travels, Versioned, Base):
    """A drive: the year, when it is open, its aim, and the fixed cover where the scheme has one."""

    __tablename__ = "coverage_period"
    __table_args__ = (Index("uq_coverage_period", "scheme_id", "year", unique=True),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    year: Mapped[int]
    opens_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcTime)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    target_people: Mapped[int | None]
