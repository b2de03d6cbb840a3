"""Pictures of 认款: lines with what they would pay for, the dialogs, what is booked and left."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.codes import BankMark
from desktop_app.domain.money import yuan
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.services import Services
from desktop_app.services.views.matching import OwedLine
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.reports.match_report import BOOKED, LEFT, MARKED, OPEN, MatchReport
from tests.shots.album import Album, shown

HEAD = ("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "摘要")
DAY = "2026-11-20"
TREASURY = "演示县财政国库支付中心(演示)"


def matching(album: Album, services: Services, name: str) -> None:
    owed = services.matching.list_owed()
    with tempfile.TemporaryDirectory() as made, shown(MainWindow(services, album.tasks)) as window:
        window.show_page("reports")
        page = window.page("reports")
        page.show_tab("match")
        report = page.match
        album.take(window, f"{name}match-none")
        if not owed:
            return
        path = Path(made) / "流水.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("账号:", "9990001234567890999"), HEAD, *_rows(owed)])
        services.statements.store_file(StatementDraft(path, new_account=True, doubtful="new"))
        report.reload()
        album.take(window, f"{name}match")
        for at, one in enumerate(report.open.table.shown_rows()):
            report.open.table.selectRow(at)
            if one.state in ("unclear", "over"):
                album.take(window, f"{name}match-{one.state}")
                album.dialog(report.open.book(), f"{name}match-book-{one.state}")
        album.dialog(report.open.set_aside(), f"{name}match-aside")
        _marked(album, services, window, name)
        album.dialog(report.open.book_certain(), f"{name}match-certain")
        _done(album, services, window, name)


def _marked(album: Album, services: Services, window: MainWindow, name: str) -> None:
    """Interest and a fee, where they are marked, listed, and what a line's history says."""
    page = window.page("reports")
    report = page.match
    payers = [one.lines[0].memo for one in report.open.table.shown_rows()]
    report.open.table.selectRow(payers.index("结息"))
    album.dialog(report.open.set_aside(), f"{name}match-aside-interest")
    page.show_tab("statements")
    page.statements.reload()
    album.settle()
    memos = [one.memo for one in page.statements.table.shown_rows()]
    page.statements.table.selectRow(memos.index("手续费"))
    album.dialog(page.statements.set_aside(), f"{name}statement-aside-fee")
    _mark(services)
    page.statements.reload()
    album.take(window, f"{name}statements-marked")
    page.show_tab("match")
    report.reload()
    album.settle()
    _marked_list(album, report, name)
    page.show_tab("tie")
    page.tie.reload()
    album.take(window, f"{name}tie-marked")
    page.show_tab("match")
    report.show_list(OPEN)
    album.settle()


def _mark(services: Services) -> None:
    """The interest after a mistake, the fee."""
    for line in services.statements.list_lines():
        if line.memo == "结息" and not line.mark_label:
            services.matching.mark(line.id, BankMark.OTHER, "误记")
            services.matching.unmark(line.id, "是利息,记错了性质")
            services.matching.mark(line.id, BankMark.INTEREST)
        if line.memo == "手续费" and not line.mark_label:
            services.matching.mark(line.id, BankMark.FEE, "账户年费")


def _marked_list(album: Album, report: MatchReport, name: str) -> None:
    report.show_list(MARKED)
    album.take(report.window(), f"{name}match-marked")
    kinds = [one.mark for one in report.marked.table.shown_rows()]
    report.marked.table.selectRow(kinds.index("interest"))
    album.dialog(report.marked.undo(), f"{name}match-unmark")
    album.dialog(report.marked.history(), f"{name}match-history")


def _done(album: Album, services: Services, window: MainWindow, name: str) -> None:
    """Booked, what is too much is left over."""
    report = window.page("reports").match
    found = services.matching.proposals().proposals
    certain = tuple(line.id for one in found if one.certain for line in one.lines)
    if certain:
        services.matching.book_certain(certain)
    for one in found:
        if one.state == "over" and one.parts:
            parts = tuple(PaymentPart(part.enrolment_id, part.fen) for part in one.parts)
            services.matching.book(one.lines[0].id, parts)
    report.reload()
    album.settle()
    report.show_list(BOOKED)
    album.take(window, f"{name}match-booked")
    album.dialog(report.booked.arrivals(), f"{name}match-arrivals")
    album.dialog(report.booked.undo(), f"{name}match-undo")
    report.show_list(LEFT)
    album.take(window, f"{name}match-left")
    album.dialog(report.left.use(), f"{name}match-left-used")
    album.dialog(report.left.refund(), f"{name}match-left-refund")


def _rows(owed: tuple[OwedLine, ...]) -> Iterator[tuple[str, ...]]:
    """A month's lines for whoever owes: exact, too little, too much, a treasury's, nobody's."""
    names = [one.unit_name for one in owed]
    amounts = [one.fen for one in owed]
    kinds = (10_000, 0, -5_000)
    for at, (unit, fen) in enumerate(zip(names, amounts, strict=True)):
        yield DAY, yuan(fen + kinds[at % 3]), "", unit, f"99900020000000{at:05d}", "会费"
    yield DAY, yuan(amounts[0]), "", "张建国", "6220000000000000000", f"{names[0]}会费"
    yield DAY, yuan(sum(amounts[:2]) - 1_000), "", TREASURY, "9990002000000000045", "代缴会费"
    yield DAY, "88.00", "", "远方公司(演示)", "9990002000000000099", ""
    yield DAY, "12.34", "", "演示银行", "", "结息"
    yield DAY, "", "20.00", "演示银行", "", "手续费"
