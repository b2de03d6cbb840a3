"""单据版式: a layout is taken out, the office's own laid over it, and dropped again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.ui.dialogs.layout_dialog import LayoutDialog
from desktop_app.ui.pages.more.more_layouts import LayoutsCard
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.desk_standins import Desk

OWN = Path("/unit/版式.toml")


@pytest.fixture
def card(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> LayoutsCard:
    made = LayoutsCard(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    settled(tasks)
    return made


def calls(desk: Desk, name: str) -> list[tuple[object, ...]]:
    return [args for called, args in desk.layouts.calls if called == name]


def test_every_form_says_whose_layout_goes(card: LayoutsCard) -> None:
    model = card.table.model()
    shown = [[model.index(row, at).data() for at in range(2)] for row in range(2)]
    assert shown == [["申请书", "原来的"], ["入会现场登记表", "本机构的"]]
    card.table.selectRow(0)
    assert not card.drop_button.isEnabled()
    card.table.selectRow(1)
    assert card.drop_button.isEnabled()


def test_a_layout_is_taken_out_and_laid_over(
    card: LayoutsCard, tasks: TaskRunner, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(OWN), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(OWN), ""))
    card.table.selectRow(0)
    card.save_button.click()
    settled(tasks)
    assert calls(desk, "save") == [("application", OWN)]
    assert card.banner.text == f"已存为 {OWN}"
    card.keep_button.click()
    settled(tasks)
    assert calls(desk, "keep") == [("application", OWN)]
    assert card.banner.text == "“申请书”已换成本机构的版式,从下一次开出起用。"
    assert len(calls(desk, "list_layouts")) == 2  # read anew
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    card.save_button.click()
    card.keep_button.click()
    settled(tasks)
    assert len(calls(desk, "save")) == len(calls(desk, "keep")) == 1


def test_an_own_layout_is_dropped(card: LayoutsCard, tasks: TaskRunner, desk: Desk) -> None:
    card.table.selectRow(1)
    card.drop_button.click()
    settled(tasks)
    assert calls(desk, "drop") == [("field-sheet",)]
    assert "已恢复原来的版式" in card.banner.text


def test_a_layout_that_does_not_fit_says_where(
    card: LayoutsCard, tasks: TaskRunner, desk: Desk
) -> None:
    desk.layouts.answers["keep"] = FileError(
        "layout-invalid", "这张单据里没有bank_card。", "请只用原来的版式里有的内容。"
    )
    card.table.selectRow(0)
    card.keep(OWN)
    settled(tasks)
    assert card.banner.text == "这张单据里没有bank_card。"


def test_a_layout_whose_code_is_hidden_says_on_which_page(
    card: LayoutsCard, tasks: TaskRunner, desk: Desk
) -> None:
    said = "第1页的二维码读不出来,印出来盖章后收不回来。"
    remedy = "请在页首保留二维码,四周留空,不要让文字、图片盖住它。"
    desk.layouts.answers["keep"] = FileError("layout-invalid", said, remedy)
    card.table.selectRow(0)
    card.keep(OWN)
    settled(tasks)
    assert card.banner.text == said
    assert card.banner.remedy.text() == remedy
    assert calls(desk, "keep") == [("application", OWN)]


@pytest.fixture
def editing(qtbot: QtBot, card: LayoutsCard, tasks: TaskRunner, dressed: None) -> LayoutDialog:
    card.table.selectRow(0)
    dialog = card.edit()
    assert dialog is not None
    settled(tasks)
    return dialog


def typed(dialog: LayoutDialog, tasks: TaskRunner, old: str, new: str) -> None:
    assert old in dialog.text
    dialog.editor.replace_all(dialog.text.replace(old, new, 1))
    dialog.refresh()
    settled(tasks)


def page_of(dialog: LayoutDialog) -> QImage:
    return dialog.pages.page_labels[0].pixmap().toImage()


def test_the_page_is_drawn_anew_while_its_layout_is_typed_and_then_kept(
    editing: LayoutDialog, card: LayoutsCard, tasks: TaskRunner, desk: Desk
) -> None:
    before = page_of(editing)
    assert editing.state.text() == "没有改动"
    assert not editing.save_button.isEnabled()
    assert not editing.carried_button.isEnabled()
    typed(editing, tasks, "申请单位", "报名单位")
    assert page_of(editing) != before
    text = editing.text
    editing.save_button.click()
    settled(tasks)
    assert calls(desk, "keep") == [("application", text)]
    assert card.banner.text == "“申请书”已换成本机构的版式,从下一次开出起用。"
    assert not card.findChildren(LayoutDialog)


def test_the_preview_follows_by_itself_when_typing_stops(
    qtbot: QtBot, editing: LayoutDialog, tasks: TaskRunner, desk: Desk
) -> None:
    asked = len(calls(desk, "preview"))
    qtbot.keyClicks(editing.editor, "# ")
    assert editing.state.text() == "正在画预览…"
    assert not editing.save_button.isEnabled()
    qtbot.waitUntil(editing.save_button.isEnabled, timeout=20_000)
    assert len(calls(desk, "preview")) == asked + 1


def test_a_fault_marks_its_line_and_the_last_good_page_stays(
    editing: LayoutDialog, tasks: TaskRunner
) -> None:
    before = page_of(editing)
    typed(editing, tasks, "margins = [15", "margins = [5")
    line = next(
        at for at, text in enumerate(editing.text.splitlines(), 1) if text.startswith("margins")
    )
    assert editing.banner.text.startswith(f"第{line}行:页边距:应有四个数")
    assert editing.editor.marked == line
    assert page_of(editing) == before
    assert editing.state.text() == "右边是改错以前的样子"
    assert not editing.save_button.isEnabled()
    editing.line_button.click()
    assert editing.editor.textCursor().blockNumber() == line - 1
    typed(editing, tasks, "margins = [5", "margins = [16")
    assert editing.banner.text == ""
    assert editing.editor.marked == 0
    assert editing.save_button.isEnabled()


def test_the_carried_layout_is_put_back_in_the_editor_and_drops_the_own_one(
    card: LayoutsCard, tasks: TaskRunner, desk: Desk
) -> None:
    card.table.selectRow(1)
    dialog = card.edit()
    assert dialog is not None
    settled(tasks)
    assert "登记场所" in dialog.text
    dialog.carried_button.click()
    settled(tasks)
    assert "登记地点" in dialog.text
    dialog.editor.undo()
    assert "登记场所" in dialog.text
    dialog.editor.redo()
    dialog.refresh()
    settled(tasks)
    dialog.save_button.click()
    settled(tasks)
    assert calls(desk, "drop") == [("field-sheet",)]
    assert card.banner.text == "“入会现场登记表”已恢复原来的版式。"


def test_what_was_typed_is_given_up_only_when_asked_twice(
    editing: LayoutDialog, tasks: TaskRunner, desk: Desk
) -> None:
    typed(editing, tasks, "申请单位", "报名单位")
    editing.cancel_button.click()
    assert editing.isVisible()
    assert editing.banner.text == "改动还没有保存。"
    editing.cancel_button.click()
    assert not editing.isVisible()
    assert not calls(desk, "keep")


def test_a_refused_save_keeps_what_was_typed(
    editing: LayoutDialog, tasks: TaskRunner, desk: Desk
) -> None:
    desk.layouts.answers["keep"] = UserError("not-permitted", "这一步由负责人办理。")
    typed(editing, tasks, "申请单位", "报名单位")
    editing.save_button.click()
    settled(tasks)
    assert editing.isVisible()
    assert editing.banner.text == "这一步由负责人办理。"
    assert "报名单位" in editing.text
    assert editing.save_button.isEnabled()


def test_a_logo_is_put_into_the_head_and_taken_back(
    editing: LayoutDialog, tasks: TaskRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, text, picture = page_of(editing), editing.text, tmp_path / "标志.png"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(picture), ""))
    picture.write_bytes(b"no picture")
    editing.logo_button.click()
    settled(tasks)
    assert "图片" in editing.banner.text
    assert editing.text == text
    red = QImage(60, 40, QImage.Format.Format_RGB32)
    red.fill(0xFFFF0000)
    red.save(str(picture))
    editing.logo_button.click()
    settled(tasks)
    assert page_of(editing) != before
    assert editing.save_button.isEnabled()
    editing.editor.undo()
    assert editing.text == text
