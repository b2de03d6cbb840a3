"""Plans that wait: what a file would do, kept outside the ledger until somebody signs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import BatchState, RowState
from db.columns import NAME, NUMBER, TEXT, Travels, UtcTime, Versioned, code_column


class ImportBatch(Travels, Versioned, Base):
    __tablename__ = "import_batch"

    subject: Mapped[str] = mapped_column(NUMBER)  # roster, units, answers ...
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    file_name: Mapped[str] = mapped_column(TEXT)
    file_sha256: Mapped[str] = mapped_column(NAME, index=True)
    state_code: Mapped[str] = code_column(BatchState)
    rows_read: Mapped[int]
    accepted: Mapped[int]
    rejected: Mapped[int]
    skipped: Mapped[int]
    base_version: Mapped[int | None]  # row_version of the enrolment the plan was made against
    # its good rows, packed; none once stored or dropped
    waiting: Mapped[bytes | None] = mapped_column(deferred=True)
    columns: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))  # which is which field
    # what was put in the place of its cells, and the repairs that were found
    changes: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    made_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))


class ImportRow(Base):
    """A row that is not in the ledger: parked for correction (待补正), or told of.

    The good rows of the books (期初建账) wait here too; those of a roster wait packed in its batch.
    """

    __tablename__ = "import_row"
    __table_args__ = (Index("ix_import_row_state", "batch_id", "state_code"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sheet: Mapped[str | None] = mapped_column(NAME)
    row_no: Mapped[int]
    state_code: Mapped[str] = code_column(RowState)
    cells: Mapped[Any] = mapped_column(JSON)
    findings: Mapped[Any] = mapped_column(JSON)
