"""A unit's year before this one: the newest with anybody on its lists."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import CaseState, Handling
from db.models.enrolments import Enrolment
from db.queries import enrolments as queries
from db.queries.differences import anybody


def cases_before(session: Session, unit_id: int, year: int) -> tuple[Enrolment, ...]:
    """The cases of that year, oldest first; none where the unit has no list before `year`."""
    earlier = [
        case
        for case in reversed(queries.of_unit(session, unit_id))
        if case.year < year
        and case.state_code != CaseState.VOID
        and case.handling_code == Handling.ON_BEHALF
    ]
    for last in sorted({case.year for case in earlier}, reverse=True):
        cases = tuple(case for case in earlier if case.year == last)
        if anybody(session, [case.id for case in cases]):
            return cases
    return ()
