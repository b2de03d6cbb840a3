"""读入一批名单: a folder's lists stored one after another, with stand-in services."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.errors import StorageError, StorageKind
from desktop_app.errors import FileError
from desktop_app.intake.refusals import LOCKED
from desktop_app.services.views.roster_folders import FileCounts, FileState, FolderLine
from desktop_app.ui.dialogs import roster_folder_dialog
from desktop_app.ui.dialogs.password_dialog import PasswordDialog
from desktop_app.ui.dialogs.roster_folder_dialog import RosterFolderDialog
from desktop_app.ui.pages.units import units_folder
from desktop_app.ui.pages.units.units_page import UnitsPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.calm import settled
from tests.ui.case_standins import StandIns

PLACE = Path("/各单位")
LINES = {
    "镇.xlsx": FolderLine(
        "镇.xlsx", FileState.STORED, "清溪镇政府", 7, 9, FileCounts(12, 10, 1, 1, "列有变化。")
    ),
    "谁.xlsx": FolderLine(
        "谁.xlsx", FileState.REFUSED, code="unit-not-found", message="看不出。", remedy="请写明。"
    ),
    "校.xlsx": FolderLine("校.xlsx", FileState.AGAIN, "县第一小学", 8, 0, FileCounts(5, 5, 0, 0)),
}
LOCKED_LINE = FolderLine(
    "有密码.xlsx", FileState.REFUSED, code=LOCKED, message="有打开密码。", remedy="请向单位要。"
)


class Desk:
    def __init__(self, qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tasks, self.services, self.asked = tasks, StandIns(), list[str]()
        self.changed: list[Any] = []
        self.fault: Exception | None = None
        self.locked: dict[str, str] = {}  # the password of each file that is locked
        tasks.changed.connect(self.changed.append)
        files = tuple(PLACE / name for name in LINES)
        answers = self.services.answers
        answers["roster_folders.open"] = SimpleNamespace(path=PLACE, files=files)
        answers["roster_folders.without_list"] = ("青石乡政府",)
        answers["locked_files.unlock"] = None
        monkeypatch.setattr(roster_folder_dialog, "import_file", self.import_file)
        self.dialog = RosterFolderDialog(self.services, tasks, PLACE)  # type: ignore[arg-type]
        qtbot.addWidget(self.dialog)
        self.dialog.open()
        settled(tasks)

    def import_file(
        self, _services: object, _folder: object, path: Path, passwords: Sequence[str]
    ) -> FolderLine:
        if self.fault is not None:
            raise self.fault
        self.asked.append(path.name)
        if path.name in self.locked and self.locked[path.name] not in passwords:
            return LOCKED_LINE
        return LINES[path.name]

    def give(self, password: str) -> None:
        (dialog,) = (one for one in self.dialog.findChildren(PasswordDialog) if one.isVisible())
        dialog.password.setText(password)
        dialog.open_button.click()
        settled(self.tasks)

    def states(self) -> list[str]:
        return [row.state for row in self.dialog.rows]


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(qtbot, tasks, monkeypatch)


def test_nothing_is_stored_before_it_is_said(desk: Desk) -> None:
    assert desk.states() == ["待读入"] * 3
    assert desk.dialog.sentence.text() == "有 3 份名单。合格的人存入,有错的行待补正。"
    assert desk.asked == []


def test_each_file_is_stored_and_told_with_its_unit_and_counts(desk: Desk) -> None:
    desk.dialog.store_button.click()
    settled(desk.tasks)
    assert desk.asked == list(LINES)
    assert desk.states() == ["已存入", "没有读入", "以前已存入"]
    row, refused, _again = desk.dialog.rows
    assert (row.count("rows_read"), row.count("rejected"), row.note) == (12, 1, "列有变化。")
    assert (refused.count("rows_read"), refused.note) == (None, "看不出。请写明。")
    told = "已存入 1 份,以前已存入 1 份,没有读入 1 份,新增 9 人。"
    assert desk.dialog.sentence.text() == told
    assert desk.dialog.missing.text() == "还没有名单的单位:青石乡政府"
    desk.dialog.table.selectRow(1)
    assert desk.dialog.said.text() == "谁.xlsx:看不出。请写明。"
    desk.dialog.table.selectRow(2)
    assert desk.dialog.said.text() == ""
    assert not desk.dialog.store_button.isEnabled()
    assert roster_folder_dialog.CHANGED in desk.changed


def test_of_very_many_units_without_a_list_the_first_are_named(desk: Desk) -> None:
    units = tuple(f"第{number}小学" for number in range(1, 901))
    desk.services.answers["roster_folders.without_list"] = units
    desk.dialog.store_button.click()
    settled(desk.tasks)
    assert desk.dialog.missing.text().endswith("、第20小学等 900 家")


def test_a_pause_leaves_the_rest_waiting_and_goes_on_behind_it(desk: Desk) -> None:
    desk.dialog.store()
    desk.dialog.reject()  # Esc while a list is stored: as the button
    settled(desk.tasks)
    assert desk.states() == ["已存入", "待读入", "待读入"]
    assert desk.dialog.isVisible()
    assert desk.dialog.store_button.text() == "继续存入 2 份"
    desk.dialog.store_button.click()
    settled(desk.tasks)
    assert desk.asked == list(LINES)
    desk.dialog.reject()
    assert not desk.dialog.isVisible()


def test_a_fault_of_the_store_stops_them_all_and_is_said(desk: Desk) -> None:
    desk.fault = StorageError(StorageKind.FULL)
    desk.dialog.store()
    settled(desk.tasks)
    assert desk.states() == ["待读入"] * 3
    assert "磁盘已满" in desk.dialog.banner.text
    desk.fault = None
    desk.dialog.store_button.click()
    settled(desk.tasks)
    assert desk.asked == list(LINES)


def test_a_locked_list_stops_nobody_and_its_password_is_tried_on_the_others(desk: Desk) -> None:
    desk.locked = {"镇.xlsx": "甲", "校.xlsx": "甲"}
    desk.dialog.store()
    settled(desk.tasks)
    assert desk.states() == ["有打开密码", "没有读入", "有打开密码"]
    assert desk.dialog.password_button.isVisible()
    desk.dialog.table.selectRow(1)  # what it was refused for has nothing to do with passwords
    desk.dialog.table.open_at(desk.dialog.table.currentIndex())
    assert not desk.dialog.findChildren(PasswordDialog)
    desk.asked.clear()
    desk.dialog.password_button.click()
    desk.give("乙")
    assert desk.asked == ["镇.xlsx", "校.xlsx"]
    assert desk.states() == ["有打开密码", "没有读入", "有打开密码"]
    assert desk.dialog.rows[0].note == "有打开密码。请向单位要。"
    desk.asked.clear()
    desk.dialog.table.selectRow(2)
    desk.dialog.table.open_at(desk.dialog.table.currentIndex())
    desk.give("甲")
    unlocked = [args for args, _named in desk.services.made("locked_files.unlock")]
    assert unlocked == [(PLACE / "镇.xlsx", "乙"), (PLACE / "校.xlsx", "甲")]
    assert desk.asked == ["镇.xlsx", "校.xlsx"]
    assert desk.states() == ["已存入", "没有读入", "以前已存入"]
    assert not desk.dialog.password_button.isVisible()


def nothing_there(_path: Path) -> None:
    raise FileError("folder-empty", "里面没有名单。", "请核对。")


def test_a_folder_without_lists_is_said(
    qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = StandIns()
    services.answers["roster_folders.open"] = nothing_there
    services.answers["board.units"] = ()
    page = UnitsPage(services, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    monkeypatch.setattr(units_folder, "ask_folder", lambda *_: None)
    assert page.folder.read() is None
    monkeypatch.setattr(units_folder, "ask_folder", lambda *_: PLACE)
    dialog = page.folder.read()
    assert dialog is not None
    settled(tasks)
    assert "里面没有名单。" in dialog.banner.text
    assert not dialog.store_button.isEnabled()
    dialog.reject()
