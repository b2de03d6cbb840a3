"""Where to print, how many copies, and why once more: the row below every preview and batch."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from db.codes import PrintReason
from desktop_app.domain.labels import label as code_label
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.dialogs.printer_offset_dialog import PrinterOffsetDialog
from desktop_app.ui.printing import PrintJob
from desktop_app.ui.remembered import remembered
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label

USUAL_COPIES = 2  # one for the unit, one for the file
NO_PRINTER = "这台电脑没有打印机,请另存PDF"
AGAIN = tuple(
    (reason.value, f"{place} {code_label(reason)}")
    for place, reason in enumerate((r for r in PrintReason if r is not PrintReason.FIRST), 1)
)


class PrinterFields(QWidget):
    """Begins with what was chosen last; where nothing can print it hides and says so by `known`."""

    known = Signal(bool)  # whether there is a printer, once that is known

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self.has_printer = False
        self.printer = ChoiceField(())
        self.printer.setAccessibleName("打印机")
        self.copies = QSpinBox()
        self.copies.setRange(1, 20)
        self.copies.setValue(remembered.get("copies", USUAL_COPIES))
        self.copies.setSuffix(" 份")
        self.copies.setAccessibleName("份数")
        self.reason = ChoiceField(AGAIN, unset="请选原因")
        self.reason.setAccessibleName("再次打印的原因")
        self.reason.hide()
        self._digits = [self._digit(place, key) for place, (key, _text) in enumerate(AGAIN, 1)]
        self.offset_button = button("校准(&K)…", self._calibrate, name="校准打印机")
        self.offset_button.setToolTip("印出来偏左偏右、偏上偏下时用")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        named = label("打印机")
        named.setBuddy(self.printer)
        row.addWidget(named)
        row.addWidget(self.printer, 1)
        row.addWidget(self.offset_button)
        row.addWidget(self.copies)
        row.addWidget(self.reason)
        self._tasks = tasks
        tasks.read(self, QPrinterInfo.availablePrinterNames, self._show)

    def job(self) -> PrintJob:
        return PrintJob(self.printer.value(), self.copies.value())

    def ask_why(self, again: bool) -> None:
        """Ask for the reason, where what is to be printed was printed before."""
        self.reason.setVisible(again)
        for digit in self._digits:
            digit.setEnabled(again)

    def reason_or(self, otherwise: PrintReason) -> str:
        """The chosen reason where it is asked for; empty while none is chosen."""
        return otherwise.value if self.reason.isHidden() else self.reason.value()

    def asks_still(self, banner: Banner) -> bool:
        """Whether the reason is asked for and nobody gave one; says so where it is."""
        if self.reason_or(PrintReason.EXTRA):
            return False
        digits = "、".join(text for _key, text in AGAIN)
        banner.show_warning("以前打印过,还没有选再次打印的原因。", f"请按数字选:{digits}。")
        self.reason.setFocus()
        return True

    def _digit(self, place: int, reason: str) -> QShortcut:
        """A digit chooses the reason wherever the cursor is, but in a field that takes digits."""
        shortcut = QShortcut(QKeySequence(str(place)), self)
        shortcut.activated.connect(partial(self._choose, reason))
        shortcut.setEnabled(False)
        return shortcut

    def _choose(self, reason: str) -> None:
        self.reason.setCurrentIndex(self.reason.findData(reason))

    def _calibrate(self) -> None:
        opened(PrinterOffsetDialog(self._tasks, self.printer.value(), self.window()))

    def _show(self, names: list[str]) -> None:
        for name in names:
            self.printer.addItem(name, name)
        self.printer.setCurrentIndex(max(0, self.printer.findData(remembered.get("printer", ""))))
        self.has_printer = bool(names)
        self.setVisible(self.has_printer)
        self.known.emit(self.has_printer)
