"""Interest, fees and own money on the bank's statements: no contribution, nobody's to have back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import BankMark
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.samples.statements import make_statements
from desktop_app.services.views.ties import DriveTie, Proof
from tests.services.desks import TODAY, Staff, transfer
from tests.services.refusals import refused
from tests.services.test_matching import DAY, Money, came, certain, statement, whole
from tests.services.test_shared_payments import DUE, school

BANK = "演示银行"


def interest(yuan: str = "12.34") -> Money:
    return came(yuan, BANK, memo="结息")


def fee(yuan: str = "20.00") -> Money:
    return DAY, "", yuan, BANK, "", "手续费"


def marked(staff: Staff) -> list[tuple[int, str, str, str]]:
    found = staff.clerk.matching.list_marked()
    return [(one.line.fen, one.mark_label, one.note, one.user) for one in found]


def whole_of_statements(drive: DriveTie) -> Proof:
    return next(one for one in drive.proofs if one.left_text == "银行流水的进账")


def events(staff: Staff, line: int) -> list[tuple[str, str, str]]:
    return [(one.user, one.what, one.note) for one in staff.clerk.matching.history(line)]


def test_a_marked_line_waits_for_nobody_and_is_no_remainder(staff: Staff) -> None:
    (line,) = statement(staff, interest())
    assert staff.clerk.matching.proposals().fen == 1_234
    staff.clerk.matching.mark(line, BankMark.INTEREST)
    assert staff.clerk.matching.proposals().proposals == ()
    assert staff.clerk.matching.list_booked() == ()
    assert staff.clerk.remainders.list_remainders() == ()
    assert staff.clerk.tallies.count().payments_fen == 0
    assert marked(staff) == [(1_234, "利息", "", staff.clerk.office.view().user.name)]
    [view] = staff.clerk.statements.list_lines()
    assert (view.used, view.mark_label) == (False, "利息")


def test_money_that_went_out_is_marked_as_well(staff: Staff) -> None:
    out, back = statement(staff, fee(), (DAY, "", "80.00", "远方公司(演示)", "", "货款"))
    staff.clerk.matching.mark(out, BankMark.FEE)
    staff.clerk.matching.mark(back, BankMark.OTHER, "付错后转回")
    assert sorted((fen, kind, note) for fen, kind, note, _who in marked(staff)) == [
        (-8_000, "其他", "付错后转回"),
        (-2_000, "手续费", ""),
    ]
    with refused(staff, "line-unknown"):
        staff.clerk.matching.book(out, (PaymentPart(1, 1),))


def test_what_is_neither_interest_nor_fee_needs_a_word(staff: Staff) -> None:
    (line,) = statement(staff, interest())
    with refused(staff, "reason-missing"):
        staff.clerk.matching.mark(line, BankMark.OTHER, "  ")
    with refused(staff, "text-too-long"):
        staff.clerk.matching.mark(line, BankMark.OTHER, "长" * 401)
    staff.clerk.matching.mark(line, BankMark.OTHER, " 存款保证金退回 ")
    assert [one[1:3] for one in marked(staff)] == [("其他", "存款保证金退回")]


def test_a_marked_line_is_nothing_else_until_that_is_taken_back(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)", memo="会费"))
    payment = walk.pay(100, None, payer_name="别家(演示)")
    staff.clerk.matching.mark(line, BankMark.OWN_TRANSFER)
    assert certain(staff) == ()
    with refused(staff, "match-changed"):
        staff.clerk.matching.book_certain((line,))
    for act in (
        lambda: staff.clerk.matching.book(line, whole(walk)),
        lambda: staff.clerk.matching.set_aside(line, "付错了"),
        lambda: staff.clerk.matching.link(line, payment),
        lambda: staff.clerk.matching.mark(line, BankMark.FEE),
    ):
        with refused(staff, "line-marked") as caught:
            act()
        assert "其他款项(自有资金划转)" in caught.value.message
    with refused(staff, "line-free"):
        staff.clerk.matching.undo(line, "认错了")
    with refused(staff, "reason-missing"):
        staff.clerk.matching.unmark(line, " ")
    staff.clerk.matching.unmark(line, "是会费")
    with refused(staff, "line-free"):
        staff.clerk.matching.unmark(line, "是会费")
    staff.clerk.matching.book(line, (PaymentPart(walk.id, DUE - 100),))
    assert staff.clerk.enrolments.get(walk.id).paid_fen == DUE


def test_a_line_that_pays_for_something_is_not_marked(staff: Staff) -> None:
    walk = school(staff, 1)
    slip = staff.clerk.payments.record(
        walk.id, transfer(20_000, None, None, payer_name="第1小学(演示)")
    ).value
    booked, seen = statement(
        staff, came("300.00", "别家(演示)"), came("200.00", "第1小学(演示)", memo="二")
    )
    staff.clerk.matching.book(booked, (PaymentPart(walk.id, 30_000),))
    with refused(staff, "line-recorded"):
        staff.clerk.matching.mark(seen, BankMark.INTEREST)
    staff.clerk.matching.link(seen, slip)
    for line in (booked, seen):
        with refused(staff, "line-used"):
            staff.clerk.matching.mark(line, BankMark.INTEREST)
    assert marked(staff) == []


def test_what_may_have_been_recorded_is_marked_once_that_is_said(staff: Staff) -> None:
    walk = school(staff, 1)
    walk.pay(20_000, None, payer_name="第1小学(演示)")
    (line,) = statement(staff, came("200.00", "第1小学(演示)"))
    staff.clerk.matching.mark(line, BankMark.OTHER, "另一笔", again=True)
    assert marked(staff)[0][:2] == (20_000, "其他")


def test_what_was_set_aside_before_is_marked_in_one_step_and_no_remainder_any_more(
    staff: Staff,
) -> None:
    kept, asked = statement(staff, interest(), interest("5.00"))
    for line in (kept, asked):
        staff.clerk.matching.set_aside(line, "利息")
    asked_for, _kept = (one.payment_id for one in staff.clerk.remainders.list_remainders())
    staff.clerk.remainders.refund(asked_for, TODAY, "利息")
    with refused(staff, "payment-refunded"):
        staff.clerk.matching.mark(asked, BankMark.INTEREST)
    staff.clerk.matching.mark(kept, BankMark.INTEREST)
    assert [one.left_fen for one in staff.clerk.remainders.list_remainders()] == [0]
    assert staff.clerk.tallies.count().payments_fen == 500
    assert [one[:2] for one in marked(staff)] == [(1_234, "利息")]
    assert [one[1:] for one in events(staff, kept)][1:] == [("待退", "利息"), ("记为利息", "")]


def test_what_was_sent_back_whole_stays_what_it_was(staff: Staff) -> None:
    (line,) = statement(staff, came("80.00", "远方公司(演示)"))
    payment = staff.clerk.matching.set_aside(line, "付错了").value
    staff.clerk.payments.return_(payment, "退回")
    with refused(staff, "line-used"):
        staff.clerk.matching.mark(line, BankMark.INTEREST)


def test_a_statement_with_a_marked_line_is_not_taken_back(staff: Staff) -> None:
    (line,) = statement(staff, interest())
    [file] = staff.clerk.statements.list_statements()
    staff.clerk.matching.mark(line, BankMark.INTEREST)
    with refused(staff, "statement-used") as caught:
        staff.clerk.statements.take_back(file.id, "拿错了文件")
    assert "有1笔已经记为其他款项" in caught.value.message
    staff.clerk.matching.unmark(line, "读错了文件")
    staff.clerk.statements.take_back(file.id, "拿错了文件")
    with refused(staff, "line-unknown"):
        staff.clerk.matching.mark(line, BankMark.INTEREST)
    with refused(staff, "line-unknown"):
        staff.clerk.matching.unmark(line, "读错了文件")


def test_the_same_line_in_a_second_file_stays_marked(staff: Staff) -> None:
    (line,) = statement(staff, interest())
    staff.clerk.matching.mark(line, BankMark.INTEREST)
    path: Path = staff.papers / "流水再.csv"
    path.write_bytes((staff.papers / "流水0.csv").read_bytes() + b"\r\n")
    staff.clerk.statements.store_file(StatementDraft(path, doubtful="known"))
    assert [one.mark_label for one in staff.clerk.statements.list_lines()] == ["利息"]


def test_a_lines_history_says_who_did_what_and_why_each_time(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    staff.clerk.matching.book(line, whole(walk))
    staff.clerk.matching.undo(line, "认错了")
    staff.reviewer.matching.mark(line, BankMark.OTHER, "认错了")
    staff.clerk.matching.unmark(line, "是会费")
    staff.clerk.matching.set_aside(line, "付错了单位")
    staff.clerk.matching.undo(line, "是会费")
    slip = staff.clerk.payments.record(
        walk.id, transfer(DUE, None, None, payer_name="第1小学(演示)")
    ).value
    staff.clerk.matching.link(line, slip)
    staff.clerk.matching.undo(line, "不是这一笔")
    clerk, reviewer = (one.office.view().user.name for one in (staff.clerk, staff.reviewer))
    assert events(staff, line) == [
        (clerk, "读入", "《流水0.csv》"),
        (clerk, "认款", ""),
        (clerk, "撤回认款", "认错了"),
        (reviewer, "记为其他", "认错了"),
        (clerk, "撤回其他款项", "是会费"),
        (clerk, "待退", "付错了单位"),
        (clerk, "撤回认款", "是会费"),
        (clerk, "核对流水", ""),
        (clerk, "撤回认款", "不是这一笔"),
    ]
    with refused(staff, "line-unknown"):
        staff.clerk.matching.history(99)


def test_the_tie_proves_that_each_line_is_one_thing(staff: Staff, tmp_path: Path) -> None:
    walk = school(staff, 1)
    booked, own, earned, out, _free = statement(
        staff,
        came("500.00", "第1小学(演示)"),
        came("1000.00", "演示县总工会(演示)", memo="划转"),
        interest(),
        fee(),
        came("7.00", "没见过的单位(演示)"),
    )
    staff.clerk.matching.book_certain((booked,))
    for line, kind in (
        (own, BankMark.OWN_TRANSFER),
        (earned, BankMark.INTEREST),
        (out, BankMark.FEE),
    ):
        staff.clerk.matching.mark(line, kind)
    drive = staff.head.ties.tie()
    proof = whole_of_statements(drive)
    assert (proof.left_fen, proof.holds) == (151_934, True)
    assert proof.right_text == (
        "认过款的 + 其他款项(利息12.34元、自有资金划转1,000.00元) + 还没有认的"
    )
    assert (drive.free_lines, drive.free_fen) == (1, 700)
    assert [(one.label, one.fen_in, one.fen_out) for one in drive.bank] == [
        ("认过款的", walk.due_fen, 0),
        ("利息", 1_234, 0),
        ("手续费", 0, 2_000),
        ("自有资金划转", 100_000, 0),
        ("还没有认的", 700, 0),
    ]
    sheet = load_workbook(staff.head.ties.export(tmp_path / "对账.xlsx"))["银行流水"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] == [
        ["其他款项", "利息", 1, 12.34, 0, 0],
        ["其他款项", "手续费", 0, 0, 1, 20],
        ["其他款项", "自有资金划转", 1, 1000, 0, 0],
        ["还没有认的", None, 1, 7, 0, 0],
        ["合计", None, 4, 1519.34, 1, 20],
    ]
    staff.run("UPDATE bank_line SET mark_code = 'other' WHERE id = :id", id=booked)
    assert not whole_of_statements(staff.head.ties.tie()).holds  # a line that is two things


@pytest.mark.parametrize("memo", ["结息", "手续费"])
def test_the_sample_statements_carry_a_line_that_is_no_contribution(
    staff: Staff, tmp_path: Path, memo: str
) -> None:
    path = make_statements(tmp_path, TODAY.replace(month=TODAY.month - 1))[0]
    staff.clerk.statements.store_file(StatementDraft(path, new_account=True))
    [line] = [one for one in staff.clerk.statements.list_lines() if memo in one.memo]
    kind = BankMark.INTEREST if memo == "结息" else BankMark.FEE
    staff.clerk.matching.mark(line.id, kind)
    assert [one[0] for one in marked(staff)] == [line.amount_fen]
    assert whole_of_statements(staff.head.ties.tie()).holds
