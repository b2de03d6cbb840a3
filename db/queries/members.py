"""Reading members by number and name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, select, union
from sqlalchemy.orm import Session

from db.codes import EnrolleeState
from db.models.claims import Claim
from db.models.enrolments import Cover, Enrollee, Enrolment
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.many import among, asked

_KNOWN = select(Member.identity_no, Member.id, Member.name, Member.phone, Member.merged_into_id)


class Known(NamedTuple):
    """A member as a roster meets him."""

    id: int
    name: str
    phone: str | None
    merged: bool  # into another member, who is the one to be met


def known_by_identity(session: Session, identities: Sequence[str]) -> dict[str, Known]:
    """Those of the numbers that the ledger has, the present member before a merged one."""
    found: dict[str, Known] = {}
    query = _KNOWN.where(among(session, Member.identity_no, identities))
    for told, id_, name, phone, merged_into in asked(session, query, {}):
        number, one = told or "", Known(id_, name, phone, merged_into is not None)
        if number not in found or found[number].merged:
            found[number] = one
    return found


def held(session: Session, member_ids: Sequence[int]) -> set[int]:
    """Those of the members who stand on a list, have been covered or claim."""
    listed = select(Enrollee.member_id).where(
        among(session, Enrollee.member_id, member_ids),
        Enrollee.state_code != EnrolleeState.WITHDRAWN,
    )
    covered = select(Cover.member_id).where(among(session, Cover.member_id, member_ids))
    claiming = select(Claim.member_id).where(among(session, Claim.member_id, member_ids))
    return {one for one in session.scalars(union(listed, covered, claiming)) if one is not None}


def names_by_identity(session: Session, identities: Sequence[str]) -> dict[str, str]:
    known = known_by_identity(session, identities)
    return {number: one.name for number, one in known.items() if not one.merged}


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
