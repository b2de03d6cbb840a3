"""待补正 on the unit's page: a refused row put right in place, by keys, or given up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.views.rosters import ParkedLine
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pages.units.unit_parked import CLOSED, HINT, ParkedList
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import enrolment
from tests.ui.test_unit_page import Pages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so

ROWS = (
    ParkedLine(77, 3, "名册.xlsx · 第7行", "李䶮", "身份证号末位不对。"),
    ParkedLine(77, 4, "名册.xlsx · 第9行", "田桂兰", "身份证号少一位。"),
)
MENDED = "999999198001010011"


@pytest.fixture
def pages(qtbot: QtBot, tasks: TaskRunner) -> Pages:
    made = Pages(qtbot, tasks)
    made.services.answers["rosters.list_parked"] = lambda _id: ROWS
    return made


def shown(pages: Pages, **more: object) -> tuple[UnitPage, ParkedList]:
    page = pages.show(enrolment(**more))
    page.people.tabs.setCurrentWidget(page.people.parked)
    page.activateWindow()
    page.people.parked.table.setFocus()
    pages.settle()
    return page, page.people.parked


def test_enter_leads_to_the_wrong_cell_and_enter_there_stores_the_row(pages: Pages) -> None:
    _page, card = shown(pages)
    assert [field.text() for field in card.fields.values()] == [
        "李䶮", "999999198001010012", "13900000001", "男",
    ]  # fmt: skip
    pages.qtbot.keyClick(card.table, Qt.Key.Key_Return)
    field = card.fields["identity"]
    assert field.window().focusWidget() is field
    field.setText(MENDED)
    pages.services.answers["rosters.list_parked"] = lambda _id: ROWS[1:]
    pages.qtbot.keyClick(field, Qt.Key.Key_Return)
    cells = {"name": "李䶮", "identity": MENDED, "phone": "13900000001", "sex": "男"}
    assert pages.made("parked.mend") == [((31, 77, 3, cells), {})]
    assert card.told.text() == f"已存入名单第 87 行。{HINT}"
    assert card.window().focusWidget() is card.table
    assert pages.made("parked.get")[-1] == ((31, 77, 4), {})


def test_a_refusal_keeps_what_was_typed_and_points_to_the_cell(pages: Pages) -> None:
    _page, card = shown(pages)
    card.fields["name"].setText("李某")
    pages.services.refusals["parked.mend"] = UserError(
        "name-differs", "台账中的姓名不同。", "请核对。", "name"
    )
    pages.qtbot.keyClick(card.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    pages.settle()
    assert card.told.text() == "台账中的姓名不同。请核对。"
    assert card.fields["name"].text() == "李某"
    assert card.window().focusWidget() is card.fields["name"]
    assert card.store_button.isEnabled()


def test_what_is_typed_stays_while_the_page_is_read_anew(pages: Pages) -> None:
    page, card = shown(pages)
    card.fields["identity"].setText(MENDED)
    pages.tasks.changed.emit(frozenset({Area.PRINTS}))
    pages.settle()
    assert card.fields["identity"].text() == MENDED
    card.table.selectRow(1)
    pages.settle()
    assert card.fields["identity"].text() == "999999198001010012"  # another row's
    pages.qtbot.keyClick(card.fields["identity"], Qt.Key.Key_Escape)
    assert page.focusWidget() is card.table


def test_a_row_is_given_up_with_a_reason(pages: Pages) -> None:
    page, card = shown(pages)
    card.table.selectRow(1)
    card.drop_button.click()
    dialog = page.findChild(QDialog)
    dialog.reason.setText("人已离职")
    dialog.accept()
    assert pages.made("mending.drop_parked") == [((31, 77, 4, "人已离职"), {})]


def test_once_handed_in_a_row_can_only_be_given_up(pages: Pages) -> None:
    _page, card = shown(pages, next_act="enrolment.approve")
    assert not card.store_button.isEnabled()
    assert card.drop_button.isEnabled()
    assert card.told.text() == CLOSED
    card.store()
    assert pages.made("parked.mend") == []


def test_without_rows_there_is_nothing_to_edit(pages: Pages) -> None:
    pages.services.answers["rosters.list_parked"] = ()
    _page, card = shown(pages)
    assert not card.strip.isVisible()
    card.store()
    card._drop()
    assert pages.made("parked.get") == []
    assert QApplication.activeModalWidget() is None


def test_who_may_not_see_the_cells_is_told(pages: Pages) -> None:
    pages.services.refusals["parked.get"] = UserError("not-permitted", "没有权限。", "请同事办。")
    _page, card = shown(pages)
    assert card.told.text() == "没有权限。请同事办。"
    assert not card.store_button.isEnabled()
    card.edit()
