"""Reading what reviewers marked on a case's list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.reviews import ReviewMark


def open_marks(session: Session, enrolment_id: int) -> Sequence[ReviewMark]:
    """Return the marks that still wait for the case to be returned, by line."""
    query = select(ReviewMark).where(
        ReviewMark.enrolment_id == enrolment_id,
        ReviewMark.lifted_at.is_(None),
        ReviewMark.returned_at.is_(None),
    )
    return session.scalars(query.order_by(ReviewMark.line_no, ReviewMark.id)).all()


def reasons_of(session: Session, enrolment_id: int) -> dict[int, str]:
    """Return member id -> the newest reason for which a review returned the person."""
    query = (
        select(ReviewMark.member_id, ReviewMark.reason)
        .where(ReviewMark.enrolment_id == enrolment_id, ReviewMark.returned_at.is_not(None))
        .order_by(ReviewMark.returned_at, ReviewMark.id)
    )
    return dict(session.execute(query).all())
