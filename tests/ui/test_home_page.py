"""工作台 with stand-in services."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
from desktop_app.services.done import Area, Done
from desktop_app.ui.pages.home_page import HomePage
from desktop_app.ui.pages.home_parts import people_sentence, progress_text
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import BOARD, EMPTY_BOARD, UNITS, Desk

PROGRESS = (
    "截至2026年12月1日,2027年度已报名单的单位2家、职工214人、金额8,600.00元"
    "(另有1家金额待核对),完成目标53.5%。"
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
    assert page.late.note.text() == "清溪镇政府"
    assert [row.unit for row in page.table.shown_rows()] == ["清溪镇政府", "县第一小学"]
    assert page.areas.people.text() == "全县 214 人,目标 400 人,完成 53.5%"
    assert page.areas.backup.text() == "上次备份 今天 08:02,已验证"
    assert page.late.accessibleName() == "快到期:1,清溪镇政府"


def test_colour_shows_only_while_there_is_something_to_count(page: HomePage) -> None:
    assert page.late.number.property("tone") == "late"
    assert page.returned.number.property("tone") == ""


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


def test_progress_without_a_target_or_units_says_no_share() -> None:
    assert progress_text(EMPTY_BOARD, ()) == (
        "截至2026年12月1日,2027年度已报名单的单位0家、职工0人、金额0.00元。"
    )
    assert people_sentence(EMPTY_BOARD) == "全县 0 人在内,还没有定目标人数"
    assert progress_text(BOARD, UNITS) == PROGRESS


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
    assert len(page.first_steps.buttons) == 3


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
