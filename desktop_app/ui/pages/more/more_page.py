"""更多: backups, figures, looks, last year's books, calendar, schemes, layouts, signing."""

from __future__ import annotations

from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from desktop_app.services.views.offices import OfficeView
from desktop_app.ui import theme
from desktop_app.ui.pages.more.more_backups import BackupsCard
from desktop_app.ui.pages.more.more_calendar import CalendarCard
from desktop_app.ui.pages.more.more_clauses import ClausesCard
from desktop_app.ui.pages.more.more_figures import FiguresCard
from desktop_app.ui.pages.more.more_layouts import LayoutsCard
from desktop_app.ui.pages.more.more_opening import OpeningCard
from desktop_app.ui.pages.more.more_schemes import SchemesCard
from desktop_app.ui.pages.more.more_signing import SigningPage
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

TABS = ("backups", "figures", "look", "opening", "calendar", "schemes", "layouts", "signing")
ABOUT = (
    "县级职工互助保障经办软件。数据加密存在本机,每次保存都有记录。",
    "字体:思源黑体、思源宋体(SIL Open Font License 1.1),许可文本在程序的 resources/fonts 里。",
)


def read_about(services: Services) -> tuple[OfficeView, str]:
    try:
        release = f"版本 {version('mutual-aid-desk')}"
    except PackageNotFoundError:  # run from a bare source tree
        release = ""
    return services.office.view(), release


class MorePage(QWidget):
    preferences_changed = Signal(object)  # Preferences
    sign_out = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("更多")
        self.first_field = self.tabs  # Ctrl+Tab turns them from there
        self.backups = BackupsCard(services, tasks)
        self.figures = FiguresCard(services, tasks)
        self.clauses = ClausesCard(services, tasks)
        self.calendar = CalendarCard(services, tasks)
        self.opening = OpeningCard(services, tasks)
        self.schemes = SchemesCard(services, tasks)
        self.layouts = LayoutsCard(services, tasks)
        self.signing = SigningPage(services, tasks)
        self.large, self.dark = QCheckBox("大字版(&L)"), QCheckBox("深色(&D)")
        self.office = label("", wrap=True)
        self.tabs.addTab(self.backups, "备份与恢复")
        self.tabs.addTab(self._figures(), "方案金额确认")
        self.tabs.addTab(self._look(), "显示与关于")
        self.tabs.addTab(self.opening, "期初建账")
        self.tabs.addTab(self.calendar, "工作日历")
        self.tabs.addTab(self.schemes, "高级:方案")
        self.tabs.addTab(self.layouts, "单据版式")
        self.tabs.addTab(self.signing, "高级:签名")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(label("更多", "h1"))
        layout.addWidget(self.tabs, 1)
        tasks.read(self, partial(read_about, services), self._show)

    def show_tab(self, key: str) -> None:
        if key in TABS:
            self.tabs.setCurrentIndex(TABS.index(key))

    def _figures(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.figures, 1)
        column.addWidget(self.clauses, 1)
        return page

    def _look(self) -> QWidget:
        look, about = Card("显示"), Card("关于")
        self.about = about
        self.large.setChecked(theme.is_large())
        self.dark.setChecked(theme.is_dark())
        for box in (self.large, self.dark):
            box.setAccessibleName(box.text().split("(")[0])
            box.toggled.connect(self._emit)
            look.add(box)
        about.add(self.office)
        for line in ABOUT:
            about.add(label(line, "quiet", wrap=True))
        who = Card("换人")
        who.add(label("审核要由另一个人做:换人登录后再办。", "quiet", wrap=True))
        who.body.addWidget(
            button("换人登录(&O)", self.sign_out.emit), 0, Qt.AlignmentFlag.AlignLeft
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for card in (look, who, about):
            column.addWidget(card)
        column.addStretch(1)
        return page

    def _emit(self, _on: bool) -> None:
        self.preferences_changed.emit(
            Preferences(dark=self.dark.isChecked(), large=self.large.isChecked())
        )

    def _show(self, found: tuple[OfficeView, str]) -> None:
        office, release = found
        self.about.set_right(release)
        demo = "(演示数据)" if office.demo else ""
        user = office.user
        self.office.setText(
            f"{office.name}{demo} · {office.county} · 本机编号 {office.desk_letter} · "
            f"{user.name}({user.role_label})"
        )
