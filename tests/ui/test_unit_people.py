"""The unit page's people table: what a narrow cell leaves out is not lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.pages.units.unit_people import PERSON_COLUMNS, short_plans
from desktop_app.ui.table import RowsTable
from tests.ui.case_standins import person

THREE = "住院医疗、重大疾病、女职工特殊疾病"


@pytest.mark.parametrize(
    ("plans", "short"),
    [
        ("", ""),
        ("住院医疗", "住院医疗"),
        ("住院医疗、重大疾病", "两项"),
        (THREE, "三项"),
        ("、".join("甲乙丙丁戊己庚辛壬"), "九项"),
        ("、".join("甲乙丙丁戊己庚辛壬癸"), "10项"),
    ],
)
def test_many_plans_are_counted(plans: str, short: str) -> None:
    assert short_plans(replace(person(1), plans=plans)) == short


def test_the_whole_list_of_plans_is_the_tool_tip_and_what_is_found_and_copied(
    qtbot: QtBot,
) -> None:
    table: RowsTable = RowsTable(PERSON_COLUMNS)
    qtbot.addWidget(table)
    table.set_rows((replace(person(1), plans=THREE), replace(person(2), plans="意外伤害")))
    cell = table.model().index(0, 5)
    assert cell.data() == "三项"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == THREE
    table.set_filter("女职工特殊")
    assert [row.line_no for row in table.shown_rows()] == [1]
    table.selectRow(0)
    table.copy_selected()
    assert THREE in QGuiApplication.clipboard().text()
