"""Reading members by number and name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models.enrolments import Cover, Enrolment
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.enrolments import chunks


def names_by_identity(session: Session, identities: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(identities):
        query = select(Member.identity_no, Member.name).where(
            Member.identity_no.in_(chunk), Member.merged_into_id.is_(None)
        )
        found.update((identity or "", name) for identity, name in session.execute(query))
    return found


def ids_by_identity(session: Session, identities: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(identities):
        query = select(Member.identity_no, Member.id).where(
            Member.identity_no.in_(chunk), Member.merged_into_id.is_(None)
        )
        found.update((identity or "", id_) for identity, id_ in session.execute(query))
    return found


def covers_on(
    session: Session, member_ids: Sequence[int], on: date
) -> Sequence[Row[int, Cover, str, str, str]]:
    """Return (member_id, Cover, plan key, plan name, unit name) of cover in force on a day."""
    query = (
        select(Cover.member_id, Cover, PlanRecord.plan_key, PlanRecord.name, Unit.name)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .join(Enrolment, Enrolment.id == Cover.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            Cover.member_id.in_(member_ids),
            Cover.state_code == "active",
            Cover.from_on <= on,
            Cover.until_on > on,
        )
        .order_by(Cover.member_id, PlanRecord.sort_no)
    )
    return session.execute(query).all()


def with_other_phone(session: Session, phones: dict[str, str | None]) -> Sequence[Member]:
    """Return the members among `phones` (identity -> phone) whose stored phone is another."""
    found: list[Member] = []
    for chunk in chunks(list(phones)):
        query = select(Member.id, Member.identity_no, Member.phone).where(
            Member.identity_no.in_(chunk), Member.merged_into_id.is_(None)
        )
        ids = [row.id for row in session.execute(query) if row.phone != phones[row.identity_no]]
        found += [session.get_one(Member, id_) for id_ in ids]
    return found
