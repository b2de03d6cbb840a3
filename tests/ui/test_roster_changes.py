"""Repairs and edits of a roster in the window: shown by kind, decided, typed, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from db.codes import BatchState
from db.models.imports import ImportBatch
from desktop_app.domain.rosters.repairs import Changes
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.repairs_dialog import RepairsDialog
from desktop_app.ui.dialogs.roster_rows_dialog import RosterRowsDialog
from tests.domain.rosters import number
from tests.services.desks import YEAR
from tests.services.test_namesakes import other_number
from tests.services.test_roster_repairs import HEAD, messy
from tests.services.walks import walked
from tests.ui import refused_windows
from tests.ui.refused_windows import Room, case

office_template = refused_windows.office_template
office, room = refused_windows.office, refused_windows.room
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


def save(room: Room, walk: Any, rows: Iterable[tuple[object, ...]]) -> Path:
    path = room.staff.papers / f"名册{walk.id}.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(path)
    return path


def reading(room: Room, walk: Any, rows: list[tuple[object, ...]]) -> ImportPlanDialog:
    """The dialog that reads a workbook of such rows into a unit's case."""
    path = save(room, walk, rows)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    assert isinstance(dialog, ImportPlanDialog)
    return dialog


def deciding(room: Room, dialog: ImportPlanDialog) -> RepairsDialog:
    made = dialog.changes.decide()
    room.settle()
    assert made is not None
    return made


def looking(room: Room, dialog: ImportPlanDialog) -> RosterRowsDialog:
    made = dialog.changes.look_through()
    room.settle()
    assert made is not None
    return made


def kinds(dialog: RepairsDialog) -> list[tuple[str, int, int]]:
    return [(one.key, one.found, one.taken) for one in dialog.kinds.shown_rows()]


def choose(dialog: RepairsDialog, kind: str) -> None:
    at = [one.key for one in dialog.kinds.shown_rows()].index(kind)
    dialog.kinds.selectRow(at)


def cell(dialog: RosterRowsDialog, row: int, column: int) -> str:
    assert dialog.model is not None
    return str(dialog.model.index(row, column).data())


def test_of_two_readings_one_after_the_other_only_the_later_plan_is_left(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    kind = Changes(kinds={"phone-decimal": True})
    dialog.changes.changed.emit(dialog.changes.changes)
    dialog.changes.changes = kind
    dialog.changes.changed.emit(kind)  # before the first has been read
    room.settle()
    with room.staff.database.reading() as uow:
        planned = uow.session.scalars(
            select(ImportBatch).where(ImportBatch.state_code == BatchState.PLANNED)
        ).all()
        assert [one.changes["kinds"] for one in planned if one.changes] == [kind.kinds]
    dialog.reject()


def test_the_repairs_are_shown_by_kind_and_taken_or_declined(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    assert dialog.changes.text.text() == (
        "整理:空格、不可见字符 2处 · 手机号成了小数 1处(未接受) · 性别照身份证号 1处(未接受)"
    )
    decide = deciding(room, dialog)
    assert kinds(decide) == [("spaces", 2, 2), ("phone-decimal", 1, 0), ("sex-by-number", 1, 0)]
    room.qtbot.keyClick(decide.lines, Qt.Key.Key_Space)
    assert kinds(decide)[0] == ("spaces", 2, 1)
    choose(decide, "phone-decimal")
    decide.take_button.click()
    choose(decide, "sex-by-number")
    assert not decide.take_button.isEnabled()
    assert "一个一个核对" in decide.note.text()
    decide.one_button.click()
    assert [one[2] for one in kinds(decide)] == [1, 1, 1]
    decide.accept()
    room.settle()
    assert "可用 2 人" in dialog.sentence.text()
    assert "空格、不可见字符 2处(接受1)" in dialog.changes.text.text()
    again = deciding(room, dialog)
    assert [one[2] for one in kinds(again)] == [1, 1, 1]
    again.leave_button.click()
    assert kinds(again)[0] == ("spaces", 2, 0)
    again.reject()
    dialog.accept()
    room.settle()
    notes = [line.note for line in room.staff.clerk.enrolments.history(walk.id)]
    assert "接受整理:空格、不可见字符1处、手机号成了小数1处、性别照身份证号1处" in notes[-1]


def test_a_damaged_number_stands_beside_last_years_for_a_click(room: Room) -> None:
    staff = room.staff
    walk = walked(staff, "roster", name="去年参加的单位(演示)")
    staff.run("UPDATE enrolment SET state_code = 'finished' WHERE id = :id", id=walk.id)
    staff.head.schemes.set_year(YEAR + 1)
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 10, 2)
    walk.id = staff.clerk.enrolments.start(walk.unit_id, draft).value
    _, name, number, _ = walk.rows[0]
    dialog = reading(room, walk, [(name, float(number[:15] + "000"))])
    assert not dialog.main_button.isEnabled()
    decide = deciding(room, dialog)
    (line,) = decide.lines.shown_rows()
    assert (line.repair.name, line.repair.after, line.taken) == (name, number, False)
    assert line.repair.before == number[:15] + "000"
    assert "上年名单" in decide.note.text()
    assert not decide.take_button.isEnabled()
    room.qtbot.keyClick(decide.lines, Qt.Key.Key_Space)
    decide.accept()
    room.settle()
    assert "可用 1 人" in dialog.sentence.text()
    dialog.reject()
    room.settle()


def test_a_cell_is_typed_over_its_row_judged_at_once_and_taken_back(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert rows.model is not None
    assert rows.filter.currentText() == "待补正 2"
    assert rows.counted.text() == "2 行"
    assert not rows.ok_button.isEnabled()
    index = rows.model.index(1, 2)
    assert str(index.data()) == walk.rows[2][2][:-1]
    rows.view.setCurrentIndex(index)
    rows.view.edit(index)
    editor = rows.view.findChild(QLineEdit)
    editor.setText(walk.rows[2][2])
    room.qtbot.keyClick(editor, Qt.Key.Key_Return)
    room.settle()
    assert cell(rows, 1, 5) == ""
    assert rows.filter.currentText() == "待补正 1"
    rows.undo_button.click()
    assert "位" in cell(rows, 1, 5)
    assert not rows.undo_button.isEnabled()
    assert rows.model.setData(index, walk.rows[2][2])
    rows.accept()
    room.settle()
    assert "可用 3 人" in dialog.sentence.text()
    assert dialog.changes.text.text().endswith("改动 1 格")
    dialog.accept()
    room.settle()
    assert room.staff.clerk.enrolments.get(walk.id).people == 3


def test_what_was_typed_into_a_file_that_is_saved_anew_goes_to_nobody_else(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert rows.model is not None
    assert rows.model.setData(rows.model.index(1, 2), walk.rows[2][2])
    save(room, walk, [walk.rows[4][1:3], *messy(walk.rows)])  # everyone stands a row lower now
    rows.accept()
    room.settle()
    assert "在预览之后又改动过" in dialog.banner.text
    assert dialog.sentence.text().startswith("读入 5 行")
    assert "改动" not in dialog.changes.text.text()
    assert dialog.main_button.isEnabled()
    save(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert "在预览之后又改动过" in rows.banner.text
    rows.reject()
    dialog.save_corrections()
    room.settle()
    assert "在预览之后又改动过" in dialog.banner.text
    assert dialog.sentence.text().startswith("读入 4 行")
    dialog.reject()
    room.settle()


def test_enter_beside_a_cell_leaves_the_rows_open_and_what_a_plan_has_is_taken_back(
    room: Room,
) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert rows.model is not None
    assert rows.model.setData(rows.model.index(1, 2), walk.rows[2][2])
    for part in (rows.view, rows.search):
        room.qtbot.keyClick(part, Qt.Key.Key_Return)
    assert rows.isVisible()
    rows.accept()
    room.settle()
    rows = looking(room, dialog)
    rows.undo_button.click()
    rows.accept()
    room.settle()
    assert "改动" not in dialog.changes.text.text()
    dialog.reject()
    room.settle()


def test_a_file_that_is_not_read_is_never_said_to_be_without_fault(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    (room.staff.papers / f"名册{walk.id}.xlsx").unlink()
    repairs = deciding(room, dialog)
    choose(repairs, "spaces")
    repairs.leave_all()
    repairs.accept()
    room.settle()
    assert dialog.table.nothing_text == "没有读到,原因见上面。"
    assert not dialog.table.shown_rows()
    assert not dialog.corrections.isEnabled()
    assert dialog.detail.text() == ""
    dialog.reject()
    room.settle()


def test_a_list_that_names_another_unit_is_told_before_it_is_stored(room: Room) -> None:
    walk, other = case(room.staff), case(room.staff)
    title = room.staff.value("SELECT name FROM unit WHERE id = :id", id=other.unit_id)
    path = room.staff.papers / f"{title}名单.xlsx"
    save(room, walk, [row[1:3] for row in walk.rows[:2]]).rename(path)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    assert isinstance(dialog, ImportPlanDialog)
    assert dialog.banner.text == f"这份文件上写的是“{title}”,不是这家单位。"
    dialog.reject()
    room.settle()


def test_the_rows_are_filtered_by_what_they_are_told_and_searched(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    rows.filter.setCurrentIndex(rows.filter.findData("identity-length"))
    rows.filter.activated.emit(rows.filter.currentIndex())
    room.settle()
    assert rows.counted.text() == "1 行"
    rows.filter.setCurrentIndex(0)
    rows.search.setText(walk.rows[1][1])
    rows.filter.activated.emit(0)
    room.settle()
    assert cell(rows, 0, 1) == walk.rows[1][1]
    assert rows.model is not None
    assert not rows.model.flags(rows.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    rows.reject()
    dialog.reject()
    room.settle()


def test_a_namesake_in_another_unit_is_told_by_its_name_and_found_among_the_rows(
    room: Room,
) -> None:
    other = case(room.staff, "roster")
    walk = case(room.staff)
    rows = [other_number(other.rows[0])[1:], walk.rows[0][1:]]
    dialog = reading(room, walk, rows)
    (finding,) = dialog.table.shown_rows()
    assert finding.code == "likely-elsewhere"
    shown = [str(dialog.table.model().index(0, column).data()) for column in range(3)]
    assert shown[:2] == ["名单 第2行 B列", "请核对"]
    assert f"与“{other.name}”" in shown[2]
    assert dialog.main_button.isEnabled()
    every = looking(room, dialog)
    every.filter.setCurrentIndex(every.filter.findData("likely-elsewhere"))
    assert every.filter.currentText() == "可能在其他单位 1"
    every.filter.activated.emit(every.filter.currentIndex())
    room.settle()
    assert every.counted.text() == "1 行"
    every.reject()
    dialog.accept()
    room.settle()
    assert room.staff.clerk.enrolments.get(walk.id).people == 2


def test_other_columns_begin_with_no_edits(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert rows.model is not None
    rows.model.setData(rows.model.index(1, 2), walk.rows[2][2])
    rows.accept()
    room.settle()
    choose_columns = dialog.columns.check()
    assert choose_columns is not None
    box = choose_columns.fields["性别"]
    box.setCurrentIndex(box.findData(""))
    choose_columns.accept()
    room.settle()
    assert "改动" not in dialog.changes.text.text()
    dialog.reject()
    room.settle()


def test_what_was_typed_is_found_and_given_up_at_the_second_esc_only(room: Room) -> None:
    walk = case(room.staff)
    dialog = reading(room, walk, messy(walk.rows))
    rows = looking(room, dialog)
    assert rows.model is not None
    rows.undo()
    assert rows.model.setData(rows.model.index(0, 1), "张三丰")
    rows.filter.setCurrentIndex(rows.filter.findData("edited"))
    rows.filter.activated.emit(rows.filter.currentIndex())
    room.settle()
    assert cell(rows, 0, 1) == "张三丰"
    assert rows.filter.currentText() == "改过的 1"
    rows.reject()
    assert rows.banner.text == "改动还没有用上。"
    assert rows.isVisible()
    room.qtbot.keyClick(rows, Qt.Key.Key_Escape)
    room.settle()
    assert "改动" not in dialog.changes.text.text()
    dialog.reject()
    room.settle()


def test_hidden_rows_and_sheets_are_asked_about(room: Room) -> None:
    walk = case(room.staff)
    path = save(room, walk, [("覃世芳", number(sequence=2), "", ""), ("李四", number(), "", "")])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    gone = book.create_sheet("旧")
    gone.sheet_state = "hidden"
    for row in (HEAD, ("王五", number(sequence=5), "", "")):
        gone.append(row)
    book.save(path)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    assert isinstance(dialog, ImportPlanDialog)
    strip = dialog.changes
    assert dialog.sentence.text().startswith("读入 2 行　可用 2 人")
    assert "隐藏的行照常读入;隐藏的表没有读" in strip.text.text()
    assert strip.hidden_rows_button.text() == "不读隐藏的行"
    strip.hidden_rows_button.click()
    room.settle()
    assert dialog.sentence.text().startswith("读入 2 行　可用 1 人")
    strip.hidden_sheets_button.click()
    room.settle()
    assert dialog.sentence.text().startswith("读入 3 行　可用 2 人")
    assert "隐藏的行没有读;隐藏的表已读入" in strip.text.text()
    table = looking(room, dialog)
    assert [cell(table, row, 1) for row in range(2)] == ["覃世芳", "王五"]
    table.reject()
    dialog.main_button.click()
    room.settle()
    history = room.staff.clerk.enrolments.history(walk.id)
    assert any("隐藏的行不读;读入隐藏的表" in one.note for one in history)


def test_a_file_whose_only_list_is_hidden_offers_to_read_it(room: Room) -> None:
    walk = case(room.staff)
    path = save(room, walk, [("覃世芳", number(sequence=8), "", "")])
    book = openpyxl.load_workbook(path)
    book.active.sheet_state = "hidden"
    book.create_sheet("说明").append(["见后"])
    book.save(path)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    assert isinstance(dialog, ImportPlanDialog)
    assert "隐藏的工作表" in dialog.banner.text
    assert dialog.changes.hidden_sheets_button.isVisible()
    dialog.changes.hidden_sheets_button.click()
    room.settle()
    assert dialog.sentence.text().startswith("读入 1 行　可用 1 人")


def test_what_was_typed_into_a_hidden_row_goes_with_the_row_and_it_is_said(room: Room) -> None:
    walk = case(room.staff)
    rows = [("孙七", number(sequence=12), "", ""), ("周八", number(sequence=15), "", "")]
    path = save(room, walk, rows)
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    dialog = room.unit(room.staff.clerk, walk.unit_id).acts.files.read_roster(path)
    room.settle()
    assert isinstance(dialog, ImportPlanDialog)
    table = looking(room, dialog)
    assert table.model is not None
    table.model.setData(table.model.index(1, 1), "周改")
    table.accept()
    room.settle()
    assert len(dialog.changes.changes.edits) == 1
    dialog.changes.hidden_rows_button.click()
    room.settle()
    assert "第3行" in dialog.banner.text
    assert dialog.sentence.text().startswith("读入 2 行　可用 1 人")
    assert dialog.changes.changes == Changes(hidden_rows=False)
