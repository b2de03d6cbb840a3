"""核对列 over a roster: what each column is taken for is shown, corrected and read again."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from desktop_app.ui.dialogs.columns_dialog import ColumnsDialog
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case

office_template = refused_windows.office_template
office, room = refused_windows.office, refused_windows.room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def reading(room: Room, *head: str) -> tuple[Any, Any]:
    """A unit's case and the dialog that reads its workbook."""
    walk = case(room.staff)
    path = room.staff.papers / f"名册{walk.id}.xlsx"
    book = openpyxl.Workbook()
    for row in (head, *walk.rows):
        book.active.append(row)
    book.save(path)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    return walk, dialog


def choosing(room: Room, dialog: Any) -> ColumnsDialog:
    made = dialog.columns.check()
    room.settle()
    assert isinstance(made, ColumnsDialog)
    return made


def test_the_columns_stand_in_a_line_under_the_counts(room: Room) -> None:
    _walk, dialog = reading(room, "序号", "参保人姓名", "身份证号", "手机号")
    assert dialog.columns.text.text() == (
        "各列:序号 A列 · 姓名 B列“参保人姓名” · 身份证号 C列 · 手机号 D列"
    )
    assert dialog.columns.drift.isHidden()
    dialog.reject()
    room.settle()


def test_a_file_of_unknown_headings_is_read_by_what_a_person_says(room: Room) -> None:
    walk, dialog = reading(room, "号", "人", "码", "机")
    assert "没有找到名单的表头" in dialog.banner.text
    assert not dialog.main_button.isEnabled()
    choose = choosing(room, dialog)
    assert not choose.ok_button.isEnabled()
    assert choose.told.text() == "还没有指定姓名和身份证号。"
    for key, field in (("人", "name"), ("码", "identity")):
        box = choose.fields[key]
        box.setCurrentIndex(box.findData(field))
    choose.accept()
    room.settle()
    assert "可用 10 人" in dialog.sentence.text()
    assert dialog.banner.isHidden()
    dialog.accept()
    room.settle()
    assert room.staff.clerk.enrolments.get(walk.id).people == 10


def test_two_columns_are_not_the_same_field(room: Room) -> None:
    _walk, dialog = reading(room, "序号", "姓名", "身份证号", "手机号")
    choose = choosing(room, dialog)
    box = choose.fields["手机号"]
    box.setCurrentIndex(box.findData("name"))
    assert choose.told.text() == "有两列都当作姓名。"
    assert not choose.ok_button.isEnabled()
    choose.reject()
    dialog.reject()
    room.settle()


def test_nothing_changed_reads_nothing_again(room: Room) -> None:
    _walk, dialog = reading(room, "序号", "姓名", "身份证号", "手机号")
    choose = choosing(room, dialog)
    told: list[object] = []
    choose.chosen.connect(told.append)
    choose.accept()
    assert told == []
    dialog.reject()
    room.settle()
