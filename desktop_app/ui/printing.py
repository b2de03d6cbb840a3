"""Issued pages onto paper, at 100 % of it; each copy is registered in the same call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from db.codes import PrintReason
from desktop_app.errors import FileError
from desktop_app.services.done import Done
from desktop_app.ui.printer_offsets import Offset, offset_of, shifted
from desktop_app.ui.remembered import remembered

Pages = Callable[[], tuple[bytes, ...]]
Register = Callable[[str, str], Done[int]]  # reason, printer
PRINT_DPI = 300
NOT_TAKEN = "printer-refused"  # not one page of it


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Where to print; with `file` the pages go into a PDF instead of onto paper.

    `offset` instead of the printer's own; nothing of such a job is remembered.
    """

    printer: str
    copies: int
    file: Path | None = None
    offset: Offset | None = None


def load_pages(pages: Pages) -> tuple[QImage, ...]:
    """The pages as images; runs off the GUI thread."""
    return tuple(QImage.fromData(page) for page in pages())


def record_copies(register: Register, job: PrintJob, reason: str) -> Done[int]:
    """One line in the print register for every copy; runs off the GUI thread."""
    done = register(reason, job.printer)
    for _more in range(job.copies - 1):
        done = register(PrintReason.EXTRA.value, job.printer)
    return done


def print_pages(
    pages: Pages, job: PrintJob, title: str, record: Callable[[], Done[int]]
) -> Done[int]:
    """Print every page at 100 % of the paper and record the copy; runs off the GUI thread."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if job.file is None and job.offset is None:
        remembered.put(printer=job.printer, copies=job.copies)
    if job.file is not None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(job.file))
    else:
        printer.setPrinterName(job.printer)
    printer.setDocName(title)
    printer.setCopyCount(job.copies)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    offset = offset_of(job.printer) if job.offset is None else job.offset
    drawn = pages()  # before the painter begins: a fault while it is at work ends all
    painter = QPainter()
    if not painter.begin(printer):
        raise FileError(
            NOT_TAKEN,
            f"打印机“{job.printer}”没有接受这次打印。",
            "请检查打印机是否开机、有纸,再打印一次。",
        )
    for at, page in enumerate(drawn):
        if at:
            printer.newPage()
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        sheet = QRectF(0, 0, paper.width(), paper.height())
        # One at a time: packed, hundreds of pages are small, but unpacked they fill a small PC.
        painter.drawImage(shifted(sheet, offset), QImage.fromData(page))
    if not painter.end():
        raise FileError("printer-failed", "打印中断了。", "请检查打印机,再打印一次。")
    return record()
