"""Two desks at the same money at once: the second waits, and then sees what the first did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from db.codes import BankMark
from desktop_app.errors import UserError
from desktop_app.services.cases import bookings, cases
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.enrolments import payments
from desktop_app.services.money import matching, remainders, statements
from desktop_app.services.money.statement_drafts import StatementDraft
from tests.services.desks import TODAY, Staff
from tests.services.test_matching import came, left, statement, statement_file, whole
from tests.services.test_shared_payments import line, pay, school, schools
from tests.services.walks import Walk

Meanwhile = Callable[[object, str, Callable[[], object]], Future[str]]


def said(act: Callable[[], object]) -> str:
    try:
        act()
    except UserError as refusal:
        return refusal.code
    return "done"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Meanwhile]:
    """Let another desk begin an act right after a function that the first desk's act calls."""
    with ThreadPoolExecutor(1) as pool:

        def let(module: object, name: str, act: Callable[[], object]) -> Future[str]:
            real, told = getattr(module, name), Future[str]()

            def then(*args: object) -> object:
                found = real(*args)
                monkeypatch.setattr(module, name, real)
                other = pool.submit(said, act)
                other.add_done_callback(lambda done: told.set_result(done.result()))
                wait([other], timeout=0.5)  # it may have to wait for this desk
                return found

            monkeypatch.setattr(module, name, then)
            return told

        yield let


@pytest.mark.both_databases
def test_a_statement_taken_back_leaves_a_line_that_another_file_has_just_met(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    one, two = came("500.00", "第1小学(演示)", "42"), came("700.00", "第2小学(演示)", "43")
    statement(staff, one)
    [first] = staff.clerk.statements.list_statements()
    back = meanwhile(
        statements,
        "store_lines",
        lambda: staff.reviewer.statements.take_back(first.id, "重读"),
    )
    staff.clerk.statements.store_file(
        StatementDraft(statement_file(staff, one, two), doubtful="known")
    )
    assert back.result(10) == "done"
    assert [line.amount_fen for line in staff.clerk.statements.list_lines()] == [50_000, 70_000]


@pytest.mark.both_databases
@pytest.mark.parametrize("certain", [True, False])
def test_no_more_is_booked_than_is_owed_once_another_desk_has_booked(
    staff: Staff, meanwhile: Meanwhile, certain: bool
) -> None:
    walk = school(staff, 1)
    [line] = statement(staff, came("500.00", "第1小学(演示)"))
    [other] = statement(staff, came("500.00", "第九公司(演示)", day="2026-01-05"))
    after = meanwhile(
        matching,
        "proposals_of" if certain else "check_parts",
        lambda: staff.reviewer.matching.book(other, whole(walk)),
    )
    mine = (
        (lambda: staff.clerk.matching.book_certain((line,)))
        if certain
        else (lambda: staff.clerk.matching.book(line, whole(walk)))
    )
    assert sorted((said(mine), after.result(10))) == ["done", "part-too-much"]
    assert staff.clerk.enrolments.get(walk.id).paid_fen == 50_000


@pytest.mark.both_databases
def test_a_remainder_is_not_used_for_more_than_is_owed_by_now(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    first, second = school(staff, 1), school(staff, 2)
    [line] = statement(staff, came("1000.00", "第1小学(演示)"))
    [other] = statement(staff, came("500.00", "第九公司(演示)", day="2026-01-05"))
    payment = staff.clerk.matching.book(line, whole(first)).value
    after = meanwhile(
        remainders,
        "check_parts",
        lambda: staff.reviewer.matching.book(other, whole(second)),
    )
    mine = said(lambda: staff.clerk.remainders.use(payment, whole(second)))
    assert sorted((mine, after.result(10))) == ["done", "part-too-much"]
    assert staff.clerk.enrolments.get(second.id).paid_fen == 50_000


@pytest.mark.both_databases
@pytest.mark.parametrize("undone", [True, False])
def test_what_goes_back_whole_is_not_asked_back_beside(
    staff: Staff, meanwhile: Meanwhile, undone: bool
) -> None:
    walk = school(staff, 1)
    [line] = statement(staff, came("600.00", "第1小学(演示)"))
    payment = staff.clerk.matching.book(line, whole(walk)).value
    after = meanwhile(
        matching if undone else payments,
        "returnable",
        lambda: staff.reviewer.remainders.refund(payment, TODAY, "多缴"),
    )
    if undone:
        staff.clerk.matching.undo(line, "认错")
    else:
        staff.clerk.payments.return_(payment, "付错")
    assert after.result(10) == "remainder-none"
    assert left(staff) == []
    assert staff.value("SELECT count(*) FROM refund") == 0


def _confirm_while(
    staff: Staff, meanwhile: Meanwhile, walk: Walk, act: Callable[[], object]
) -> str:
    """What the other desk is told of an act begun while this one holds a case it confirms."""
    told = meanwhile(cases, "require_step", act)
    staff.reviewer.payments.confirm(walk.id, TODAY, TODAY, "演示1号")
    return told.result(10)


@pytest.mark.both_databases
@pytest.mark.parametrize("whole_back", [True, False])
def test_a_case_is_confirmed_and_its_money_taken_out_one_after_the_other(
    staff: Staff, meanwhile: Meanwhile, whole_back: bool
) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    said_other = _confirm_while(
        staff,
        meanwhile,
        first,
        (lambda: staff.clerk.payments.return_(payment, "付错"))
        if whole_back
        else (lambda: staff.clerk.payments.take_part_out(first.id, payment, "认错")),
    )
    assert said_other == "payment-confirmed"
    assert line(staff, first) == (50_000, "agrees", True)


@pytest.mark.both_databases
def test_two_remainders_used_crosswise_wait_for_one_another_and_no_circle_comes_of_it(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    walks = first, second = school(staff, 1), school(staff, 2)
    lines = statement(staff, *(came("500.00", f"第{at}小学(演示)", str(at)) for at in (1, 2)))
    one, other = (
        staff.clerk.matching.book(bank, (PaymentPart(walk.id, 20_000),)).value
        for bank, walk in zip(lines, walks, strict=True)
    )
    after = meanwhile(
        bookings,
        "_require_owed",
        lambda: staff.reviewer.remainders.use(other, (PaymentPart(first.id, 30_000),)),
    )
    mine = said(lambda: staff.clerk.remainders.use(one, (PaymentPart(second.id, 30_000),)))
    assert (mine, after.result(10)) == ("done", "done")
    assert [staff.clerk.enrolments.get(walk.id).paid_fen for walk in walks] == [50_000, 50_000]
    assert left(staff) == []


@pytest.mark.parametrize("marked_first", [True, False])
def test_a_line_is_marked_or_booked_by_two_desks_but_never_both(
    staff: Staff, meanwhile: Meanwhile, marked_first: bool
) -> None:
    walk = school(staff, 1)
    [bank] = statement(staff, came("500.00", "第1小学(演示)"))

    def mark() -> None:
        staff.reviewer.matching.mark(bank, BankMark.INTEREST)

    def book() -> None:
        staff.clerk.matching.book(bank, whole(walk))

    after = meanwhile(matching, "require_new", book if marked_first else mark)
    assert said(mark if marked_first else book) == "done"
    assert after.result(10) == ("line-marked" if marked_first else "line-used")
    booked, marked = staff.clerk.matching.list_booked(), staff.clerk.matching.list_marked()
    assert (len(booked), len(marked)) == (int(not marked_first), int(marked_first))


def test_what_was_set_aside_is_not_marked_once_another_desk_has_used_it(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    walk = school(staff, 1)
    [bank] = statement(staff, came("500.00", "第1小学(演示)"))
    payment = staff.clerk.matching.set_aside(bank, "付错了").value
    after = meanwhile(
        remainders,
        "check_parts",
        lambda: staff.reviewer.matching.mark(bank, BankMark.INTEREST),
    )
    assert said(lambda: staff.clerk.remainders.use(payment, whole(walk))) == "done"
    assert after.result(10) == "line-used"
    assert staff.clerk.matching.list_marked() == ()


def test_a_statement_is_not_taken_back_from_under_a_line_that_is_marked_meanwhile(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    [bank] = statement(staff, came("12.34", "演示银行", memo="结息"))
    [file] = staff.clerk.statements.list_statements()
    after = meanwhile(
        matching, "require_unmarked",
        lambda: staff.reviewer.statements.take_back(file.id, "拿错了"),
    )  # fmt: skip
    assert said(lambda: staff.clerk.matching.mark(bank, BankMark.INTEREST)) == "done"
    assert after.result(10) in {"moved", "statement-used"}
    assert [one.line.id for one in staff.clerk.matching.list_marked()] == [bank]
