"""Scans are looked at beside what one types: leafed through, enlarged, turned, never crashing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.scan_view import ScanView, ShownScan
from tests.ui.scans import BROKEN, Drawing

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
Open = Callable[..., ScanView]


@pytest.fixture
def opened(qtbot: QtBot, tasks: TaskRunner) -> Open:
    """The view in a window with a field that has the cursor, as in a dialog."""
    held: list[QWidget] = []

    def make(*drawings: Drawing, first: int = 0) -> ScanView:
        window = QWidget()
        line = QLineEdit()
        view = ScanView(tasks, "还没有附件。")
        layout = QVBoxLayout(window)
        layout.addWidget(line)
        layout.addWidget(view)
        window.resize(500, 500)
        qtbot.addWidget(window)
        held.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        line.setFocus()
        view.show_scans([ShownScan(f"附件{at}", one) for at, one in enumerate(drawings, 1)], first)
        settle(qtbot, tasks)
        return view

    return make


def settle(qtbot: QtBot, tasks: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not tasks.pending)


def press(qtbot: QtBot, view: ScanView, key: Key, more: Qt.KeyboardModifier | None = None) -> None:
    """Where the cursor is: in the field beside."""
    held = QApplication.focusWidget()
    assert isinstance(held, QLineEdit)
    qtbot.keyClick(held, key, more or Qt.KeyboardModifier.NoModifier)
    settle(qtbot, view._tasks)


def across(view: ScanView) -> float:
    """How wide the page stands there, as a part of its place."""
    box = view.pane.mapFromScene(view.pane.sceneRect()).boundingRect()
    return box.width() / view.pane.viewport().width()


def test_a_page_is_as_wide_as_its_place_and_its_keys_work_beside_a_field(
    qtbot: QtBot, opened: Open
) -> None:
    drawing = Drawing(pages=3)
    view = opened(drawing)
    assert view.place.text() == "第1/3页"
    qtbot.waitUntil(lambda: across(view) == pytest.approx(1, abs=0.02))
    press(qtbot, view, Key.Key_PageDown)  # a screen further
    assert (view.place.text(), view.pane.verticalScrollBar().value() > 0) == ("第1/3页", True)
    bar = view.pane.verticalScrollBar()
    while view.place.text() == "第1/3页":
        press(qtbot, view, Key.Key_PageDown)
    assert (view.place.text(), bar.value()) == ("第2/3页", 0)
    press(qtbot, view, Key.Key_PageUp)
    assert (view.place.text(), bar.value()) == ("第1/3页", bar.maximum())
    assert [number for number, _ in drawing.asked] == [1, 2, 1]
    for _ in range(9):
        press(qtbot, view, Key.Key_PageUp)
    assert view.place.text() == "第1/3页"


def test_an_enlarged_page_is_drawn_anew_to_be_sharp(qtbot: QtBot, opened: Open) -> None:
    drawing = Drawing()
    view = opened(drawing)
    press(qtbot, view, Key.Key_Minus, Ctrl)
    assert across(view) < 0.85
    press(qtbot, view, Key.Key_0, Ctrl)
    for _ in range(5):
        press(qtbot, view, Key.Key_Equal, Ctrl)
    assert across(view) == pytest.approx(1.25**5, rel=0.05)
    assert drawing.asked == [(1, 1200), (1, 2400)]
    for _ in range(20):
        press(qtbot, view, Key.Key_Plus, Ctrl)
    assert across(view) < 6.2
    view.tools["fit"].click()
    assert across(view) == pytest.approx(1, abs=0.02)


def test_ctrl_and_the_wheel_enlarge_and_the_wheel_alone_scrolls(opened: Open) -> None:
    view = opened(Drawing())
    turn_wheel(view, 120, Ctrl)
    assert across(view) == pytest.approx(1.25, rel=0.05)
    turn_wheel(view, -120, Ctrl)
    turn_wheel(view, 0, Ctrl)
    assert across(view) == pytest.approx(1, abs=0.02)
    turn_wheel(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.pane.verticalScrollBar().value() > 0


def turn_wheel(view: ScanView, by: int, held: Qt.KeyboardModifier) -> None:
    place = view.pane.viewport()
    at = QPointF(place.rect().center())
    event = QWheelEvent(
        at, place.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(place, event)


def test_a_turned_page_fits_and_stands_upright_again_in_the_next_file(
    qtbot: QtBot, opened: Open
) -> None:
    view = opened(Drawing(), Drawing())
    press(qtbot, view, Key.Key_T, Ctrl)
    assert view.pane.turned == 90
    assert across(view) == pytest.approx(1, abs=0.02)
    assert view.pane.pixels_wanted() < 1200
    press(qtbot, view, Key.Key_PageDown, Ctrl)
    assert (view.choice.currentText(), view.pane.turned) == ("附件2", 0)
    press(qtbot, view, Key.Key_PageDown, Ctrl)
    assert view.choice.currentText() == "附件2"
    press(qtbot, view, Key.Key_PageUp, Ctrl)
    assert view.choice.currentText() == "附件1"


def test_a_broken_page_says_one_sentence_and_the_others_are_shown(
    qtbot: QtBot, opened: Open
) -> None:
    view = opened(Drawing(3, frozenset({2})), Drawing())
    view.leaf(1)
    settle(qtbot, view._tasks)
    assert view.message.isVisible()
    assert view.message.text() == f"{BROKEN.message}{BROKEN.remedy}"
    view.tools["turn"].click()
    view.leaf(1)
    settle(qtbot, view._tasks)
    assert view.pane.isVisible()
    assert view.place.text() == "第3/3页"
    view.change_scan(1)
    settle(qtbot, view._tasks)
    assert view.pane.accessibleName() == "附件2 第1/1页"


def test_without_a_file_it_says_so_and_the_first_may_be_another(qtbot: QtBot, opened: Open) -> None:
    empty = opened()
    assert (empty.message.text(), empty.message.isVisible()) == ("还没有附件。", True)
    assert not empty.choice.isVisible()
    press(qtbot, empty, Key.Key_PageDown)
    press(qtbot, empty, Key.Key_Plus, Ctrl)
    view = opened(Drawing(), Drawing(), first=1)
    assert view.choice.currentText() == "附件2"
    view.show_scans(())
    assert view.message.text() == "还没有附件。"


def test_every_tool_says_its_key(opened: Open) -> None:
    view = opened(Drawing())
    assert [made.toolTip() for made in view.tools.values()] == [
        "PageUp", "PageDown", "Ctrl+-", "Ctrl++", "Ctrl+0", "Ctrl+T",
    ]  # fmt: skip
