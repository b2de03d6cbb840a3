"""The list of units with stand-in services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Area, Done
from desktop_app.services.views.board import Mark, Slice, UnitLine
from desktop_app.ui.pages.units import units_page
from desktop_app.ui.pages.units.units_page import UnitsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns
from tests.ui.desk_standins import unit_line

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def line(at: int, area: str = "城关片区", people: int | None = None, **more: Any) -> UnitLine:
    count = 30 + at if people is None else people
    values: dict[str, Any] = {"people": count, "reported": count, "due_fen": 100 * at * 10_000}
    marks = (Mark.ACTIVE, Mark.REPORTED, Mark.WAITING)
    return unit_line(at, f"县第{at}小学", area, "待审核", *marks, **(values | more))


NONE_YET = unit_line(2, "县第2小学", "东片", "未报", Mark.ACTIVE, Mark.UNREPORTED, Mark.DUE)
TO_OPEN = unit_line(
    3, "县第3小学", "", "待开户", Mark.TO_OPEN, state="registered", state_label="待核对"
)


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner) -> UnitsPage:
    services = StandIns()
    services.answers["board.list_lines"] = lambda: (line(1), NONE_YET, TO_OPEN)
    made = UnitsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(made.table.shown_rows()) == 3)
    return made


def names(page: UnitsPage) -> list[str]:
    return [row.name for row in page.table.shown_rows()]


def test_units_stand_with_their_step_and_the_total(
    page: UnitsPage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.table.rows_model)
    assert page.count.text().strip() == "3 家 · 已报 31 人 · 已缴 0 人 · 办结 0 人"
    assert page.table.rows_model.index(0, 6).data() == "待审核"


def test_typing_and_the_choices_narrow_the_list_together(page: UnitsPage) -> None:
    page.areas.setCurrentText("未分片区")
    assert names(page) == ["县第3小学"]
    page.areas.setCurrentText("全部")
    page.states.setCurrentText("正常")
    assert names(page) == ["县第1小学", "县第2小学"]
    page.states.setCurrentText("全部")
    page.search.setText("第1")
    assert names(page) == ["县第1小学"]
    assert page.count.text().strip() == "1 家 · 已报 31 人 · 已缴 0 人 · 办结 0 人"


def test_a_number_of_the_first_page_shows_exactly_its_units(qtbot: QtBot, page: UnitsPage) -> None:
    page.search.setText("别的")
    page.states.setCurrentText("待核对")
    page.show_slice(Slice(Mark.UNREPORTED, area="东片"))
    assert names(page) == ["县第2小学"]
    assert (page.marks.currentText(), page.search.text()) == ("未报", "")
    page.show_slice(Slice(Mark.WAITING, step="待审核"))
    assert names(page) == ["县第1小学"]
    page.show_slice(Slice(Mark.PAID, area="西片"))  # moved on since the board was read
    assert (names(page), page.areas.currentText()) == ([], "西片")
    assert page.all_button.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3
    assert not page.all_button.isVisible()


def test_a_slice_asked_for_before_the_list_is_read_waits_for_it(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    services = StandIns()
    services.answers["board.list_lines"] = lambda: (line(1), NONE_YET, TO_OPEN)
    page = UnitsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show_slice(Slice(Mark.TO_OPEN))
    assert page.table._empty == "正在读取…"
    qtbot.waitUntil(lambda: names(page) == ["县第3小学"])


def test_enter_in_the_search_box_opens_the_unit_found(qtbot: QtBot, page: UnitsPage) -> None:
    page.search.setText("第2")
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [2]


def test_enter_in_the_list_opens_the_unit(qtbot: QtBot, page: UnitsPage) -> None:
    page.table.selectRow(2)
    with qtbot.waitSignal(page.open_unit) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [3]


def test_sorting_by_people_goes_by_number(page: UnitsPage) -> None:
    page._show(tuple(line(at, people=people) for at, people in ((1, 9), (2, 100), (3, 20))))
    page.table.sortByColumn(7, Qt.SortOrder.DescendingOrder)
    assert [row.people for row in page.table.shown_rows()] == [100, 20, 9]


def test_the_list_is_read_again_when_a_unit_changes_and_keeps_its_filter(
    qtbot: QtBot, page: UnitsPage, tasks: TaskRunner
) -> None:
    page.areas.setCurrentText("东片")
    services = page._services
    services.answers["board.list_lines"] = lambda: (  # type: ignore[attr-defined]
        line(2, "东片"), line(4, "东片"), line(5),
    )  # fmt: skip
    tasks.save(page, lambda: Done(None, frozenset({Area.UNITS})), lambda _value: None)
    qtbot.waitUntil(lambda: names(page) == ["县第2小学", "县第4小学"])


def test_a_new_unit_is_opened_once_it_is_registered(qtbot: QtBot, page: UnitsPage) -> None:
    dialog = page.register()
    dialog.name.setText("县第9小学")
    dialog.kind.setCurrentIndex(1)
    with qtbot.waitSignal(page.open_unit) as opened:
        dialog.accept()
    assert opened.args == [5]


def test_a_unit_that_was_there_already_is_opened_instead(qtbot: QtBot, page: UnitsPage) -> None:
    dialog = page.register()
    with qtbot.waitSignal(page.open_unit) as opened:
        dialog.known.open_pressed.emit(3)
    assert opened.args == [3]
    assert not dialog.isVisible()


def test_an_empty_office_is_told_how_to_begin(qtbot: QtBot, page: UnitsPage) -> None:
    page._show(())
    assert page.table._empty == "还没有单位。按 Ctrl+N 登记第一家。"
    page._show((line(1),))
    page.search.setText("没有这家")
    page._narrow()
    assert page.table._empty == "没有符合条件的单位。"


def test_last_years_lists_are_saved_into_a_folder(
    qtbot: QtBot, page: UnitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = iter((None, Path("/out"), Path("/out")))
    monkeypatch.setattr(units_page, "ask_folder", lambda *_a: next(folders))
    page.rosters_button.click()
    assert page.banner.text == ""
    page.rosters_button.click()
    qtbot.waitUntil(lambda: page.banner.text == "已存出 1 份续保名单。")
    services: Any = page._services
    services.answers["renewals.save_rosters"] = Done({"files": [], "skipped": []}, frozenset())
    qtbot.waitUntil(page.rosters_button.isEnabled)
    page.rosters_button.click()
    qtbot.waitUntil(lambda: page.banner.text == "没有要存出的续保名单。")
