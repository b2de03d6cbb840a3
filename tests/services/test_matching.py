"""认款: bank lines booked as what they pay for, from the statement to the case's next step."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from db.codes import BankMark
from desktop_app.domain.ties import TieState
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.money.owing import owed_of
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.views.board import Mark
from desktop_app.services.views.matching import Matches, MatchLine
from tests.services.desks import TODAY, Staff, transfer, unit_draft
from tests.services.refusals import refused
from tests.services.test_shared_payments import DUE, TREASURY, school, schools
from tests.services.walks import Walk

HEAD = ("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "摘要")
DAY = TODAY.isoformat()
Money = tuple[str, str, str, str, str, str]


def came(yuan: str, payer: str, account: str = "", memo: str = "", day: str = DAY) -> Money:
    return day, yuan, "", payer, account, memo


def statement_file(staff: Staff, *rows: Money) -> Path:
    path: Path = staff.papers / f"流水{len(list(staff.papers.glob('流水*')))}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("账号:", "1234567890123"), HEAD, *rows])
    return path


def statement(staff: Staff, *rows: Money) -> list[int]:
    """Read a statement in; the ids of its lines."""
    path = statement_file(staff, *rows)
    before = {one.id for one in staff.clerk.statements.list_lines()}
    staff.clerk.statements.store_file(StatementDraft(path, new_account=True, doubtful="new"))
    return [one.id for one in staff.clerk.statements.list_lines() if one.id not in before]


def proposal(staff: Staff, line: int) -> MatchLine:
    found = staff.clerk.matching.proposals().proposals
    return next(one for one in found if line in {money.id for money in one.lines})


def certain(staff: Staff) -> tuple[int, ...]:
    found = staff.clerk.matching.proposals().proposals
    return tuple(money.id for one in found if one.certain for money in one.lines)


def whole(*walks: Walk) -> tuple[PaymentPart, ...]:
    return tuple(PaymentPart(walk.id, DUE) for walk in walks)


def sums(found: Matches) -> tuple[int, int, int]:
    return found.fen, found.booked_fen, found.remainder_fen


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id = "bank-slip"\n', 'id = "bank-slip"\narchived = true\n'),
        ('"stamped:confirmation", "paper:insurance-proof", "over-age"',
         '"stamped:confirmation", "paper:insurance-proof", "paper:bank-slip", "over-age"'),
    ],
    ids=["filed", "asked-for"],
)  # fmt: skip
def test_a_slip_that_the_scheme_wants_on_paper_is_checked_whatever_the_bank_says(
    staff: Staff, before: str, after: str
) -> None:
    editing = staff.head.scheme_editing
    made = editing.new_draft(1).value
    text = editing.text_of(made).text
    assert before in text
    editing.save_text(made, text.replace(before, after))
    editing.activate(made, "演示")
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)", memo="会费"))
    staff.clerk.matching.book_certain((line,))
    view = staff.clerk.enrolments.get(walk.id)
    slip = next(one for one in view.papers if one.key == "bank-slip")
    assert (slip.note, slip.by_statement) == ("凭银行流水", False)


def test_what_is_certain_is_booked_and_takes_its_case_on_without_a_slip(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)", memo="会费"))
    told = proposal(staff, line)
    assert (told.state_label, told.certain) == ("相符", True)
    assert [(part.enrolment_id, part.fen, part.line) for part in told.parts] == [
        (walk.id, DUE, line)
    ]
    assert sums(staff.clerk.matching.proposals()) == (DUE, DUE, 0)
    assert staff.clerk.matching.book_certain((line,)).value == 1
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen) == ("province", DUE)
    slip = next(one for one in view.papers if one.key == "bank-slip")
    assert (slip.state, slip.note, slip.by_statement) == ("kept", "凭银行流水", True)
    assert staff.clerk.enrolments.history(walk.id)[-2].note == "登记缴费500.00元"
    assert sums(staff.clerk.matching.proposals()) == (0, 0, 0)
    with refused(staff, "match-changed"):
        staff.clerk.matching.book_certain((line,))


def test_who_booked_a_line_does_not_confirm_its_arrival(staff: Staff) -> None:
    walk = school(staff, 1)
    lines = statement(staff, came("500.00", "第1小学(演示)"))
    staff.clerk.matching.book_certain(lines)
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    assert staff.clerk.enrolments.get(walk.id).missing[0].code == "same-person"
    board = {one.id: one for one in staff.clerk.board.list_lines()}
    assert Mark.WAITING not in board[walk.unit_id].marks
    with refused(staff, "same-person"):
        staff.clerk.payments.confirm(walk.id, TODAY)
    staff.reviewer.payments.confirm(walk.id, TODAY)


def test_a_unit_whose_money_went_back_pays_anew_by_its_line(staff: Staff) -> None:
    walk = school(staff, 1)
    staff.clerk.matching.book_certain(statement(staff, came("500.00", "第1小学(演示)")))
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    staff.reviewer.payments.confirm(walk.id, TODAY)
    staff.clerk.refunds.ask(walk.id, DUE, TODAY, "户名不对")
    (line,) = statement(staff, came("500.00", "第1小学(演示)", memo="重缴"))
    assert certain(staff) == ()  # what was asked back has not arrived
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    assert certain(staff) == (line,)
    assert staff.clerk.matching.book_certain((line,)).value == 1
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen) == ("province", DUE)


def test_instalments_are_booked_each_as_its_own_transfer(staff: Staff) -> None:
    walk = school(staff, 1)
    name = "第1小学(演示)"
    lines = statement(staff, came("200.00", name, memo="一"), came("300.00", name, memo="二"))
    assert certain(staff) == tuple(lines)
    with refused(staff, "match-changed"):
        staff.clerk.matching.book_certain(lines[:1])  # alone it is no longer what was shown
    assert staff.clerk.matching.book_certain(lines).value == 2
    view = staff.clerk.enrolments.get(walk.id)
    assert [one.amount_fen for one in view.payments] == [20_000, 30_000]
    assert view.step_key == "province"


def test_one_line_pays_for_the_schools_whose_numbers_it_names(staff: Staff) -> None:
    first, second, third = schools(staff, 3)
    numbers = f"HB{first.id:06d}、HB{third.id:06d}"
    (line,) = statement(staff, came("1,000.00", TREASURY, "1700", numbers))
    told = proposal(staff, line)  # two schools owe as much: a number may be typed wrong
    assert (told.state, told.certain) == ("exact", False)
    assert {part.enrolment_id for part in told.parts} == {first.id, third.id}
    payment = staff.clerk.matching.book(line, whole(first, third)).value
    assert [walk.step for walk in (first, second, third)] == ["province", "payment", "province"]
    line_view = staff.clerk.enrolments.get(first.id).payments[0]
    assert (line_view.id, line_view.whole_text) == (payment, "整笔1,000.00元,缴2份申请")


def test_who_paid_before_is_known_by_account_and_name(staff: Staff) -> None:
    first, second = schools(staff)
    (line,) = statement(staff, came("1,000.00", TREASURY, "1700"))
    staff.clerk.matching.book(line, whole(first, second))
    with staff.database.reading() as uow:
        owed = {one.id: one for one in owed_of(uow.session, staff.desk)}
    for walk in (first, second):
        assert (owed[walk.id].payers, owed[walk.id].accounts) == ((TREASURY,), ("1700",))
        assert owed[walk.id].fen == 0


@pytest.mark.both_databases
def test_a_name_that_a_unit_had_still_matches(staff: Staff) -> None:
    walk = school(staff, 1)
    staff.clerk.units.edit(walk.unit_id, unit_draft("第1中心小学(演示)"))
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    assert [part.unit_name for part in proposal(staff, line).parts] == ["第1中心小学(演示)"]
    assert certain(staff) == (line,)


def test_a_number_of_a_printed_notice_is_known(staff: Staff) -> None:
    walk, other = schools(staff)
    issued = staff.clerk.prints.issue(walk.id, "payment-notice").value
    number = staff.value("SELECT number FROM issued_form WHERE id = :id", id=issued)
    (line,) = statement(staff, came("500.00", "远方公司(演示)", memo=f"通知书{number}"))
    assert [part.enrolment_id for part in proposal(staff, line).parts] == [walk.id]
    assert other.step == "payment"


@pytest.mark.parametrize("people", [0, -1, 10**7 + 1, 10**12])
def test_a_count_of_people_that_nobody_can_mean_is_refused(staff: Staff, people: int) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    with refused(staff, "people"):
        staff.clerk.matching.book(line, (PaymentPart(walk.id, DUE, people),))
    staff.clerk.matching.book(line, (PaymentPart(walk.id, DUE),))  # untold
    assert walk.step == "province"


def test_money_over_what_is_due_stays_with_its_transfer(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("600.00", "第1小学(演示)"))
    told = proposal(staff, line)
    assert (told.state_label, told.remainder_fen) == ("多缴", 10_000)
    with refused(staff, "part-too-much") as caught:
        staff.clerk.matching.book(line, (PaymentPart(walk.id, 60_000),))
    assert caught.value.message == "“第1小学(演示)”还欠500.00元,不能认600.00元。"
    payment = staff.clerk.matching.book(line, whole(walk)).value
    assert (walk.step, staff.clerk.enrolments.get(walk.id).paid_fen) == ("province", DUE)
    state = "SELECT state_code FROM payment WHERE id = :id"
    assert staff.value(state, id=payment) == "differs"  # nobody has said what the rest is for


def test_what_cannot_be_is_not_booked(staff: Staff) -> None:
    first, second = schools(staff)
    early = school(staff, 3, "submitted")
    line, out = statement(
        staff, came("700.00", "某公司(演示)"), (DAY, "", "20.00", "演示银行", "", "手续费")
    )
    book = staff.clerk.matching.book
    with refused(staff, "parts-missing"):
        book(line, ())
    with refused(staff, "part-twice"):
        book(line, whole(first, first))
    with refused(staff, "parts-differ"):
        book(line, whole(first, second))
    with refused(staff, "amount"):
        book(line, (PaymentPart(first.id, 0),))
    with refused(staff, "not-due"):
        book(line, (PaymentPart(early.id, 1),))
    for unknown in (out, 999):
        with refused(staff, "line-unknown"):
            book(unknown, whole(first))
    book(line, whole(first))
    with refused(staff, "line-used"):
        book(line, whole(second))


def test_a_line_from_a_person_holds_the_case_until_it_is_sent_back(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "张建国", memo=f"HB{walk.id:06d}"))
    assert not proposal(staff, line).certain
    payment = staff.clerk.matching.book(line, whole(walk), True).value
    assert walk.step == "payment"
    staff.clerk.payments.return_(payment, "个人账户")
    assert sums(staff.clerk.matching.proposals()) == (0, 0, 0)  # it came, and went back


def test_what_was_booked_is_taken_back_with_a_reason_and_the_line_is_free(staff: Staff) -> None:
    first, second = schools(staff)
    (line,) = statement(staff, came("1,000.00", TREASURY))
    payment = staff.clerk.matching.book(line, whole(first, second)).value
    with refused(staff, "reason-missing"):
        staff.clerk.matching.undo(line, " ")
    staff.clerk.matching.undo(line, "认错了")
    for walk in (first, second):
        view = staff.clerk.enrolments.get(walk.id)
        assert (view.step_key, view.paid_fen, view.payments[-1].state) == ("payment", 0, "void")
        note = staff.clerk.enrolments.history(walk.id)[-1].note
        assert note == "撤回认款500.00元(整笔1,000.00元):认错了"
    assert staff.value("SELECT note FROM payment WHERE id = :id", id=payment) == "认错了"
    with refused(staff, "line-free"):
        staff.clerk.matching.undo(line, "再撤")
    with refused(staff, "line-unknown"):
        staff.clerk.matching.undo(999, "没有")
    staff.clerk.matching.book(line, whole(first, second))
    assert (first.step, second.step) == ("province", "province")
    first.confirmed()
    with refused(staff, "payment-confirmed"):
        staff.clerk.matching.undo(line, "晚了")


def test_what_was_said_to_have_gone_back_by_mistake_is_taken_back(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    payment = staff.clerk.matching.book(line, whole(walk)).value
    staff.clerk.payments.return_(payment, "点错")
    assert [one.state_label for one in staff.clerk.matching.list_booked()] == ["已退回"]
    staff.clerk.matching.undo(line, "没有退,点错了")
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen, view.payments[-1].state) == ("payment", 0, "void")
    assert certain(staff) == (line,)
    staff.clerk.matching.book(line, whole(walk))
    assert walk.step == "province"


def test_a_line_whose_slip_was_recorded_before_is_the_same_money(staff: Staff) -> None:
    walk = school(staff, 1)
    draft = transfer(DUE, 10, None, payer_name="第1小学(演示)")
    payment = staff.clerk.payments.record(walk.id, draft).value
    assert walk.step == "payment"  # no slip yet
    (line,) = statement(staff, came("500.00", "第1小学（演示）"))
    told = proposal(staff, line)
    assert (told.state_label, told.payment, told.certain) == ("已登记", payment, False)
    assert [one.unit_name for one in told.candidates] == ["第1小学(演示)"]
    staff.clerk.matching.link(line, payment)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, len(view.payments)) == ("province", 1)
    staff.clerk.matching.undo(line, "不是这一笔")
    assert staff.clerk.enrolments.get(walk.id).paid_fen == DUE  # the slip's transfer stays
    assert sums(staff.clerk.matching.proposals())[0] == DUE
    assert walk.step == "payment"  # the line did for the slip, which nobody has
    note = staff.clerk.enrolments.history(walk.id)[-1].note
    assert note == "缴费500.00元和银行流水不再对上:不是这一笔"
    staff.clerk.matching.link(line, payment)
    assert walk.step == "province"
    walk.confirmed()
    with refused(staff, "payment-confirmed"):
        staff.clerk.matching.undo(line, "晚了")


def test_a_transfer_with_a_slip_goes_on_without_the_line(staff: Staff) -> None:
    walk = school(staff, 1)
    payment = walk.pay(DUE, 10)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    staff.clerk.matching.link(line, payment)
    staff.clerk.matching.undo(line, "不是这一笔")
    assert walk.step == "province"


def test_a_slip_of_money_whose_line_is_booked_is_asked_about(staff: Staff) -> None:
    walk = school(staff, 1)
    (line,) = statement(staff, came("250.00", "第1小学(演示)", "4200"))
    staff.clerk.matching.book(line, (PaymentPart(walk.id, 25_000),))
    slip = replace(transfer(25_000, None, staff.slip()), payer_name="第1小学(演示)")
    for same in (slip, replace(slip, payer_name="一小", payer_account="4200")):
        with refused(staff, "slip-again") as caught:
            staff.clerk.payments.record(walk.id, same)
    assert "付的250.00元已经按银行流水认给“第1小学(演示)”。" in caught.value.message
    assert (walk.step, staff.clerk.enrolments.get(walk.id).paid_fen) == ("payment", 25_000)
    staff.clerk.payments.record(walk.id, replace(slip, again=True))
    assert (walk.step, staff.clerk.enrolments.get(walk.id).paid_fen) == ("province", DUE)


def test_a_slip_of_other_money_than_a_booked_line_is_recorded_unasked(staff: Staff) -> None:
    walk, other = schools(staff)
    (line,) = statement(staff, came("200.00", "第1小学(演示)"))
    staff.clerk.matching.book(line, (PaymentPart(walk.id, 20_000),))
    slip = transfer(20_000, None, None)
    staff.clerk.payments.record(walk.id, replace(slip, payer_name="另一家(演示)"))
    staff.clerk.payments.record(
        walk.id, replace(slip, amount_fen=9_900, payer_name="第1小学(演示)")
    )
    staff.clerk.payments.record(
        other.id, replace(slip, payer_name="第1小学(演示)", amount_fen=9_900)
    )
    assert staff.clerk.enrolments.get(walk.id).paid_fen == 49_900


def test_a_slip_of_money_whose_line_pays_for_another_case_is_asked_about(staff: Staff) -> None:
    walk, other = schools(staff)
    (line,) = statement(staff, came("500.00", "明山县国库支付中心(演示)", "4200"))
    staff.clerk.matching.book(line, (PaymentPart(walk.id, DUE),))
    slip = replace(
        transfer(DUE, 10, staff.slip()),
        payer_name="明山县国库支付中心(演示)",
        payer_account="4200",
    )
    with refused(staff, "slip-again") as caught:
        staff.clerk.payments.record(other.id, slip)
    assert "认给“第1小学(演示)”。" in caught.value.message
    assert staff.clerk.enrolments.get(other.id).paid_fen == 0
    staff.clerk.payments.record(other.id, replace(slip, again=True))
    assert staff.clerk.enrolments.get(other.id).paid_fen == DUE


def test_a_line_is_linked_to_a_transfer_of_its_amount_alone(staff: Staff) -> None:
    first, second = schools(staff)
    payment = first.pay(DUE, 10)
    (other,) = statement(staff, came("500.00", "第2小学(演示)"))
    gone = staff.clerk.matching.book(other, whole(second)).value
    staff.clerk.matching.undo(other, "认错了")
    line, twin, less = statement(
        staff, came("500.00", "甲"), came("500.00", "乙"), came("5.00", "丙")
    )
    with refused(staff, "line-differs"):
        staff.clerk.matching.link(less, payment)
    for unknown in (gone, 999):
        with refused(staff, "payment-unknown"):
            staff.clerk.matching.link(line, unknown)
    staff.clerk.matching.link(line, payment)
    with refused(staff, "line-used"):
        staff.clerk.matching.link(twin, payment)


def test_a_line_that_may_be_one_of_two_recorded_transfers_is_left_to_a_person(
    staff: Staff,
) -> None:
    walk = school(staff, 1)
    for _time in range(2):
        walk.pay(25_000, None, payer_name="第1小学(演示)")
    (line,) = statement(staff, came("250.00", "第1小学(演示)"))
    told = proposal(staff, line)
    assert (told.state_label, told.payment) == ("可能已登记", None)
    assert told.reasons == ("可能是已登记的缴费,可是对得上的不止一笔,请人工核对。",)
    assert [(one.unit_names, one.returned) for one in told.may_be] == [
        (("第1小学(演示)",), False)
    ] * 2
    other = school(staff, 2)
    with refused(staff, "line-recorded"):
        staff.clerk.matching.book(line, (PaymentPart(other.id, 25_000),))
    with refused(staff, "line-recorded"):
        staff.clerk.matching.set_aside(line, "付错了单位")
    staff.clerk.matching.set_aside(line, "付错了单位", again=True)
    staff.clerk.matching.undo(line, "不是付错的")
    staff.clerk.matching.book(line, (PaymentPart(other.id, 25_000),), again=True)
    staff.clerk.matching.undo(line, "是第1小学的")
    staff.clerk.matching.link(line, told.may_be[1].payment_id)
    assert len(staff.clerk.enrolments.get(walk.id).payments) == 2


def test_a_line_of_a_transfer_that_was_sent_back_is_not_booked_unseen(staff: Staff) -> None:
    walk = school(staff, 1)
    gone = walk.pay(DUE, 10, payer_name="第1小学(演示)")
    staff.clerk.payments.return_(gone, "用途写错,退回重缴")
    (line,) = statement(staff, came("500.00", "第1小学(演示)", memo="会费"))
    told = proposal(staff, line)
    assert (told.state_label, told.payment, told.certain) == ("可能已登记", None, False)
    assert "已退回" in told.reasons[0]
    with refused(staff, "match-changed"):
        staff.clerk.matching.book_certain((line,))
    staff.clerk.matching.link(line, gone)  # it came, and went back
    assert (walk.step, staff.clerk.enrolments.get(walk.id).paid_fen) == ("payment", 0)
    assert sums(staff.clerk.matching.proposals()) == (0, 0, 0)


def test_a_line_that_the_bank_took_back_is_no_fee(staff: Staff) -> None:
    school(staff, 1)
    name = "第1小学(演示)"
    lines = statement(staff, came("500.00", name), (DAY, "", "500.00", name, "", "冲正"))
    assert proposal(staff, lines[0]).state_label == "不是缴费"
    assert certain(staff) == ()


def test_a_transfer_taken_back_by_its_recorder_frees_its_line(staff: Staff) -> None:
    walk = school(staff, 1)
    payment = walk.pay(DUE, 10)
    (line,) = statement(staff, came("500.00", "另一家(演示)"))
    staff.run("UPDATE bank_line SET payment_id = :payment", payment=payment)
    staff.clerk.undo.undo(walk.id)
    assert staff.value("SELECT payment_id FROM bank_line WHERE id = :id", id=line) is None


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_is_paid_owes_nothing_more(staff: Staff, confirmed: bool) -> None:
    walk = school(staff, 1, "confirmed" if confirmed else "paid")
    (line,) = statement(staff, came("500.00", "第1小学(演示)", day="2026-11-01"))
    told = proposal(staff, line)
    assert (told.state_label, told.parts) == ("重复缴费", ())
    assert [one.enrolment_id for one in told.candidates] == [walk.id]


@pytest.fixture
def over(staff: Staff) -> tuple[Walk, int]:
    """A school that paid 100 yuan too much, and the transfer."""
    walk = school(staff, 1)
    (line,) = statement(staff, came("600.00", "第1小学(演示)", "4200"))
    return walk, staff.clerk.matching.book(line, whole(walk)).value


def left(staff: Staff) -> list[tuple[int, int, int]]:
    return [
        (one.left_fen, one.waiting_fen, one.back_fen)
        for one in staff.clerk.remainders.list_remainders()
    ]


def test_what_is_too_much_is_asked_back_and_arrives_with_who_paid(
    staff: Staff, over: tuple[Walk, int]
) -> None:
    walk, payment = over
    assert left(staff) == [(10_000, 0, 0)]
    ask = staff.clerk.remainders.refund
    for on in (TODAY.replace(year=2025), TODAY.replace(year=2027)):
        with refused(staff, "date"):
            ask(payment, on, "多缴")
    with refused(staff, "reason-missing"):
        ask(payment, TODAY, " ")
    assert ask(payment, TODAY, "多缴").value == 10_000
    assert left(staff) == [(0, 10_000, 0)]
    assert [one.note for one in staff.clerk.remainders.list_remainders()] == ["退费:多缴"]
    state = "SELECT state_code FROM payment WHERE id = :id"
    assert staff.value(state, id=payment) == "agrees"  # all of it is accounted for
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.paid_fen, view.refunds) == (DUE, ())  # it was never the case's money
    with refused(staff, "remainder-none"):
        ask(payment, TODAY, "再退")
    with refused(staff, "payment-refunded"):
        staff.clerk.payments.return_(payment, "退")
    with refused(staff, "same-person"):
        staff.clerk.remainders.arrive(payment, TODAY)
    with refused(staff, "date"):
        staff.reviewer.remainders.arrive(payment, TODAY.replace(year=2025))
    assert staff.reviewer.remainders.arrive(payment, TODAY).value == 10_000
    assert left(staff) == [(0, 0, 10_000)]
    for late in (staff.reviewer.remainders.arrive, staff.reviewer.remainders.cancel):
        with refused(staff, "refund-none"):
            late(payment, TODAY if late.__name__ == "arrive" else "撤回")
    assert staff.head.audits.verify_chain().ok


@pytest.mark.both_databases
def test_a_refund_of_what_is_left_may_be_taken_back(staff: Staff, over: tuple[Walk, int]) -> None:
    _walk, payment = over
    staff.clerk.remainders.refund(payment, TODAY, "多缴")
    assert staff.clerk.remainders.cancel(payment, "留给下半年").value == 10_000
    assert left(staff) == [(10_000, 0, 0)]
    for unknown in (999, payment + 1):
        with refused(staff, "remainder-none"):
            staff.clerk.remainders.refund(unknown, TODAY, "多缴")


def test_what_is_left_pays_for_another_application(staff: Staff, over: tuple[Walk, int]) -> None:
    walk, payment = over
    walk.confirmed()
    other = school(staff, 2)
    use = staff.clerk.remainders.use
    with refused(staff, "part-twice"):
        use(payment, (PaymentPart(walk.id, 1),))
    with refused(staff, "parts-differ"):
        use(payment, (PaymentPart(other.id, 10_001),))
    use(payment, (PaymentPart(other.id, 10_000),))
    view = staff.clerk.enrolments.get(other.id)
    assert (view.paid_fen, view.step_key) == (10_000, "payment")
    assert view.payments[0].whole_text == "整笔600.00元,缴2份申请"
    assert left(staff) == []
    confirmed = "SELECT confirmed_on FROM payment WHERE id = :id"
    assert staff.value(confirmed, id=payment) is None  # a part of it has not arrived
    other.pay(40_000, None)
    assert other.step == "province"


@pytest.mark.both_databases
def test_money_for_nothing_is_set_aside_and_goes_back(staff: Staff) -> None:
    (line,) = statement(staff, came("80.00", "远方公司(演示)"))
    with refused(staff, "reason-missing"):
        staff.clerk.matching.set_aside(line, "")
    payment = staff.clerk.matching.set_aside(line, "付错了单位").value
    [one] = staff.clerk.remainders.list_remainders()
    assert (one.payment_id, one.left_fen, one.note) == (payment, 8_000, "付错了单位")
    staff.clerk.matching.undo(line, "是会费")
    assert left(staff) == []
    payment = staff.clerk.matching.set_aside(line, "付错了单位").value
    staff.clerk.remainders.refund(payment, TODAY, "付错了单位")
    with refused(staff, "payment-refunded"):
        staff.clerk.matching.undo(line, "是会费")
    staff.reviewer.remainders.arrive(payment, TODAY)
    assert left(staff) == [(0, 0, 8_000)]
    assert [one.note for one in staff.clerk.remainders.list_remainders()] == ["付错了单位"]


def test_what_is_booked_is_listed_with_what_it_pays_for(staff: Staff) -> None:
    first, second = schools(staff)
    slip = staff.clerk.payments.record(
        second.id, transfer(DUE, 10, None, payer_name="第2小学(演示)")
    ).value
    lines = statement(
        staff,
        came("600.00", "第1小学(演示)", "4200"),
        came("500.00", "第2小学(演示)"),
        came("80.00", "张建国"),
    )
    assert staff.clerk.matching.list_booked() == ()
    payment = staff.clerk.matching.book(lines[0], whole(first)).value
    staff.clerk.matching.link(lines[1], slip)
    aside = staff.clerk.matching.set_aside(lines[2], "付错了单位").value
    gone, before, own = staff.clerk.matching.list_booked()
    assert (own.line.id, own.line.fen, own.payment_id) == (lines[0], 60_000, payment)
    assert [(one.enrolment_id, one.unit_id, one.unit_name, one.fen) for one in own.parts] == [
        (first.id, first.unit_id, "第1小学(演示)", DUE)
    ]
    assert (own.left_fen, own.recorded, own.person, own.state_label) == (
        10_000, False, False, "有余款",
    )  # fmt: skip
    assert (before.payment_id, before.recorded, before.left_fen) == (slip, True, 0)
    assert (gone.payment_id, gone.person, gone.note, gone.left_fen, gone.state_label) == (
        aside, True, "付错了单位", 8_000, "不是缴费",
    )  # fmt: skip
    staff.clerk.remainders.refund(payment, TODAY, "多缴")
    staff.clerk.matching.undo(lines[1], "不是这一笔")
    gone, own = staff.clerk.matching.list_booked()
    assert (gone.left_fen, own.left_fen) == (8_000, 0)
    assert type(own.left_fen) is int  # not what PostgreSQL makes of a sum
    staff.clerk.matching.undo(lines[2], "是会费")
    assert [one.line.id for one in staff.clerk.matching.list_booked()] == [lines[0]]


def test_what_is_owed_is_listed_until_it_is_paid(staff: Staff) -> None:
    first, second = schools(staff)
    line, less = statement(staff, came("500.00", "甲"), came("200.00", "乙"))
    staff.clerk.matching.book(line, whole(first))
    staff.clerk.matching.book(less, (PaymentPart(second.id, 20_000),))
    [left] = staff.clerk.matching.list_owed()
    assert (left.enrolment_id, left.unit_id, left.fen) == (second.id, second.unit_id, 30_000)


def test_the_tie_tells_what_is_left_of_a_transfer(staff: Staff, over: tuple[Walk, int]) -> None:
    def holds() -> list[tuple[int, bool]]:
        proofs = staff.clerk.ties.tie().proofs
        return [(one.left_fen, one.holds) for one in proofs if one.left_text == "登记的转账"]

    _walk, payment = over
    assert holds() == [(60_000, True)]
    staff.clerk.remainders.refund(payment, TODAY, "多缴")
    assert holds() == [(60_000, True)]


def test_booked_money_that_the_bank_took_back_is_told_until_it_is_mended(staff: Staff) -> None:
    walk, other = schools(staff)
    line, fine = statement(
        staff, came("500.00", "第1小学(演示)"), came("500.00", "第2小学(演示)", memo="会费")
    )
    staff.clerk.matching.book_certain((line, fine))
    (out,) = statement(staff, (DAY, "", "500.00", "第1小学(演示)", "", "冲正"))
    booked = {one.line.id: one for one in staff.clerk.matching.list_booked()}
    assert (booked[line].state_label, booked[line].back_on) == ("银行已退出", TODAY)
    assert booked[fine].back_on is None
    told = {one.enrolment_id: one for one in staff.clerk.ties.tie().lines}
    assert told[walk.id].state is TieState.DIFFERS
    assert any("同样一笔钱又从账户付出" in one for one in told[walk.id].open)
    assert not any("又从账户付出" in one for one in told[other.id].open)
    staff.clerk.matching.undo(line, "银行冲正")
    assert not certain(staff)
    staff.clerk.matching.book(line, whole(walk))
    staff.clerk.matching.mark(out, BankMark.OTHER, "付给该校的货款,与缴费无关")
    assert all(one.back_on is None for one in staff.clerk.matching.list_booked())


def test_a_refund_that_was_asked_for_is_not_taken_for_the_banks(staff: Staff) -> None:
    school(staff, 1)
    (line,) = statement(staff, came("80.00", "远方公司(演示)"))
    payment = staff.clerk.matching.set_aside(line, "付错了").value
    staff.clerk.remainders.refund(payment, TODAY, "付错了")
    statement(staff, (DAY, "", "80.00", "远方公司(演示)", "", "退款"))
    assert [one.back_on for one in staff.clerk.matching.list_booked()] == [None]
