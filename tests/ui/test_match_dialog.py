"""认款 in the window: what a line pays for and why; booked, linked, set aside, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut

from desktop_app.ui.dialogs.match_acts import BookLineDialog
from desktop_app.ui.dialogs.match_dialog import MatchDialog
from desktop_app.ui.dialogs.remainder_dialog import (
    RemainderArrivedDialog,
    RemainderDialog,
    state_text,
)
from desktop_app.ui.pages.reports.statements_report import StatementsReport
from tests.services.desks import TODAY, transfer
from tests.services.test_matching import came, statement, whole
from tests.services.test_shared_payments import DUE, TREASURY, school, schools
from tests.ui import refused_windows
from tests.ui.refused_windows import Room

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
FIRST = "第1小学(演示)"


def shown(room: Room) -> tuple[StatementsReport, MatchDialog]:
    page = StatementsReport(room.staff.clerk, room.tasks)
    room.qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    room.settle()
    dialog = page.match()
    room.settle()
    return page, dialog


def cells(dialog: MatchDialog) -> list[list[str]]:
    columns = dialog.table.rows_model.columns
    return [[column.text(row) for column in columns[1:]] for row in dialog.table.shown_rows()]


def form(dialog: MatchDialog) -> BookLineDialog:
    made = dialog.book()
    assert isinstance(made, BookLineDialog)
    return made


def test_what_is_certain_is_shown_with_its_reasons_and_booked_together(room: Room) -> None:
    first, second = schools(room.staff)
    statement(room.staff, came("500.00", FIRST, memo="会费"), came("77.00", "远方公司(演示)"))
    _page, dialog = shown(room)
    assert dialog.sentence.text() == "还没有认的进账 2 笔 577.00 元,其中 1 笔认得准。"
    assert cells(dialog) == [
        ["500.00", FIRST, "会费", FIRST, "相符 · 认得准"],
        ["77.00", "远方公司(演示)", "", "", "认不出"],
    ]
    dialog.table.selectRow(0)
    assert dialog.reasons.text().splitlines() == [
        "2026-12-01 500.00 元 第1小学(演示)  会费",
        "缴 第1小学(演示) 500.00 元",
        "付款户名就是单位名称:“第1小学(演示)”。",
        "500.00元,和应缴的相符。",
    ]
    assert dialog.sure_button.text() == "登记认得准的 1 笔(&S)"
    room.qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    room.settle()
    assert first.step == "payment"  # Enter alone books nothing
    dialog.sure_button.click()
    room.settle()
    assert dialog.banner.text == "已登记 1 笔。"
    assert (first.step, second.step) == ("province", "payment")
    assert not dialog.sure_button.isEnabled()
    dialog.book_certain()  # nothing is certain any more
    dialog.table.selectRow(0)
    assert (dialog.book_button.isEnabled(), dialog.aside_button.isEnabled()) == (False, True)
    assert dialog.book() is None


def test_a_line_is_booked_as_what_a_person_says(room: Room) -> None:
    first, second = schools(room.staff)
    numbers = f"HB{first.id:06d}、HB{second.id:06d}"
    statement(room.staff, came("1,000.00", TREASURY, "1700", numbers))
    _page, dialog = shown(room)
    dialog.table.selectRow(0)
    assert cells(dialog)[0][-2:] == [f"{FIRST}等2份申请", "相符 · 认得准"]
    asked = form(dialog)
    assert [field.text() for field in asked.amounts.values()] == ["500.00", "500.00"]
    for field in asked.amounts.values():
        field.clear()
    asked.accept()
    assert asked.banner.text == "没有填缴哪份申请多少钱。"
    asked.amounts[first.id].setText("600")
    asked.accept()
    room.settle()
    assert "还欠500.00元,不能认600.00元。" in asked.banner.text
    asked.amounts[first.id].setText("400")
    asked.accept()
    room.settle()
    assert dialog.banner.text == "已登记这一笔。"
    assert room.staff.clerk.enrolments.get(first.id).paid_fen == 40_000
    assert dialog.sentence.text() == "没有还没认的进账。"


def test_what_was_booked_is_taken_back_on_the_page(room: Room) -> None:
    first, second = schools(room.staff)
    (line,) = statement(room.staff, came("1,000.00", TREASURY))
    room.staff.clerk.matching.book(line, whole(first, second))
    page, dialog = shown(room)
    dialog.reject()
    page.table.selectRow(0)
    reason = page.undo()
    assert reason is not None
    reason.reason.setText("认错了")
    reason.accept()
    room.settle()
    assert page.banner.text == "已撤回认款。"
    assert room.staff.clerk.enrolments.get(first.id).paid_fen == 0
    page.table.selectRow(0)
    assert (page.undo_button.isEnabled(), page.undo()) == (False, None)


def test_more_than_the_line_holds_is_refused_in_the_form(room: Room) -> None:
    first, second = schools(room.staff)
    numbers = f"HB{first.id:06d}、HB{second.id:06d}"
    statement(room.staff, came("700.00", TREASURY, "", numbers))
    _page, dialog = shown(room)
    dialog.table.selectRow(0)
    asked = form(dialog)
    assert [field.text() for field in asked.amounts.values()] == ["500.00", "200.00"]
    asked.amounts[second.id].setText("500")
    asked.accept()
    room.settle()
    assert "各份申请合计1,000.00元,比这笔转账的700.00元多。" in asked.banner.text


def test_a_line_that_was_recorded_before_is_linked(room: Room) -> None:
    walk = school(room.staff, 1)
    room.staff.clerk.payments.record(walk.id, transfer(DUE, 10, None, payer_name=FIRST))
    statement(room.staff, came("500.00", FIRST))
    _page, dialog = shown(room)
    dialog.table.selectRow(0)
    assert (cells(dialog)[0][-1], dialog.link_button.isEnabled()) == ("已登记", True)
    dialog.link_button.click()
    room.settle()
    assert dialog.banner.text == "已和登记过的缴费对上。"
    assert walk.step == "province"


def test_money_for_nothing_is_set_aside_with_a_reason(room: Room) -> None:
    statement(room.staff, came("80.00", "远方公司(演示)"), came("80.00", ""))
    _page, dialog = shown(room)
    assert [row[1] for row in cells(dialog)] == ["远方公司(演示)", "(没有户名)"]
    dialog.filter.setText("远方")
    dialog.table.selectRow(0)
    asked = dialog.set_aside()
    assert asked is not None
    asked.reason.setText("付错了单位")
    asked.accept()
    room.settle()
    assert dialog.banner.text == "已登记待退。"
    [left] = room.staff.clerk.remainders.list_remainders()
    assert (left.left_fen, left.note) == (8_000, "付错了单位")


def test_instalments_and_many_schools_are_told_shortly(room: Room) -> None:
    walks = schools(room.staff, 5)
    numbers = " ".join(f"HB{walk.id:06d}" for walk in walks[1:])
    statement(
        room.staff,
        came("200.00", FIRST), came("350.00", FIRST), came("2,000.00", TREASURY, "", numbers),
    )  # fmt: skip
    _page, dialog = shown(room)
    by_payer = {row[1]: row for row in cells(dialog)}
    assert by_payer[f"{FIRST}等2笔"][-1] == "多缴"
    names = [row.lines[0].payer_name for row in dialog.table.shown_rows()]
    dialog.table.selectRow(names.index(TREASURY))
    assert "……共 4 份" in dialog.reasons.text()
    dialog.table.selectRow(names.index(FIRST))
    assert "还余 50.00 元" in dialog.reasons.text()


def test_the_page_opens_it_by_key_and_without_lines_it_says_so(room: Room) -> None:
    page, dialog = shown(room)
    assert dialog.table.nothing_text == "没有还没认的进账。"
    assert dialog.set_aside() is None
    dialog.reject()
    room.settle()
    keys = {one.key().toString(): one for one in page.findChildren(QShortcut)}
    keys["F7"].activated.emit()
    room.settle()
    assert page.findChildren(MatchDialog)


def test_what_is_left_of_a_transfer_is_asked_back_and_arrives(room: Room) -> None:
    walk = school(room.staff, 1)
    (line,) = statement(room.staff, came("600.00", FIRST))
    room.staff.clerk.matching.book(line, whole(walk))
    _page, dialog = shown(room)
    left = dialog.show_left()
    room.settle()
    assert left.sentence.text() == "没有处理的余款 100.00 元,申请退费还没有到账的 0.00 元。"
    left.table.selectRow(0)
    assert (left.arrive(), left.cancel()) == (None, None)
    asked = left.refund()
    assert asked is not None
    asked.accept()
    assert asked.banner.text == "“退费原因”还没有填。"
    asked.reason.setText("多缴")  # type: ignore[attr-defined]
    asked.accept()
    room.settle()
    assert left.banner.text == "已申请退费 100.00 元。"
    left.table.selectRow(0)
    [row] = left.table.shown_rows()
    assert (state_text(row), left.refund()) == ("12-01 申请退费 · 未到账", None)
    cancelled = left.cancel()
    assert cancelled is not None
    cancelled.reason.setText("留用")
    cancelled.accept()
    room.settle()
    assert left.banner.text == "已撤回退费申请。"
    [row] = left.table.shown_rows()
    assert state_text(row) == "没有处理"


def test_another_person_says_that_the_money_is_back(room: Room) -> None:
    walk = school(room.staff, 1)
    (line,) = statement(room.staff, came("600.00", FIRST))
    payment = room.staff.clerk.matching.book(line, whole(walk)).value
    room.staff.clerk.remainders.refund(payment, TODAY, "多缴")
    left = RemainderDialog(room.staff.reviewer, room.tasks)
    room.qtbot.addWidget(left)
    left.show()
    room.settle()
    left.table.selectRow(0)
    left.table.open_at(left.table.currentIndex())
    room.settle()
    arrived = left.findChildren(RemainderArrivedDialog)[-1]
    arrived.accept()
    room.settle()
    assert left.banner.text == "100.00 元已退到付款人。"
    [row] = left.table.shown_rows()
    assert state_text(row) == "已退到付款人"
    left.table.open_at(left.table.currentIndex())  # nothing is left to do
    assert (left.refund_button.isEnabled(), left.arrive_button.isEnabled()) == (False, False)
