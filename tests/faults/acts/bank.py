"""The acts of reading a day of the bank in and of booking what is certain of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from db.errors import StorageError, StorageKind
from desktop_app.domain.money import yuan
from desktop_app.errors import FileError
from desktop_app.services.acts import operation
from desktop_app.services.money.statement_drafts import StatementDraft
from tests.faults.acts import county
from tests.services.desks import FEES, TODAY, Staff, people
from tests.services.walks import Walk

UNITS, PEOPLE = 8, 2
DUE = PEOPLE * FEES["hospital"]
STORE, BOOK = "statement.import", "match.book-certain"
secrets_of = county.secrets_of

_STATE = text(
    "SELECT e.step_key,"
    " (SELECT count(*) FROM bank_line l WHERE l.other_name = u.name AND l.amount_fen = :due),"
    " (SELECT count(*) FROM payment_allocation a JOIN bank_line l ON l.payment_id = a.payment_id"
    "   WHERE a.enrolment_id = e.id AND a.fen = :due AND l.other_name = u.name),"
    " (SELECT count(*) FROM payment_allocation a JOIN payment p ON p.id = a.payment_id"
    "   WHERE a.enrolment_id = e.id AND p.amount_fen = :due AND p.state_code = 'agrees')"
    " FROM enrolment e JOIN unit u ON u.id = e.unit_id ORDER BY e.id"
)
NOTHING = ("payment", 0, 0, 0)
READ = ("payment", 1, 0, 0)
BOOKED = ("province", 1, 1, 1)


def prepare(folder: Path) -> None:
    staff = county.prepare(folder)
    for number in range(UNITS):
        unit = f"第{number}厂(演示)"
        rows = people(PEOPLE, start=number * PEOPLE)
        walk = Walk(staff, unit, rows=rows, at_work=PEOPLE, women=None).start()
        for step in (walk.roster, walk.submitted, walk.approved, walk.number):
            step()
        told = f"账号:,1234567890123\n日期,收入,支出,对方户名\n{TODAY},{yuan(DUE)},,{unit}\n"
        (staff.papers / f"{number}.csv").write_text(told, "utf-8-sig")
    staff.database.close()


class Session:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._left = UNITS - 1  # the last is for the repeat

    def perform(self, number: int) -> str:
        county.wait_to_be_cut(self._left)
        self._left -= 1
        clerk = self._staff.clerk
        draft = StatementDraft(
            self._staff.papers / f"{number}.csv", new_account=True, doubtful="new"
        )
        try:
            with operation((2 * number).to_bytes(16, "big")):
                stored = clerk.statements.store_file(draft).value
        except FileError as error:  # the fault hit the process that reads files, and only that
            raise StorageError(StorageKind.UNREADABLE, error.code) from error
        name = f"第{number}厂(演示)"
        lines = [one.id for one in clerk.statements.list_lines() if one.name == name]
        with operation((2 * number + 1).to_bytes(16, "big")):
            booked = clerk.matching.book_certain(lines).value
        return f"{stored['lines']} lines, booked {booked}: {lines}"

    def close(self) -> None:
        self._staff.database.close()


def open_session(folder: Path) -> Session:
    return Session(county.opened(folder))


def found(folder: Path) -> tuple[list[int], list[str]]:
    """Booked is what was read in and not more; what was only read in is as before it."""
    staff = county.opened(folder)
    faults = county.common_faults(staff)
    faults += [
        f"{one.left_text} {one.left_fen}, {one.right_text} {one.right_fen}"
        for one in staff.clerk.ties.tie().proofs
        if not one.holds
    ]
    with staff.database.reading() as uow:
        states = [tuple(row) for row in uow.session.execute(_STATE, {"due": DUE})]
    read = {number // 2 for number in county.operations(staff, STORE)}
    booked = [number // 2 for number in county.operations(staff, BOOK)]
    for number, state in enumerate(states):
        wanted = BOOKED if number in booked else READ if number in read else NOTHING
        if state != wanted:
            faults.append(f"case {number}: {state} where {wanted} was due")
    staff.database.close()
    return booked, faults
