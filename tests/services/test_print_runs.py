"""A kept batch of prints: whatever stops it, nothing is lost and nothing printed twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models.papers import IssuedForm, PrintCopy
from tests.services.desks import Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

FORMS = ("application", "member-list")
PRINTER = "办公室"


@pytest.fixture
def cases(staff: Staff) -> tuple[Walk, Walk]:
    return (
        walked(staff, "approved", name="甲厂(演示)"),
        walked(staff, "approved", name="乙厂(演示)", rows=people(10, start=100, women=2)),
    )


def begun(staff: Staff, cases: tuple[Walk, Walk], copies: int = 1, reason: str = "extra") -> int:
    forms = [(walk.id, form) for walk in cases for form in FORMS]
    return staff.clerk.print_runs.begin(forms, copies, reason).value


def put_out(staff: Staff, batch: int, places: range) -> list[str]:
    """Print these; gives the numbers that came out."""
    numbers = []
    for place in places:
        issued = staff.clerk.print_runs.send(batch, place).value
        numbers.append(staff.clerk.prints.number_of(issued))
        staff.clerk.print_runs.printed(batch, place, PRINTER)
    return numbers


def states(staff: Staff, batch: int) -> list[str]:
    return [line.state for line in staff.clerk.print_runs.get(batch).lines]


def register(staff: Staff) -> list[tuple[str, int, str]]:
    query = (
        select(IssuedForm.number, PrintCopy.copy_no, PrintCopy.reason_code)
        .join(PrintCopy, PrintCopy.issued_form_id == IssuedForm.id)
        .order_by(IssuedForm.number, PrintCopy.copy_no)
    )
    with staff.database.reading() as uow:
        return [tuple(row) for row in uow.session.execute(query)]


def test_a_batch_keeps_its_order_and_ends_with_its_last_form(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases, copies=2)
    run = staff.clerk.print_runs.last()
    assert run is not None
    assert (run.id, run.copies, run.reason, run.ended, run.left) == (batch, 2, "extra", False, 4)
    assert (run.begun_by, run.unsure, run.last_printed) == ("王丽", None, None)
    assert [(one.place, one.unit, one.form_key) for one in run.lines] == [
        (1, "甲厂(演示)", "application"), (2, "甲厂(演示)", "member-list"),
        (3, "乙厂(演示)", "application"), (4, "乙厂(演示)", "member-list"),
    ]  # fmt: skip
    put_out(staff, batch, range(1, 5))
    run = staff.clerk.print_runs.get(batch)
    assert (run.ended, run.left, run.last_printed) == (True, 0, run.lines[-1])
    assert [(no, why) for _number, no, why in register(staff)] == [(1, "first"), (2, "extra")] * 4


def test_a_form_that_is_named_twice_is_printed_once(staff: Staff, cases: tuple[Walk, Walk]) -> None:
    first, second = (walk.id for walk in cases)
    forms = [(first, "application"), (second, "application"), (first, "application")]
    batch = staff.clerk.print_runs.begin(forms, 1, "extra").value
    lines = staff.clerk.print_runs.get(batch).lines
    assert [(one.place, one.enrolment_id) for one in lines] == [(1, first), (2, second)]


@pytest.mark.both_databases
def test_what_was_cut_is_not_gone_past_before_the_last_good_one_is_named(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    put_out(staff, batch, range(1, 2))
    staff.clerk.print_runs.send(batch, 2)
    error = refused(staff, "batch-unsure")
    with error:
        staff.clerk.print_runs.send(batch, 3)
    run = staff.clerk.print_runs.get(batch)
    assert run.unsure == run.lines[1]
    assert staff.clerk.print_runs.go_on_behind(batch, run.lines[1].number, PRINTER).value == 2
    assert states(staff, batch) == ["printed", "printed", "waits", "waits"]
    assert [why for _number, _no, why in register(staff)] == ["first", "first"]


def test_what_was_cut_and_did_not_come_out_is_printed_once(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    (first,) = put_out(staff, batch, range(1, 2))
    staff.clerk.print_runs.send(batch, 2)
    assert staff.clerk.print_runs.go_on_behind(batch, first.lower(), PRINTER).value == 3
    put_out(staff, batch, range(2, 5))
    assert [(no, why) for _number, no, why in register(staff)] == [(1, "first")] * 4


def test_what_came_out_behind_the_last_good_one_is_printed_again_for_the_jam(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    numbers = put_out(staff, batch, range(1, 5))
    left = staff.clerk.print_runs.go_on_behind(
        batch, numbers[1], PRINTER
    ).value  # it was at its end
    assert (left, states(staff, batch)) == (2, ["printed", "printed", "waits", "waits"])
    assert put_out(staff, batch, range(3, 5)) == numbers[2:]  # the same forms, the same numbers
    assert {(number, no, why) for number, no, why in register(staff)} == {
        (numbers[0], 1, "first"), (numbers[1], 1, "first"), (numbers[2], 1, "first"),
        (numbers[2], 2, "jam"), (numbers[3], 1, "first"), (numbers[3], 2, "jam"),
    }  # fmt: skip
    assert staff.clerk.print_runs.get(batch).ended


@pytest.mark.both_databases
def test_without_a_good_one_all_of_them_wait_again(staff: Staff, cases: tuple[Walk, Walk]) -> None:
    batch = begun(staff, cases)
    put_out(staff, batch, range(1, 3))
    assert staff.clerk.print_runs.go_on_behind(batch, "", PRINTER).value == 4


def test_the_last_one_cut_and_good_after_all_ends_the_batch(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    put_out(staff, batch, range(1, 4))
    issued = staff.clerk.print_runs.send(batch, 4).value
    number = staff.clerk.prints.number_of(issued)
    assert staff.clerk.print_runs.go_on_behind(batch, number, PRINTER).value == 0
    assert staff.clerk.print_runs.get(batch).ended


def test_a_form_that_the_printer_refused_waits_again(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    staff.clerk.print_runs.send(batch, 1)
    staff.clerk.print_runs.take_back(batch, 1)
    assert states(staff, batch)[0] == "waits"
    put_out(staff, batch, range(1, 5))
    assert len(register(staff)) == 4


def test_forms_printed_before_tell_the_reason_of_the_batch(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    put_out(staff, begun(staff, cases), range(1, 5))
    put_out(staff, begun(staff, cases, reason="lost"), range(1, 5))
    assert [why for _number, _no, why in register(staff)] == ["first", "lost"] * 4


def test_a_batch_that_is_given_up_takes_nothing_more(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    put_out(staff, batch, range(1, 2))
    staff.clerk.print_runs.end(batch)
    with refused(staff, "batch-ended"):
        staff.clerk.print_runs.send(batch, 2)
    run = staff.clerk.print_runs.last()
    assert run is not None
    assert (run.ended, run.left) == (True, 3)


@pytest.mark.both_databases
def test_a_new_batch_gives_up_the_one_before(staff: Staff, cases: tuple[Walk, Walk]) -> None:
    first = begun(staff, cases)
    put_out(staff, first, range(1, 2))
    second = begun(staff, cases)
    assert staff.clerk.print_runs.get(first).ended
    run = staff.clerk.print_runs.last()
    assert run is not None
    assert (run.id, run.ended) == (second, False)


def test_what_names_no_form_of_the_batch_changes_nothing(
    staff: Staff, cases: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, cases)
    numbers = put_out(staff, batch, range(1, 3))
    for typed in ("9", numbers[0][-1], "SQ-A-2027-99999"):  # 00001 ends two numbers
        with refused(staff, "batch-number"):
            staff.clerk.print_runs.go_on_behind(batch, typed, PRINTER)


def test_what_is_no_batch_part_or_reason_is_refused(staff: Staff, cases: tuple[Walk, Walk]) -> None:
    assert staff.clerk.print_runs.last() is None
    runs = staff.clerk.print_runs
    with refused(staff, "batch-empty"):
        runs.begin([], 1, "extra")
    with refused(staff, "batch-empty"):
        runs.begin([(cases[0].id, "application")], 21, "extra")
    with refused(staff, "reason-missing"):
        runs.begin([(cases[0].id, "application")], 1, "first")
    with refused(staff, "enrolment-unknown"):
        runs.begin([(999, "application")], 1, "extra")
    with refused(staff, "batch-unknown"):
        runs.get(7)
    batch = begun(staff, cases)
    with refused(staff, "batch-part"):
        runs.printed(batch, 1, PRINTER)
    with refused(staff, "batch-part"):
        runs.send(batch, 9)
