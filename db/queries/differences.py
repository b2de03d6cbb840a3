"""Whole lists as a difference reads them: plain columns, however many people, no rows kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.acts import ChangeLog
from db.models.enrolments import Enrollee, Enrolment
from db.models.members import Member, MemberIdentity
from db.models.units import Unit
from db.queries.enrolments import IN
from db.queries.many import among

Ts = TypeVarTuple("Ts")
Person = Row[int, str | None, str, date | None]


def _on_lists(enrolment_ids: Sequence[int]) -> Select[int]:
    return select(Enrollee.member_id).where(
        Enrollee.enrolment_id.in_(enrolment_ids), Enrollee.state_code.in_(IN)
    )


def anybody(session: Session, enrolment_ids: Sequence[int]) -> bool:
    return session.scalars(_on_lists(enrolment_ids).limit(1)).first() is not None


def people(session: Session, enrolment_ids: Sequence[int]) -> Sequence[Person]:
    """Return (member id, number, name, birth date) of everyone on the cases' lists, each once."""
    query = select(Member.id, Member.identity_no, Member.name, Member.born_on)
    query = query.where(Member.id.in_(_on_lists(enrolment_ids)))
    return session.execute(query.order_by(Member.id)).all()


def former_numbers(
    session: Session, enrolment_ids: Sequence[int], since: date | None
) -> dict[int, str]:
    """By member of the lists, the number that was corrected first after that day."""
    query = select(MemberIdentity.member_id, MemberIdentity.number).where(
        MemberIdentity.member_id.in_(_on_lists(enrolment_ids))
    )
    if since is not None:
        query = query.where(MemberIdentity.until_on > since)
    latest_first = query.order_by(MemberIdentity.until_on.desc(), MemberIdentity.id.desc())
    return dict(session.execute(latest_first).all())


def former_names(session: Session, enrolment_ids: Sequence[int], since: int) -> dict[int, str]:
    """By member of the lists, the name that was changed first since that instant's stamp."""
    query = (
        select(ChangeLog.row_id, ChangeLog.old)
        .where(
            ChangeLog.table_name == Member.__tablename__,
            ChangeLog.field == "name",
            ChangeLog.hlc > since,
            ChangeLog.row_id.in_(_on_lists(enrolment_ids)),
        )
        .order_by(ChangeLog.hlc.desc(), ChangeLog.id.desc())
    )
    return {row_id: str(old) for row_id, old in session.execute(query)}


def other_lists(
    session: Session, member_ids: Sequence[int], unit_id: int, year: int
) -> dict[int, str]:
    """By member, the other unit on whose list of the year he is."""
    query = select(Enrollee.member_id, Unit.name).where(
        Enrolment.year == year, Enrolment.unit_id != unit_id
    )
    found = _of_members(session, query, member_ids).order_by(Enrolment.id)
    return dict(session.execute(found).all())


def last_years(session: Session, member_ids: Sequence[int], before: int) -> dict[int, int]:
    """By member, the last year before that one in which he was on a list of the office."""
    query = select(Enrollee.member_id, func.max(Enrolment.year)).where(Enrolment.year < before)
    found = _of_members(session, query, member_ids).group_by(Enrollee.member_id)
    return dict(session.execute(found).all())


def names(session: Session, member_ids: Sequence[int]) -> dict[int, str]:
    query = select(Member.id, Member.name).where(among(session, Member.id, member_ids))
    return dict(session.execute(query).all())


def _of_members(session: Session, query: Select[*Ts], member_ids: Sequence[int]) -> Select[*Ts]:
    return (
        query.join(Enrolment, Enrolment.id == Enrollee.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            among(session, Enrollee.member_id, member_ids),
            Enrolment.state_code != CaseState.VOID,
            Enrollee.state_code.in_(IN),
        )
    )
