"""A printer that drifts: what is typed for it moves its pages, and no other printer's."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Done
from desktop_app.ui import printer_offsets, printing
from desktop_app.ui.calibration import ARM_MM, EDGE_MM, calibration_page
from desktop_app.ui.dialogs.printer_offset_dialog import PrinterOffsetDialog
from desktop_app.ui.printer_offsets import Offset, keep_offset, offset_of
from desktop_app.ui.printing import PrintJob, print_pages
from desktop_app.ui.remembered import Remembered
from desktop_app.ui.tasks import TaskRunner
from tests.paper_scans import pages_of
from tests.ui.calm import settled

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
DPI = 254  # ten dots a millimetre
FIRST_MM = EDGE_MM - ARM_MM  # where the crosses' arms begin
PRINTER = "办公室"


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Remembered:
    own = Remembered()
    monkeypatch.setattr(printer_offsets, "remembered", own)
    monkeypatch.setattr(printing, "remembered", own)
    return own


def first_ink(job: PrintJob) -> tuple[float, float]:
    """How far the ink begins from the left and upper edge of the printed page, in millimetres."""
    pages = lambda: (calibration_page(300),)  # noqa: E731
    print_pages(pages, job, "校准页", lambda: Done(0, frozenset()))
    assert job.file is not None
    (page,) = pages_of(job.file.read_bytes(), DPI)
    box = page.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box is not None
    return box[0] / 10, box[1] / 10


def test_the_crosses_stand_where_the_page_says(qtbot: QtBot) -> None:
    page = Image.open(io.BytesIO(calibration_page(DPI)))
    assert page.size == (2100, 2970)
    box = page.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box == pytest.approx(
        (FIRST_MM * 10, FIRST_MM * 10, 2100 - FIRST_MM * 10, 2970 - FIRST_MM * 10), abs=3
    )


def test_a_page_is_moved_by_what_is_kept_for_its_printer(qtbot: QtBot, tmp_path: Path) -> None:
    keep_offset(PRINTER, Offset(15, -20))
    mine = PrintJob(PRINTER, 1, tmp_path / "mine.pdf")
    other = PrintJob("财务室", 1, tmp_path / "other.pdf")
    plain = PrintJob(PRINTER, 1, tmp_path / "plain.pdf", Offset())
    assert first_ink(other) == pytest.approx((FIRST_MM, FIRST_MM), abs=0.3)
    assert first_ink(plain) == pytest.approx((FIRST_MM, FIRST_MM), abs=0.3)
    assert first_ink(mine) == pytest.approx((FIRST_MM + 1.5, FIRST_MM - 2.0), abs=0.3)


def test_an_offset_that_can_be_none_is_bounded(kept: Remembered) -> None:
    kept.put(**{f"offset-right {PRINTER}": 5_000})
    assert offset_of(PRINTER) == Offset(100, 0)


def test_what_is_typed_is_kept_and_shown_again(
    qtbot: QtBot, tasks: TaskRunner, tmp_path: Path
) -> None:
    dialog = PrinterOffsetDialog(tasks, PRINTER)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.print_to(PrintJob(PRINTER, 1, tmp_path / "page.pdf", Offset()))
    settled(tasks)
    assert (tmp_path / "page.pdf").exists()
    assert dialog.banner.text.startswith("校准页已交给打印机。")
    dialog.right.setValue(1.2)
    dialog.down.setValue(-0.5)
    dialog.accept()
    settled(tasks)
    assert offset_of(PRINTER) == Offset(12, -5)
    again = PrinterOffsetDialog(tasks, PRINTER)
    qtbot.addWidget(again)
    assert (again.right.value(), again.down.value()) == (1.2, -0.5)
