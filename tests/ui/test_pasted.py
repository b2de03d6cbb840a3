"""Cells copied in a spreadsheet and pasted: read as a file would be, kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app import bootstrap
from desktop_app.domain.identity import identity_18
from desktop_app.services.services import Services
from desktop_app.services.views.rosters import RosterCheck
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.pages.roster_check_page import RosterCheckPage
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.pasted import PastedCells, cells_in, with_file
from desktop_app.ui.tasks import TaskRunner
from tests.db.offices import CHEAP
from tests.ui.case_standins import StandIns, enrolment, unit
from tests.ui.desk_standins import CHECK, Desk
from tests.ui.test_restore import CLERK, HEAD

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
NUMBERS = [identity_18(f"9999991990010{day}00{day}") for day in (1, 2)]
CELLS = f"姓名\t身份证号码\r\n覃世芳\t{NUMBERS[0]}\r\n田大山\t{NUMBERS[1][:-1]}?\r\n"


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_the_call_reads_the_cells_from_a_file_that_is_gone_afterwards() -> None:
    seen: list[Path] = []

    def read(path: Path, step: str) -> str:
        seen.append(path)
        assert path.parent.stat().st_mode & 0o077 == 0
        return path.read_text("utf-8-sig") + step

    text = with_file(PastedCells("甲\t乙\n"), read, step="!")
    assert text == "甲\t乙\n!"
    assert seen[0].name == "粘贴的名单.tsv"
    assert not seen[0].parent.exists()


def test_the_file_is_gone_after_a_failure_too() -> None:
    seen: list[Path] = []

    def fail(path: Path) -> None:
        seen.append(path)
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        with_file(PastedCells("甲\t乙"), fail)
    assert not seen[0].parent.exists()


def test_only_a_table_is_taken_and_a_copied_file_comes_first() -> None:
    data = QMimeData()
    data.setText("没有制表符的一句话\n")
    assert cells_in(data) is None
    data.setText("甲\t乙")
    assert cells_in(data) == PastedCells("甲\t乙")
    data.setUrls([QUrl.fromLocalFile("/名单/一小.xlsx")])
    assert cells_in(data) is None


def test_the_cells_are_not_told_in_a_log() -> None:
    assert "覃世芳" not in repr(PastedCells("覃世芳\t4228"))


def test_ctrl_v_on_the_first_page_hands_the_cells_on(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    page = HomePage(desk, tasks)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.board is not None)
    copy(CELLS)
    with qtbot.waitSignal(page.check_files) as checked:
        qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert checked.args[0][0].name == "粘贴的名单"


def test_a_pasted_roster_s_corrections_are_saved_where_the_user_says(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter(("", str(tmp_path / "改.xlsx")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (next(asked), ""))
    page = RosterCheckPage(desk, tasks)
    qtbot.addWidget(page)
    page.show()
    page.check(PastedCells(CELLS))
    qtbot.waitUntil(lambda: page.result is CHECK)
    assert page.skipped.text().startswith("粘贴的名单\n")
    page.save_button.click()  # given up
    assert page.save_button.isEnabled()
    page.save_button.click()
    qtbot.waitUntil(lambda: page.banner.text.startswith("已存"))
    saved = [args for name, args in desk.rosters.calls if name == "save_corrections"]
    assert [args[0].name for args in saved] == ["粘贴的名单.tsv"]
    with qtbot.waitSignal(page.store_wanted) as wanted:
        page.store_button.click()
    assert wanted.args[0] == PastedCells(CELLS)


def test_cells_pasted_on_a_unit_s_page_are_planned_as_its_roster(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    services = StandIns()
    shown = enrolment()
    services.answers |= {"units.get": unit(shown), "enrolments.get": shown}
    page = UnitPage(services, tasks, 7)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None)
    copy("只有一句话")
    page.acts.files.paste()
    assert page.banner.text == "剪贴板里没有文件、表格或图片。"
    copy(CELLS)
    page.acts.files.paste()
    dialog = page.findChild(ImportPlanDialog)
    assert dialog.windowTitle() == "读入名单 · 粘贴的名单"
    qtbot.waitUntil(dialog.main_button.isEnabled)
    (planned,) = services.made("rosters.plan_file")
    assert planned[0][1].name == "粘贴的名单.tsv"
    assert not planned[0][1].parent.exists()


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder = tmp_path_factory.mktemp("own") / "office"
    office = bootstrap.OfficeDraft("青石县总工会", "青石县")
    bootstrap.create_office(folder, office, (CLERK, HEAD), cost=CHEAP)
    with bootstrap.sign_in(folder, CLERK.login, CLERK.password) as signed:
        yield signed.services


def test_pasted_cells_are_judged_row_by_row_with_the_person_s_name(services: Services) -> None:
    check = with_file(PastedCells(CELLS), services.rosters.check_file)
    assert isinstance(check, RosterCheck)
    assert (check.rows_read, check.accepted, check.rejected, check.skipped) == (2, 1, 1, 0)
    wrong = next(f for f in check.findings if f.row == 3)
    assert check.names[wrong.sheet, 3] == "田大山"
