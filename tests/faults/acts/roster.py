"""The acts of reading a unit's roster as a plan and carrying it out."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError
from desktop_app.services.acts import operation
from desktop_app.services.rosters.roster_rows import unpacked
from tests.faults.acts import county
from tests.services.desks import FEES, Staff, people
from tests.services.walks import Walk

UNITS, PEOPLE = 8, 200
PLAN, CARRY_OUT = 1 << 64, 0  # what is added to a number to make its operation's id
secrets_of = county.secrets_of

_STATE = text(
    "SELECT e.people, coalesce(e.due_fen, 0),"
    " (SELECT count(*) FROM enrollee l WHERE l.enrolment_id = e.id),"
    " (SELECT coalesce(sum(contribution_fen), 0) FROM enrollee l WHERE l.enrolment_id = e.id),"
    " (SELECT coalesce(group_concat(b.state_code), '') FROM import_batch b"
    "   WHERE b.enrolment_id = e.id),"
    " (SELECT max(b.waiting) FROM import_batch b WHERE b.enrolment_id = e.id)"
    " FROM enrolment e ORDER BY e.id"
)
_DUE = PEOPLE * FEES["hospital"]
NOTHING = (0, 0, 0, 0, "", 0)
PLANNED = (0, 0, 0, 0, "planned", PEOPLE)
STORED = (PEOPLE, _DUE, PEOPLE, _DUE, "stored", 0)


def prepare(folder: Path) -> None:
    staff = county.prepare(folder)
    for number in range(UNITS):
        Walk(staff, name=f"第{number}厂(演示)", at_work=PEOPLE, women=None).start()
        staff.roster(people(PEOPLE, start=number * PEOPLE), f"{number}.csv")
    staff.database.close()


class Session:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._cases = county.enrolments(staff)
        self._left = UNITS - 1  # the last is for the repeat

    def perform(self, number: int) -> str:
        county.wait_to_be_cut(self._left)
        self._left -= 1
        rosters = self._staff.clerk.rosters
        try:
            with operation((PLAN + number).to_bytes(16, "big")):
                path = self._staff.papers / f"{number}.csv"
                batch = rosters.plan_file(self._cases[number], path).value
            with operation((CARRY_OUT + number).to_bytes(16, "big")):
                stored = rosters.carry_out(batch).value
        except FileError as error:  # the fault hit the process that reads files, and only that
            raise StorageError(StorageKind.UNREADABLE, error.code) from error
        return f"{batch}: {stored}"

    def close(self) -> None:
        self._staff.database.close()


def open_session(folder: Path) -> Session:
    return Session(county.opened(folder))


def found(folder: Path) -> tuple[list[int], list[str]]:
    staff = county.opened(folder)
    faults = county.common_faults(staff)
    with staff.database.reading() as uow:
        rows = uow.session.execute(_STATE)
        states = [(*counts, len(unpacked(waiting))) for *counts, waiting in rows]
    plans = [number - PLAN for number in county.operations(staff, "roster.plan")]
    numbers = county.operations(staff, "roster.carry-out")
    members = staff.value("SELECT count(*) FROM member")
    if members != PEOPLE * len(numbers):
        faults.append(f"{members} members of {len(numbers)} rosters")
    for number, state in enumerate(states):
        wanted = NOTHING
        if number in plans:
            wanted = STORED if number in numbers else PLANNED
        if state != wanted:
            faults.append(f"roster {number}: {state} where {wanted} was due")
    staff.database.close()
    return numbers, faults
