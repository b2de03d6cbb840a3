"""认款 · 其他款项 in the window: what is no contribution, its kinds, way back and history."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.codes import BankMark
from desktop_app.errors import UserError
from desktop_app.ui.pages.reports.match_report import BOOKED, LEFT, MARKED, MatchReport
from desktop_app.ui.pages.reports.reports_page import ReportsPage
from desktop_app.ui.table import UNREAD
from desktop_app.ui.tasks import TaskRunner
from tests.services.test_marks import fee, interest
from tests.services.test_matching import came, statement, whole
from tests.services.test_shared_payments import school
from tests.ui import refused_windows
from tests.ui.calm import settled
from tests.ui.desk_standins import Desk
from tests.ui.refused_windows import Room
from tests.ui.test_match_report import accepted, made
from tests.ui.test_matching_in_window import chosen, done, matching, proofs, shown

office_template, room = refused_windows.office_template, refused_windows.room
office = refused_windows.own_office
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def report(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> MatchReport:
    report = MatchReport(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(report)
    report.resize(1200, 700)
    report.show()
    settled(tasks)
    return report


def cells(table: Any, at: int) -> list[str]:
    model = table.model()
    return [model.index(at, column).data() for column in range(model.columnCount())]


def test_what_is_no_contribution_has_a_list_of_its_own(report: MatchReport) -> None:
    assert report.tabs.tabText(MARKED) == "其他款项 2 笔"
    report.show_list(MARKED)
    pane = report.marked
    assert cells(pane.table, 0) == [
        "2026-11-20", "演示银行", "12.34", "", "利息", "结息", "", "王小明", "2026-11-21",
    ]  # fmt: skip
    assert cells(pane.table, 1)[2:7] == ["", "20.00", "手续费", "手续费", "开户"]
    assert pane.card.right.text() == "进账 12.34 元 · 出账 20.00 元"
    report.filter.setText("开户")
    assert pane.table.proxy.rowCount() == 1


def test_nothing_is_chosen_until_a_row_is(report: MatchReport) -> None:
    report.filter.setText("没有这样的")
    for pane in (report.open, report.booked, report.marked):
        assert pane.history() is None
        assert not pane.history_button.isEnabled()
    assert (report.open.set_aside(), report.booked.mark(), report.marked.undo()) == (None,) * 3


def test_the_banks_own_words_choose_the_kind_and_a_person_may_choose_another(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.open.table.selectRow(1)  # 代缴: it says nothing of the kind
    dialog: Any = report.open.set_aside()
    assert dialog.kind.currentText() == "付错、重复付的,退给付款人"
    assert "可以申请退费" in dialog.note.text()
    assert (dialog.form.isRowVisible(dialog.reason), dialog.form.isRowVisible(dialog.what)) == (
        True, False,
    )  # fmt: skip
    dialog.kind.setCurrentIndex(dialog.kind.findData("other"))
    assert "列在“其他款项”里,不算余款" in dialog.note.text()
    dialog.accept()
    assert dialog.banner.text == "“说明”还没有填。"
    dialog.what.setText("保证金退回")
    accepted(tasks, dialog)
    assert made(desk, "mark") == [(2, BankMark.OTHER, "保证金退回", False)]
    assert report.banner.text == "已登记为不是缴费(其他),见“认款”的“其他款项”。"
    dialog = report.open.set_aside()
    dialog.kind.setCurrentIndex(dialog.kind.findData("interest"))
    accepted(tasks, dialog)
    assert made(desk, "mark")[1] == (2, BankMark.INTEREST, "", False)


def test_what_waits_to_go_back_is_marked_from_the_booked_ones(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.show_list(BOOKED)
    enabled = []
    for at in range(3):
        report.booked.table.selectRow(at)
        enabled.append(report.booked.mark_button.isEnabled())
    assert enabled == [False, False, True]
    dialog: Any = report.booked.mark()
    assert dialog.kind.findData("give-back") == -1
    dialog.accept()
    assert dialog.banner.text == "“性质”还没有选。"
    dialog.kind.setCurrentIndex(dialog.kind.findData("own-transfer"))
    accepted(tasks, dialog)
    assert made(desk, "mark") == [(13, BankMark.OWN_TRANSFER, "", False)]


def test_a_mark_is_taken_back_with_a_reason(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.show_list(MARKED)
    for at, said in ((0, "又在“待认款”里"), (1, "已撤回。")):
        report.marked.table.selectRow(at)
        dialog: Any = report.marked.undo()
        dialog.accept()
        assert dialog.banner.text == "“原因”还没有填。"
        dialog.reason.setText("记错了")
        accepted(tasks, dialog)
        assert said in report.banner.text
    assert made(desk, "unmark") == [(14, "记错了"), (15, "记错了")]


def test_a_lines_history_opens_from_every_list(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    for which, pane in ((0, report.open), (BOOKED, report.booked), (MARKED, report.marked)):
        report.show_list(which)
        pane.table.selectRow(0)
        dialog = pane.history()
        settled(tasks)
        assert dialog is not None
        assert cells(dialog.table, 1) == ["2026-11-21 09:00", "李小红", "撤回认款", "认错了单位"]
        dialog.reject()
    assert made(desk, "history") == [(1,), (11,), (14,)]
    report.marked.table.setFocus()
    qtbot.keyClick(report.marked.table, Qt.Key.Key_Return)
    settled(tasks)
    assert made(desk, "history")[-1] == (14,)


def test_a_history_that_cannot_be_read_says_so(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    desk.matching.answers["history"] = UserError("line-unknown", "没有这笔流水。", "请刷新。")
    report.open.table.selectRow(0)
    dialog = report.open.history()
    settled(tasks)
    assert dialog is not None
    assert dialog.banner.text == "没有这笔流水。"
    assert dialog.table.nothing_text == UNREAD


def test_interest_is_marked_and_the_tie_lists_it(room: Room) -> None:
    staff = room.staff
    page = shown(room, ReportsPage(staff.clerk, room.tasks))
    statement(staff, interest(), fee())
    page.statements.reload()
    page.match.reload()
    page.show_tab("match")
    room.settle()
    dialog: Any = page.match.open.set_aside()
    assert dialog.kind.currentText() == "利息"
    done(room, dialog)
    assert [page.match.tabs.tabText(at) for at in (0, LEFT, MARKED)] == [
        "待认款 0 笔", "余款 0 笔", "其他款项 1 笔",
    ]  # fmt: skip
    page.show_tab("statements")
    rows = {one.memo: at for at, one in enumerate(page.statements.table.shown_rows())}
    page.statements.table.selectRow(rows["结息"])
    assert not page.statements.aside_button.isEnabled()
    assert page.statements.set_aside() is None
    page.statements.table.selectRow(rows["手续费"])
    dialog = page.statements.set_aside()
    assert dialog.kind.findData("give-back") == -1  # it went out
    assert "付给“演示银行”的 20.00 元" in dialog.note.text()
    done(room, dialog)
    assert "手续费" in page.statements.banner.text
    assert [cells(page.statements.table, at)[-1] for at in sorted(rows.values())] == [
        "手续费", "利息",
    ]  # fmt: skip
    history = page.statements.history()
    room.settle()
    assert history is not None
    assert cells(history.table, 1)[2] == "记为手续费"
    page.show_tab("tie")
    assert "其他款项(利息12.34元)" in proofs(page)


def test_a_line_that_a_colleague_marked_meanwhile_is_not_booked(room: Room) -> None:
    staff = room.staff
    walk = school(staff, 1)
    (line,) = statement(staff, came("500.00", "第1小学(演示)"))
    report = matching(room, staff.clerk)
    book = report.open.book()
    staff.reviewer.matching.mark(line, BankMark.OWN_TRANSFER)
    room.refused(book, "这笔流水已经记为其他款项(自有资金划转),不是缴费")
    assert report.open.table.proxy.rowCount() == 0
    report.show_list(MARKED)
    undo: Any = report.marked.undo()
    undo.reason.setText("是会费")
    staff.reviewer.matching.unmark(line, "是会费")
    room.refused(undo, "这笔流水没有记为其他款项")
    staff.clerk.matching.book(line, whole(walk))


def test_interest_that_was_set_aside_before_leaves_the_remainders(room: Room) -> None:
    staff = room.staff
    (line,) = statement(staff, interest())
    staff.clerk.matching.set_aside(line, "利息")
    report = matching(room, staff.clerk)
    report.show_list(BOOKED)
    chosen(report, "演示银行")
    done(room, report.booked.mark())
    assert [report.tabs.tabText(at) for at in (BOOKED, LEFT, MARKED)] == [
        "已认款 0 笔", "余款 0 笔", "其他款项 1 笔",
    ]  # fmt: skip


def test_a_statement_with_a_marked_line_stays(room: Room) -> None:
    staff = room.staff
    (line,) = statement(staff, interest())
    staff.clerk.matching.mark(line, BankMark.INTEREST)
    page = shown(room, ReportsPage(staff.clerk, room.tasks))
    page.show_tab("statements")
    page.statements.files.selectRow(0)
    dialog: Any = page.statements.take_back()
    dialog.reason.setText("拿错了文件")
    room.refused(dialog, "有1笔已经记为其他款项")
