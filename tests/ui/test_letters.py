"""《需更正》 in the window: F9 writes it at once, Shift+F9 asks for its password first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.rosters.repairs import NO_CHANGES
from desktop_app.services.views.rosters import SavedLetter
from desktop_app.ui.dialogs.corrections import LetterPasswordDialog
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.pages.roster_check_page import RosterCheckPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import PLAN
from tests.ui.desk_standins import CHECK, Desk
from tests.ui.test_dialogs import Bench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
FILE = Path("/x/名册.xlsx")
SECRET = "qingxi 2026"


@pytest.fixture
def bench(qtbot: QtBot, tasks: TaskRunner) -> Bench:
    return Bench(qtbot, tasks)


@pytest.fixture
def dialog(bench: Bench) -> ImportPlanDialog:
    made: ImportPlanDialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, FILE))
    return made


def type_password(qtbot: QtBot, over: RosterCheckPage | ImportPlanDialog) -> None:
    lock = over.findChild(LetterPasswordDialog)
    assert isinstance(lock, LetterPasswordDialog)
    assert lock.password.echoMode() == QLineEdit.EchoMode.Normal  # it is to be told to somebody
    assert not lock.open_button.isEnabled()
    qtbot.keyClicks(lock.password, SECRET)
    qtbot.keyClick(lock.password, Qt.Key.Key_Return)


def test_f9_saves_what_the_ledger_says_of_the_case_too_and_says_where(
    bench: Bench, dialog: ImportPlanDialog
) -> None:
    bench.qtbot.keyClick(dialog, Qt.Key.Key_F9)
    bench.settle()
    assert dialog.banner.text == "已存为 /unit/名册_需更正.xlsx"
    asked = {"target": None, "enrolment_id": 31, "columns": None, "password": None}
    assert bench.made("rosters.save_corrections") == [((FILE,), asked | {"changes": NO_CHANGES})]


def test_shift_f9_asks_for_the_password_of_the_corrections_first(
    bench: Bench, dialog: ImportPlanDialog
) -> None:
    bench.services.answers["rosters.save_corrections"] = SavedLetter("/x/改.xlsx", True, True)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert bench.made("rosters.save_corrections") == []
    type_password(bench.qtbot, dialog)
    bench.settle()
    ((_, asked),) = bench.made("rosters.save_corrections")
    assert asked["password"] == SECRET
    assert dialog.banner.remedy.text() == "打开它要用密码,请另行告诉单位。"


def test_nothing_is_locked_where_nothing_is_to_be_sent_back(
    bench: Bench, dialog: ImportPlanDialog
) -> None:
    bench.services.answers["rosters.plan_view"] = replace(PLAN, findings=())
    dialog._on_planned(dialog._readings, 77)
    bench.settle()
    assert not dialog.locked_corrections.isEnabled()
    dialog.ask_lock()
    assert dialog.findChild(LetterPasswordDialog) is None


def test_a_file_that_brings_nobody_new_is_said_to(bench: Bench) -> None:
    again = "这份文件2026年11月20日已经存入过,没有新的人员,不用再存。"
    bench.services.answers["rosters.plan_view"] = replace(PLAN, again=again)
    dialog = bench.open(ImportPlanDialog(bench.services, bench.tasks, 31, FILE))
    assert dialog.detail.text().startswith(again)


def test_the_page_for_any_roster_locks_its_workbook_too(qtbot: QtBot, tasks: TaskRunner) -> None:
    desk = Desk()
    page = RosterCheckPage(desk, tasks)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    page.ask_lock()
    assert page.findChild(LetterPasswordDialog) is None
    page.check(FILE)
    qtbot.waitUntil(lambda: page.result is CHECK)
    page.lock_button.click()
    type_password(qtbot, page)
    qtbot.waitUntil(lambda: "需更正.xlsx" in page.banner.text)
    assert ("save_corrections", (FILE,)) in desk.rosters.calls
