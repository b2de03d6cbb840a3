"""One start in a process of its own: the program up to its sign-in page, or the bare limit."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

PATIENCE = 60.0


def _is_up(widget: QWidget) -> bool:
    handle = widget.windowHandle()
    return widget.isVisible() and handle is not None and handle.isExposed()


def _signs_in(window: QWidget) -> bool:
    """The sign-in page is the one that shows a field for a password."""
    fields = window.findChildren(QLineEdit)
    return any(one.isVisible() and one.echoMode() == QLineEdit.EchoMode.Password for one in fields)


def _run_until_sign_in() -> int:
    """Stands in for the event loop: turns it until the page is up, then lets the program end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if any(_is_up(window) and _signs_in(window) for window in QApplication.topLevelWidgets()):
            return 0
        time.sleep(0.002)
    return 1


def _program(office: str) -> int:
    from desktop_app.__main__ import main  # noqa: PLC0415 - the bare limit must not load it

    QApplication.exec = staticmethod(_run_until_sign_in)  # type: ignore[method-assign]
    return main(["--office", office])


def _bare() -> int:
    application = QApplication([])
    table = QTableView()
    table.resize(1366, 768)
    table.show()
    while not _is_up(table):
        application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(_bare() if sys.argv[1] == "--bare" else _program(sys.argv[1]))
