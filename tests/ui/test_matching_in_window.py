"""认款 over a real office: from the dropped statement to the tie, and every refusal on the way."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.services.drafts import PaymentPart
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.confirm_dialogs import ReasonDialog
from desktop_app.ui.pages.reports.match_report import BOOKED, LEFT, MatchReport
from desktop_app.ui.pages.reports.reports_page import ReportsPage
from tests.services.desks import TODAY, Staff, transfer
from tests.services.test_matching import HEAD, Money, came, statement, whole
from tests.services.test_shared_payments import DUE, pay, school, schools
from tests.services.walks import Walk
from tests.ui import refused_windows
from tests.ui.refused_windows import Room

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


W = TypeVar("W", bound=QWidget)


def shown(room: Room, made: W) -> W:
    room.qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    room.settle()
    return made


def matching(room: Room, who: Services) -> MatchReport:
    return shown(room, MatchReport(who, room.tasks))


def chosen(report: MatchReport, payer: str) -> None:
    """Choose the line of a payer in whichever list is shown."""
    table: Any = report.panes[report.stack.currentIndex()].table
    rows = table.shown_rows()
    names = [
        one.lines[0].payer_name if hasattr(one, "lines") else one.line.payer_name for one in rows
    ]
    table.selectRow(names.index(payer))


def done(room: Room, dialog: Any) -> None:
    assert dialog is not None
    room.settle()
    dialog.accept()
    room.settle()


def proofs(page: ReportsPage) -> str:
    labels = [page.tie.proofs.itemAt(at).widget() for at in range(page.tie.proofs.count())]
    return "\n".join(one.text() for one in labels if isinstance(one, QLabel))


def dropped(room: Room, page: ReportsPage, *rows: Money) -> None:
    """A file of the bank is dropped, its account is new, it is stored."""
    path: Path = room.staff.papers / "流水.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("账号:", "1234567890123"), HEAD, *rows])
    dialog = page.statements.take((path,))
    assert dialog is not None
    room.settle()
    dialog.new_account.click()
    done(room, dialog)


def gaps(page: ReportsPage) -> dict[str, int]:
    return {one.unit: one.gap_fen for one in page.tie.table.shown_rows()}


def test_a_statement_is_dropped_booked_taken_back_and_the_tie_shows_it(room: Room) -> None:
    first, second = schools(room.staff)
    one, two = "第1小学(演示)", "第2小学(演示)"
    page = shown(room, ReportsPage(room.staff.clerk, room.tasks))
    page.show_tab("match")
    assert "读入" in page.match.open.table.nothing_text
    dropped(room, page, came("500.00", one, "4200", "会费"), came("450.00", two, "4300", "会费"))
    assert page.match.tabs.tabText(0) == "待认款 2 笔"
    assert {row.state_label for row in page.match.open.table.shown_rows()} == {"少缴", "相符"}

    done(room, page.match.open.book_certain())
    assert page.match.banner.text == "已认款 1 笔。"
    assert first.step == "province"
    chosen(page.match, two)
    assert page.match.open.why_card.right.text() == "还差 50.00 元"
    booking: Any = page.match.open.book()
    assert booking.told.text().endswith(f"分完了;“{two}”还欠 50.00 元。")
    done(room, booking)
    assert page.match.tabs.tabText(0) == "待认款 0 笔"
    assert second.step == "payment"
    assert "登记的转账 950.00　＝　分到各申请的 950.00" in proofs(page)
    assert gaps(page) == {one: 0, two: 5_000}

    page.match.show_list(BOOKED)
    chosen(page.match, two)
    undo: Any = page.match.booked.undo()
    undo.reason.setText("认错了")
    done(room, undo)
    assert [page.match.tabs.tabText(at) for at in range(2)] == ["待认款 1 笔", "已认款 1 笔"]
    assert "登记的转账 500.00　＝　分到各申请的 500.00" in proofs(page)
    assert gaps(page) == {one: 0, two: DUE}


def test_money_of_a_statement_arrived_on_the_day_that_the_bank_says(room: Room) -> None:
    walk = school(room.staff, 1)
    statement(room.staff, came("500.00", "第1小学(演示)", "4200"))
    done(room, matching(room, room.staff.clerk).open.book())
    [line] = room.staff.clerk.statements.list_lines()
    page = room.unit(room.staff.reviewer, walk.unit_id)
    arrival: Any = page.acts.dialogs.take("payment.confirm")
    room.settle()
    assert arrival.on.value() == line.day
    told = [one.text() for one in arrival.findChildren(QLabel)]
    assert any(text.startswith("流水:500.00 元") for text in told)
    arrival.reject()


def test_what_is_over_goes_back_and_somebody_else_says_that_it_came(room: Room) -> None:
    walk = school(room.staff, 1)
    statement(room.staff, came("600.00", "第1小学(演示)", "4200"))
    clerk = matching(room, room.staff.clerk)
    done(room, clerk.open.book())
    assert walk.step == "province"
    clerk.show_list(LEFT)
    assert clerk.left.card.right.text() == "余款合计 100.00 元"
    refund: Any = clerk.left.refund()
    refund.reason.setText("多缴")
    done(room, refund)
    room.refused(clerk.left.arrived(), "退费到账须由另一位同事登记")
    reviewer = matching(room, room.staff.reviewer)
    reviewer.show_list(LEFT)
    done(room, reviewer.left.arrived())
    assert reviewer.left.table.model().index(0, 6).data() == "已退回"
    assert clerk.left.cancel() is None


def test_what_is_left_of_one_pays_for_another(room: Room) -> None:
    walk = school(room.staff, 1)
    (line,) = statement(room.staff, came("800.00", "第1小学(演示)"))
    room.staff.clerk.matching.book(line, (PaymentPart(walk.id, 20_000),))
    other = school(room.staff, 2)
    report = matching(room, room.staff.clerk)
    report.show_list(LEFT)
    again: Any = report.left.use()
    _add(room, again, walk)
    room.refused(again, "这笔转账已经缴了这份申请")
    use: Any = report.left.use()
    _add(room, use, other)
    done(room, use)
    assert other.step == "province"
    assert report.left.table.current_row().left_fen == 10_000


def _add(room: Room, dialog: Any, walk: Walk) -> None:
    choose = dialog.add_application()
    room.settle()
    owed = choose.table.shown_rows()
    choose.table.selectRow([one.enrolment_id for one in owed].index(walk.id))
    choose.ok.click()
    room.settle()


def test_amounts_that_cannot_be_are_refused(room: Room) -> None:
    first, second = schools(room.staff)
    statement(room.staff, came("700.00", "某公司(演示)"))
    report = matching(room, room.staff.clerk)
    room.refused(report.open.book(), "没有说这笔钱缴哪份申请")
    dialog: Any = report.open.book()
    _add(room, dialog, first)
    dialog.parts.fields[first.id].setText("600")
    room.refused(dialog, "还欠500.00元,不能认600.00元")
    dialog = report.open.book()
    _add(room, dialog, first)
    _add(room, dialog, second)
    dialog.parts.fields[second.id].setText("500")
    room.refused(dialog, "各份申请合计1,000.00元,比这笔转账的700.00元多")


def test_what_another_desk_did_meanwhile_is_said_and_read_anew(room: Room) -> None:
    staff = room.staff
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    report = matching(room, staff.clerk)
    certain = report.open.book_certain()
    book = report.open.book()
    staff.clerk.matching.book(line, whole(walk))
    room.refused(book, "这笔流水已经认过款")
    assert report.open.table.proxy.rowCount() == 0  # read anew once the dialog closed
    assert certain is not None
    certain.accept()
    room.settle()
    assert "有几笔流水已经认过,或者现在认不准了,没有登记" in report.banner.text

    report.show_list(BOOKED)
    undo: Any = report.booked.undo()
    undo.reason.setText("认错了")
    staff.clerk.matching.undo(line, "先撤了")
    room.refused(undo, "这笔流水还没有认款")

    report.show_list(0)
    book = report.open.book()
    [file] = staff.clerk.statements.list_statements()
    staff.clerk.statements.take_back(file.id, "拿错了文件")
    room.refused(book, "没有这笔进账的流水,或已经撤回")


def test_what_went_back_meanwhile_is_not_left_nor_taken_back(room: Room) -> None:
    staff = room.staff
    school(staff, 1)
    (line,) = statement(staff, came("80.00", "远方公司(演示)"))
    report = matching(room, staff.clerk)
    aside: Any = report.open.set_aside()
    aside.reason.setText("付错了单位")
    done(room, aside)
    report.show_list(LEFT)
    refund: Any = report.left.refund()
    assert refund.reason.text() == "付错了单位"
    [left] = staff.clerk.remainders.list_remainders()
    staff.clerk.remainders.refund(left.payment_id, TODAY, "付错了单位")
    room.refused(refund, "这笔转账没有余下的钱")
    report.show_list(BOOKED)
    undo: Any = report.booked.undo()
    undo.reason.setText("是会费")
    room.refused(undo, "这笔转账余下的钱已经申请退费")
    assert staff.clerk.matching.list_booked()[0].line.id == line


def test_a_line_is_the_transfer_that_its_slip_was_recorded_as(room: Room) -> None:
    staff = room.staff
    walk = school(staff, 1)
    payment = staff.clerk.payments.record(
        walk.id, transfer(DUE, 10, None, payer_name="第1小学(演示)")
    ).value
    statement(staff, came("500.00", "第1小学(演示)"))
    report = matching(room, staff.clerk)
    assert report.open.table.current_row().payment == payment
    done(room, report.open.link())
    assert walk.step == "province"
    report.show_list(BOOKED)
    assert report.booked.table.model().index(0, 4).data() == "已按回单登记"


def test_a_persons_money_holds_the_case_until_it_is_sent_back(room: Room, office: Staff) -> None:
    walk = school(office, 1)
    statement(office, came("500.00", "张建国", memo=f"HB{walk.id:06d}"))
    report = matching(room, office.clerk)
    dialog: Any = report.open.book()
    assert "退回单位重缴" in dialog.person_note.text()
    dialog.parts.fill(walk.id)
    done(room, dialog)
    assert walk.step == "payment"
    assert "付款的是个人账户" in office.clerk.enrolments.get(walk.id).difference


def test_which_of_several_recorded_transfers_a_line_is_gets_chosen(room: Room) -> None:
    walk = school(room.staff, 1)
    for _time in range(2):
        walk.pay(25_000, None, payer_name="第1小学(演示)")
    statement(room.staff, came("250.00", "第1小学(演示)"))
    report = matching(room, room.staff.clerk)
    chosen(report, "第1小学(演示)")
    assert report.open.link_button.isEnabled()
    dialog: Any = report.open.link()
    assert dialog.which.count() == 2
    dialog.accept()
    room.settle()
    assert "还没有选是哪一笔缴费。" in dialog.banner.text
    dialog.which.setCurrentIndex(1)
    done(room, dialog)
    [booked] = room.staff.clerk.matching.list_booked()
    assert (booked.recorded, booked.parts[0].enrolment_id) == (True, walk.id)


def test_a_line_that_may_be_recorded_is_booked_once_that_is_said(room: Room) -> None:
    walk, other = schools(room.staff)
    for _time in range(2):
        walk.pay(25_000, None, payer_name="第1小学(演示)")
    (line,) = statement(room.staff, came("250.00", "第1小学(演示)"))
    report = matching(room, room.staff.clerk)
    chosen(report, "第1小学(演示)")
    dialog: Any = report.open.book()
    dialog.parts.offer(room.staff.clerk.matching.list_owed()[0], 25_000)
    dialog.accept()
    room.settle()
    assert "这笔流水可能是已按回单登记过的缴费" in dialog.banner.text
    assert dialog.sure.isVisible()
    dialog.sure.setChecked(True)
    done(room, dialog)
    [booked] = room.staff.clerk.matching.list_booked()
    assert (booked.line.id, booked.parts[0].enrolment_id) == (line, other.id)


def test_a_line_that_may_be_recorded_is_set_aside_once_that_is_said(room: Room) -> None:
    walk, _other = schools(room.staff)
    for _time in range(2):
        walk.pay(25_000, None, payer_name="第1小学(演示)")
    (line,) = statement(room.staff, came("250.00", "第1小学(演示)"))
    report = matching(room, room.staff.clerk)
    chosen(report, "第1小学(演示)")
    dialog: Any = report.open.set_aside()
    dialog.reason.setText("付错了单位")
    dialog.accept()
    room.settle()
    assert "这笔流水可能是已按回单登记过的缴费" in dialog.banner.text
    dialog.sure.setChecked(True)
    done(room, dialog)
    [booked] = room.staff.clerk.matching.list_booked()
    assert (booked.line.id, booked.parts, booked.left_fen) == (line, (), 25_000)


def test_a_wrong_part_goes_out_on_its_unit_s_page_and_the_other_stays(room: Room) -> None:
    first, second = schools(room.staff)
    payment = pay(room.staff, (first, second))
    page = room.unit(room.staff.clerk, second.unit_id)
    page.money.buttons[f"part:{payment}"].click()
    room.settle()
    dialog: Any = next(one for one in page.findChildren(ReasonDialog) if one.isVisible())
    dialog.reason.setText("认错了单位")
    done(room, dialog)
    assert (second.step, first.step) == ("payment", "province")
    assert f"part:{payment}" not in page.money.buttons
    left = matching(room, room.staff.clerk)
    assert left.tabs.tabText(LEFT) == "余款 1 笔"
