"""Batches of prints: their forms in order, and how far the printer came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.codes import PrintPartState, PrintReason
from db.columns import NUMBER, Travels, UtcTime, Versioned, code_column


class PrintBatch(Travels, Versioned, Base):
    """Belongs to the desk whose printer it is for; `ended_at` None: it is offered again."""

    __tablename__ = "print_batch"

    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcTime)
    begun_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    copies: Mapped[int]  # of each form
    reason_code: Mapped[str] = code_column(PrintReason)  # of those that were printed before
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)


class PrintBatchPart(Base):
    __tablename__ = "print_batch_part"

    print_batch_id: Mapped[int] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    form_key: Mapped[str] = mapped_column(NUMBER)
    issued_form_id: Mapped[int | None] = mapped_column(ForeignKey("issued_form.id"))
    state_code: Mapped[str] = code_column(PrintPartState)
    spoilt: Mapped[bool]  # a copy that was counted came to nothing: the next one is for a jam
