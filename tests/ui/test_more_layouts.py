"""单据版式: a layout is taken out, the office's own laid over it, and dropped again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError
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
