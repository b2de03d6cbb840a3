"""The list of units with stand-in services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Area, Done
from desktop_app.ui.pages.units_page import UnitsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns, unit_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner) -> UnitsPage:
    made = UnitsPage(StandIns(), tasks)  # type: ignore[arg-type]
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
    assert page.count.text().strip() == "3 家 · 已报 1 家 31 人"
    assert page.table.rows_model.index(0, 5).data() == "待审核"


def test_typing_and_the_choices_narrow_the_list_together(page: UnitsPage) -> None:
    page.areas.setCurrentText("城关片区")
    assert names(page) == ["县第1小学", "县第3小学"]
    page.states.setCurrentText("待核对")
    assert names(page) == ["县第3小学"]
    page.states.setCurrentText("全部")
    page.search.setText("第1")
    assert names(page) == ["县第1小学"]
    assert page.count.text().strip() == "1 家 · 已报 1 家 31 人"


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
    page._show(tuple(unit_row(at, people=people) for at, people in ((1, 9), (2, 100), (3, 20))))
    page.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert [row.people for row in page.table.shown_rows()] == [100, 20, 9]


def test_the_list_is_read_again_when_a_unit_changes_and_keeps_its_filter(
    qtbot: QtBot, page: UnitsPage, tasks: TaskRunner
) -> None:
    page.areas.setCurrentText("东片")
    services = page._services
    services.answers["units.list_units"] = lambda _year: (  # type: ignore[attr-defined]
        unit_row(2, area="东片"), unit_row(4, area="东片"), unit_row(5),
    )  # fmt: skip
    tasks.save(page, lambda: Done(None, frozenset({Area.UNITS})), lambda _value: None)
    qtbot.waitUntil(lambda: names(page) == ["县第2小学", "县第4小学"])


def test_a_new_unit_is_opened_once_it_is_registered(qtbot: QtBot, page: UnitsPage) -> None:
    dialog = page.register()
    dialog.name.setText("县第9小学")
    with qtbot.waitSignal(page.open_unit) as opened:
        dialog.accept()
    assert opened.args == [5]


def test_an_empty_office_is_told_how_to_begin(qtbot: QtBot, page: UnitsPage) -> None:
    page._show(())
    assert page.table._empty == "还没有单位。按 Ctrl+N 登记第一家。"
    page._show((unit_row(1),))
    page.search.setText("没有这家")
    page._narrow()
    assert page.table._empty == "没有符合条件的单位。"
