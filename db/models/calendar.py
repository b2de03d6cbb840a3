"""The years of the work calendar that the office entered itself; they lie over the carried ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.columns import TEXT, Travels, UtcTime, Versioned


class CalendarYear(Travels, Versioned, Base):
    """One year's notice; a correction changes the row, its change log keeps the old one."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(TEXT)
    off: Mapped[Any] = mapped_column(JSON)  # ISO dates in order, weekend days among them
    worked: Mapped[Any] = mapped_column(JSON)  # weekend days on which people work
    set_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    set_at: Mapped[datetime] = mapped_column(UtcTime)
