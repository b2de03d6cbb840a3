"""Units, who speaks for them, and what they were before."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import LineageKind, PaperState, UnitKind, UnitState
from db.columns import NAME, NUMBER, TEXT, Numbered, Travels, Uid, UtcTime, Versioned, code_column


class Unit(Travels, Versioned, Base):
    """An employer's union. Neither code is the only key: codes are missing, shared, corrected."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(NAME)
    name_key: Mapped[str] = mapped_column(NAME, index=True)
    initials: Mapped[str] = mapped_column(NAME, index=True)
    sort_key: Mapped[str] = mapped_column(TEXT)
    employer_code: Mapped[str | None] = mapped_column(NUMBER, index=True)
    union_code: Mapped[str | None] = mapped_column(NUMBER, index=True)
    kind_code: Mapped[str] = code_column(UnitKind)
    town: Mapped[str | None] = mapped_column(NAME)
    address: Mapped[str | None] = mapped_column(TEXT)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    at_work: Mapped[int | None]  # 在职职工人数
    women: Mapped[int | None]
    payer_name: Mapped[str | None] = mapped_column(NAME)
    payer_account: Mapped[str | None] = mapped_column(NUMBER, index=True)
    payer_bank: Mapped[str | None] = mapped_column(NAME)
    payer_bank_no: Mapped[str | None] = mapped_column(NUMBER)
    invoice_title: Mapped[str | None] = mapped_column(NAME)
    invoice_code: Mapped[str | None] = mapped_column(NUMBER)
    state_code: Mapped[str] = code_column(UnitState)
    registered_at: Mapped[datetime] = mapped_column(UtcTime)
    books_operation: Mapped[bytes | None] = mapped_column(Uid)  # 期初建账 that brought it in
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    note: Mapped[str | None] = mapped_column(TEXT)


class UnitContact(Numbered, Versioned, Base):
    __tablename__ = "unit_contact"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(NAME)
    phone: Mapped[str | None] = mapped_column(NUMBER)
    office_phone: Mapped[str | None] = mapped_column(NUMBER)
    email: Mapped[str | None] = mapped_column(NAME)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class UnitLineage(Numbered, Base):
    """Renamed, merged, split, ended: from which unit this one came."""

    __tablename__ = "unit_lineage"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind_code: Mapped[str] = code_column(LineageKind)
    on: Mapped[date]
    note: Mapped[str | None] = mapped_column(TEXT)


class UnitPaper(Numbered, Versioned, Base):
    """A certificate of the unit (统一社会信用代码证书, 工会法人资格证书)."""

    __tablename__ = "unit_paper"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    paper_key: Mapped[str] = mapped_column(NUMBER)
    state_code: Mapped[str] = code_column(PaperState)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))


class UnitCall(Travels, Base):
    """A call with a unit, logged while chasing what is missing."""

    __tablename__ = "unit_call"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    spoke_with: Mapped[str | None] = mapped_column(NAME)
    phone: Mapped[str | None] = mapped_column(NUMBER)
    about: Mapped[str] = mapped_column(NUMBER)
    outcome: Mapped[str | None] = mapped_column(TEXT)
    again_on: Mapped[date | None]
