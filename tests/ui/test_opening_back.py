"""撤回上次导入 under 期初建账: told in a line, asked for a reason, grey where it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.views.openings import StoredBooks
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import StandIns
from tests.ui.test_opening_card import shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

BOOKS = StoredBooks(
    "ab" * 16, datetime(2026, 12, 1, 2, 2, tzinfo=UTC), "张敏", 2026, 2, 1_320, 2, True
)


def card_with(qtbot: QtBot, tasks: TaskRunner, books: StoredBooks | None) -> tuple[Any, StandIns]:
    services = StandIns()
    services.answers["opening_undo.newest"] = lambda: books
    card = shown(qtbot, tasks, services)
    settled(tasks)
    return card, services


def test_the_newest_import_is_taken_back_with_a_reason(qtbot: QtBot, tasks: TaskRunner) -> None:
    card, services = card_with(qtbot, tasks, BOOKS)
    assert "张敏,2026 年度,单位 2 家,人员 1,320 人" in card.back.text.text()
    qtbot.keyClick(card, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    dialog = QApplication.activeModalWidget()
    dialog.reason.setText("拿错了年度")
    services.answers["opening_undo.newest"] = lambda: None
    dialog.accept()
    settled(tasks)
    assert services.made("opening_undo.take_back") == [(("ab" * 16, "拿错了年度"), {})]
    assert card.banner.text == "已撤回:单位 2 家,名单 2 份,人员 1,320 人。"
    card.back._on_changed(frozenset({Area.UNITS}))
    settled(tasks)
    assert not card.back.isVisible()


def test_books_that_stay_say_why(qtbot: QtBot, tasks: TaskRunner) -> None:
    stays = replace(BOOKS, may=False, why_not="导入以后有人已经申领,不能整批撤回。")
    card, _services = card_with(qtbot, tasks, stays)
    assert not card.back.button.isEnabled()
    assert card.back.button.toolTip() == stays.why_not
    assert card.back.text.text().endswith(stays.why_not)
    assert card.back.ask() is None


def test_without_books_there_is_no_line_and_a_failure_is_told(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    card, services = card_with(qtbot, tasks, None)
    assert not card.back.isVisible()
    services.refusals["opening_undo.newest"] = UserError("store", "没有读到。", "请再试。")
    card.back.reload()
    settled(tasks)
    assert card.banner.text == "没有读到。"
