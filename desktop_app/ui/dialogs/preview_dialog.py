"""Shows a form's pages as they were issued, prints them at full size, keeps a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.codes import PrintReason
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ask_target
from desktop_app.ui.dialogs.printer_fields import NO_PRINTER, PrinterFields
from desktop_app.ui.dialogs.signed_strip import SignedStrip
from desktop_app.ui.printing import (
    PRINT_DPI,
    PrintJob,
    load_pages,
    print_pages,
    record_copies,
)
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services

SCREEN_DPI = 96


@dataclass(frozen=True, slots=True)
class Form:
    """Which issued form is shown; `copies` were printed before."""

    issued_id: int
    title: str
    number: str
    copies: int
    wanted: int = 0  # copies at first; 0: as many as were chosen last
    may_renew: bool = False  # the case may have changed since: offer to issue it anew
    may_void: bool = False


class PdfPreviewDialog(QDialog):
    """Enter prints. A second print asks for its reason; a digit chooses it."""

    printed = Signal(int)
    renew_wanted = Signal()
    void_wanted = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, form: Form, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._prints, self._tasks, self._form = services.prints, tasks, form
        self.setWindowTitle(f"{form.title} {form.number}".strip())
        self.setModal(True)
        self.resize(880, 690)  # a page at SCREEN_DPI, whatever the type size
        self.banner = Banner()
        self.pages = QVBoxLayout()
        self.pages.setSpacing(theme.px(10))
        self.page_labels: list[QLabel] = []
        self.waiting = label("正在打开…", "quiet")
        self.pages.addWidget(self.waiting)
        named = form.number or form.title
        self.signed = SignedStrip(services, tasks, (form.issued_id, named), self.banner)
        self._lay_out()
        pages = partial(services.prints.page_images, form.issued_id, dpi=SCREEN_DPI)
        tasks.read(self, partial(load_pages, pages), self._show_pages, on_error=self._failed)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self.pages)
        self.scroll_area = QScrollArea()
        steady_bars(self.scroll_area)
        self.scroll_area.setWidget(inside)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setAccessibleName("预览")
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addWidget(self.scroll_area, 1)
        layout.addWidget(self.signed)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.printing = PrinterFields(self._tasks)
        self.printing.ask_why(self._form.copies > 0)
        if self._form.wanted and not self._form.copies:
            self.printing.copies.setValue(self._form.wanted)
        self.printing.known.connect(self._on_printers)
        self.save_button = button("另存PDF(&S)…", self._choose_target, name="另存PDF")
        self.renew_button = button("重新出具(&N)…", self._renew, name="按现在的内容重新出具")
        self.renew_button.setVisible(self._form.may_renew)
        self.void_button = button("作废(&V)…", self._void, name="作废这张单据")
        self.void_button.setVisible(self._form.may_void)
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self.print_button = main_button("打印", self.print_)
        self.print_button.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.printing, 1)
        for widget in (self.void_button, self.renew_button, self.save_button):
            foot.addWidget(widget)
        foot.addStretch(0)
        foot.addWidget(self.close_button)
        foot.addWidget(self.print_button)
        return foot

    def print_(self) -> None:
        self.print_to(self.printing.job())

    def print_to(self, job: PrintJob) -> None:
        """Print off the GUI thread; the print register learns of it in the same call."""
        if self.printing.asks_still(self.banner):
            return
        self.banner.clear()
        reason = self.printing.reason_or(PrintReason.FIRST)
        register = partial(self._prints.record_copy, self._form.issued_id)
        record = partial(record_copies, register, job, reason)
        pages = partial(self._prints.page_images, self._form.issued_id, dpi=PRINT_DPI)
        self._set_busy(True, "正在打印…")
        self._tasks.save(
            self,
            partial(print_pages, pages, job, self.windowTitle(), record),
            self._on_printed,
            on_error=self._failed,
            on_ended=partial(self._set_busy, False, "打印"),
        )

    def save_to(self, target: Path) -> None:
        call = partial(self._prints.save_pdf, self._form.issued_id, target)
        self._tasks.read(self, call, self._on_kept, on_error=self._failed)

    def _on_printed(self, _value: object) -> None:
        self.printed.emit(self._form.issued_id)
        self.accept()

    def _renew(self) -> None:
        self.reject()
        self.renew_wanted.emit()

    def _void(self) -> None:
        self.reject()
        self.void_wanted.emit()

    def _on_kept(self, path: str) -> None:
        self.banner.show_good(f"已另存为 {path}")

    def _choose_target(self) -> None:
        name = f"{self.windowTitle().replace('/', '-')}.pdf"
        target = ask_target(self, "另存PDF", name)
        if target is not None:
            self.save_to(target)

    def _set_busy(self, busy: bool, text: str) -> None:
        self.print_button.setEnabled(not busy)
        self.print_button.setText(text)

    def _on_printers(self, there: bool) -> None:
        """Where nothing here can print: say so where one would press; Enter keeps the PDF."""
        if not there:
            self.print_button.setText(NO_PRINTER)
            self.print_button.setAccessibleName(NO_PRINTER)
            self.print_button.setDefault(False)
            self.save_button.setDefault(True)
            self.save_button.setFocus()
        self._may_print()

    def _show_pages(self, images: tuple[QImage, ...]) -> None:
        self.waiting.hide()
        for number, image in enumerate(images, 1):
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setAccessibleName(f"第{number}页,共{len(images)}页")
            self.pages.addWidget(page)
            self.page_labels.append(page)
        self._may_print()

    def _may_print(self) -> None:
        ready = bool(self.page_labels) and self.printing.has_printer
        self.print_button.setEnabled(ready)
        if ready:
            self.print_button.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.waiting.hide()
        self.banner.show_failure(error)
