"""Where a printer puts its ink: measured on a calibration page, kept for this printer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop_app.services.done import Done
from desktop_app.ui.calibration import calibration_page
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.printer_offsets import MOST_TENTHS, Offset, keep_offset, offset_of
from desktop_app.ui.printing import PRINT_DPI, PrintJob, print_pages
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button


class PrinterOffsetDialog(ActDialog):
    """The page is printed without the offset, so what is measured on it is what is to be typed."""

    def __init__(self, tasks: TaskRunner, printer: str, parent: QWidget | None = None) -> None:
        super().__init__(tasks, f"校准打印机 {printer}", "保存", parent)
        self._printer = printer
        self.add_note("印出来偏了的,先打印校准页,用尺量了填在这里;只对这台电脑上的这台打印机。", "")
        kept = offset_of(printer)
        self.right, self.down = _millimetres(kept.right), _millimetres(kept.down)
        self.add_row("右移(偏右的填负数)", self.right, "right")
        self.add_row("下移(偏下的填负数)", self.down, "down")
        self.body.addLayout(self.form)
        self.page_button = button("打印校准页(&P)", self._print_page, name="打印校准页")
        self.foot.insertWidget(0, self.page_button)

    def calls(self) -> Sequence[Call]:
        offset = Offset(_tenths(self.right), _tenths(self.down))
        return [partial(_keep, self._printer, offset)]

    def _print_page(self) -> None:
        self.print_to(PrintJob(self._printer, 1, offset=Offset()))

    def print_to(self, job: PrintJob) -> None:
        pages = partial(_pages, calibration_page(PRINT_DPI))
        self.tasks.save(
            self,
            partial(print_pages, pages, job, "打印校准页", _nothing),
            lambda _done: self.banner.show_good("校准页已交给打印机。"),
            on_error=self.banner.show_failure,
        )


def _millimetres(tenths: int) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(-MOST_TENTHS / 10, MOST_TENTHS / 10)
    field.setDecimals(1)
    field.setSingleStep(0.1)
    field.setSuffix(" 毫米")
    field.setValue(tenths / 10)
    return field


def _tenths(field: QDoubleSpinBox) -> int:
    return round(field.value() * 10)


def _keep(printer: str, offset: Offset) -> Done[None]:
    keep_offset(printer, offset)
    return Done(None, frozenset())


def _pages(page: bytes) -> tuple[bytes, ...]:
    return (page,)


def _nothing() -> Done[int]:
    return Done(0, frozenset())
