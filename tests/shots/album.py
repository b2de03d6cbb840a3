"""One folder of numbered pictures, and what every picture needs: a window, a desk, a form."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app import bootstrap, sample_office
from desktop_app.services.services import Services
from desktop_app.ui.tasks import TaskRunner

SIZE = QSize(1366, 768)
PATIENCE = 60.0


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")


class Album:
    """One folder of numbered pictures; failures are said and counted, not hidden."""

    def __init__(self, folder: Path, tasks: TaskRunner) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.tasks, self.count = folder, tasks, 0
        self.failures: list[str] = []
        tasks.failed.connect(lambda _owner, error: self.failures.append(repr(error)))

    def take(self, widget: QWidget, name: str) -> None:
        self.settle()
        self.count += 1
        path = self.folder / f"{self.count:02d}-{name}.png"
        if not widget.grab().save(str(path)):
            self.failures.append(f"not saved: {path}")
        say(path)

    def settle(self) -> None:
        """Turn the event loop until nothing is under way any more."""
        end = time.monotonic() + PATIENCE
        calm = 0
        while calm < 5 and time.monotonic() < end:
            QApplication.processEvents()
            calm = 0 if self.tasks.pending else calm + 1
            time.sleep(0.01)

    def dialog(self, opened: Any, name: str) -> None:
        """Picture of a dialog that a page has opened; then it is closed undone."""
        if isinstance(opened, QDialog):
            self.take(opened, name)
            opened.reject()
            self.settle()
        else:
            say(f"-- no dialog now: {name}")


@contextmanager
def shown(widget: QWidget) -> Iterator[Any]:
    widget.resize(SIZE)
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()


@contextmanager
def desk(folder: Path, login: str, password: str) -> Iterator[Services]:
    with bootstrap.sign_in(folder, login, password, now=sample_office.sample_clock) as signed:
        yield signed.services


def form_pages(album: Album, services: Services, name: str, issued: int) -> None:
    for at, image in enumerate(services.prints.page_images(issued, 100)[:2], 1):
        path = album.folder / f"form-{name}-{at}.png"
        path.write_bytes(image)
        say(path)
