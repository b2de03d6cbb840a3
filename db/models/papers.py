"""Attachments, the print register with its issued bytes, scans, and the archive."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import IssueState, PaperState, PrintReason
from db.columns import NAME, NUMBER, TEXT, Numbered, Travels, UtcTime, Versioned, code_column


class Attachment(Travels, Base):
    """A file kept encrypted beside the ledger; named here only after it is safely on disk."""

    __tablename__ = "attachment"

    stored_name: Mapped[str] = mapped_column(NAME, unique=True)
    sha256: Mapped[str] = mapped_column(NAME, index=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(NUMBER)  # pdf, png, jpeg, xlsx ...
    file_name: Mapped[str] = mapped_column(TEXT)
    pages: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    created_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class IssuedForm(Travels, Versioned, Base):
    """The print register: content and bytes are fixed here before paper is touched."""

    __tablename__ = "issued_form"
    __table_args__ = (Index("ix_issued_form_case", "enrolment_id", "form_key"),)

    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    form_key: Mapped[str] = mapped_column(NUMBER)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    content: Mapped[Any] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(NAME)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    pages: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    issued_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    state_code: Mapped[str] = code_column(IssueState)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("issued_form.id"))
    note: Mapped[str | None] = mapped_column(TEXT)
    code: Mapped[str | None] = mapped_column(NUMBER, index=True)  # None before codes were kept


class SignedForm(Travels, Base):
    """An issued form with an electronic signature, as a file of its own beside the issued bytes."""

    __tablename__ = "signed_form"
    __table_args__ = (Index("uq_signed_form", "issued_form_id", "fingerprint", unique=True),)

    issued_form_id: Mapped[int] = mapped_column(ForeignKey("issued_form.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    signed_at: Mapped[datetime] = mapped_column(UtcTime)
    signed_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    subject: Mapped[str] = mapped_column(TEXT)  # whom the certificate names
    issuer: Mapped[str] = mapped_column(TEXT)
    serial: Mapped[str] = mapped_column(NAME)
    fingerprint: Mapped[str] = mapped_column(NAME)  # SHA-256 of the certificate


class PrintCopy(Base):
    __tablename__ = "print_copy"

    issued_form_id: Mapped[int] = mapped_column(ForeignKey("issued_form.id"), primary_key=True)
    copy_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    reason_code: Mapped[str] = code_column(PrintReason)
    printer: Mapped[str | None] = mapped_column(NAME)


class ScannedPage(Travels, Versioned, Base):
    """One page that came back; without a form, a case or a claim it waits in the tray."""

    __tablename__ = "scanned_page"
    __table_args__ = (Index("uq_scanned_page_source", "source_sha256", "source_page", unique=True),)

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    page_no: Mapped[int]
    issued_form_id: Mapped[int | None] = mapped_column(ForeignKey("issued_form.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    code: Mapped[str | None] = mapped_column(TEXT)  # of our own forms only, several by spaces
    source_sha256: Mapped[str | None] = mapped_column(NAME)  # the file it was cut from
    source_page: Mapped[int | None]
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcTime)  # belongs to nobody
    paper_key: Mapped[str | None] = mapped_column(NUMBER)  # which paper of its case, without a form
    form_page: Mapped[int | None]  # which page of its form, where its code says so


class EnrolmentPaper(Numbered, Versioned, Base):
    """One line of an enrolment's checklist; which papers there are stands in the scheme."""

    __tablename__ = "enrolment_paper"
    __table_args__ = (Index("uq_enrolment_paper", "enrolment_id", "paper_key", unique=True),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    paper_key: Mapped[str] = mapped_column(NUMBER)
    state_code: Mapped[str] = code_column(PaperState)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    issued_form_id: Mapped[int | None] = mapped_column(ForeignKey("issued_form.id"))
    pages: Mapped[int | None]
    received_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(TEXT)


class ArchiveFile(Travels, Versioned, Base):
    __tablename__ = "archive_file"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    number: Mapped[str] = mapped_column(NUMBER, unique=True)
    box_no: Mapped[str | None] = mapped_column(NUMBER)
    shelf: Mapped[str | None] = mapped_column(NUMBER)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))


_IS_OUT = text("returned_on IS NULL")


class ArchiveLoan(Travels, Versioned, Base):
    """借阅: who has a file, and until when; each lending is a row of its own."""

    __tablename__ = "archive_loan"
    __table_args__ = (
        Index(
            "uq_archive_loan_out",
            "archive_file_id",
            unique=True,
            sqlite_where=_IS_OUT,
            postgresql_where=_IS_OUT,
        ),
    )

    archive_file_id: Mapped[int] = mapped_column(ForeignKey("archive_file.id"), index=True)
    borrower: Mapped[str] = mapped_column(NAME)
    borrower_of: Mapped[str | None] = mapped_column(NAME)  # the unit or department
    purpose: Mapped[str] = mapped_column(TEXT)
    lent_on: Mapped[date]
    due_on: Mapped[date]
    lent_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    returned_on: Mapped[date | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))


class ArchiveItem(Base):
    __tablename__ = "archive_item"

    archive_file_id: Mapped[int] = mapped_column(ForeignKey("archive_file.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(NAME)
    paper_key: Mapped[str] = mapped_column(NUMBER)
    copies: Mapped[int]
    pages: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(NUMBER)
    note: Mapped[str | None] = mapped_column(TEXT)
