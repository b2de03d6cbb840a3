"""A unit's list of a former year: who was on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.codes import CaseState, Handling
from db.models.enrolments import Enrolment
from db.models.members import Member
from db.queries import enrolments as queries


@dataclass(frozen=True, slots=True)
class Before:
    """A unit's newest year with a list: its cases, oldest first, and everyone on them once."""

    year: int
    cases: tuple[Enrolment, ...]
    members: tuple[Member, ...]


def before(session: Session, unit_id: int, year: int) -> Before | None:
    """Return the unit's last year before `year`, where it has one with people."""
    earlier = [
        case
        for case in queries.of_unit(session, unit_id)
        if case.year < year
        and case.state_code != CaseState.VOID
        and case.handling_code == Handling.ON_BEHALF
    ]
    for last in sorted({case.year for case in earlier}, reverse=True):
        cases = [case for case in reversed(earlier) if case.year == last]
        members: dict[int, Member] = {}
        for case in cases:
            for _line, member, _enrollee in queries.joining_rows(session, case.id):
                members.setdefault(member.id, member)
        if members:
            return Before(last, tuple(cases), tuple(members.values()))
    return None
