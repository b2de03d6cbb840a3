"""The numbers that the upper office's system gave to cases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.enrolments import BusinessNumber


def in_force(session: Session, enrolment_id: int) -> BusinessNumber | None:
    """The case's number that was not voided."""
    query = select(BusinessNumber).where(
        BusinessNumber.enrolment_id == enrolment_id, BusinessNumber.voided_at.is_(None)
    )
    return session.scalars(query.order_by(BusinessNumber.id.desc())).first()
