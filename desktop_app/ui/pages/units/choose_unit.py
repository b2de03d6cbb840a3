"""Which unit a checked roster or a scanned page belongs to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.services.views.units import UnitRow
from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("单位", lambda u: u.name, width=240),
    Column("片区", lambda u: u.area, width=100),
    Column("到哪一步", lambda u: u.step_label),
)


def read_units(services: Services) -> tuple[UnitRow, ...]:
    return services.units.list_units(services.schemes.current_year())


class ChooseUnitDialog(QDialog):
    picked = Signal(int)

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        guess: int | None,
        parent: QWidget | None = None,
        question: str = "这份名单是哪家单位的?",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("存入哪家单位")
        self._guess = guess
        self.banner = Banner()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("输入单位名称筛选")
        self.filter.setAccessibleName("筛选单位")
        self.table: RowsTable[UnitRow] = RowsTable(
            COLUMNS, name="单位", empty="没有这个单位,请先到“办理”登记。"
        )
        self.ok = main_button("就是这家", self._pick)
        self.ok.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(self.ok)
        layout = QVBoxLayout(self)
        for part in (label(question, "h2"), self.banner, self.filter, self.table):
            layout.addWidget(part)
        layout.addLayout(row)
        self.filter.textChanged.connect(self.table.set_filter)
        self.table.chosen.connect(lambda unit: self.ok.setEnabled(unit is not None))
        self.table.opened.connect(lambda _unit: self._pick())
        self.resize(theme.px(560), theme.px(440))
        tasks.read(
            self,
            partial(read_units, services),
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def _show(self, units: tuple[UnitRow, ...]) -> None:
        self.table.set_rows(sorted(units, key=lambda unit: unit.id != self._guess))
        if units:
            self.table.selectRow(0)

    def _pick(self) -> None:
        unit = self.table.current_row()
        if unit is not None:
            self.accept()
            self.picked.emit(unit.id)
