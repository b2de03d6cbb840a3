"""Finding people within the list of one case, however long it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, false, func, or_, select
from sqlalchemy.orm import Session

from db.models.enrolments import Enrollee
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.queries.search import head


def by_number(digits: str) -> ColumnElement[bool]:
    """By the first or last digits of identity or telephone."""
    return or_(
        head(Member.identity_tail, digits[::-1]),
        head(Member.phone_tail, digits[::-1]),
        head(Member.identity_no, digits),
        head(Member.phone, digits),
    )


def by_words(text: str, name: str, states: Sequence[str]) -> ColumnElement[bool]:
    """By a part of the name, the initials' head, a plan's name or one of these states."""
    letters = text.lower()
    plans = select(PlanRecord.id).where(PlanRecord.name.contains(text, autoescape=True))
    return or_(
        Member.name_key.contains(name, autoescape=True),
        head(Member.initials, letters) if letters.isascii() and letters.isalpha() else false(),
        Enrollee.plan_id.in_(plans),
        Enrollee.state_code.in_(states),
    )


def count(session: Session, enrolment_id: int, fits: ColumnElement[bool]) -> int:
    query = (
        select(func.count(func.distinct(Enrollee.line_no)))
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, fits)
    )
    return session.scalars(query).one()


def rows(
    session: Session, enrolment_id: int, fits: ColumnElement[bool], limit: int
) -> Sequence[Row[int, Member, Enrollee]]:
    """Return (line_no, Member, Enrollee) of the first lines that fit, with all their plans."""
    lines = (
        select(Enrollee.line_no)
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, fits)
        .distinct()
        .order_by(Enrollee.line_no)
        .limit(limit)
    )
    query = (
        select(Enrollee.line_no, Member, Enrollee)
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, Enrollee.line_no.in_(lines.scalar_subquery()))
        .order_by(Enrollee.line_no, Enrollee.plan_id)
    )
    return session.execute(query).all()
