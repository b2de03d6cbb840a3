"""The tie of a drive: every application's money, what is open, sums counted on two ways."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.models.payments import PaymentAllocation
from desktop_app.domain.ties import TieState
from desktop_app.errors import UserError
from desktop_app.services.views.ties import DriveTie, TieLine, TiePlan
from tests.services.desks import TODAY, Staff, people
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, use_scheme
from tests.services.test_matching import came, statement
from tests.services.test_shared_payments import school
from tests.services.walks import Walk, walked


def line(drive: DriveTie, walk: Walk) -> TieLine:
    return next(one for one in drive.lines if one.enrolment_id == walk.id)


def holds(drive: DriveTie) -> list[bool]:
    return [proof.holds for proof in drive.proofs]


def test_each_step_closes_what_was_open(staff: Staff) -> None:
    states = {}
    for at, until in enumerate(("submitted", "number", "paid", "confirmed")):
        rows = people(10, women=2, start=20 * at)
        walk = walked(staff, until, name=f"{until}厂(演示)", rows=rows)
        states[until] = line(staff.head.ties.tie(), walk).state
    assert states == {
        "submitted": TieState.UNDECIDED,
        "number": TieState.UNPAID,
        "paid": TieState.UNCONFIRMED,
        "confirmed": TieState.NO_RECEIPT,
    }
    walk.staff.clerk.archives.record_receipt(walk.id, "演示00017", TODAY, walk.due_fen)
    drive = staff.head.ties.tie()
    tied = line(drive, walk)
    assert (tied.state, tied.open, tied.receipt_fen) == (TieState.TIED, (), walk.due_fen)
    assert (tied.due_fen, tied.kept_fen, tied.confirmed_fen, tied.gap_fen) == (
        walk.due_fen, walk.due_fen, walk.due_fen, 0,
    )  # fmt: skip
    assert len(drive.open_lines) == 3
    assert not drive.own_account  # the province takes the money
    assert holds(drive) == [True] * 4
    assert [(one.name, one.people, one.fen) for one in tied.plans] == [
        (drive.plans[0], 10, walk.due_fen)
    ]
    assert sum(part.fen for part in tied.parts) == walk.due_fen


def test_short_and_returned_and_refunded_money_is_told_to_the_fen(staff: Staff) -> None:
    short = walked(staff, "number", name="甲厂(演示)", rows=people(10, women=2))
    back = short.pay(short.due_fen - 10_000, 8)
    drive = staff.head.ties.tie()
    assert (line(drive, short).state, line(drive, short).gap_fen) == (TieState.DIFFERS, 10_000)
    assert line(drive, short).open[0].startswith("少2人的钱")
    staff.clerk.payments.return_(back, "少了2人")
    drive = staff.head.ties.tie()
    assert (line(drive, short).state, line(drive, short).paid_fen) == (TieState.UNPAID, 0)

    over = walked(staff, "confirmed", name="乙厂(演示)", rows=people(10, women=2, start=40))
    staff.clerk.refunds.ask(over.id, 5_000, TODAY, "少1人")
    drive = staff.head.ties.tie()
    told = line(drive, over)
    assert told.state is TieState.DIFFERS  # what is left no longer covers what is due
    assert (told.back_fen, told.kept_fen, told.gap_fen) == (5_000, over.due_fen - 5_000, 5_000)
    assert "申请退费的50.00元还没有到账" in told.open
    assert holds(drive) == [True] * 4


def test_what_unions_bear_is_beside_what_the_unit_transfers(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "anyang-2023", name="丙厂(演示)")
    (told,) = staff.head.ties.tie().lines
    assert (told.state, told.total_fen) == (TieState.UNDECIDED, None)
    walk.proof()
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    drive = staff.head.ties.tie()
    (told,) = drive.lines
    assert (told.total_fen, told.unions_fen, told.due_fen) == (75_000, 25_000, 50_000)
    assert told.open == ("还没有缴款:应缴500.00元(合计750.00元,其余由工会承担)",)
    assert holds(drive) == [True] * 4


def by_plan(staff: Staff, target: Path) -> list[tuple[object, object, object]]:
    """项目, 人数 and 金额 of the sheet 按项目, without its total."""
    sheet = load_workbook(staff.head.ties.export(target))["按项目"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    return [(row[2], row[3], row[4]) for row in rows if row[2]]


def test_plans_that_cost_nothing_and_have_the_people_of_one_that_does_are_left_out(
    staff: Staff, tmp_path: Path
) -> None:
    use_scheme(staff, "yongding", "2023-02-20 10:00", 2023)
    walk = case_of(staff, "yongding")
    told = line(staff.head.ties.tie(), walk)
    assert [(one.people, one.fen) for one in told.plans] == [(10, 100_000), *[(10, 0)] * 3]
    assert [(one.name, one.fen) for one in told.told_plans] == [("住院补助", 100_000)]
    assert by_plan(staff, tmp_path / "对账.xlsx") == [("住院补助", 10, 1000)]


def test_where_nothing_is_paid_the_plans_stay_with_their_people(
    staff: Staff, tmp_path: Path
) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    case_of(staff, "beijing")
    told = by_plan(staff, tmp_path / "对账.xlsx")
    assert [(people, yuan) for _name, people, yuan in told] == [(10, 0)] * 4


@pytest.mark.parametrize(
    ("plans", "names"),
    [
        ((("甲", 8, 800), ("乙", 0, 0), ("丙", 3, 0)), ["甲", "丙"]),  # 丙 has people of its own
        ((("甲", 8, 0), ("乙", 0, 0)), ["甲"]),
        ((("甲", 8, None), ("乙", 8, 0), ("丙", 0, None)), ["甲", "丙"]),  # 待定 is no nothing
        ((("甲", 0, 0),), []),
    ],
)
def test_a_row_of_nothing_is_shown_for_people_of_its_own_alone(
    staff: Staff, plans: tuple[tuple[str, int, int | None], ...], names: list[str]
) -> None:
    walked(staff, "roster")
    (one,) = staff.head.ties.tie().lines
    told = replace(one, plans=tuple(TiePlan(*plan) for plan in plans)).told_plans
    assert [plan.name for plan in told] == names


def _move(staff: Staff, fen: int) -> None:
    """Change what the one transfer's one part is, as nobody can by the program's acts."""
    with staff.database.writing() as uow:
        part = uow.session.scalars(select(PaymentAllocation)).one()
        part.fen += fen
        uow.commit()


@pytest.mark.both_databases
def test_what_of_a_transfer_pays_for_nobody_is_told_beside_its_parts(staff: Staff) -> None:
    walk = walked(staff, "paid", name="甲厂(演示)")
    _move(staff, -1)
    drive = staff.head.ties.tie()
    assert line(drive, walk).gap_fen == 1
    proof = drive.proofs[2]
    assert (proof.holds, proof.right_text) == (True, "分到各申请的 + 没有分的余款")
    assert drive.proofs[3].left_fen == walk.due_fen - 1


def test_a_transfer_that_pays_out_more_than_it_holds_does_not_prove(staff: Staff) -> None:
    walk = walked(staff, "paid", name="甲厂(演示)")
    _move(staff, 1)
    drive = staff.head.ties.tie()
    assert holds(drive) == [True, True, False, True]
    assert (drive.proofs[2].left_fen, drive.proofs[2].right_fen) == (walk.due_fen, walk.due_fen + 1)


def test_another_year_and_an_office_without_applications_are_empty(staff: Staff) -> None:
    walked(staff, "paid", name="甲厂(演示)")
    empty = staff.head.ties.tie(2020)
    assert (empty.year, empty.lines, empty.plans) == (2020, (), ())
    assert holds(empty) == [True] * 4


def test_it_is_exported_with_amounts_as_numbers_and_the_same_bytes(
    staff: Staff, tmp_path: Path
) -> None:
    paid = walked(staff, "paid", name="=甲厂(演示)", rows=people(10, women=2))
    walked(staff, "number", name="乙厂(演示)", rows=people(10, women=2, start=30))
    first = Path(staff.head.ties.export(tmp_path / "对账.xlsx"))
    second = Path(staff.head.ties.export(tmp_path / "再存.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    book = load_workbook(first)
    assert book.sheetnames == ["对账", "按项目", "按出资方", "校验"]
    sheet = book["对账"]
    head = [cell.value for cell in sheet[3]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    due = head.index("单位应缴")
    assert rows["=甲厂(演示)"][due].value == paid.due_fen / 100
    assert rows["=甲厂(演示)"][0].data_type == "s"
    assert rows["合计"][due].value == 2 * paid.due_fen / 100
    assert [row[4].value for row in book["校验"].iter_rows(min_row=4)] == ["相等"] * 4
    with refused(staff, "folder-missing"):
        staff.head.ties.export(tmp_path / "没有" / "对账.xlsx")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_paid_returned_and_refunded_the_sums_prove(staff: Staff, seed: int) -> None:
    draw = random.Random(seed)
    walks = [
        walked(staff, "number", name=f"{at}厂(演示)", rows=people(10, women=2, start=20 * at))
        for at in range(3)
    ]
    day = TODAY - timedelta(days=2)
    for _turn in range(8):
        walk = draw.choice(walks)
        with suppress(UserError):  # what may not be done now is refused
            _any_act(staff, walk, draw, day)
        drive = staff.head.ties.tie()
        assert holds(drive) == [True] * 4
        assert sum(one.kept_fen + one.gap_fen for one in drive.lines) == sum(
            one.due_fen or 0 for one in drive.lines
        )


def _any_act(staff: Staff, walk: Walk, draw: random.Random, day: date) -> None:
    which = draw.randrange(5)
    if which in (0, 1):
        walk.pay(draw.choice((walk.due_fen, walk.due_fen + 500, walk.due_fen - 500)), None)
    elif which == 2:
        staff.clerk.payments.return_(draw.randrange(1, 6), "付错了")
    elif which == 3:
        staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示计划书1号")
        staff.reviewer.payments.confirm(walk.id, TODAY)
    else:
        staff.clerk.refunds.ask(walk.id, draw.randrange(1, 20_000), day, "多付")


def test_money_on_the_statements_is_proved_against_the_transfers_it_became(staff: Staff) -> None:
    walk = school(staff, 1)
    booked, _free = statement(
        staff, came("500.00", "第1小学(演示)"), came("12.00", "没见过的单位(演示)")
    )
    assert len(staff.head.ties.tie().proofs) == 6
    staff.clerk.matching.book_certain((booked,))
    drive = staff.head.ties.tie()
    assert holds(drive) == [True] * 6
    assert (drive.proofs[4].left_fen, drive.free_lines, drive.free_fen) == (walk.due_fen, 1, 1_200)
    staff.run("UPDATE payment SET amount_fen = amount_fen - 1")
    assert holds(staff.head.ties.tie()) == [True, True, False, True, False, True]


def test_an_office_with_a_statement_or_another_scheme_has_an_account_of_its_own(
    staff: Staff,
) -> None:
    assert staff.head.ties.tie().own_account  # nobody has applied: nothing says that it has none
    walked(staff, "submitted")
    assert not staff.head.ties.tie().own_account
    statement(staff, came("500.00", "第1小学(演示)"))
    assert staff.head.ties.tie().own_account


def test_what_went_back_of_the_statements_money_is_a_term_of_its_own(staff: Staff) -> None:
    walk, other = school(staff, 1), school(staff, 2)
    lines = statement(staff, came("500.00", "第1小学(演示)"), came("500.00", "第2小学(演示)"))
    staff.clerk.matching.book_certain(lines)
    gone = staff.clerk.enrolments.get(walk.id).payments[0].id
    staff.clerk.payments.return_(gone, "用途写错")
    proof = staff.head.ties.tie().proofs[4]
    assert (proof.left_fen, proof.right_fen) == (2 * other.due_fen, 2 * other.due_fen)
    assert proof.right_text == "对应的转账 + 退回的500.00元"
    staff.run("UPDATE payment SET state_code = 'void' WHERE id = :id", id=gone)
    proof = staff.head.ties.tie().proofs[4]  # a line booked as what counts for nothing
    assert (proof.left_fen, proof.right_fen) == (2 * other.due_fen, other.due_fen)


def test_sums_of_those_that_have_a_list_say_how_many_they_are(staff: Staff) -> None:
    listed = walked(staff, "approved", name="甲厂(演示)")
    told = Walk(staff, handling="by-unit", name="乙厂(演示)").start()
    staff.clerk.business_numbers.follow(told.id, 10, told.due_fen, "ZB1")
    staff.clerk.enrolments.submit(told.id)
    staff.reviewer.enrolments.approve(told.id)
    by_plan, whole = staff.head.ties.tie().proofs[:2]
    assert (by_plan.left_text, by_plan.left_fen) == ("名单合计(有名单的1份)", listed.due_fen)
    assert (whole.left_text, whole.left_fen) == ("名单合计", listed.due_fen + told.due_fen)
