"""A drive of 320 units on the board: every number counted again by queries of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from desktop_app.services.board.board import CHASED
from desktop_app.services.papers.print_batches import PORTION
from desktop_app.services.views.board import NO_AREA, Board, Mark, Slice, UnitLine
from tests.services.desks import Staff, Template
from tests.services.drives import ROUND, make_office
from tests.services.recounts import HANDED_IN, MADE_OF, MONEY, RECOUNTS, recount, units_of

UNITS = 320


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory, office_template: Template) -> Iterator[Staff]:
    staff = make_office(tmp_path_factory.mktemp("drive") / "office", office_template, UNITS)
    yield staff
    staff.database.close()


@pytest.fixture(scope="module")
def board(drive: Staff) -> Board:
    return drive.clerk.board.board()


@pytest.fixture(scope="module")
def lines(drive: Staff) -> tuple[UnitLine, ...]:
    return drive.clerk.board.list_lines()


def test_the_round_meets_every_kind_of_number(board: Board) -> None:
    assert board.units == UNITS
    assert all(count.units for count in (board.waiting, board.due, board.mend, *board.chase))
    assert all((area.reported, area.paid, area.unreported) for area in board.areas)


@pytest.mark.parametrize("mark", RECOUNTS)
def test_every_mark_agrees_with_a_recount(
    drive: Staff, lines: tuple[UnitLine, ...], mark: Mark
) -> None:
    assert {line.id for line in lines if mark in line.marks} == recount(drive, Slice(mark))


@pytest.mark.parametrize("whole", MADE_OF)
def test_a_mark_made_of_others_holds_exactly_theirs(
    lines: tuple[UnitLine, ...], whole: Mark
) -> None:
    for line in lines:
        assert (whole in line.marks) == any(part in line.marks for part in MADE_OF[whole])


def test_every_count_is_the_length_of_its_list(board: Board, lines: tuple[UnitLine, ...]) -> None:
    parts = (*board.waiting_parts, *board.due_parts, *board.mend_parts)
    for count in (board.waiting, board.due, board.mend, *board.chase, *parts):
        assert count.units == sum(count.slice.holds(line) for line in lines), count
    assert sum(part.units for part in board.waiting_parts) == board.waiting.units
    assert sum(part.units for part in board.due_parts) == board.due.units
    for area in (*board.areas, board.whole):
        for number, mark in (
            (area.active, Mark.ACTIVE), (area.reported, Mark.REPORTED), (area.paid, Mark.PAID),
            (area.finished, Mark.FINISHED), (area.unreported, Mark.UNREPORTED),
        ):  # fmt: skip
            wanted = Slice(mark, area=area.area)
            assert number == sum(wanted.holds(line) for line in lines), (area.area, mark)


def test_units_of_no_area_are_counted_too(drive: Staff, board: Board) -> None:
    assert board.areas[-1].area == NO_AREA
    expected = units_of(drive, "WHERE area_id IS NULL AND state_code = 'open'")
    assert board.areas[-1].active == len(expected)
    assert sum(area.active for area in board.areas) == board.whole.active


def test_people_and_money_are_the_sums_of_the_lists(
    drive: Staff, board: Board, lines: tuple[UnitLine, ...]
) -> None:
    listed = (
        "SELECT count(DISTINCT m.member_id) FROM enrollee m JOIN enrolment e"
        " ON e.id = m.enrolment_id WHERE e.year = 2027 AND m.state_code IN ('listed', 'covered')"
        f" AND {HANDED_IN}"
    )
    followed = (
        "SELECT sum(people) FROM enrolment e WHERE handling_code = 'by-unit' AND year = 2027"
        f" AND {HANDED_IN}"
    )
    people = int(str(drive.value(listed))) + int(str(drive.value(followed)))
    assert board.reported.people == people == sum(line.reported for line in lines)
    paid = f"SELECT sum({MONEY}) FROM enrolment e WHERE year = 2027 AND {MONEY} = due_fen"
    assert board.paid.fen == drive.value(paid) == sum(line.paid_fen for line in lines)
    paid_people = f"SELECT sum(people) FROM enrolment e WHERE year = 2027 AND {MONEY} = due_fen"
    assert board.paid.people == drive.value(paid_people) == sum(line.paid for line in lines)
    finished = "SELECT sum(people) FROM enrolment WHERE year = 2027 AND state_code = 'finished'"
    assert board.finished.people == drive.value(finished)
    assert board.paid.people <= board.reported.people


def test_each_case_is_seen_as_its_own_page_sees_it(
    drive: Staff, lines: tuple[UnitLine, ...]
) -> None:
    """The page gathers its facts one by one, by other queries; the board must not differ."""
    for line in lines[: len(ROUND)]:
        for one in drive.clerk.units.get(line.id).enrolments:
            case = drive.clerk.enrolments.get(one.id)
            assert (Mark.DIFFERS in line.marks) == (bool(case.difference) and case.state == "open")
            if case.state == "open":
                assert line.people == case.people
                assert line.step_label == case.step_label
                told = [missing.code for missing in case.missing]
                mine = "not-permitted" not in told and "same-person" not in told
                assert mine or Mark.WAITING not in line.marks


def test_the_list_of_things_to_do_holds_every_unfinished_case_and_registration(
    drive: Staff, board: Board
) -> None:
    unfinished = drive.value(
        "SELECT count(*) FROM enrolment WHERE state_code IN ('open', 'returned')"
    )
    waiting = drive.value(
        "SELECT count(*) FROM unit WHERE state_code IN ('registered', 'returned')"
    )
    assert len(board.rows) == int(str(unfinished)) + int(str(waiting))
    tones = [row.tone for row in board.rows]
    assert tones == sorted(tones, key=("late", "warn", "plain").index)


def test_the_chase_list_is_what_the_numbers_say(drive: Staff, board: Board) -> None:
    rows = drive.clerk.chase.list_rows()
    for mark, count in zip(CHASED, board.chase, strict=True):
        assert {row.unit_id for row in rows if row.about == mark} == units_of(drive, RECOUNTS[mark])
        assert len([row for row in rows if row.about == mark]) == count.units
    for area in board.areas:
        found = drive.clerk.chase.list_rows(Mark.UNREPORTED, area.area)
        assert len(found) == area.unreported


def test_who_may_not_open_units_is_not_told_that_they_wait_for_him(drive: Staff) -> None:
    to_open = units_of(drive, RECOUNTS[Mark.TO_OPEN])
    waits = {
        name: {line.id for line in services.board.list_lines() if Mark.WAITING in line.marks}
        for name, services in (("clerk", drive.clerk), ("reviewer", drive.reviewer))
    }
    assert not waits["clerk"] & to_open
    assert waits["reviewer"] >= to_open
    assert not any(Mark.WAITING in line.marks for line in drive.admin.board.list_lines())


@contextmanager
def heard(drive: Staff) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def hear(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(drive.database.readers, "before_cursor_execute", hear)
    yield statements
    event.remove(drive.database.readers, "before_cursor_execute", hear)


def test_the_board_asks_no_more_questions_of_hundreds_of_units(drive: Staff) -> None:
    drive.clerk.board.board()
    with heard(drive) as statements:
        drive.clerk.board.board()
    assert len(statements) <= 30, statements


def test_a_batch_of_prints_asks_no_more_questions_of_a_portion_than_of_a_round(
    drive: Staff, lines: tuple[UnitLine, ...]
) -> None:
    plans, ids = drive.clerk.print_batches, sorted(line.id for line in lines)
    usual = ("payment-notice", "application", "member-list")
    with heard(drive) as few:
        plans.plan(ids[: len(ROUND)], usual)
    with heard(drive) as many:
        found = plans.plan(ids[:PORTION], usual)
    assert len(found.lines) == PORTION * len(usual)
    assert len(many) == len(few) <= 25, many
