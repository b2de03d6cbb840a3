"""报表 · 对账: what is open, the sums that prove it, and the workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.errors import UserError
from desktop_app.services.views.ties import TiePlan
from desktop_app.ui.pages.reports.reports_page import ReportsPage
from desktop_app.ui.pages.reports.tie_columns import made_up_of
from desktop_app.ui.pages.reports.tie_report import TieReport
from desktop_app.ui.table import UNREAD
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import TIE, Desk


@pytest.fixture
def page(qtbot: QtBot, tasks: TaskRunner, desk: Desk) -> ReportsPage:
    page = ReportsPage(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(page)
    page.show_tab("tie")
    page.show()
    qtbot.waitUntil(lambda: page.tie.table.proxy.rowCount() == 3)
    return page


@pytest.fixture
def report(page: ReportsPage) -> TieReport:
    return page.tie


def proofs(report: TieReport) -> list[tuple[str, str]]:
    labels = [report.proofs.itemAt(at).widget() for at in range(report.proofs.count())]
    return [(one.text(), one.property("tone") or "") for one in labels]


def test_what_is_open_stands_beside_its_unit_and_the_sums_prove_it(report: TieReport) -> None:
    assert report.card.right.text() == "还有 2 家没有对平"
    cells = [report.table.model().index(1, at).data() for at in (0, 3, 4, 7, 9, 10)]
    assert cells == [
        "县水厂", "8,600.00", "8,400.00", "200.00", "不符", "少2人的钱:名单86人应缴8,600.00元",
    ]  # fmt: skip
    assert report.table.model().index(2, 3).data() == "待定"
    assert proofs(report) == [
        ("名单合计 17,200.00　＝　各项目合计 17,200.00", ""),
        ("登记的转账 17,001.00　≠　分到各申请的 17,000.00", "late"),
    ]
    assert report.proof_card.right.text() == "有不相等的,请核对"
    assert report.sums.text() == (
        "合计:3份申请 258人 · 应缴 17,200.00 · 已缴 17,000.00 · 已到账 17,000.00 · "
        "退费 0.00 · 未缴 200.00 · 多缴 0.00"
    )


def test_a_state_or_a_word_narrows_the_list_and_its_sums(qtbot: QtBot, report: TieReport) -> None:
    report.which.setCurrentText("没有对平的")
    assert [one.unit for one in report.table.shown_rows()] == ["县水厂", "县中学"]
    report.which.setCurrentText("不符")
    assert report.sums.text().startswith("合计:1份申请 86人 · 应缴 8,600.00")
    report.which.setCurrentText("全部")
    report.filter.setText("中学")
    assert report.sums.text().startswith("合计:1份申请")
    assert report.detail.text().startswith(
        f"县中学　还差:{';'.join(TIE.lines[2].open)}　项目:住院医疗86人(待定)"
    )
    report.filter.clear()
    report.table.selectRow(0)
    assert report.detail.text() == (
        "县人民医院　项目:住院医疗86人 8,600.00元　出资:单位(福利费) 8,600.00元　业务号:HB202700017"
    )


def test_a_plan_that_costs_nothing_is_told_so_and_only_for_people_of_its_own() -> None:
    paid = TIE.lines[0]
    free = (TiePlan("女职工", 40, 0), TiePlan("慰问", 86, 0), TiePlan("无人的", 0, 0))
    told = made_up_of(replace(paid, plans=(*paid.plans, *free)))
    assert "项目:住院医疗86人 8,600.00元、女职工40人(不收费)　" in told


def test_a_year_without_applications_is_not_called_tied(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk
) -> None:
    desk.ties.answers["tie"] = lambda year=None: replace(TIE, lines=(), proofs=TIE.proofs[:1])
    empty = TieReport(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(empty)
    qtbot.waitUntil(lambda: empty.proof_card.right.text() == "还没有申请")
    assert (empty.card.right.text(), empty.table.nothing_text) == ("", "这个年度还没有申请。")


def test_a_line_opens_its_unit(qtbot: QtBot, report: TieReport) -> None:
    with qtbot.waitSignal(report.open_unit) as opened:
        report.table.selectRow(1)
        qtbot.keyClick(report.table, Qt.Key.Key_Return)
    assert opened.args == [7, 70]


def test_it_is_saved_as_a_workbook(
    qtbot: QtBot, report: TieReport, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, wanted: str, _kinds: str) -> tuple[str, str]:
        asked.append(wanted)
        return str(tmp_path / "对账表"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    report.save_button.click()
    qtbot.waitUntil(lambda: report.banner.text == f"已存:{tmp_path / '对账表.xlsx'}")
    assert asked == ["2027年度对账_20261201.xlsx"]


def test_what_cannot_be_written_or_read_is_said(
    qtbot: QtBot, tasks: TaskRunner, desk: Desk, report: TieReport, tmp_path: Path
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise UserError("folder-missing", "没有这个文件夹。", "请另选一个文件夹。")

    desk.ties.answers["export"] = fail
    report.save_to(tmp_path / "没有" / "表.xlsx")
    qtbot.waitUntil(lambda: report.banner.text == "没有这个文件夹。")
    desk.ties.answers["tie"] = fail
    failing = TieReport(desk, tasks)  # type: ignore[arg-type] - a stand-in
    qtbot.addWidget(failing)
    qtbot.waitUntil(lambda: failing.banner.text == "没有这个文件夹。")
    failing.save()  # nothing was read: nothing is asked
    assert failing.table.nothing_text == UNREAD


@pytest.mark.parametrize("own", [True, False])
def test_statements_are_quiet_where_the_province_takes_the_money(
    page: ReportsPage, own: bool
) -> None:
    page.tie.own_account.emit(own)
    assert [page.tabs.isTabVisible(at) for at in range(4)] == [True, True, own, own]
    page.show_tab("progress")
