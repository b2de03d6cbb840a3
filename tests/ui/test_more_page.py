"""更多, 查询 and 报表 with stand-in services."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.errors import FileError, UserError
from desktop_app.services.versions.scheme_views import VersionChoice
from desktop_app.ui.pages.more.more_page import MorePage
from desktop_app.ui.pages.reports.progress_report import ProgressReport
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> MorePage:
    made = MorePage(desk, tasks)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(made.office.text()) and bool(made.figures.table.shown_rows()))
    return made


def test_backups_are_listed_in_the_office_s_own_time(qtbot: QtBot, page: MorePage) -> None:
    table = page.backups.table
    qtbot.waitUntil(lambda: table.proxy.rowCount() == 1)
    shown = [table.model().index(0, at).data() for at in range(4)]
    assert shown == ["2026-12-01 08:02", "902", "2.0 MB", "已校验"]


def test_one_button_makes_a_backup_and_says_where(qtbot: QtBot, desk: Desk, page: MorePage) -> None:
    page.backups.now.click()
    qtbot.waitUntil(lambda: page.backups.banner.text == "已备份并校验:/data/backups/two")
    assert ("back_up", (None,)) in desk.backups.calls
    assert page.backups.now.isEnabled()
    page.backups.back_up(Path("/usb"))
    qtbot.waitUntil(lambda: ("back_up", (Path("/usb"),)) in desk.backups.calls)


def test_a_backup_can_be_verified_and_damage_is_said(
    qtbot: QtBot, desk: Desk, page: MorePage
) -> None:
    qtbot.waitUntil(page.backups.verify_button.isEnabled)
    page.backups.verify_button.click()
    qtbot.waitUntil(lambda: page.backups.banner.text == "这份备份完好,可以用来恢复。")
    desk.backups.answers["verify"] = FileError("store-damaged", "备份已损坏。", "请再备份一次。")
    page.backups.verify_button.click()
    qtbot.waitUntil(lambda: page.backups.banner.text == "备份已损坏。")


def test_a_full_disk_is_said_and_the_button_works_again(
    qtbot: QtBot, desk: Desk, page: MorePage
) -> None:
    desk.backups.answers["back_up"] = FileError("store-full", "磁盘已满。", "请清理磁盘。")
    page.backups.now.click()
    qtbot.waitUntil(lambda: page.backups.banner.text == "磁盘已满。")
    assert page.backups.now.isEnabled()


def test_a_fee_is_confirmed_in_yuan_with_its_document(
    qtbot: QtBot, desk: Desk, page: MorePage
) -> None:
    figures = page.figures
    figures.table.selectRow(0)
    assert figures.document.text() == ""
    figures.value.setText("１,０60.50")
    figures.confirm()
    assert figures.banner.text == "请填依据文件。"
    figures.document.setText("某工办发〔2026〕3号")
    qtbot.keyClick(figures.document, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: figures.banner.text == "已确认:住院医疗会费。")
    call = ("plans.hospital.fee_fen", 106_050, "某工办发〔2026〕3号", 1)
    assert ("confirm_figure", call) in desk.schemes.calls


@pytest.mark.parametrize("text", ["", "十元", "-3", "1.234"])
def test_a_wrong_amount_is_refused_before_anything_is_saved(
    desk: Desk, page: MorePage, text: str
) -> None:
    page.figures.table.selectRow(0)
    page.figures.value.setText(text)
    page.figures.document.setText("某号")
    page.figures.confirm()
    assert page.figures.banner.text
    assert not [name for name, _args in desk.schemes.calls if name == "confirm_figure"]


def test_a_plain_number_is_confirmed_as_it_stands(qtbot: QtBot, desk: Desk, page: MorePage) -> None:
    page.figures.table.selectRow(1)
    assert page.figures.value.text() == "100"
    page.figures.confirm()
    call = ("participation.all_join_limit", 100, "演示用", 1)
    qtbot.waitUntil(lambda: ("confirm_figure", call) in desk.schemes.calls)


def test_an_older_version_is_chosen_where_cases_still_go_by_it(
    qtbot: QtBot, desk: Desk, page: MorePage
) -> None:
    assert page.figures.version.isHidden()
    two = (VersionChoice(2, "2", "第2版(新申请用)", 0), VersionChoice(1, "1", "第1版(3件在办)", 3))
    desk.schemes.answers["list_confirmable"] = two
    for card, calls, name in (
        (page.figures, desk.schemes.calls, "list_figures"),
        (page.clauses, desk.clauses.calls, "list_clauses"),
    ):
        card.reload()
        qtbot.waitUntil(lambda card=card: not card.version.isHidden())
        assert card.version.currentText() == "第1版(3件在办)"  # as it was chosen before
        card.version.setCurrentIndex(0)
        card.version.activated.emit(0)
        qtbot.waitUntil(lambda calls=calls, name=name: (name, (2,)) in calls)
    page.figures.table.selectRow(1)
    page.figures.confirm()
    call = ("participation.all_join_limit", 100, "演示用", 2)
    qtbot.waitUntil(lambda: ("confirm_figure", call) in desk.schemes.calls)
    desk.schemes.answers["list_confirmable"] = ()
    page.figures.reload()
    qtbot.waitUntil(lambda: page.figures.version.version_id() is None)


def test_only_the_head_may_confirm_is_said_by_the_rule(
    qtbot: QtBot, desk: Desk, page: MorePage
) -> None:
    desk.schemes.answers["confirm_figure"] = UserError(
        "not-allowed", "只有负责人可以确认。", "", "plans.hospital.fee_fen"
    )  # a key is not for reading
    page.figures.table.selectRow(1)
    page.figures.confirm()
    qtbot.waitUntil(lambda: page.figures.banner.text == "只有负责人可以确认。")
    assert page.figures.value.text() == "100"


def test_look_and_sign_out_are_asked_for(qtbot: QtBot, page: MorePage) -> None:
    with qtbot.waitSignal(page.preferences_changed) as changed:
        page.dark.click()
    assert changed.args == [Preferences(dark=True, large=False)]
    assert "演示数据" in page.office.text()
    page.show_tab("look")
    assert page.tabs.currentIndex() == 2


def test_the_report_adds_up_and_is_saved_as_cells(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, tmp_path: Path
) -> None:
    page = ProgressReport(desk, tasks)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.units.proxy.rowCount() == 4)
    assert page.unit_card.right.text() == "共 4 家 · 已缴合计 17,200.00 元"
    assert page.areas.model().index(0, 6).data() == "75.0%"
    assert "未报3家" in page.sum.text()
    page.areas.copy_all()
    assert QGuiApplication.clipboard().text().splitlines()[2] == "东片\t2\t2\t0\t0\t0\t0.0%"
    page.filter.setText("东片")
    page.save_to(tmp_path / "表.csv")
    qtbot.waitUntil(lambda: page.banner.text.startswith("已存"))
    lines = (tmp_path / "表.csv").read_text("utf-8-sig").splitlines()
    assert lines[1:] == [
        "县第一小学,东片,待审核,100,128,0,0,待核对,",
        "县水厂,东片,未报,40,0,0,0,,",
    ]


def test_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, tmp_path: Path
) -> None:
    page = ProgressReport(desk, tasks)
    qtbot.addWidget(page)
    page.save_to(tmp_path / "没有" / "表.csv")
    qtbot.waitUntil(lambda: page.banner.text.startswith("文件没有存成"))
