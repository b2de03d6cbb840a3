"""用印登记: which printed forms a seal was put on, when, for whom, and who keeps the seal."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.columns import NAME, TEXT, Travels, UtcTime, Versioned


class SealUse(Travels, Versioned, Base):
    """A line of the journal; a wrong one is void with its reason and stays."""

    __tablename__ = "seal_use"

    used_on: Mapped[date]
    seal: Mapped[str] = mapped_column(NAME)
    copies: Mapped[int]  # of each form
    asked_by: Mapped[str] = mapped_column(NAME)
    kept_by: Mapped[str] = mapped_column(NAME)
    recorded_at: Mapped[datetime] = mapped_column(UtcTime)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    void_for: Mapped[str | None] = mapped_column(TEXT)


class SealUsePrint(Base):
    __tablename__ = "seal_use_print"

    seal_use_id: Mapped[int] = mapped_column(ForeignKey("seal_use.id"), primary_key=True)
    issued_form_id: Mapped[int] = mapped_column(
        ForeignKey("issued_form.id"), primary_key=True, autoincrement=False, index=True
    )
