"""催办 with stand-in services: who is listed, the call that is logged, the message copied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.services.drafts import CallDraft
from desktop_app.ui.dialogs.call_dialog import CallDialog
from desktop_app.ui.pages.chase_page import ChasePage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import CHASE, Desk, chase_row

ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> ChasePage:
    made = ChasePage(desk, tasks)
    qtbot.addWidget(made)
    made.resize(1240, 700)
    made.show()
    qtbot.waitUntil(lambda: made.table.proxy.rowCount() == 3)
    made.table.setFocus()
    return made


def names(page: ChasePage) -> list[str]:
    return [row.unit for row in page.table.shown_rows()]


def test_units_are_listed_by_what_they_owe_and_area(
    qtbot: QtBot, page: ChasePage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.table.rows_model)
    assert [made.text() for made in page.kinds.values()] == [
        "未报 3 家",
        "未缴 1 家",
        "未盖章 0 家",
    ]
    assert page.card.right.text() == "共 3 家 · 联系过 1 家"
    page.areas.setCurrentText("东片")
    assert names(page) == ["东片小学"]
    page.areas.setCurrentText("全部片区")
    page.search.setText("清江")
    assert names(page) == ["清江公司"]
    page.search.setText("")
    qtbot.keyClick(page.table, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert names(page) == ["清溪镇政府"]
    qtbot.mouseClick(page.kinds[list(page.kinds)[2]], Qt.MouseButton.LeftButton)
    assert page.table._empty == "没有未盖章的单位。"
    assert not page.log_button.isEnabled()


def test_enter_logs_the_call_and_goes_on_to_the_next(
    qtbot: QtBot, page: ChasePage, desk: Desk
) -> None:
    qtbot.keyClick(page.table, ENTER)
    dialog = page.findChild(CallDialog)
    assert dialog is not None
    assert (dialog.outcome.value(), dialog.spoke_with.value()) == ("已通知,答应办理", "田国华")
    dialog.again.setText("2026-12-3")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(desk.calls.calls))
    draft = CallDraft("unreported", "已通知,答应办理", "田国华", "13900000000", date(2026, 12, 3))
    assert desk.calls.calls == [("log", (9, draft))]
    qtbot.waitUntil(lambda: page.banner.text == "已记下与“县水厂”的联系。")
    assert page.table.current_row() == CHASE[1]
    other = page.log_call()
    assert other is not None
    assert "上次 11-30 王丽:明天报来" in other.body.itemAt(1).widget().text()


def test_a_call_that_is_refused_keeps_what_was_typed(
    qtbot: QtBot, page: ChasePage, desk: Desk
) -> None:
    desk.calls.answers["log"] = UserError("date", "再联系的日期已经过去。", "", "again_on")
    dialog = page.log_call()
    assert dialog is not None
    dialog.again.setText("十二月")
    dialog.accept()
    assert "不是日期" in dialog.banner.text
    dialog.again.setText("2026-1-1")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.banner.text == "再联系的日期已经过去。")
    assert dialog.again.text() == "2026-1-1"


def test_f6_copies_the_message_of_the_row(qtbot: QtBot, page: ChasePage) -> None:
    page.table.selectRow(2)
    assert page.message.text() == "清江公司:请报名单。"
    qtbot.keyClick(page.table, Qt.Key.Key_F6)
    assert QGuiApplication.clipboard().text() == "清江公司:请报名单。"
    assert "清江公司" in page.banner.text


def test_the_cursor_stays_on_its_unit_when_the_list_is_read_again(
    qtbot: QtBot, page: ChasePage, desk: Desk
) -> None:
    page.table.selectRow(1)
    desk.chase.answers["list_rows"] = (chase_row(5, "新单位"), *CHASE)
    qtbot.keyClick(page.table, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.table.proxy.rowCount() == 4)
    current: Any = page.table.current_row()
    assert current.unit == "东片小学"
    desk.chase.answers["list_rows"] = ()
    page.reload()
    qtbot.waitUntil(lambda: page.table.proxy.rowCount() == 0)
    page.copy_message()
    assert page.banner.text == "没有选中的单位。"
    assert page.log_call() is None
    page._open()


def test_a_list_that_cannot_be_read_is_not_called_empty(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.chase.answers["list_rows"] = FileError("store-locked", "数据正被占用。", "请稍候再试。")
    page = ChasePage(desk, tasks)
    qtbot.addWidget(page)
    assert page.table._empty == "正在读取…"
    qtbot.waitUntil(lambda: page.banner.text == "数据正被占用。")
    assert page.table.nothing_text == "没有读到,原因见上面。"
