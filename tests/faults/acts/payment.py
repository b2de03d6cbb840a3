"""The act of recording a transfer with the picture of its slip."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from sqlalchemy import text

from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError
from desktop_app.services.acts import operation
from tests.faults.acts import county
from tests.services.desks import FEES, Staff, people, transfer
from tests.services.walks import Walk

UNITS, PEOPLE = 8, 2
DUE = PEOPLE * FEES["hospital"]
secrets_of = county.secrets_of

_STATE = text(
    "SELECT e.step_key,"
    " (SELECT count(*) FROM payment_allocation a WHERE a.enrolment_id = e.id AND a.fen = :due),"
    " (SELECT count(*) FROM payment p JOIN payment_allocation a ON a.payment_id = p.id"
    "   WHERE a.enrolment_id = e.id AND p.amount_fen = :due AND p.state_code = 'agrees'),"
    " (SELECT count(*) FROM bank_slip s JOIN payment_allocation a ON a.payment_id = s.payment_id"
    "   WHERE a.enrolment_id = e.id AND s.attachment_id IS NOT NULL),"
    " (SELECT count(*) FROM enrolment_paper k WHERE k.enrolment_id = e.id"
    "   AND k.paper_key = 'bank-slip' AND k.state_code = 'kept'),"
    " (SELECT count(*) FROM enrolment_step t WHERE t.enrolment_id = e.id"
    "   AND t.to_key = 'province')"
    " FROM enrolment e ORDER BY e.id"
)
NOTHING = ("payment", 0, 0, 0, 0, 0)
PAID = ("province", 1, 1, 1, 1, 1)


def prepare(folder: Path) -> None:
    staff = county.prepare(folder)
    for number in range(UNITS):
        rows = people(PEOPLE, start=number * PEOPLE)
        walk = Walk(staff, f"第{number}厂(演示)", rows=rows, at_work=PEOPLE, women=None).start()
        for step in (walk.roster, walk.submitted, walk.approved, walk.number):
            step()
        Image.new("L", (300, 300 + number), 255).save(staff.papers / f"{number}.png")
    staff.database.close()


class Session:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._cases = county.enrolments(staff)
        self._left = UNITS - 1  # the last is for the repeat

    def perform(self, number: int) -> str:
        county.wait_to_be_cut(self._left)
        self._left -= 1
        draft = transfer(DUE, PEOPLE, self._staff.papers / f"{number}.png")
        try:
            with operation(number.to_bytes(16, "big")):
                payment = self._staff.clerk.payments.record(self._cases[number], draft).value
        except FileError as error:  # the fault hit the process that reads files, and only that
            raise StorageError(StorageKind.UNREADABLE, error.code) from error
        return f"payment {payment}"

    def close(self) -> None:
        self._staff.database.close()


def open_session(folder: Path) -> Session:
    return Session(county.opened(folder))


def found(folder: Path) -> tuple[list[int], list[str]]:
    staff = county.opened(folder)
    faults = county.common_faults(staff)
    with staff.database.reading() as uow:
        states = [tuple(row) for row in uow.session.execute(_STATE, {"due": DUE})]
    numbers = county.operations(staff, "payment.record")
    total = staff.value("SELECT coalesce(sum(amount_fen), 0) FROM payment")
    if total != DUE * len(numbers):
        faults.append(f"{total} fen of {len(numbers)} transfers")
    for number, state in enumerate(states):
        wanted = PAID if number in numbers else NOTHING
        if state != wanted:
            faults.append(f"case {number}: {state} where {wanted} was due")
    staff.database.close()
    return numbers, faults
