"""The dialog of a printed batch by itself: prints to a queue, stops behind so many forms."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.ui.dialogs.print_batch_dialog import PrintBatchDialog
from desktop_app.ui.tasks import TaskRunner
from tests.faults.acts import county
from tests.print_queue import QUEUE

PATIENCE = 90_000  # milliseconds


def press(office: Path, stop_behind: int) -> int:
    """Go on with the batch of this desk; gives how many forms wait when it has stopped."""
    app = QApplication([])
    staff, tasks = county.opened(office), TaskRunner()
    dialog = PrintBatchDialog(staff.clerk, tasks, ())

    def count_down() -> None:
        waiting = sum(sheet.waits for sheet in dialog.sheets)
        if len(dialog.sheets) - waiting > stop_behind:
            dialog.reject()  # as Esc does: behind the form at work

    def begin() -> None:
        if not (dialog.left.isVisible() and dialog.printing.has_printer):
            return
        ready.stop()
        dialog.left.go_on_button.click()
        assert dialog.printing.job().printer == QUEUE
        dialog.print_()

    dialog.work_turned.connect(lambda _working: count_down())
    dialog.ended.connect(app.quit)
    dialog.open()
    ready = QTimer(interval=20, timeout=begin)  # type: ignore[call-arg]
    ready.start()
    QTimer.singleShot(PATIENCE, lambda: app.exit(1))
    code = app.exec()
    staff.database.close()
    return code


if __name__ == "__main__":
    sys.exit(press(Path(sys.argv[1]), int(sys.argv[2])))
