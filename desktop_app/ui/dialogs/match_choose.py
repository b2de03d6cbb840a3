"""Which application the money is for: those that still owe something, to search in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import OwedLine
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

COLUMNS: tuple[Column[OwedLine], ...] = (
    Column("单位", lambda one: one.unit_name, None, 340, wide=True),
    Column("还欠(元)", lambda one: yuan(one.fen), lambda one: one.fen, 120, right=True),
)


class ChooseOwedDialog(QDialog):
    picked = Signal(object)  # OwedLine, once for each that was chosen

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加申请")
        self.banner = Banner()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("输入单位名称或金额筛选")
        self.filter.setAccessibleName("筛选单位")
        self.table: RowsTable[OwedLine] = RowsTable(COLUMNS, name="还欠钱的申请", empty="正在读取…")
        self.ok = main_button("就是这家", self._pick)
        self.ok.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(self.ok)
        layout = QVBoxLayout(self)
        asked = label("这笔钱缴哪家单位的?", "h2")
        several = label("缴几家的,按住 Ctrl 或 Shift 一起选。", "quiet")
        for part in (asked, several, self.banner, self.filter, self.table):
            layout.addWidget(part)
        layout.addLayout(row)
        self.filter.textChanged.connect(self.table.set_filter)
        self.table.reached_from(self.filter)
        self.table.chosen.connect(lambda _one: self._offer())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.table.opened.connect(lambda _one: self._pick())
        self.resize(theme.px(560), theme.px(440))
        tasks.read(
            self,
            services.matching.list_owed,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def _show(self, owed: tuple[OwedLine, ...]) -> None:
        self.table.set_empty("没有还欠钱的申请。审核通过、金额算出的申请才可以认款。")
        self.table.set_rows(owed)

    def _offer(self) -> None:
        chosen = len(self._chosen())
        self.ok.setEnabled(bool(chosen))
        self.ok.setText(f"就是这 {chosen} 家" if chosen > 1 else "就是这家")
        self.ok.setAccessibleName(self.ok.text())

    def _chosen(self) -> tuple[OwedLine, ...]:
        """The rows that are marked; the one the filter left, where it hides those."""
        one = self.table.current_row()
        return self.table.selected_rows() or (() if one is None else (one,))

    def _pick(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.accept()
        for one in chosen:
            self.picked.emit(one)
