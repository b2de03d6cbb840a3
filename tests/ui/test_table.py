"""The one table: filtering, sorting, paging, copying as cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.ui import theme
from desktop_app.ui.cells_file import save_cells
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import UNREAD, RowsTable, unread


@dataclass(frozen=True)
class Person:
    name: str
    number: str
    fen: int


PEOPLE = (
    Person("李䶮", "422826199001011234", 900),
    Person("向·扎西", "00123", 10_000),
    Person("=1+1", "a\tb", 20),
)
COLUMNS = (
    Column("姓名", lambda p: p.name, tone=lambda p: "late" if p.fen > 5000 else ""),
    Column("号码", lambda p: p.number, width=400),
    Column("会费", lambda p: f"{p.fen / 100:.2f}", lambda p: p.fen, right=True),
)


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable[Person]:
    made: RowsTable[Person] = RowsTable(COLUMNS, name="人")
    qtbot.addWidget(made)
    made.set_rows(PEOPLE)
    return made


def test_the_model_keeps_qt_s_contract(
    table: RowsTable[Person], qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(table.rows_model)
    qtmodeltester.check(table.proxy)


def test_sorting_goes_by_native_values(table: RowsTable[Person]) -> None:
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [p.fen for p in table.shown_rows()] == [10_000, 900, 20]


def test_rows_that_could_not_be_read_are_not_called_none(table: RowsTable[Person]) -> None:
    told: list[BaseException] = []
    table.set_empty("没有人。")
    error = OSError("gone")
    unread(told.append, table)(error)
    assert (told, table.nothing_text) == ([error], UNREAD)
    table.set_rows(())
    assert table.nothing_text == "没有人。"


def test_typing_keeps_rows_that_have_the_text_anywhere(table: RowsTable[Person]) -> None:
    table.set_filter(" 0012 ")
    assert [p.name for p in table.shown_rows()] == ["向·扎西"]
    table.set_filter("")
    assert len(table.shown_rows()) == 3


def test_copied_cells_are_typed_as_text_so_long_numbers_stay_whole(
    table: RowsTable[Person],
) -> None:
    table.copy_all()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[1] == "李䶮\t422826199001011234\t9.00"
    assert data.text().splitlines()[3] == '=1+1\t"a\tb"\t0.20'
    assert "mso-number-format:'\\@'\">422826199001011234<" in data.html()


def test_ctrl_c_copies_the_selected_rows_only(qtbot: QtBot, table: RowsTable[Person]) -> None:
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "向·扎西\t00123\t100.00"


def test_enter_opens_the_row_under_the_cursor_as_sorted(
    qtbot: QtBot, table: RowsTable[Person]
) -> None:
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    table.selectRow(0)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[2]]


def test_new_rows_keep_the_place_and_no_rows_mean_no_current_row(
    table: RowsTable[Person],
) -> None:
    table.selectRow(2)
    table.set_rows(PEOPLE[:2])
    assert table.current_row() == PEOPLE[1]
    table.set_rows(())
    assert table.current_row() is None


def test_a_long_list_asks_for_its_next_page_once(table: RowsTable[Person]) -> None:
    asked: list[bool] = []
    table.rows_model.wanted_more.connect(lambda: asked.append(True))
    table.set_rows(PEOPLE[:1], more=True)
    root = table.rootIndex()
    asked.clear()
    table.set_rows(PEOPLE[:1], more=True)
    while table.proxy.canFetchMore(root):
        table.proxy.fetchMore(root)
    assert asked == [True]
    table.add_rows(PEOPLE[1:], more=False)
    assert table.shown_rows() == PEOPLE
    assert not table.proxy.canFetchMore(root)


@pytest.mark.parametrize("width", [300, 700, 1400])
def test_columns_never_need_more_room_than_there_is(
    qtbot: QtBot, table: RowsTable[Person], width: int
) -> None:
    table.resize(width, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_cell_keeps_its_colour_while_its_row_is_selected(
    qtbot: QtBot, table: RowsTable[Person], dressed: None
) -> None:
    table.resize(600, 200)
    table.show()
    table.selectRow(1)
    image = table.grab().toImage()
    late = theme.colour("late").rgb()
    assert any(
        image.pixel(x, y) == late for x in range(image.width()) for y in range(image.height())
    )


def test_a_saved_list_opens_as_text_in_a_spreadsheet(tmp_path: Path) -> None:
    target = tmp_path / "进度.csv"
    assert save_cells([["单位", "人数"], ["=县一小", "3"]], target) == str(target)
    assert target.read_bytes() == "\ufeff单位,人数\r\n'=县一小,3\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]
