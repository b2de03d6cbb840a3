"""Bank statements of the office's own accounts: the lines, and which statement saw each."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import BankMark, IssueState
from db.columns import NAME, NUMBER, TEXT, Fen, Numbered, Travels, UtcTime, Versioned, code_column

_VALID = text("state_code = 'valid'")


class BankAccount(Travels, Versioned, Base):
    """An account of the office itself, whose statements come in."""

    __tablename__ = "bank_account"

    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    name: Mapped[str] = mapped_column(NAME)  # as its statements say it; empty where they do not
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class BankStatement(Travels, Versioned, Base):
    """A file that was read in, with the days it tells; each day between them is whole.

    One that is void saw nothing: lines that no other statement saw are void with it.
    """

    __tablename__ = "bank_statement"
    __table_args__ = (
        Index(
            "uq_bank_statement_file",
            "account_id",
            "file_sha256",
            unique=True,
            sqlite_where=_VALID,
            postgresql_where=_VALID,
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    file_name: Mapped[str] = mapped_column(TEXT)
    file_sha256: Mapped[str] = mapped_column(NAME)
    state_code: Mapped[str] = code_column(IssueState)
    first_on: Mapped[date]
    last_on: Mapped[date]
    first_whole: Mapped[bool]  # else its first day may begin before the statement does
    last_whole: Mapped[bool]
    lines: Mapped[int]
    new_lines: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(UtcTime)
    imported_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    note: Mapped[str | None] = mapped_column(TEXT)  # why it was taken back


class BankLine(Travels, Versioned, Base):
    """Money in or out, once, however many statements have it."""

    __tablename__ = "bank_line"
    __table_args__ = (Index("ix_bank_line_day", "account_id", "booked_on"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    booked_on: Mapped[date]
    booked_time: Mapped[time | None]
    amount_fen: Mapped[Fen]  # money in is positive
    balance_fen: Mapped[Fen | None]
    other_name: Mapped[str] = mapped_column(TEXT)
    other_account: Mapped[str | None] = mapped_column(NAME)
    memo: Mapped[str] = mapped_column(TEXT)
    reference: Mapped[str | None] = mapped_column(NAME)
    state_code: Mapped[str] = code_column(IssueState)
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("payment.id"), index=True
    )  # the transfer it was booked as
    mark_code: Mapped[str | None] = code_column(
        BankMark
    )  # no contribution: never beside a transfer
    note: Mapped[str | None] = mapped_column(TEXT)  # what was said when it last was booked or freed


class BankSighting(Base):
    """Where a statement has a line."""

    __tablename__ = "bank_sighting"

    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"), index=True)
    sheet: Mapped[str | None] = mapped_column(NAME)
    row_no: Mapped[int]


class BankLayout(Numbered, Versioned, Base):
    """What was said of an account's columns, for files with the same headings."""

    __tablename__ = "bank_layout"
    __table_args__ = (Index("uq_bank_layout", "account_id", "signature", unique=True),)

    account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    signature: Mapped[str] = mapped_column(NAME)  # SHA-256 of the headings
    columns: Mapped[Any] = mapped_column(JSON)  # heading, or @ and a letter, to field
    whole_days: Mapped[bool]
