"""Two people at once: nobody waits for ever, no number is drawn twice, the chain stays whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from db.identifiers import new_uid
from desktop_app.errors import UserError
from desktop_app.services.acts import operation
from tests.services.desks import Staff, people, unit_draft
from tests.services.walks import walked

UNITS = 12


@pytest.mark.both_databases
def test_units_registered_by_two_people_at_once_are_all_there(staff: Staff) -> None:
    def register(number: int) -> int:
        services = (staff.clerk, staff.reviewer)[number % 2]
        return services.units.register(unit_draft(f"第{number}厂(演示)", area=None)).value

    staff.clerk.office.view()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(register, range(UNITS)))
    assert len(set(made)) == UNITS
    assert staff.value("SELECT count(*) FROM unit") == UNITS
    report = staff.head.audits.verify_chain()
    assert (report.ok, report.lines) == (True, staff.value("SELECT count(*) FROM operation"))


@pytest.mark.both_databases
def test_the_same_operation_sent_twice_at_once_is_done_once(staff: Staff) -> None:
    uid = new_uid()

    def register(_time: int) -> int:
        with operation(uid):
            return staff.clerk.units.register(unit_draft()).value

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(register, range(4)))
    assert len(made) == 1
    assert staff.value("SELECT count(*) FROM unit") == 1


@pytest.mark.both_databases
def test_numbers_drawn_at_once_are_all_different(staff: Staff) -> None:
    walks = [
        walked(staff, "approved", name=f"第{at}厂(演示)", rows=people(10, start=20 * at))
        for at in range(3)
    ]

    def issue(task: tuple[int, str]) -> int:
        return staff.clerk.prints.issue(*task).value

    tasks = [(walk.id, form) for walk in walks for form in ("application", "member-list")]
    with ThreadPoolExecutor(4) as pool:
        issued = list(pool.map(issue, tasks))
    assert len(set(issued)) == len(tasks)
    assert staff.value("SELECT count(DISTINCT number) FROM issued_form") == len(tasks)
    assert staff.value("SELECT max(next_no) FROM number_series") == 4


@pytest.mark.both_databases
def test_two_approvals_at_once_move_the_case_once(staff: Staff) -> None:
    walk = walked(staff, "submitted")

    def approve(services: object) -> str:
        try:
            services.enrolments.approve(walk.id)  # type: ignore[attr-defined]
        except UserError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(approve, (staff.reviewer, staff.head)))
    assert said[0] == "done"
    assert said[1] in ("moved", "wrong-step")
    assert staff.value("SELECT count(*) FROM enrolment_step WHERE to_key = 'entry'") == 1
