"""The act of reading in a folder of units' lists, and of going on with it after a cut."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from db.errors import StorageError, StorageKind
from desktop_app.services.rosters.folder_imports import import_folder
from tests.faults.acts import county
from tests.services.desks import FEES, Staff, people
from tests.services.walks import Walk

FOLDERS, UNITS, PEOPLE = 12, 2, 60  # units are those of one folder
secrets_of = county.secrets_of

_STATE = text(
    "SELECT e.people, coalesce(e.due_fen, 0),"
    " (SELECT count(*) FROM enrollee l WHERE l.enrolment_id = e.id),"
    " (SELECT coalesce(sum(contribution_fen), 0) FROM enrollee l WHERE l.enrolment_id = e.id),"
    " (SELECT count(*) FROM import_batch b"
    "   WHERE b.enrolment_id = e.id AND b.state_code = 'stored'),"
    " (SELECT count(*) FROM import_row r JOIN import_batch b ON b.id = r.batch_id"
    "   WHERE b.enrolment_id = e.id AND b.state_code <> 'planned')"
    " FROM enrolment e ORDER BY e.id"
)
_DUE = PEOPLE * FEES["hospital"]
NOTHING = (0, 0, 0, 0, 0, 0)
STORED = (PEOPLE, _DUE, PEOPLE, _DUE, 1, 0)


def prepare(folder: Path) -> None:
    staff = county.prepare(folder)
    for number in range(FOLDERS * UNITS):
        unit = f"第{number}厂(演示)"
        Walk(staff, name=unit, at_work=PEOPLE, women=None).start()
        (staff.papers / str(number // UNITS)).mkdir(exist_ok=True)
        rows = people(PEOPLE, start=number * PEOPLE)
        staff.roster(rows, f"{number // UNITS}/{unit}名单.csv")
    staff.database.close()


class Session:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._left = FOLDERS - 1  # the last is for the repeat

    def perform(self, number: int) -> str:
        county.wait_to_be_cut(self._left)
        self._left -= 1
        clerk = self._staff.clerk
        folder = clerk.roster_folders.open(self._staff.papers / str(number))
        lines = list(import_folder(clerk, folder))
        refused = [line for line in lines if line.code]
        if refused:  # the fault hit the process that reads files, and only that
            raise StorageError(StorageKind.UNREADABLE, refused[0].code)
        return "; ".join(f"{line.unit_name}: {line.counts.accepted}" for line in lines)

    def close(self) -> None:
        self._staff.database.close()


def open_session(folder: Path) -> Session:
    """The process that reads files runs by then: a kill meets the import, not its start."""
    staff = county.opened(folder)
    last = staff.clerk.roster_folders.open(staff.papers / str(FOLDERS - 1))
    staff.clerk.roster_folders.recognise(last, last.files[0])
    return Session(staff)


def found(folder: Path) -> tuple[list[int], list[str]]:
    """Each unit's list is in whole or not at all, also where only some of a folder's are."""
    staff = county.opened(folder)
    faults = county.common_faults(staff)
    with staff.database.reading() as uow:
        states = [tuple(row) for row in uow.session.execute(_STATE)]
    members = staff.value("SELECT count(*) FROM member")
    if members != PEOPLE * states.count(STORED):
        faults.append(f"{members} members of {states.count(STORED)} lists")
    faults += [
        f"list {unit}: {state} is neither nothing nor all"
        for unit, state in enumerate(states)
        if state not in (NOTHING, STORED)
    ]
    staff.database.close()
    whole = [
        number
        for number in range(FOLDERS)
        if states[number * UNITS : (number + 1) * UNITS] == [STORED] * UNITS
    ]
    return whole, faults
