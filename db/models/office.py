"""The office, its desks, its users and the areas it answers for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import Role
from db.columns import (
    NAME,
    NUMBER,
    BulkVersioned,
    Numbered,
    Travels,
    UtcTime,
    Versioned,
    code_column,
)


class Office(Travels, Versioned, Base):
    """The county office that owns this database: one row."""

    __tablename__ = "office"

    name: Mapped[str] = mapped_column(NAME)
    county: Mapped[str] = mapped_column(NAME)
    demo: Mapped[bool]
    number_block: Mapped[int]  # raised by each restore, so that no printed number is drawn twice
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class OfficeSetting(BulkVersioned, Base):
    """What belongs to the office and so into its backups: who signs, numbering, aims."""

    __tablename__ = "office_setting"

    key: Mapped[str] = mapped_column(NUMBER, primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Desk(Travels, Base):
    """A PC of the office; its letter stands in every number it prints."""

    __tablename__ = "desk"

    letter: Mapped[str] = mapped_column(NUMBER, unique=True)
    name: Mapped[str] = mapped_column(NAME)
    audit_seq: Mapped[int]  # the last link of this desk's audit chain


class AppUser(Travels, Versioned, Base):
    __tablename__ = "app_user"

    login: Mapped[str] = mapped_column(NUMBER, unique=True)
    name: Mapped[str] = mapped_column(NAME)
    role_code: Mapped[str] = code_column(Role)
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Area(Travels, Versioned, Base):
    """片区: a group of units and who answers for them."""

    __tablename__ = "area"

    name: Mapped[str] = mapped_column(NAME, unique=True)
    sort_no: Mapped[int]
    target_people: Mapped[int | None]


class AreaContact(Numbered, Base):
    __tablename__ = "area_contact"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(NAME)
    phone: Mapped[str | None] = mapped_column(NUMBER)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
