"""Column types and mixins that every table shares: uids, UTC times, codes, row versions."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, LargeBinary, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

Uid = LargeBinary(16)
Fen = Annotated[int, mapped_column(BigInteger)]  # money: whole fen
NAME, TEXT, NUMBER, CODE = String(120), String(400), String(40), String(24)


class UtcTime(TypeDecorator[datetime]):
    """An instant; refuses naive times, stores UTC, gives back aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if _dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def table_of(codes: type[StrEnum]) -> str:
    """Return the code table's name: PaymentState -> code_payment_state."""
    return "code_" + re.sub(r"(?<!^)(?=[A-Z])", "_", codes.__name__).lower()


def code_column(codes: type[StrEnum], **options: Any) -> MappedColumn[Any]:
    """Return a text column whose values must stand in the list's code table."""
    return mapped_column(CODE, ForeignKey(f"{table_of(codes)}.code"), **options)


class Numbered:
    """A local integer key."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-3)


class Travels(Numbered):
    """A record that leaves the office keeps a uid (UUIDv7, 16 bytes) made with it."""

    uid: Mapped[bytes] = mapped_column(Uid, unique=True, sort_order=-2)


class Versioned:
    """Every change raises row_version; a save of a stale row is refused."""

    row_version: Mapped[int] = mapped_column(sort_order=90)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        return {"version_id_col": cls.row_version}


class BulkVersioned(Versioned):
    """The same for rows that also come in bulk, where the database writes the first version."""

    row_version: Mapped[int] = mapped_column(sort_order=90, server_default="1")
