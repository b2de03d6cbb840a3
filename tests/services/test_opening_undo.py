"""期初建账 taken back: wrong books leave the ledger while nothing was built on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.errors import Cancelled
from desktop_app.services.drafts import ClaimDraft, EnrolmentDraft
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.test_openings import UNITS, planned, roster, stored, write

WHY = "拿错了年度的台账"


def books(staff: Staff) -> str:
    """Two units with six people, stored; the id of the act."""
    stored(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    return newest(staff)


def newest(staff: Staff) -> str:
    found = staff.reviewer.opening_undo.newest()
    assert found is not None
    return found.operation


def take_back(staff: Staff) -> dict[str, object]:
    return staff.reviewer.opening_undo.take_back(newest(staff), WHY).value


def unit(staff: Staff, name: str = "明山县演示水厂(演示)") -> int:
    return next(row.id for row in staff.clerk.units.list_units(2026) if row.name == name)


def case(staff: Staff) -> int:
    return staff.clerk.units.get(unit(staff)).enrolments[0].id


def covers(staff: Staff) -> object:
    return staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'")


def test_the_newest_books_are_told_with_their_counts(staff: Staff) -> None:
    assert staff.clerk.opening_undo.newest() is None
    books(staff)
    found = staff.reviewer.opening_undo.newest()
    assert found is not None
    assert (found.year, found.units, found.people, found.cases) == (2026, 2, 6, 2)
    assert (found.who, found.may, found.why_not) == ("张敏", True, "")
    other = staff.clerk.opening_undo.newest()
    assert other is not None
    assert not other.may
    assert "没有做这一步的权限" in other.why_not


def test_taken_back_nothing_of_the_books_is_seen_and_nothing_is_erased(staff: Staff) -> None:
    operation = books(staff)
    gone = case(staff)
    before = staff.counts()
    steps: list[tuple[int, int]] = []
    back = staff.reviewer.opening_undo.take_back(
        operation, WHY, step=lambda done, total: steps.append((done, total))
    ).value
    assert back == {"of": operation, "units": 2, "people": 6, "cases": 2}
    assert steps == [(1, 2), (2, 2)]
    assert staff.clerk.units.list_units(2026) == ()
    assert staff.clerk.board.list_lines() == ()
    assert staff.clerk.search.find("演示水厂") == ()
    assert covers(staff) == 0
    assert all(staff.counts()[table] >= rows for table, rows in before.items())
    assert staff.clerk.enrolments.get(gone).state == "void"
    assert staff.clerk.enrolments.history(gone)[-1].note == f"撤回期初建账4人:{WHY}"
    line = staff.document("SELECT detail FROM audit_line WHERE act = 'opening.take-back'")
    assert line == {"of": operation, "units": 2, "people": 6, "cases": 2}
    assert staff.head.audits.verify_chain().ok
    assert staff.reviewer.opening_undo.newest() is None


def test_the_right_files_come_in_afterwards_as_if_for_the_first_time(staff: Staff) -> None:
    books(staff)
    take_back(staff)
    plan = planned(staff, write(staff, "单位表.csv", UNITS), roster(staff))
    assert (plan.new_units, plan.new_people, plan.known_people, plan.rejected) == (2, 6, 0, 0)
    made = staff.reviewer.openings.carry_out(plan.batch_ids).value
    assert made == {"units": 2, "people": 6, "cases": 2}
    assert staff.clerk.enrolments.get(case(staff)).business_no == "HB2026-1"
    assert covers(staff) == 8  # two people hold two plans


@pytest.mark.both_databases
def test_refused_rows_of_the_books_wait_no_longer(staff: Staff) -> None:
    stored(staff, write(staff, "单位表.csv", UNITS), roster(staff, 身份证号="123"))
    assert len(staff.clerk.openings.list_waiting()) == 1
    take_back(staff)
    assert staff.clerk.openings.list_waiting() == ()


@pytest.mark.both_databases
def test_books_that_only_added_people_give_them_back(staff: Staff) -> None:
    stored(staff, write(staff, "单位表.csv", UNITS), roster(staff, 身份证号="123"))
    first, waiting = newest(staff), staff.clerk.openings.list_waiting()
    before = staff.clerk.enrolments.get(case(staff))
    stored(staff, roster(staff, "改好.csv"))
    assert staff.clerk.enrolments.get(case(staff)).people == before.people + 1
    assert staff.clerk.openings.list_waiting() == ()
    with refused(staff, "books-newer"):
        staff.reviewer.opening_undo.take_back(first, WHY)
    second = newest(staff)
    assert take_back(staff)["people"] == 1
    with refused(staff, "books-back") as caught:
        staff.reviewer.opening_undo.take_back(second, WHY)
    assert caught.value.message == "这次导入已经撤回过。"
    with refused(staff, "books-unknown"):
        staff.reviewer.opening_undo.take_back("ab" * 16, WHY)
    after = staff.clerk.enrolments.get(case(staff))
    assert (after.people, after.total_fen, after.due_fen, after.plans) == (
        before.people, before.total_fen, before.due_fen, before.plans,
    )  # fmt: skip
    assert staff.clerk.openings.list_waiting() == waiting
    found = staff.reviewer.opening_undo.newest()
    assert found is not None
    assert found.operation == first
    assert not found.may  # the case has moved since


def renew(staff: Staff) -> None:
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 12, 3, "renewal")
    staff.clerk.enrolments.start(unit(staff), draft)


def edit(staff: Staff) -> None:
    draft = staff.clerk.units.get(unit(staff)).draft
    staff.clerk.units.edit(unit(staff), replace(draft, at_work=13))


def certify(staff: Staff) -> None:
    staff.clerk.units.attach_paper(unit(staff), "code-certificate", staff.picture())


def number(staff: Staff) -> None:
    staff.clerk.business_numbers.correct(case(staff), "HB-9", WHY)


def claim(staff: Staff) -> None:
    member = staff.clerk.rosters.list_people(case(staff))[3].member_id
    staff.clerk.claims.register(ClaimDraft("hospital", date(2026, 3, 8), member))


BUILT: dict[str, Callable[[Staff], None]] = {
    "又办了新的申请": renew,
    "有人已经申领": claim,
    "又办过别的手续": number,
    "的资料又改动过": edit,
}


@pytest.mark.parametrize("what", BUILT)
def test_what_was_built_on_the_books_holds_them(staff: Staff, what: str) -> None:
    operation = books(staff)
    BUILT[what](staff)
    with refused(staff, "books-built-on") as caught:
        staff.reviewer.opening_undo.take_back(operation, WHY)
    assert caught.value.message == f"导入以后“明山县演示水厂(演示)”{what},不能整批撤回。"
    found = staff.reviewer.opening_undo.newest()
    assert found is not None
    assert found.why_not.startswith(caught.value.message)


def test_a_certificate_received_since_holds_the_books_too(staff: Staff) -> None:
    operation = books(staff)
    certify(staff)
    with refused(staff, "books-built-on"):
        staff.reviewer.opening_undo.take_back(operation, WHY)


def test_a_reason_is_asked_for_and_cancelling_leaves_everything(staff: Staff) -> None:
    operation = books(staff)
    with refused(staff, "reason-missing"):
        staff.reviewer.opening_undo.take_back(operation, "  ")
    before, there = staff.counts(), covers(staff)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        staff.reviewer.opening_undo.take_back(operation, WHY, step=stop)
    assert (staff.counts(), covers(staff)) == (before, there)
