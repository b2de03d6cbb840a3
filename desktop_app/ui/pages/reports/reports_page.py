"""报表: the drive's progress, the tie of its money, the account's lines and what they pay for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.pages.reports.match_report import MatchReport
from desktop_app.ui.pages.reports.progress_report import ProgressReport
from desktop_app.ui.pages.reports.statements_report import StatementsReport
from desktop_app.ui.pages.reports.tie_report import TieReport
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

TABS = ("progress", "tie", "statements", "match")


class ReportsPage(QWidget):
    open_unit = Signal(int, int)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.progress = ProgressReport(services, tasks)
        self.tie = TieReport(services, tasks)
        self.statements = StatementsReport(services, tasks)
        self.match = MatchReport(services, tasks)
        self.match.open_unit.connect(self.open_unit)
        self.tie.open_unit.connect(self.open_unit)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("报表")
        self.tabs.addTab(self.progress, "进度")
        self.tabs.addTab(self.tie, "对账")
        self.tabs.addTab(self.statements, "银行流水")
        self.tabs.addTab(self.match, "认款")
        self.reports = (self.progress, self.tie, self.statements, self.match)
        self.tie.own_account.connect(self._show_account)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(label("报表", "h1"))
        layout.addWidget(self.tabs, 1)

    @property
    def first_field(self) -> QWidget:
        """Of the report that is shown: its keys, and Ctrl+Tab, are heard from there."""
        shown = self.tabs.currentWidget()
        return next(one.first_field for one in self.reports if one is shown)

    def show_tab(self, key: str) -> None:
        self.tabs.setCurrentIndex(TABS.index(key))

    def _show_account(self, own: bool) -> None:
        """Where the province takes the money, no statement of an account of one's own is asked."""
        for key in ("statements", "match"):
            at = TABS.index(key)
            self.tabs.setTabVisible(at, own or self.tabs.currentIndex() == at)
