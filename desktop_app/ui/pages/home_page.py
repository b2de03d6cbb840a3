"""The first page: check a roster, what waits, what is late, the drive by area."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.labels import weekday
from desktop_app.services.done import Area
from desktop_app.services.views.board import Board, BoardRow
from desktop_app.ui import theme
from desktop_app.ui.pages.home_parts import (
    AreasCard,
    CalendarNote,
    FirstSteps,
    NumberCard,
    progress_text,
)
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import DropArea
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

TONES = {"late": "late", "warn": "warn"}
HEARS = {
    Area.OFFICE, Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS, Area.PRINTS,
    Area.SUBMISSIONS, Area.SCHEMES, Area.BACKUPS, Area.CALENDAR,
}  # fmt: skip
COLUMNS: tuple[Column[BoardRow], ...] = (
    Column("单位", lambda r: r.unit, width=190),
    Column("到哪一步", lambda r: r.step_label, width=104),
    Column("人数 · 金额", lambda r: r.size, width=160),
    Column("说明", lambda r: r.note, width=190, tone=lambda r: TONES.get(r.tone, ""), wide=True),
    Column("下一步", lambda r: r.next_label, width=110, tone=lambda _r: "link"),
)


class HomePage(QWidget):
    open_unit = Signal(int)
    check_files = Signal(object)  # tuple[Source, ...]
    go = Signal(str)  # a page: units, figures, backups

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.board: Board | None = None
        self.banner = Banner()
        self.day = label("", "quiet")
        self.copy_button = button("复制今日进度(F6)", self.copy_progress, name="复制今日进度")
        self.drop = DropArea(
            "先查名单",
            "把单位发来的花名册拖到这里,或 Ctrl+V 粘贴",
            "xlsx · xls · et · csv,不用套模板;查完可存一份《需更正》发回单位",
        )
        self.waiting, self.late = NumberCard("等我处理"), NumberCard("快到期", "late")
        self.returned = NumberCard("退回来的", "warn")
        self.table: RowsTable[BoardRow] = RowsTable(
            COLUMNS, name="要办的事", empty="没有等着办的事。", sortable=True
        )
        self.areas, self.first_steps = AreasCard(), FirstSteps()
        self.calendar_note = CalendarNote()
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("工作台", "h1"))
        head.addSpacing(theme.px(10))
        head.addWidget(self.day)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.drop, 6)
        for card in (self.waiting, self.late, self.returned):
            top.addWidget(card, 3)
        self.todo = Card("要办的事")
        self.todo.add(self.table, 1)
        lower = QWidget()
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.todo, 7)
        row.addWidget(self.areas, 4)
        self.body = QStackedWidget()
        self.body.addWidget(lower)
        self.body.addWidget(self.first_steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.calendar_note)
        layout.addLayout(top)
        layout.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.drop.files_dropped.connect(self.check_files)
        self.table.opened.connect(lambda row: self.open_unit.emit(row.unit_id))
        self.first_steps.check.connect(self.drop.choose)
        self.first_steps.go.connect(self.go)
        self.calendar_note.go.connect(self.go)
        for keys, act in (("Ctrl+V", self.paste), ("F6", self.copy_progress)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tasks.changed.connect(self._on_changed)

    def paste(self) -> None:
        if not self.drop.paste():
            self.banner.show_info(
                "剪贴板里没有文件或表格。",
                "请复制名单文件,或在表格里选中名单(连表头)复制,再回来粘贴。",
            )

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self, self._services.board.board, self._show, on_error=self.banner.show_failure
        )

    def copy_progress(self) -> None:
        """The day's figures as one sentence, for a message or the phone."""
        if self.board is not None:
            call = partial(self._services.units.list_units, self.board.year)
            self._tasks.read(self, call, self._copy, on_error=self.banner.show_failure)

    def _copy(self, units: object) -> None:
        if self.board is not None:
            text = progress_text(self.board, units)  # type: ignore[arg-type]
            QGuiApplication.clipboard().setText(text)
            self.banner.show_good("已复制,可以粘贴到微信或报告里。", text)

    def _show(self, board: Board) -> None:
        self.board = board
        self.day.setText(f"{chinese_date(board.today)} {weekday(board.today)} · {board.year} 年度")
        self.waiting.show_number(board.waiting, board.waiting_note)
        self.late.show_number(board.late, board.late_note)
        self.returned.show_number(board.returned, board.returned_note)
        self.table.set_rows(board.rows)
        self.todo.set_right(f"按急缓排 · 共 {len(board.rows)} 件")
        self.areas.show_board(board)
        self.calendar_note.show_years(board.missing_years)
        self.body.setCurrentIndex(0 if board.units else 1)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
