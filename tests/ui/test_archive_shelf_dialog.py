"""档案 with stand-in services: what lies where, who has it, what is overdue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import LoanDraft
from desktop_app.services.views.archives import LoanView, ShelfLine
from desktop_app.ui.dialogs.archive_shelf_dialog import ArchiveShelfDialog
from desktop_app.ui.pages.reception.reception_page import ReceptionPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import TODAY, Desk, OffThread

CHANGED = frozenset({Area.ARCHIVE})
DUE = date(2026, 11, 20)
OUT = LoanView("周演示", "县审计局(演示)", "审计", date(2026, 11, 1), DUE, None, 11)
LINES = (
    ShelfLine("DA-A-2027-00001", 2027, 7, "清溪镇政府", "HB1", TODAY, "12", "三排二层", None),
    ShelfLine("DA-A-2027-00002", 2027, 8, "县第一小学", "HB2", TODAY, "", "", OUT),
    ShelfLine("DA-A-2027-00003", 2027, 9, "县水厂", "HB3", None, "", "",
              LoanView("吴演示", "", "补材料", TODAY, TODAY, None, 0)),
)  # fmt: skip


@pytest.fixture
def services(desk: Desk) -> Desk:
    desk.archive_shelves = OffThread(
        list_files=LINES, place=Done(2, CHANGED), lend=Done(5, CHANGED), take_back=Done(5, CHANGED)
    )
    return desk


@pytest.fixture
def dialog(qtbot: QtBot, tasks: TaskRunner, services: Desk) -> ArchiveShelfDialog:
    opened = ArchiveShelfDialog(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: len(opened.table.shown_rows()) == 3)
    return opened


def calls(services: Desk, name: str) -> list[tuple[Any, ...]]:
    return [args for one, args in services.archive_shelves.calls if one == name]


def shown(dialog: ArchiveShelfDialog) -> list[str]:
    return [line.number[-1] for line in dialog.table.shown_rows()]


def test_the_list_says_where_each_file_is_and_which_are_overdue(dialog: ArchiveShelfDialog) -> None:
    assert dialog.sentence.text() == "办结的档案共 3 卷,已装盒 1 卷,借出 2 卷,其中过期 1 卷。"
    cells = [dialog.table.rows_model.columns[5].text(line) for line in dialog.table.shown_rows()]
    assert cells == [
        "在库", "过期 11 天:11-20 应还,周演示(县审计局(演示))", "12-01 应还,吴演示",
    ]  # fmt: skip
    dialog.only_out.setChecked(True)
    assert shown(dialog) == ["2", "3"]
    dialog.only_late.setChecked(True)
    assert shown(dialog) == ["2"]
    dialog.only_out.setChecked(False)
    assert shown(dialog) == ["2"]
    dialog.only_late.setChecked(False)
    dialog.filter.setText("水厂")
    assert shown(dialog) == ["3"]


def test_a_file_is_lent_by_enter_and_its_fields_are_asked_for(
    qtbot: QtBot, dialog: ArchiveShelfDialog, services: Desk
) -> None:
    dialog.table.selectRow(0)
    assert (dialog.lend_button.isEnabled(), dialog.back_button.isEnabled()) == (True, False)
    form = dialog.lend()
    assert form is not None
    form.accept()
    assert "借阅人" in form.banner.text
    form.borrower.setText("周演示")
    form.purpose.setText("审计抽查")
    form.due_on.set_day(date(2026, 12, 9))
    form.accept()
    qtbot.waitUntil(lambda: "已借出:DA-A-2027-00001" in dialog.banner.text)
    draft = LoanDraft("周演示", "审计抽查", date(2026, 12, 9))
    assert calls(services, "lend") == [("DA-A-2027-00001", draft)]
    qtbot.waitUntil(lambda: len(calls(services, "list_files")) == 2)


def test_what_is_out_comes_back_by_enter(
    qtbot: QtBot, dialog: ArchiveShelfDialog, services: Desk
) -> None:
    dialog.table.selectRow(1)
    assert (dialog.lend_button.isEnabled(), dialog.back_button.isEnabled()) == (False, True)
    assert dialog.lend() is None
    dialog.table.opened.emit(LINES[1])
    qtbot.waitUntil(lambda: "已归还:DA-A-2027-00002" in dialog.banner.text)
    assert calls(services, "take_back") == [("DA-A-2027-00002",)]
    services.archive_shelves.answers["take_back"] = UserError(
        "archive-in", "没有借出。", "请核对。"
    )
    dialog.table.selectRow(1)
    dialog.take_back()
    qtbot.waitUntil(lambda: dialog.banner.text == "没有借出。")


def test_several_files_are_put_into_one_box(
    qtbot: QtBot, dialog: ArchiveShelfDialog, services: Desk
) -> None:
    dialog.table.selectRow(0)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    dialog.table.selectionModel().select(dialog.table.model().index(1, 0), flags)
    form = dialog.place()
    assert form is not None
    assert (form.box.text(), form.shelf.text()) == ("12", "三排二层")
    form.shelf.clear()
    qtbot.keyClick(form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已登记 2 卷" in dialog.banner.text)
    assert calls(services, "place") == [(("DA-A-2027-00001", "DA-A-2027-00002"), "12", "")]


def test_nothing_is_done_where_nothing_is_chosen(
    qtbot: QtBot, tasks: TaskRunner, services: Desk
) -> None:
    services.archive_shelves.answers["list_files"] = ()
    dialog = ArchiveShelfDialog(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "共 0 卷" in dialog.sentence.text())
    for act in (dialog.place, dialog.lend, dialog.take_back):
        assert act() is None
    assert not dialog.place_button.isEnabled()


def test_the_page_where_papers_come_back_opens_it(
    qtbot: QtBot, tasks: TaskRunner, services: Desk, tmp_path: Path
) -> None:
    page = ReceptionPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    dialog = page.show_shelves()
    qtbot.waitUntil(lambda: len(dialog.table.shown_rows()) == 3)
    dialog.reject()


def test_the_hand_over_list_is_of_the_box_or_of_the_year(
    qtbot: QtBot, dialog: ArchiveShelfDialog, services: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("单.xlsx", ""))
    services.archive_shelves.answers["export_handover"] = "单.xlsx"
    for row, text, box in ((0, "移交清单(12号盒)(&Q)…", "12"), (1, "移交清单(全年)(&Q)…", None)):
        dialog.table.selectRow(row)
        assert dialog.list_button.text() == text
        dialog.banner.clear()
        dialog.list_button.click()
        qtbot.waitUntil(lambda: dialog.banner.text == "已存:单.xlsx")
        assert calls(services, "export_handover")[-1] == (Path("单.xlsx"), 2027, box)
