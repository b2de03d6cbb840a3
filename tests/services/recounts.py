"""Which units a number of the board means, by queries that share nothing with the board's."""

from __future__ import annotations

from sqlalchemy import text

from desktop_app.services.views.board import NO_AREA, Mark, Slice
from tests.services.desks import YEAR, Staff

_CASE = "JOIN enrolment e ON e.unit_id = unit.id AND e.state_code <> 'void'"
_THIS_YEAR = f"{_CASE} AND e.year = {YEAR}"
HANDED_IN = "e.state_code IN ('open', 'finished') AND e.submitted_at IS NOT NULL"
MONEY = (
    "(SELECT sum(a.fen - coalesce((SELECT sum(b.fen) FROM refund b"
    " WHERE b.payment_id = p.id AND b.enrolment_id = e.id), 0)) FROM payment p"
    " JOIN payment_allocation a ON a.payment_id = p.id"
    " WHERE a.enrolment_id = e.id AND p.state_code IN ('recorded', 'agrees', 'differs'))"
)
_STAMPED = (
    "(SELECT count(*) FROM enrolment_paper q WHERE q.enrolment_id = e.id"
    " AND q.state_code = 'stamped')"
)
_BY_THE_CLERK = (  # 1 is the clerk; where he recorded the slip, another confirms the money
    "e.step_key IN ('roster', 'entry', 'payment', 'confirmation', 'seal', 'archive')"
    " OR e.step_key = 'province' AND (e.handling_code = 'by-unit' OR NOT EXISTS (SELECT 1 FROM"
    " payment p JOIN payment_allocation a ON a.payment_id = p.id"
    " WHERE a.enrolment_id = e.id AND p.recorded_by = 1))"
)
RECOUNTS = {
    Mark.REPORTED: f"{_THIS_YEAR} WHERE {HANDED_IN}",
    Mark.UNREPORTED: "WHERE unit.state_code = 'open' AND NOT EXISTS (SELECT 1 FROM enrolment e"
    f" WHERE e.unit_id = unit.id AND e.year = {YEAR} AND {HANDED_IN})",
    Mark.ACTIVE: "WHERE unit.state_code = 'open'",
    Mark.PAID: f"{_THIS_YEAR} WHERE {HANDED_IN} AND {MONEY} = e.due_fen",
    Mark.UNPAID: f"{_CASE} WHERE e.state_code = 'open' AND e.approved_at IS NOT NULL"
    f" AND coalesce({MONEY}, 0) <> e.due_fen",
    Mark.FINISHED: f"{_THIS_YEAR} WHERE e.state_code = 'finished'",
    Mark.UNSTAMPED: f"{_CASE} WHERE e.state_code = 'open' AND e.step_key = 'seal'"
    f" AND {_STAMPED} < 3",
    Mark.WAITING: f"{_CASE} WHERE e.state_code IN ('open', 'returned') AND ({_BY_THE_CLERK})",
    Mark.TO_OPEN: "WHERE unit.state_code = 'registered'",
    Mark.RETURNED: "LEFT JOIN enrolment e ON e.unit_id = unit.id"
    " WHERE unit.state_code = 'returned' OR e.state_code = 'returned'",
    Mark.SENT_BACK: f"{_CASE} JOIN enrollee r ON r.enrolment_id = e.id"
    " WHERE r.state_code = 'refused'",
    Mark.DIFFERS: f"{_CASE} WHERE e.state_code = 'open' AND {MONEY} <> e.due_fen",
    Mark.REFUND: "JOIN enrolment e ON e.unit_id = unit.id JOIN refund r ON r.enrolment_id = e.id"
    " WHERE r.arrived_on IS NULL",
    Mark.CALL: "JOIN unit_call c ON c.unit_id = unit.id WHERE c.again_on <= '2026-12-01'",
    Mark.ENDING: f"{_CASE} GROUP BY unit.id HAVING max(e.until_on) BETWEEN '2026-10-03'"
    " AND '2027-01-31'",
    Mark.CLOSING: "WHERE 0",  # the scheme's file names no last day for this year
}
MADE_OF = {
    Mark.DUE: (Mark.CALL, Mark.ENDING, Mark.CLOSING),
    Mark.MEND: (Mark.RETURNED, Mark.SENT_BACK, Mark.DIFFERS, Mark.REFUND),
}


def units_of(staff: Staff, statement: str) -> set[int]:
    with staff.database.reading() as uow:
        return set(uow.session.scalars(text(f"SELECT DISTINCT unit.id FROM unit {statement}")))


def recount(staff: Staff, slice_: Slice) -> set[int]:
    """Ids of the clerk's units in a slice, counted again."""
    marks = MADE_OF.get(Mark(slice_.mark), (Mark(slice_.mark),))
    found = set().union(*(units_of(staff, RECOUNTS[mark]) for mark in marks))
    if slice_.area == NO_AREA:
        found &= units_of(staff, "WHERE area_id IS NULL")
    elif slice_.area:
        joined = f"JOIN area a ON a.id = unit.area_id WHERE a.name = '{slice_.area}'"
        found &= units_of(staff, joined)
    if slice_.step:
        rows = staff.clerk.units.list_units(YEAR)
        found &= {row.id for row in rows if row.step_label == slice_.step}
    return found
