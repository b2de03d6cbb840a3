"""The tray of the reception: scanned pages without a place, looked at and placed by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.intake.scan_pages import DrawnPage
from desktop_app.services.done import Area
from desktop_app.services.views.receptions import TrayPage
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.dialogs.place_page_dialog import CaseOfUnit, PlacePageDialog, read_case
from desktop_app.ui.dialogs.scan_dialog import ScanDialog
from desktop_app.ui.pages.units.choose_unit import ChooseUnitDialog
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.scan_view import ScanView, ShownScan

if TYPE_CHECKING:
    from desktop_app.services.services import Services

COLUMNS: tuple[Column[TrayPage], ...] = (
    Column("页", lambda p: str(p.page_no), lambda p: p.page_no, 48),
    Column("原因", lambda p: p.why, None, 150, wide=True),
)
HEARS = {Area.PRINTS, Area.ENROLMENTS}
QUARTER = 90


class TrayCard(Card):
    """Every page has its picture beside it; what was placed leaves the list."""

    placed = Signal(object)  # ReceivedPaper

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("待归页", parent=parent)
        self._services, self._tasks = services, tasks
        self._ticket, self._picture_ticket = 0, 0
        self._pixmap = QPixmap()
        self.banner = Banner()
        self.table: RowsTable[TrayPage] = RowsTable(
            COLUMNS, name="待归页", empty="没有待归的页。读不出码的扫描页会留在这里,一页不丢。"
        )
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.picture.setAccessibleName("这一页的图")
        self.file = label("", "quiet")
        self.why = label("", wrap=True)  # in full: the column has no room for it
        self.why.hide()
        self.hint = label("看着图输入单据编号,或选单位;Enter 放大看图。", "quiet", wrap=True)
        self.number = LineField()
        self.number.setPlaceholderText("编号")
        self.number.setAccessibleName("归到哪个编号")
        self.number_button = button("归到编号", self.place_by_number)
        self.unit_button = button("归到单位…", self.choose_unit)
        self.aside_button = button("搁置", self.set_aside, name="搁置选中的页")
        self.turn_button = button("向右转(&T)", self.turn, kind="link", name="选中的页向右转")
        self.turn_button.setToolTip("转 90 度,以后都这样放着;倒着的转两次")
        self.back_button = button("取回搁置的页", self.bring_back, kind="link")
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        shown = QVBoxLayout()
        shown.addWidget(self.picture, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.file)
        below.addWidget(self.turn_button)
        below.addStretch(1)
        shown.addLayout(below)
        acts = QGridLayout()
        acts.setColumnStretch(0, 1)
        acts.setColumnStretch(1, 1)
        acts.addWidget(self.number, 0, 0)
        acts.addWidget(self.number_button, 0, 1)
        acts.addWidget(self.unit_button, 1, 0)
        acts.addWidget(self.aside_button, 1, 1)
        listed = QVBoxLayout()
        listed.addWidget(self.table, 1)
        listed.addWidget(self.why)
        listed.addLayout(acts)
        row = QHBoxLayout()
        row.addLayout(listed, 1)
        row.addLayout(shown, 1)  # as high as the card: its number is to be read
        self.add(self.banner)
        self.add(row, 1)
        self.add(self.hint)
        self.add(self.back_button)
        self.back_button.hide()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.enlarge)
        self.number.returnPressed.connect(self.place_by_number)
        self._tasks.changed.connect(self._on_changed)

    def enlarge(self, page: TrayPage) -> None:
        """The page by itself: to be enlarged and turned until its number can be read."""
        if self._pixmap.isNull():
            return
        view, image = ScanView(self._tasks), self._services.receptions.page_image
        view.show_scans([ShownScan(named(page), partial(_drawn, image, page.id))])
        opened(ScanDialog(named(page), view, self))

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        call = partial(read_tray, self._services)
        self._ticket = self._tasks.read(
            self, call, self._show, on_error=unread(self.banner.show_failure, self.table)
        )

    def place_by_number(self) -> None:
        pages, text = self._chosen(), self.number.text().strip()
        if not pages or not text:
            self.number.setFocus()
            return
        self._save(partial(self._services.receptions.assign, pages, text), self._placed)

    def choose_unit(self) -> ChooseUnitDialog | None:
        pages = self._chosen()
        if not pages:
            return None
        dialog = ChooseUnitDialog(
            self._services, self._tasks, None, self, question="这一页是哪家单位的?"
        )
        dialog.picked.connect(partial(self._ask_paper, pages))
        return opened(dialog)

    def set_aside(self) -> None:
        pages = self._chosen()
        if pages:
            self._save(partial(self._services.receptions.set_aside, pages), self._said_aside)

    def turn(self) -> None:
        """Set pages that lie askew upright for good."""
        pages = self._chosen()
        if pages:
            call = partial(self._services.receptions.turn, pages, QUARTER)
            self._save(call, lambda _pages: None)

    def bring_back(self) -> None:
        self._save(self._services.receptions.bring_back, lambda _pages: None)

    def _chosen(self) -> tuple[int, ...]:
        return tuple(page.id for page in self.table.selected_rows())

    def _save(self, call: Any, on_done: Any) -> None:
        self.banner.clear()
        self._tasks.save(self, call, on_done, on_error=unread(self.banner.show_failure, self.table))

    def _placed(self, issued_id: int) -> None:
        self.number.clear()
        call = partial(self._services.receptions.get, issued_id)
        self._tasks.read(self, call, self.placed.emit, on_error=self.banner.show_failure)

    def _said_aside(self, pages: int) -> None:
        self.banner.show_info(f"已搁置 {pages} 页,仍然保存着。", "要找回来,按“取回搁置的页”。")

    def _ask_paper(self, pages: tuple[int, ...], unit_id: int) -> None:
        self._tasks.read(
            self,
            partial(read_case, self._services, unit_id),
            partial(self._open_papers, pages),
            on_error=self.banner.show_failure,
        )

    def _open_papers(self, pages: tuple[int, ...], case: CaseOfUnit) -> None:
        dialog = PlacePageDialog(self._services, self._tasks, case, pages, self)
        dialog.saved.connect(lambda _pages: self.banner.show_good("已归入。"))
        opened(dialog)

    def _show(self, told: tuple[tuple[TrayPage, ...], int]) -> None:
        pages, aside = told
        self.table.set_rows(pages)
        self.set_right(f"{len(pages)} 页" if pages else "")
        self.back_button.setText(f"取回搁置的 {aside} 页")
        self.back_button.setVisible(bool(aside))
        for one in (
            self.number, self.number_button, self.unit_button, self.aside_button, self.turn_button,
        ):  # fmt: skip
            one.setEnabled(bool(pages))
        self.turn_button.setVisible(bool(pages))

    def _choose(self, page: TrayPage | None) -> None:
        self._tasks.drop(self._picture_ticket)
        self.file.setText(named(page) if page else "")
        self.why.setText(page.why if page else "")
        self.why.setVisible(page is not None)
        if page is None:
            self._show_picture(b"")
            return
        call = partial(self._services.receptions.page_image, page.id)
        self._picture_ticket = self._tasks.read(
            self, call, self._show_picture, on_error=self.banner.show_failure
        )

    def _show_picture(self, png: bytes) -> None:
        self._pixmap = QPixmap()
        if png:
            self._pixmap.loadFromData(png)
        self._fit_picture()

    def _fit_picture(self) -> None:
        if self._pixmap.isNull():
            self.picture.clear()
            return
        self.picture.setPixmap(
            self._pixmap.scaled(
                self.picture.size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_picture()

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def named(page: TrayPage) -> str:
    return f"{page.file_name} 第{page.page_no}页"


def _drawn(image: Callable[..., bytes], page_id: int, *, number: int, width: int) -> DrawnPage:
    """It came in with other pages of its file; here it stands alone."""
    return DrawnPage(number, image(page_id, width))


def read_tray(services: Services) -> tuple[tuple[TrayPage, ...], int]:
    """The pages that wait and how many were set aside; runs off the GUI thread."""
    return services.receptions.tray(), len(services.receptions.tray(aside=True))
