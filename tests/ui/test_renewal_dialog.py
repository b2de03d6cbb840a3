"""按上年名单续保 with stand-in services: who goes on, who leaves, what is asked of the service."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.ui.dialogs.renewal_dialog import RenewalDialog
from desktop_app.ui.pages.units.unit_page import UnitPage
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns, enrolment, unit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


@pytest.fixture
def services() -> StandIns:
    return StandIns()


@pytest.fixture
def dialog(qtbot: QtBot, tasks: TaskRunner, services: StandIns) -> RenewalDialog:
    made = RenewalDialog(services, tasks, unit())  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.main_button.isEnabled() and "应不少于" in made.detail.text())
    return made


def test_last_years_plans_and_people_stand_ready(dialog: RenewalDialog) -> None:
    assert dialog.sentence.text() == "2026 年度名单 3 人:续保 2 人　离开 0 人　不能续保 1 人"
    assert "年龄按 2027年1月1日 计算;联系人 田国华 13900000000;上年的旧项目今年没有" in (
        dialog.detail.text()
    )
    assert "在职107人,应不少于86人:还差84人" in dialog.detail.text()
    assert [dialog.fate(person) for person in dialog.table.shown_rows()] == [
        "不能续保", "续保", "续保",
    ]  # fmt: skip
    assert dialog.chosen() == (("hospital", 1),)


def test_space_turns_people_to_leaving_and_back_and_renewal_leaves_them_out(
    qtbot: QtBot, dialog: RenewalDialog, services: StandIns
) -> None:
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert "续保 1 人　离开 1 人" in dialog.sentence.text()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert "离开 0 人" in dialog.sentence.text()
    dialog.table.doubleClicked.emit(dialog.table.model().index(1, 0))
    dialog.table.doubleClicked.emit(dialog.table.model().index(1, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)  # who cannot go on does not leave
    QTest.keyClick(dialog.table, Qt.Key.Key_A)  # any other key is the list's own
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(services.made("renewals.start")))
    draft = EnrolmentDraft("on-behalf", (("hospital", 1),), 107, 48)
    assert services.made("renewals.start") == [((5, draft, (1001,)), {})]


def test_without_a_plan_or_a_count_nothing_is_sent(
    dialog: RenewalDialog, services: StandIns
) -> None:
    dialog.at_work.setText("很多")
    assert "应不少于" not in dialog.detail.text()
    dialog.at_work.setText("")
    dialog.accept()
    assert dialog.banner.text == "“在职职工”还没有填。"
    dialog.ticks["hospital"][0].setChecked(False)
    dialog.accept()
    assert dialog.banner.text == "还没有选项目。"
    assert services.made("renewals.start") == []


def test_a_unit_without_a_list_is_told_so(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    services.refusals["renewals.plan"] = UserError("no-list-before", "台账里没有上年的名单。", "请")
    made = RenewalDialog(services, tasks, unit())  # type: ignore[arg-type]
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.banner.text == "台账里没有上年的名单。")
    assert made.sentence.text() == "没有可以照着续保的名单。"
    assert not made.main_button.isEnabled()


def page_of(qtbot: QtBot, tasks: TaskRunner, services: StandIns, year: int) -> UnitPage:
    case = enrolment(year=year, state="finished", next_act="", next_label="")
    services.answers["units.get"] = lambda _id: unit(case)
    services.answers["enrolments.get"] = lambda _id: case
    page = UnitPage(services, tasks, 5)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None)
    return page


def test_a_unit_of_last_year_offers_renewal_first_and_reads_who_joins_after(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns, tmp_path: Path
) -> None:
    page = page_of(qtbot, tasks, services, 2026)
    assert page.case_card.renew_button.isVisible()
    assert page.case_card.renew_button.isDefault()
    page.case_card.renew_button.click()
    dialog = page.findChild(QDialog)
    assert isinstance(dialog, RenewalDialog)
    qtbot.waitUntil(dialog.main_button.isEnabled)
    joiners = tmp_path / "新来的人.csv"
    joiners.write_text("姓名,身份证号", "utf-8")
    dialog.joiners.set_path(joiners)
    services.answers["enrolments.get"] = lambda _id: enrolment()
    services.answers["units.get"] = lambda _id: unit(enrolment())
    dialog.accept()
    qtbot.waitUntil(lambda: bool(services.made("rosters.plan_file")))
    assert services.made("rosters.plan_file")[0][0] == (31, joiners)
    for opened in page.findChildren(QDialog):
        opened.close()


def test_this_years_case_offers_no_renewal(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    page = page_of(qtbot, tasks, services, 2027)
    assert not page.case_card.renew_button.isVisible()
    assert page.case_card.start_button.isDefault()


def test_a_case_from_last_years_books_asks_for_nothing_any_more(
    qtbot: QtBot, tasks: TaskRunner, services: StandIns
) -> None:
    books = {"year": 2026, "state": "finished", "next_act": "", "quote": None, "due_fen": None}
    case = enrolment(**books)
    services.answers["units.get"] = lambda _id: unit(case)
    services.answers["enrolments.get"] = lambda _id: case
    page = UnitPage(services, tasks, 5)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None)
    assert page.money.right.text() == "台账没有写金额"
    assert not page.papers.isVisible()
    assert not page.forms.isVisible()
    assert page.money.isVisible()
