"""报表 · 认款: what is proposed and why, what is booked and left, and what each button does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.matching import Matches
from desktop_app.ui.dialogs.match_dialog import PERSONAL
from desktop_app.ui.pages.reports.match_report import BOOKED, LEFT, OPEN, MatchReport
from desktop_app.ui.pages.reports.reports_page import ReportsPage
from desktop_app.ui.table import UNREAD
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.desk_standins import MATCHES, TODAY, Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> ReportsPage:
    page = ReportsPage(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(page)
    page.show_tab("match")
    page.resize(1200, 700)
    page.show()
    settled(tasks)
    return page


@pytest.fixture
def report(page: ReportsPage) -> MatchReport:
    return page.match


def made(desk: Desk, name: str) -> list[tuple[Any, ...]]:
    calls = [*desk.matching.calls, *desk.remainders.calls]
    return [args for called, args in calls if called == name]


def row(report: MatchReport, at: int) -> list[str]:
    model = report.open.table.model()
    return [model.index(at, column).data() for column in range(model.columnCount())]


def accepted(tasks: TaskRunner, dialog: Any) -> None:
    settled(tasks)
    dialog.accept()
    settled(tasks)


def test_each_line_stands_beside_what_it_would_pay_for(report: MatchReport) -> None:
    assert row(report, 0) == [
        "2026-11-20", "县水厂", "500.00", "县水厂", "相符", "可直接认款", "",
    ]  # fmt: skip
    assert row(report, 1)[3] == "4 家:县一小、县二小…"
    assert row(report, 4)[1] == "(没有户名)"
    assert [row(report, at)[4] for at in (2, 3, 4, 5)] == ["多缴", "待核对", "认不出", "已登记"]
    assert (
        report.open.sums.text() == "流水 6 笔 4,180.00 元 = 建议认款 3,000.00 元 + 余款 1,180.00 元"
    )
    assert [report.tabs.tabText(at) for at in range(3)] == [
        "待认款 6 笔",
        "已认款 3 笔",
        "余款 2 笔",
    ]


def test_the_chosen_one_says_why_and_all_that_it_speaks_of(report: MatchReport) -> None:
    report.open.table.selectRow(0)
    assert "· 付款户名就是“县水厂”。" in report.open.reasons.text()
    assert "账号 9991" in report.open.reasons.text()
    report.open.table.selectRow(1)
    assert [one.owed.unit_name for one in report.open.options.shown_rows()] == [
        "县一小", "县二小", "县三小", "县四小",
    ]  # fmt: skip
    assert "摘要:代缴" in report.open.reasons.text()
    report.open.table.selectRow(2)
    assert report.open.why_card.right.text() == "多出 100.00 元"
    report.open.table.selectRow(3)
    assert "个人账户付的钱须退回" in report.open.reasons.text()
    report.open.table.selectRow(4)
    assert report.open.options.nothing_text.startswith("没有想到是哪家单位的")
    assert not report.open.unit_button.isEnabled()
    report.open.to_unit()  # there is none to open


@pytest.mark.parametrize(
    ("which", "count"), [("全部", 6), ("可直接认款", 2), ("待核对", 3), ("认不出", 1)]
)
def test_a_choice_narrows_the_list(report: MatchReport, which: str, count: int) -> None:
    report.open.which.setCurrentText(which)
    assert report.open.table.proxy.rowCount() == count
    assert report.open.sums.text().startswith(f"列出 {count} 笔 · ") == (count < 6)


def test_a_word_narrows_all_lists_a_unit_behind_a_count_too(
    qtbot: QtBot, report: MatchReport
) -> None:
    report.filter.setText("县四小")
    assert [one.lines[0].id for one in report.open.table.shown_rows()] == [2]
    report.filter.setText("烟草")
    assert [pane.table.proxy.rowCount() for pane in report.panes] == [0, 1, 1, 0]
    assert report.open.book() is None
    report.filter.setFocus()
    qtbot.keyClick(report.filter, Qt.Key.Key_Down)
    assert report.open.table.hasFocus()


def test_a_unit_is_opened_from_every_list(
    qtbot: QtBot, page: ReportsPage, report: MatchReport
) -> None:
    report.open.table.selectRow(1)
    report.open.options.selectRow(2)
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(report.open.options, Qt.Key.Key_Return)
    assert opened.args == [9, 72]
    report.show_list(BOOKED)
    assert report.open.which.isHidden()
    report.booked.table.selectRow(1)
    assert "李建设(个人账户)付的 500.00 元缴:县一小 500.00 元" in report.booked.detail.text()
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(report.booked.table, Qt.Key.Key_Return)
    assert opened.args == [8, 80]
    report.booked.table.selectRow(2)
    assert report.booked.detail.text() == "不缴任何申请。付错了"
    report.booked.to_unit()  # it pays for nobody
    assert not report.booked.unit_button.isEnabled()


def test_what_is_certain_is_booked_after_one_question(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    assert report.open.certain_button.text() == "认款可以确定的 2 笔(Ctrl+B)"
    qtbot.keyClick(report.open.table, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    dialog = report.open.book_certain()
    assert dialog is not None
    told = dialog.body.itemAt(0).widget().text()
    assert told.startswith("可以确定的流水 2 笔,合计 2,500.00 元,缴 4 份申请,一起登记。")
    accepted(tasks, dialog)
    assert made(desk, "book_certain") == [((1, 2),)]
    assert report.banner.text == "已认款 2 笔。"
    assert len(made(desk, "proposals")) == 2


def test_an_answer_that_is_old_is_said_and_the_list_read_anew(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    desk.matching.answers["book_certain"] = UserError("match-changed", "认不准了。", "请再看。")
    accepted(tasks, report.open.book_certain())
    assert report.banner.text == "认不准了。"
    assert len(made(desk, "proposals")) == 2
    desk.matching.answers["book_certain"] = UserError("not-permitted", "没有权限。", "请换人。")
    dialog = report.open.book_certain()
    accepted(tasks, dialog)
    assert dialog is not None
    assert dialog.banner.text == "没有权限。"


def test_nothing_certain_leaves_nothing_to_press(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    desk.matching.answers["proposals"] = Matches(MATCHES.proposals[3:], 0, 0, 0)
    report.reload()
    settled(tasks)
    assert report.open.certain_button.text() == "没有可以确定的"
    assert not report.open.certain_button.isEnabled()
    assert report.open.book_certain() is None
    desk.matching.answers["proposals"] = Matches((), 0, 0, 0)
    report.reload()
    settled(tasks)
    assert "在“银行流水”里读入" in report.open.table.nothing_text
    assert report.open.link() is None


def test_amounts_stand_as_proposed_and_the_rest_is_told_while_typing(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.open.table.selectRow(2)
    dialog: Any = report.open.book()
    [field] = dialog.parts.fields.values()
    assert field.text() == "500.00"
    assert (
        dialog.told.text() == "这笔 600.00 元,认 500.00 元,余款 100.00 元(以后转给别的申请或退回)。"
    )
    field.setText("550")
    assert dialog.told.text() == "“县中学”只欠 500.00 元,多的留作余款。"
    field.setText("六百")
    assert "不是金额" in dialog.told.text()
    dialog.accept()
    assert "不是金额" in dialog.banner.text
    dialog.parts.fill(70)
    assert field.text() == "500.00"
    choose = dialog.add_application()
    settled(tasks)
    choose.filter.setText("广电")
    choose.ok.click()
    assert dialog.parts.fields[95].text() == "100.00"  # as far as the money reaches
    assert dialog.told.text() == "这笔 600.00 元,认 600.00 元,分完了;“县广电”还欠 200.00 元。"
    dialog.parts.fields[95].setText("三百")
    dialog.parts.fill(70)  # what is no amount counts nothing
    assert field.text() == "500.00"
    dialog.parts.fields[95].setText("300")
    assert dialog.told.text() == "这笔 600.00 元,认 800.00 元,多填了 200.00 元。"
    dialog.parts.fields[95].setText("100")
    accepted(tasks, dialog)
    assert made(desk, "book") == [
        (3, (PaymentPart(70, 50_000), PaymentPart(95, 10_000)), False, False)
    ]
    assert report.banner.text == "已登记,见“已认款”。"


def test_an_application_that_stands_there_is_not_added_twice(
    tasks: TaskRunner, report: MatchReport
) -> None:
    report.open.table.selectRow(0)
    dialog: Any = report.open.book()
    choose = dialog.add_application()
    settled(tasks)
    choose.table.selectRow(0)
    choose.table.opened.emit(choose.table.current_row())
    assert list(dialog.parts.fields) == [70]


def test_a_payer_that_is_a_person_is_said(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.open.table.selectRow(3)
    dialog: Any = report.open.book()
    assert dialog.person_note.text() == PERSONAL
    assert not dialog.person_note.isHidden()
    dialog.payer.setCurrentIndex(0)
    assert dialog.person_note.isHidden()
    dialog.payer.setCurrentIndex(1)
    dialog.parts.fill(70)
    accepted(tasks, dialog)
    assert made(desk, "book") == [(4, (PaymentPart(70, 50_000),), True, False)]


def test_a_line_that_nobody_knows_is_booked_by_search(
    tasks: TaskRunner, report: MatchReport
) -> None:
    report.open.table.selectRow(4)
    dialog: Any = report.open.book()
    assert not dialog.parts.nothing.isHidden()
    assert dialog.parts.area.isHidden()
    dialog.reject()


def test_the_plain_acts_of_a_line(tasks: TaskRunner, desk: Desk, report: MatchReport) -> None:
    report.open.table.selectRow(4)
    dialog: Any = report.open.set_aside()
    dialog.accept()
    assert dialog.banner.text == "“原因”还没有填。"
    dialog.reason.setText("付错了单位")
    accepted(tasks, dialog)
    assert made(desk, "set_aside") == [(5, "付错了单位", False)]
    assert "钱在“余款”里" in report.banner.text
    report.open.table.selectRow(5)
    assert not report.open.aside_button.isEnabled()
    link: Any = report.open.book()  # Enter on what was recorded leads to linking it
    assert "县医院" in link.body.itemAt(0).widget().text()
    accepted(tasks, link)
    assert made(desk, "link") == [(6, 9)]


def test_a_refusal_reads_the_lists_anew_once_its_dialog_closes(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    desk.matching.answers["undo"] = UserError("line-free", "已经不是了。", "请再看。")
    report.show_list(BOOKED)
    report.booked.table.selectRow(0)
    dialog: Any = report.booked.undo()
    dialog.reason.setText("认错了")
    accepted(tasks, dialog)
    assert dialog.banner.text == "已经不是了。"
    dialog.reject()
    settled(tasks)
    assert len(made(desk, "list_booked")) == 2
    report.open.table.selectRow(0)
    book: Any = report.open.book()
    book.reject()  # nothing was refused: nothing is old
    desk.matching.answers["book"] = UserError("line-used", "认过了。", "请再看。")
    book = report.open.book()
    accepted(tasks, book)
    book.reject()
    settled(tasks)
    assert len(made(desk, "list_booked")) == 3


@pytest.mark.parametrize(
    ("at", "says"), [(0, "1 份申请回到缴费这一步"), (1, "那笔缴费留着"), (2, "登记作废")]
)
def test_what_was_booked_is_taken_back_with_a_reason(
    tasks: TaskRunner, desk: Desk, report: MatchReport, at: int, says: str
) -> None:
    report.show_list(BOOKED)
    report.booked.table.selectRow(at)
    dialog: Any = report.booked.undo()
    assert says in dialog.body.itemAt(0).widget().text()
    dialog.reason.setText("认错了")
    accepted(tasks, dialog)
    assert made(desk, "undo") == [(11 + at, "认错了")]
    assert report.banner.text == "已撤回,这笔流水又在“待认款”里。"


def test_several_applications_are_added_at_once_each_with_what_it_owes(
    tasks: TaskRunner, report: MatchReport
) -> None:
    report.open.table.selectRow(4)
    dialog: Any = report.open.book()
    choose = dialog.add_application()
    settled(tasks)
    assert choose.ok.text() == "就是这家"
    choose.table.selectAll()
    owed = choose.table.selected_rows()
    assert len(owed) > 1
    assert choose.ok.text() == f"就是这 {len(owed)} 家"
    choose.ok.click()
    assert {one.enrolment_id for one in owed} <= set(dialog.parts.fields)
    assert dialog.parts.total() == min(dialog.room_fen, sum(one.fen for one in owed))


def test_opened_again_it_begins_at_the_first_list_with_something_to_do(
    tasks: TaskRunner, desk: Desk, page: ReportsPage
) -> None:
    report = page.match
    assert report.tabs.currentIndex() == OPEN
    report.show_list(BOOKED)
    page.show_tab("tie")
    page.show_tab("match")
    assert report.tabs.currentIndex() == report.stack.currentIndex() == OPEN
    desk.matching.answers["proposals"] = lambda: Matches((), 0, 0, 0)
    report.show_list(BOOKED)
    report.reload()
    settled(tasks)
    assert report.tabs.currentIndex() == BOOKED  # what is read meanwhile turns nobody away
    page.show_tab("tie")
    page.show_tab("match")
    assert report.tabs.currentIndex() == LEFT


def test_the_last_waiting_line_done_turns_nobody_away_from_what_was_said(
    tasks: TaskRunner, desk: Desk, page: ReportsPage
) -> None:
    report = page.match
    page.show_tab("tie")
    page.show_tab("match")
    desk.matching.answers["proposals"] = lambda: Matches((), 0, 0, 0)
    report.banner.show_good("已登记。")
    report.reload()
    settled(tasks)
    assert report.tabs.currentIndex() == OPEN
    assert report.banner.text == "已登记。"


def test_why_money_is_left_and_goes_back_stands_in_full_below(report: MatchReport) -> None:
    report.show_list(LEFT)
    report.left.table.selectRow(1)
    assert report.left.detail.text() == "远方公司:付错了"
    report.left.table.selectRow(0)
    assert report.left.detail.text() == "县烟草,账号 99911"


def test_what_is_left_pays_for_another_or_goes_back(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    report.show_list(LEFT)
    left = report.left
    assert left.card.right.text() == "余款合计 100.00 元"
    left.table.selectRow(0)
    assert left.arrived() is None
    assert left.cancel() is None
    use: Any = left.use()
    choose = use.add_application()
    settled(tasks)
    choose.table.selectRow(1)
    choose.ok.click()
    accepted(tasks, use)
    assert made(desk, "use") == [(21, (PaymentPart(95, 10_000),))]
    refund: Any = left.refund()
    refund.reason.setText("多缴")
    accepted(tasks, refund)
    assert made(desk, "refund") == [(21, TODAY, "多缴")]
    left.table.selectRow(1)
    assert left.use() is None
    assert left.refund() is None
    arrived: Any = left.arrived()
    accepted(tasks, arrived)
    assert made(desk, "arrive") == [(23, TODAY)]
    cancel: Any = left.cancel()
    cancel.reason.setText("还要用")
    accepted(tasks, cancel)
    assert made(desk, "cancel") == [(23, "还要用")]
    left.table.selectRow(2)
    assert left.table.model().index(2, 6).data() == "已退回"
    assert not left.cancel_button.isEnabled()


def test_several_lines_of_one_payer_are_booked_one_by_one(
    tasks: TaskRunner, desk: Desk, report: MatchReport
) -> None:
    first, second = MATCHES.proposals[0], MATCHES.proposals[2]
    both = replace(
        first,
        lines=(*first.lines, *second.lines),
        parts=(replace(first.parts[0], fen=20_000), replace(first.parts[0], fen=30_000, line=3)),
    )
    desk.matching.answers["proposals"] = Matches((both,), 0, 0, 0)
    report.reload()
    settled(tasks)
    assert row(report, 0)[:2] == ["2026-11-20 等2笔", "县水厂、县中学"]
    dialog: Any = report.open.book()
    assert dialog.parts.fields[70].text() == "200.00"
    dialog.line.setCurrentIndex(1)
    assert dialog.parts.fields[70].text() == "300.00"
    accepted(tasks, dialog)
    assert made(desk, "book") == [(3, (PaymentPart(70, 30_000),), False, False)]


def test_lists_that_cannot_be_read_say_so(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> None:
    desk.matching.answers["proposals"] = UserError("folder-missing", "读不了。", "请重试。")
    failing = MatchReport(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(failing)
    settled(tasks)
    assert failing.banner.text == "读不了。"
    assert [pane.table.nothing_text for pane in failing.panes] == [UNREAD] * 4
    failing.open.which.setCurrentIndex(1)  # nothing is there to be narrowed
    assert failing.open.book_certain() is None
    assert failing.booked.undo() is None
    assert failing.left.use() is None
