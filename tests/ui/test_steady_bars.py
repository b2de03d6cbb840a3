"""While a screen reader listens, a scroll bar it was told of does not go away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

import desktop_app.ui
from desktop_app.ui.widgets.steady_bars import steady_bars

AREAS = re.compile(
    r"(?:= |\()(QScrollArea|QPlainTextEdit|QListWidget|QGraphicsView|QTableView)[(,)]"
)


@pytest.fixture
def listened() -> Iterator[None]:
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


def _children(area: QWidget) -> int:
    told = QAccessible.queryAccessibleInterface(area)
    assert told is not None
    return told.childCount()


def _area_of(qtbot: QtBot, height: int) -> tuple[QScrollArea, QWidget]:
    area, inside = QScrollArea(), QWidget()
    steady_bars(area)
    area.setWidget(inside)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    inside.resize(50, height)
    return area, inside


@pytest.mark.usefixtures("listened")
def test_a_bar_that_was_there_stays_when_there_is_nothing_to_scroll(qtbot: QtBot) -> None:
    area, inside = _area_of(qtbot, 500)
    qtbot.waitUntil(lambda: _children(area) == 2)
    inside.resize(50, 20)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert _children(area) == 2


@pytest.mark.usefixtures("listened")
def test_without_a_reader_a_bar_goes_when_there_is_nothing_to_scroll(qtbot: QtBot) -> None:
    QAccessible.setActive(False)
    area, inside = _area_of(qtbot, 500)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    inside.resize(50, 20)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())


@pytest.mark.usefixtures("listened")
def test_a_bar_that_is_switched_off_stays_off(qtbot: QtBot) -> None:
    text = QPlainTextEdit()
    steady_bars(text)
    text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    qtbot.addWidget(text)
    text.show()
    text.setPlainText("一行\n" * 200)
    assert text.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_every_module_that_makes_a_scroll_area_keeps_its_bars() -> None:
    folder = Path(desktop_app.ui.__file__).parent
    makers = [path for path in folder.rglob("*.py") if AREAS.search(path.read_text("utf-8"))]
    assert len(makers) > 10
    assert [path.name for path in makers if "steady_bars(" not in path.read_text("utf-8")] == []
