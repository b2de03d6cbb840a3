"""工作台 with stand-in services."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
from desktop_app.services.board.progress import progress_text
from desktop_app.services.done import Area, Done
from desktop_app.services.views.board import Board, Mark, Slice
from desktop_app.ui.pages.home.home_page import HomePage, day_text
from desktop_app.ui.pages.home.home_parts import aim_sentence
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import BOARD, EMPTY_BOARD, Desk

PROGRESS = (
    "截至2026年12月1日,2027年度已缴单位2家、职工180人、金额17,200.00元,完成目标45.0%;"
    "已报单位3家、职工214人,未报3家;办结1家、职工90人。"
)


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> HomePage:
    made = HomePage(desk, tasks)
    qtbot.addWidget(made)
    made.resize(1240, 700)
    made.show()
    qtbot.waitUntil(lambda: made.board is not None)
    return made


def test_the_numbers_and_what_waits_are_shown(page: HomePage) -> None:
    assert page.waiting.number.text() == "2"
    assert [part.text() for part in page.due.parts] == ["1家约好再联系"]
    assert [row.unit for row in page.table.shown_rows()] == ["清溪镇政府", "县第一小学", "县水厂"]
    assert page.areas.aim.text() == "目标 400 人,按已缴人数完成 45.0%"
    assert [head.text() for head in page.areas.heads] == [
        "已报 214 人",
        "已缴 180 人",
        "办结 90 人",
    ]
    assert page.areas.backup.text() == "上次备份 今天 08:02,已验证"
    assert page.due.number.accessibleName() == "快到期:1家,打开列表"
    assert page.day.text() == "2026年12月1日 星期二 · 2027 年度 · 集中办理还剩 30 天"


def test_colour_shows_only_while_there_is_something_to_count(page: HomePage) -> None:
    assert page.due.number.property("tone") == "late"
    assert page.mend.number.property("tone") == ""
    assert page.mend.note.text() == "没有退回、不符和待退的"


def test_every_number_is_a_button_for_key_and_mouse_that_opens_its_list(
    qtbot: QtBot, page: HomePage
) -> None:
    asked: list[object] = []
    page.open_slice.connect(asked.append)
    page.waiting.number.click()
    page.due.parts[0].setFocus()
    qtbot.keyClick(page.due.parts[0], Qt.Key.Key_Space)
    page.areas.heads[1].click()
    assert asked == [Slice(Mark.WAITING), Slice(Mark.CALL), Slice(Mark.PAID)]
    cells = page.areas.numbers.cells
    assert len(cells) == 3 * 5
    for cell in cells.values():
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert asked[8:13] == [
        Slice(mark, area="城关片区")
        for mark in (Mark.ACTIVE, Mark.UNREPORTED, Mark.REPORTED, Mark.PAID, Mark.FINISHED)
    ]
    assert asked[3:5] == [Slice(Mark.ACTIVE), Slice(Mark.UNREPORTED)]
    assert cells[1, 2].accessibleName() == "城关片区 已报 3家"


def test_the_arrows_go_from_number_to_number_of_the_areas(qtbot: QtBot, page: HomePage) -> None:
    cells = page.areas.numbers.cells
    stops = [at for at, cell in cells.items() if cell.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [(0, 0)]
    cells[0, 0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert cells[2, 1].hasFocus()
    with qtbot.waitSignal(page.open_slice) as opened:
        qtbot.keyClick(cells[2, 1], Qt.Key.Key_Space)
    assert opened.args == [Slice(Mark.UNREPORTED, area="东片")]
    page.areas.show_board(BOARD)  # the board is read again: the cursor keeps its place
    assert page.areas.numbers.cells[2, 1].hasFocus()
    qtbot.keyClick(page.areas.numbers.cells[2, 1], Qt.Key.Key_Left)
    qtbot.keyClick(page.areas.numbers.cells[2, 0], Qt.Key.Key_Home)
    assert page.areas.numbers.cells[2, 0].hasFocus()


def test_while_the_board_is_read_it_is_not_called_empty(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    go = threading.Event()

    def slow() -> Board:
        go.wait(10)
        return BOARD

    desk.board.answers["board"] = slow
    page = HomePage(desk, tasks)
    qtbot.addWidget(page)
    asked: list[object] = []
    page.open_slice.connect(asked.append)
    assert page.table._empty == "正在读取…"
    page.waiting.number.click()
    page.areas.heads[0].click()
    page.copy_progress()
    assert (page.waiting.number.text(), asked) == ("…", [])
    assert page.banner.text == "进度还没有读到。"
    go.set()
    qtbot.waitUntil(lambda: page.board is not None)
    assert page.table._empty == "没有等着办的事。"


def test_f7_leads_to_the_chase_list(qtbot: QtBot, page: HomePage) -> None:
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.table, Qt.Key.Key_F7)
    assert went.args == ["chase"]


def test_enter_opens_the_unit_of_the_row(qtbot: QtBot, page: HomePage) -> None:
    page.table.selectRow(1)
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [8]


def test_ctrl_v_takes_the_files_of_the_clipboard(qtbot: QtBot, page: HomePage) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/名单/一小.xlsx"), QUrl("https://example.org/x")])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(page.check_files) as checked:
        qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert checked.args == [(Path("/名单/一小.xlsx"),)]


def test_a_clipboard_without_files_is_said(qtbot: QtBot, page: HomePage) -> None:
    QGuiApplication.clipboard().setText("不是文件")
    page.paste()
    assert "剪贴板里没有文件或表格" in page.banner.text


def test_the_day_s_progress_is_copied_as_one_sentence(qtbot: QtBot, page: HomePage) -> None:
    page.copy_button.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == PROGRESS)


def test_progress_without_a_target_or_money_says_neither() -> None:
    assert progress_text(EMPTY_BOARD) == (
        "截至2026年12月1日,2027年度已缴单位0家、职工0人、金额0.00元;"
        "已报单位0家、职工0人,未报0家;办结0家、职工0人。"
    )
    assert aim_sentence(EMPTY_BOARD) == "还没有定目标人数"
    assert "2027年度已审核单位2家、职工180人,完成目标" in progress_text(
        replace(BOARD, asks_money=False)
    )
    assert progress_text(BOARD) == PROGRESS


def test_the_days_left_are_told_until_the_drive_is_over() -> None:
    assert day_text(replace(BOARD, closes_on=BOARD.today)).endswith("集中办理今天截止")
    assert day_text(replace(BOARD, closes_on=date(2026, 11, 30))).endswith("2027 年度")


def test_an_empty_office_is_led_to_its_first_steps(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.board.answers["board"] = EMPTY_BOARD
    page = HomePage(desk, tasks)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.body.currentWidget() is page.first_steps)
    with qtbot.waitSignal(page.go) as went:
        page.first_steps.buttons[0].click()
    assert went.args == ["new-unit"]
    with qtbot.waitSignal(page.go) as went:
        page.first_steps.buttons[3].click()
    assert went.args == ["opening"]


def test_any_save_of_enrolments_reads_the_page_again(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, page: HomePage
) -> None:
    desk.board.answers["board"] = EMPTY_BOARD
    tasks.save(page, lambda: Done(None, frozenset({Area.ENROLMENTS})), lambda _none: None)
    qtbot.waitUntil(lambda: page.waiting.number.text() == "0")


def test_a_store_that_cannot_be_read_is_said_in_place(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.board.answers["board"] = FileError("store-locked", "数据正被占用。", "请稍候再试。")
    page = HomePage(desk, tasks)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.banner.text == "数据正被占用。")
    assert page.banner.remedy.text() == "请稍候再试。"
    assert page.table._empty == "没有读到。按 F5 再读一次。"
    desk.board.answers["board"] = BOARD
    page.reload()
    qtbot.waitUntil(lambda: page.board is not None)
    assert page.banner.text == ""
