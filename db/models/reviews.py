"""What a reviewer finds on a list: a person to be returned, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.columns import TEXT, Travels, UtcTime, Versioned


class ReviewMark(Travels, Versioned, Base):
    """Open until it is lifted, or until the case is returned with it."""

    __tablename__ = "review_mark"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    line_no: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(TEXT)
    made_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    returned_at: Mapped[datetime | None] = mapped_column(UtcTime)
