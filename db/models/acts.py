"""Who did what: operations, the audit chain, the change log by field, printed-number series."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.columns import NAME, NUMBER, Numbered, Uid, UtcTime


class Operation(Base):
    """One act carried out; a repeat with the same id gives the stored result again."""

    __tablename__ = "operation"

    id: Mapped[bytes] = mapped_column(Uid, primary_key=True)
    act: Mapped[str] = mapped_column(NUMBER)
    actor_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    at: Mapped[datetime] = mapped_column(UtcTime)
    result: Mapped[Any] = mapped_column(JSON)


class AuditLine(Base):
    """One link of a desk's chain: mac = HMAC(key, previous mac + line). Never personal values."""

    __tablename__ = "audit_line"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor_uid: Mapped[bytes] = mapped_column(Uid)
    act: Mapped[str] = mapped_column(NUMBER)
    operation_id: Mapped[bytes] = mapped_column(Uid)
    subject: Mapped[str] = mapped_column(NAME)  # table and uid or id, e.g. "enrolment 12"
    detail: Mapped[Any] = mapped_column(JSON)  # counts and sums only
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class ChangeLog(Base):
    """What a field held before and after; the base of history, undo and merges."""

    __tablename__ = "change_log"
    __table_args__ = (Index("ix_change_log_row", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[bytes | None] = mapped_column(Uid)
    desk_id: Mapped[int]
    hlc: Mapped[int] = mapped_column(BigInteger)
    table_name: Mapped[str] = mapped_column(NUMBER)
    row_id: Mapped[int]
    row_uid: Mapped[bytes | None] = mapped_column(Uid)
    field: Mapped[str] = mapped_column(NUMBER)
    old: Mapped[Any] = mapped_column(JSON)
    new: Mapped[Any] = mapped_column(JSON)


class NumberSeries(Numbered, Base):
    """The next printed number of a desk, series and year; a restore starts a new block."""

    __tablename__ = "number_series"
    __table_args__ = (Index("uq_number_series", "desk_id", "series", "year", "block", unique=True),)

    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    series: Mapped[str] = mapped_column(NUMBER)
    year: Mapped[int]
    block: Mapped[int]
    next_no: Mapped[int]
