"""报表 · 对账: every application's money from list to receipt, and the sums that prove it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.services.done import Area
from desktop_app.services.views.ties import TIE_LABELS, DriveTie, TieLine
from desktop_app.ui import theme
from desktop_app.ui.pages.reports.tie_columns import (
    made_up_of,
    proof_text,
    sums_text,
    tie_columns,
)
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HEARS = {Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS, Area.SCHEMES, Area.OFFICE}
EVERY, OPEN = "全部", "没有对平的"
WORKBOOK = "Excel 工作簿 (*.xlsx)"


class TieReport(QWidget):
    open_unit = Signal(int, int)
    own_account = Signal(bool)  # whether the money comes to an account of the office

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._drive: DriveTie | None = None
        self.banner = Banner()
        self.sums, self.detail = label("", wrap=True), label("", wrap=True)
        self.which = QComboBox()
        self.which.setAccessibleName("状态")
        self.which.addItems([EVERY, OPEN, *TIE_LABELS.values()])
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("筛选单位、片区、还差什么")
        self.filter.setAccessibleName("筛选单位、片区、还差什么")
        self.first_field = self.filter
        self.table: RowsTable[TieLine] = RowsTable(tie_columns(), name="对账", empty="正在读取…")
        self.proofs = QGridLayout()
        self.save_button = button("存成表格文件…(Ctrl+S)", self.save, name="存成表格文件")
        self._lay_out()
        self.table.reached_from(self.filter)
        self.which.currentIndexChanged.connect(self._narrow)
        self.filter.textChanged.connect(self._filtered)
        self.table.chosen.connect(self._detail)
        self.table.opened.connect(lambda one: self.open_unit.emit(one.unit_id, one.enrolment_id))
        tasks.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.which)
        head.addWidget(self.filter, 1)
        head.addWidget(button("复制表格", self.table.copy_all))
        head.addWidget(self.save_button)
        self.proof_card, self.card = Card("校验"), Card("逐家")
        self.proofs.setVerticalSpacing(theme.px(2))
        self.proof_card.add(self.proofs)
        self.card.add(self.table, 1)
        self.card.add(self.sums)
        self.card.add(self.detail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.proof_card)
        layout.addWidget(self.card, 1)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._services.ties.tie,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def save(self) -> None:
        if self._drive is None:
            return
        wanted = f"{self._drive.year}年度对账_{self._drive.today:%Y%m%d}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "存成表格文件", wanted, WORKBOOK)
        if name:
            self.save_to(Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"))

    def save_to(self, target: Path) -> None:
        self._tasks.read(
            self,
            partial(self._services.ties.export, target),
            lambda saved: self.banner.show_good(f"已存:{saved}"),
            on_error=self.banner.show_failure,
        )

    def _show(self, drive: DriveTie) -> None:
        self._drive = drive
        self.own_account.emit(drive.own_account)
        self.proof_card.set_title(f"{drive.year}年度校验 · 截至{chinese_date(drive.today)}")
        self.table.set_empty("这个年度还没有申请。" if not drive.lines else "没有这样的申请。")
        left = len(drive.open_lines)
        told = f"还有 {left} 家没有对平" if left else "已全部对平"
        self.card.set_right(told if drive.lines else "")
        self._show_proofs(drive)
        self._narrow()

    def _show_proofs(self, drive: DriveTie) -> None:
        while self.proofs.count():
            if (old := self.proofs.takeAt(0).widget()) is not None:
                old.deleteLater()
        for proof in drive.proofs:
            tone = "" if proof.holds else "late"
            line = label(proof_text(proof), tone=tone, wrap=True)
            self.proofs.addWidget(line, self.proofs.count() // 2, self.proofs.count() % 2)
        held = all(proof.holds for proof in drive.proofs)
        told = "有不相等的,请核对" if not held else "各项相等" if drive.lines else "还没有申请"
        if drive.free_lines:
            told += f" · 流水还有 {drive.free_lines} 笔没有认款,共 {yuan(drive.free_fen)} 元"
        self.proof_card.set_right(told)

    def _narrow(self) -> None:
        if self._drive is None:
            return
        at = self.which.currentIndex()
        lines = self._drive.lines if at == 0 else self._drive.open_lines
        if at > 1:
            wanted = list(TIE_LABELS)[at - 2]
            lines = tuple(one for one in self._drive.lines if one.state is wanted)
        self.table.set_rows(lines)
        self._filtered(self.filter.text())

    def _filtered(self, text: str) -> None:
        self.table.set_filter(text)
        self.sums.setText(f"合计:{sums_text(self.table.shown_rows())}")

    def _detail(self, line: TieLine | None) -> None:
        self.detail.setText("" if line is None else made_up_of(line))

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
