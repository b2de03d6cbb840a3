"""报表 · 进度: the drive by area and unit by unit, to copy or save as cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.services.board.progress import progress_text
from desktop_app.services.done import Area
from desktop_app.services.views.board import AreaProgress, Report, UnitLine
from desktop_app.ui import theme
from desktop_app.ui.cells_file import save_cells
from desktop_app.ui.dialogs.further_forms import FurtherForms
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, money_text

if TYPE_CHECKING:
    from desktop_app.services.services import Services

T = TypeVar("T")
HEARS = {Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS, Area.PRINTS, Area.SCHEMES}
CELLS = "表格文件 (*.csv)"


def _share(area: AreaProgress) -> float:
    return area.reported * 100 / area.active if area.active else 0.0


def _number(title: str, number: Callable[[T], int], width: int = 90) -> Column[T]:
    made: Column[T] = Column(title, lambda row: str(number(row)), number, width, right=True)
    return made


AREA_COLUMNS: tuple[Column[AreaProgress], ...] = (
    Column("片区", lambda a: a.area, width=190, wide=True),
    _number("应办", lambda a: a.active),
    _number("未报", lambda a: a.unreported),
    _number("已报", lambda a: a.reported),
    _number("已缴", lambda a: a.paid),
    _number("办结", lambda a: a.finished),
    Column("已报率", lambda a: f"{_share(a):.1f}%", _share, 90, right=True),
)
UNIT_COLUMNS: tuple[Column[UnitLine], ...] = (
    Column("单位", lambda u: u.name, width=190, wide=True),
    Column("片区", lambda u: u.area, width=110),
    Column("到哪一步", lambda u: u.step_label, width=130),
    Column("在职", lambda u: "" if u.at_work is None else str(u.at_work),
           lambda u: u.at_work or 0, 70, right=True),
    _number("已报人数", lambda u: u.reported, 90),
    _number("已缴人数", lambda u: u.paid, 90),
    _number("办结人数", lambda u: u.finished, 90),
    Column("应缴(元)", lambda u: money_text(u.due_fen) if u.people else "",
           lambda u: u.due_fen or 0, 120, right=True),
    Column("已缴(元)", lambda u: money_text(u.paid_fen) if u.paid else "",
           lambda u: u.paid_fen, 120, right=True),
)  # fmt: skip


class ProgressReport(QWidget):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._name = "进度"
        self._today: date | None = None
        self.banner = Banner()
        self.sum, self.day = label("", wrap=True), label("", "quiet")
        self.areas: RowsTable[AreaProgress] = RowsTable(
            AREA_COLUMNS, name="分片区进度", empty="正在读取…"
        )
        self.units: RowsTable[UnitLine] = RowsTable(
            UNIT_COLUMNS, name="逐家进度", empty="正在读取…"
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("筛选单位、片区、步骤")
        self.filter.setAccessibleName("筛选单位、片区、步骤")
        self.first_field = self.filter
        self._lay_out()
        self.filter.textChanged.connect(self.units.set_filter)
        tasks.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.day)
        head.addStretch(1)
        self.further_button = button("其他文书(&X)…", self.ask_forms, name="其他文书")
        self.forms = FurtherForms(
            self._services, self._tasks, self, self.banner, self.further_button
        )
        head.addWidget(button("复制片区表", self.areas.copy_all))
        head.addWidget(button("复制逐家表", self.units.copy_all))
        head.addWidget(button("存成表格文件…(Ctrl+S)", self.save, name="存成表格文件"))
        head.addWidget(self.further_button)
        self.area_card, self.unit_card = Card("分片区"), Card("逐家")
        self.area_card.add(self.sum)
        self.area_card.add(self.areas, 1)
        self.unit_card.add(self.filter)
        self.unit_card.add(self.units, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.area_card, 3)
        layout.addWidget(self.unit_card, 5)

    def ask_forms(self) -> None:
        """Lists of this month and the last, the office's own, sheets with no unit filled in."""
        if self._today is None:
            return
        last = self._today.replace(day=1) - timedelta(days=1)
        months = tuple(("month", day.year * 100 + day.month) for day in (self._today, last))
        self.forms.ask((*months, ("office", None), ("unit", None)))

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._services.board.report,
            self._show,
            on_error=unread(self.banner.show_failure, self.areas, self.units),
        )

    def save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "存成表格文件", f"{self._name}.csv", CELLS)
        if name:
            self.save_to(Path(name if name.lower().endswith(".csv") else f"{name}.csv"))

    def save_to(self, target: Path) -> None:
        columns = self.units.rows_model.columns
        lines = [[column.title for column in columns]]
        lines += [[column.text(row) for column in columns] for row in self.units.shown_rows()]
        self._tasks.read(
            self,
            partial(save_cells, lines, target),
            lambda saved: self.banner.show_good(f"已存:{saved}"),
            on_error=self.banner.show_failure,
        )

    def _show(self, report: Report) -> None:
        board = report.board
        self._today = board.today
        self._name = f"{board.year}年度进度_{board.today:%Y%m%d}"
        self.day.setText(f"截至{chinese_date(board.today)} · {board.year} 年度")
        self.areas.set_empty("还没有单位。")
        self.units.set_empty("还没有单位。")
        self.areas.set_rows(board.areas)
        self.units.set_rows(report.lines)
        self.unit_card.set_right(
            f"共 {len(report.lines)} 家 · 已缴合计 {money_text(board.paid.fen)} 元"
        )
        self.sum.setText(progress_text(board))

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
