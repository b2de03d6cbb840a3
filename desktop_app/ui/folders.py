"""Shows a folder in the system's file manager."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.ui.tasks import TaskRunner

SEARCHED = "LD_LIBRARY_PATH"  # the packaged program's; the system's, from before, beside it
Opened = Callable[[bool], None]


def show_folder(tasks: TaskRunner, owner: QObject, folder: Path, then: Opened) -> None:
    """Open it where it is still there; `then` is told whether it was."""
    tasks.read(owner, folder.is_dir, partial(_open, folder, then))


def _open(folder: Path, then: Opened, there: bool) -> None:
    then(there and open_url(QUrl.fromLocalFile(str(folder))))


def open_url(url: QUrl) -> bool:
    """Have the system open it; a file manager must not load the packaged program's libraries."""
    with _system_libraries():
        return QDesktopServices.openUrl(url)


@contextmanager
def _system_libraries() -> Iterator[None]:
    own = os.environ.get(SEARCHED)
    if own is None:
        yield
        return
    before = os.environ.get(f"{SEARCHED}_ORIG")
    if before is None:
        del os.environ[SEARCHED]
    else:
        os.environ[SEARCHED] = before
    try:
        yield
    finally:
        os.environ[SEARCHED] = own
