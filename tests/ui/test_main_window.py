"""The shell: rail, search box, failures, and the way of a roster into its unit."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Done
from desktop_app.services.views.search import Hit
from desktop_app.ui import theme
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.units import unit_page
from desktop_app.ui.rail import PLACES
from desktop_app.ui.search_box import phone_sentence
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import claim, claim_row
from tests.ui.desk_standins import HITS, Desk

CTRL = Qt.KeyboardModifier.ControlModifier


class PlainUnitPage(QWidget):
    """Stands for the unit's own page, which has tests of its own."""

    loaded = Signal()
    back = Signal()

    def __init__(self, _services: Any, _tasks: TaskRunner, unit_id: int) -> None:
        super().__init__()
        self.unit_id, self.shown, self.rosters = unit_id, None, []
        self.cases: list[int | None] = []
        self.acts = SimpleNamespace(files=self)

    def show_case(self, case_id: int | None) -> None:
        self.cases.append(case_id)

    def read_roster(self, path: Path) -> None:
        self.rosters.append(path)


@pytest.fixture
def window(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, monkeypatch: pytest.MonkeyPatch, dressed: None
) -> MainWindow:
    monkeypatch.setattr(unit_page, "UnitPage", PlainUnitPage)
    made = MainWindow(desk, tasks)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: bool(made.rail.foot.text()))
    return made


def type_text(widget: QWidget, text: str) -> None:
    """As an input method does; key clicks cannot carry Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.search.setFocus()
    window.search.clear()
    type_text(window.search, text)
    qtbot.waitUntil(window.search.answers.isVisible)


def test_every_place_of_the_rail_opens_with_one_key(qtbot: QtBot, window: MainWindow) -> None:
    for at, (key, text) in enumerate(PLACES):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + at), CTRL)
        qtbot.waitUntil(lambda key=key: window.page_key == key)
        assert window.rail.buttons[key].isChecked()
        assert window.rail.buttons[key].accessibleName() == text


def test_stamped_papers_are_received_one_key_from_anywhere(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: window.page_key == "receive")
    assert window.rail.buttons["units"].isChecked()
    page = window.page("receive")
    page.open_unit.emit(8)
    assert window.unit_page is not None
    page.back.emit()
    assert window.page_key == "units"
    window.page("units").receive_button.click()
    assert window.page_key == "receive"


def test_the_sample_county_is_labelled_and_the_user_named(window: MainWindow) -> None:
    assert window.demo.isVisible()
    assert window.user_button.text() == "王丽 · 经办员"
    assert window.rail.foot.text() == "明山县\n经办机构"


def test_the_answer_stands_in_the_row_and_enter_opens_it(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.search.hasFocus()
    search(qtbot, window, "覃世")
    assert desk.search.calls[-1][1][0] == "覃世"
    table = window.search.answers.table
    assert table.model().index(0, 2).data() == HITS[0].detail
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    assert table.current_row() == HITS[1]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.unit_page is not None
    assert window.unit_page.unit_id == 8
    assert not window.search.answers.isVisible()
    assert window.rail.buttons["units"].isChecked()


def test_typing_asks_once_for_the_whole_word(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    for letter in "qsf":
        qtbot.keyClick(window.search, letter)
    qtbot.waitUntil(window.search.answers.isVisible)
    assert [args[0] for _name, args in desk.search.calls] == ["qsf"]


def test_a_scanned_code_opens_its_only_answer_at_once(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    form = Hit("form", 11, 7, 60, "申请书 AF-A-2026-00011", "清溪镇政府 · 2026年度")
    desk.search.answers["find"] = lambda _text, _limit: (form,)
    window.search.setFocus()
    type_text(window.search, "A-2026-0417")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.unit_page is not None)
    assert (window.unit_page.unit_id, window.unit_page.cases) == (7, [60])


def test_f4_copies_a_sentence_for_the_phone(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "1248")
    qtbot.keyClick(window.search, Qt.Key.Key_F4)
    assert QGuiApplication.clipboard().text() == phone_sentence(HITS[0])
    assert phone_sentence(HITS[2]) == "查无单位的人 ****0001。"


def test_esc_and_an_empty_box_put_the_answers_away(qtbot: QtBot, window: MainWindow) -> None:
    search(qtbot, window, "1248")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.search.answers.isVisible()
    search(qtbot, window, "1248")
    window.search.clear()
    window.search.ask()
    assert not window.search.answers.isVisible()


def test_nobody_found_is_said(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.search.answers["find"] = ()
    search(qtbot, window, "没有的人")
    assert window.search.answers.table.proxy.rowCount() == 0
    qtbot.keyClick(window.search, Qt.Key.Key_Return)


def test_a_person_opens_as_a_whole_and_then_the_case_of_the_right_year(
    qtbot: QtBot, window: MainWindow
) -> None:
    search(qtbot, window, "1248")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page_key == "find"
    page = window.page("find")
    qtbot.waitUntil(lambda: page.person.view is not None)
    assert page.person.title.text() == "覃世芳"
    assert page.table.shown_rows() == (HITS[0],)
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert window.unit_page is not None
    assert (window.unit_page.unit_id, window.unit_page.cases) == (7, [71])
    window.open_hit(Hit("enrolment", 60, 7, 60, "HB1", "2026年度"))
    assert window.unit_page.cases == [71, 60]
    window.open_hit(Hit("form", 5, None, None, "核算单 BW-A-2026-00005", ""))
    assert "没有所在单位" in window.banner.text


def test_a_person_without_a_unit_is_shown_and_opens_no_case(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_hit(HITS[2])
    page = window.page("find")
    qtbot.waitUntil(lambda: page.person.view is not None)
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert window.unit_page is None
    assert "没有申请可以打开" in page.banner.text


def test_a_claim_of_a_person_opens_beside_the_list_of_claims(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    desk.claims.answers |= {"get": claim(), "list_claims": (claim_row(9),)}
    window.open_hit(HITS[0])
    page = window.page("find")
    qtbot.waitUntil(lambda: page.person.view is not None)
    page.person.claim_button.click()
    assert window.page_key == "claims"
    qtbot.waitUntil(lambda: window.page("claims").claim is not None)
    assert ("get", (9,)) in desk.claims.calls  # the list is read beside it, in either order


def test_one_unit_s_page_stays_while_other_pages_are_visited(window: MainWindow) -> None:
    page = window.open_unit(7)
    window.show_page("reports")
    assert window.show_page("units") is page
    page.back.emit()
    assert window.unit_page is None
    assert window.page_key == "units"


def test_a_checked_roster_goes_to_the_unit_that_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    path = Path("/名单/一小.xlsx")
    window.page("home").check_files.emit((path,))
    assert window.page_key == "check"
    check = window.page("check")
    qtbot.waitUntil(lambda: check.result is not None)
    dialog = window.choose_unit(path, 8)
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.table.current_row().id == 8
    dialog.ok.click()
    assert window.unit_page is not None
    assert window.unit_page.unit_id == 8
    assert window.unit_page.rosters == []
    window.unit_page.loaded.emit()
    window.unit_page.loaded.emit()
    assert window.unit_page.rosters == [path]


def test_a_number_opens_the_list_of_its_units(qtbot: QtBot, window: MainWindow) -> None:
    window.open_unit(7)
    home = window.show_page("home")
    qtbot.waitUntil(lambda: home.board is not None)  # type: ignore[attr-defined]
    home.waiting.number.click()  # type: ignore[attr-defined]
    assert window.page_key == "units"
    units = window.page("units")
    qtbot.waitUntil(lambda: [row.id for row in units.table.shown_rows()] == [7, 10])
    assert window.rail.buttons["units"].isChecked()


def test_the_chase_list_is_reached_and_left_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.show_page("home").table, Qt.Key.Key_F7)  # type: ignore[attr-defined]
    assert window.page_key == "chase"
    page = window.page("chase")
    qtbot.waitUntil(lambda: page.table.proxy.rowCount() == 3)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, CTRL)
    assert window.unit_page is not None
    assert window.unit_page.unit_id == 9
    window.show_page("chase")
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert window.page_key == "home"


def test_a_save_under_way_is_shown(qtbot: QtBot, window: MainWindow, tasks: TaskRunner) -> None:
    go = threading.Event()

    def slow() -> Done[None]:
        go.wait(10)
        return Done(None, frozenset())

    tasks.save(window, slow, lambda _none: None)
    assert window.saving.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not window.saving.isVisible())


def test_a_failure_nobody_else_shows_stands_on_top(
    qtbot: QtBot, window: MainWindow, tasks: TaskRunner
) -> None:
    def refuse() -> None:
        raise UserError("refused", "不行。", "换一种做法。")

    tasks.save(window, refuse, lambda _none: None)
    qtbot.waitUntil(lambda: window.banner.text == "不行。")
    with qtbot.waitSignal(window.bug) as bug:
        tasks.save(window, lambda: 1 / 0, lambda _none: None)
    assert isinstance(bug.args[0], ZeroDivisionError)


@pytest.mark.parametrize("large", [False, True])
def test_every_page_fits_the_small_screen(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, large: bool, dressed: None
) -> None:
    app = QApplication.instance()
    theme.apply(app, large=large)
    try:
        window = MainWindow(desk, tasks)
        qtbot.addWidget(window)
        for key in (*(key for key, _text in PLACES), "check", "chase"):
            window.show_page(key)
        for tab in ("backups", "figures", "look"):
            window.go(tab)
        sums = "1,500 家,选了 12 家 · 已报 178,000 人 · 已缴 178,000 人 · 办结 178,000 人"
        window.page("units").count.setText(sums)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        size = window.minimumSizeHint()
        assert (size.width() <= 1366, size.height() <= 690) == (True, True), size  # bars taken off
    finally:
        theme.apply(app)


def test_every_field_and_button_has_a_name_to_read_out(qtbot: QtBot, window: MainWindow) -> None:
    for key in ("check", "chase", "find", "reports", "more"):
        window.show_page(key)
    nameless = [
        widget
        for kind in (QLineEdit, QAbstractButton)
        for widget in window.findChildren(kind)
        if not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
        and not _is_part_of_qt(widget)
    ]
    assert nameless == []


def _is_part_of_qt(widget: QWidget) -> bool:
    parent = widget.parent()
    inside_field = isinstance(parent, QLineEdit)  # its clear button
    return inside_field or type(widget).__name__ in ("QTableCornerButton", "QAbstractButton")
