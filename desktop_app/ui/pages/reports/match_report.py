"""报表 · 认款: lines that wait, those that are booked, money left over, what is no contribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.views.matching import BookedLine, MarkedLine, Matches, RemainderLine
from desktop_app.ui import theme
from desktop_app.ui.pages.reports.match_done import BookedPane, LeftPane
from desktop_app.ui.pages.reports.match_marked import MarkedPane
from desktop_app.ui.pages.reports.match_open import OpenPane
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HEARS = {Area.UNITS, Area.ENROLMENTS, Area.PAYMENTS, Area.PRINTS, Area.SCHEMES}
OPEN, BOOKED, LEFT, MARKED = range(4)


@dataclass(frozen=True, slots=True)
class MatchesRead:
    matches: Matches
    booked: tuple[BookedLine, ...]
    left: tuple[RemainderLine, ...]
    marked: tuple[MarkedLine, ...]
    today: date


def read_matches(services: Services) -> MatchesRead:
    return MatchesRead(
        services.matching.proposals(),
        services.matching.list_booked(),
        services.remainders.list_remainders(),
        services.matching.list_marked(),
        services.office.view().today,
    )


class MatchReport(QWidget):
    open_unit = Signal(int, int)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._begins = OPEN  # the first list with something to do
        self._fresh = True  # nothing was read yet, and nobody has turned to a list
        self.banner = Banner()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("认款")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("筛选户名、单位、金额、摘要")
        self.filter.setAccessibleName("筛选户名、单位、金额、摘要")
        self.open = OpenPane(services, tasks)
        self.booked = BookedPane(services, tasks)
        self.left = LeftPane(services, tasks)
        self.marked = MarkedPane(services, tasks)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        for pane, title in zip(self.panes, ("待认款", "已认款", "余款", "其他款项"), strict=True):
            self.stack.addWidget(pane)
            self.tabs.addTab(title)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addWidget(self.open.which)
        head.addWidget(self.filter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.stack, 1)

    @property
    def panes(self) -> tuple[OpenPane, BookedPane, LeftPane, MarkedPane]:
        return self.open, self.booked, self.left, self.marked

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turned)
        self.tabs.currentChanged.connect(self.banner.clear)
        self.tabs.currentChanged.connect(lambda at: self.open.which.setVisible(at == OPEN))
        for pane in self.panes:
            self.filter.textChanged.connect(pane.table.set_filter)
            pane.told.connect(self.banner.show_good)
            pane.given_up.connect(self.reload)
        down = QShortcut(QKeySequence("Down"), self.filter, self._to_table)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        for asks in (self.open, self.booked):
            asks.open_unit.connect(self.open_unit)
        self.open.stale.connect(self._on_stale)
        self._tasks.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+B"), self, self.open.book_certain)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def showEvent(self, event: QShowEvent) -> None:
        """Opened again: at the first list with something to do, not where it was left."""
        super().showEvent(event)
        if not event.spontaneous():
            self.show_list(self._begins)

    def show_list(self, which: int) -> None:
        self.tabs.setCurrentIndex(which)

    def _turned(self, which: int) -> None:
        self._fresh = False
        self.stack.setCurrentIndex(which)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        tables: list[RowsTable[Any]] = [pane.table for pane in self.panes]
        self._ticket = self._tasks.read(
            self,
            partial(read_matches, self._services),
            self._show,
            on_error=unread(self.banner.show_failure, *tables),
        )

    def _show(self, read: MatchesRead) -> None:
        waiting = sum(len(one.lines) for one in read.matches.proposals)
        self.open.show_matches(read.matches)
        self.booked.show_rows(read.booked)
        self.left.show_rows(read.left, read.today)
        self.marked.show_rows(read.marked)
        left = sum(1 for one in read.left if one.left_fen or one.waiting_fen)
        counts = (
            ("待认款", waiting), ("已认款", len(read.booked)), ("余款", left),
            ("其他款项", len(read.marked)),
        )  # fmt: skip
        for at, (title, count) in enumerate(counts):
            self.tabs.setTabText(at, f"{title} {count} 笔")
        self._begins = LEFT if left and not waiting else OPEN
        if self._fresh:
            self.show_list(self._begins)
        self._fresh = False  # who works here is not turned away by what the work brings

    @property
    def first_field(self) -> QWidget:
        return self.panes[self.stack.currentIndex()].table

    def _to_table(self) -> None:
        self.first_field.setFocus()

    def _on_stale(self, error: UserError) -> None:
        self.banner.show_error(error)
        self.reload()

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()
