"""A unit's list of a former year: who was on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.enrolments import Enrolment
from db.models.members import Member
from db.queries import enrolments as queries
from desktop_app.services.cases.years_before import cases_before


@dataclass(frozen=True, slots=True)
class Before:
    """A unit's newest year with a list: its cases, oldest first, and everyone on them once."""

    year: int
    cases: tuple[Enrolment, ...]
    members: tuple[Member, ...]


def before(session: Session, unit_id: int, year: int) -> Before | None:
    """Return the unit's last year before `year`, where it has one with people."""
    cases = cases_before(session, unit_id, year)
    members: dict[int, Member] = {}
    for case in cases:
        for _line, member, _enrollee in queries.joining_rows(session, case.id):
            members.setdefault(member.id, member)
    return Before(cases[0].year, cases, tuple(members.values())) if cases else None
