"""Waiting until a window under test has nothing left to do."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop_app.ui.tasks import TaskRunner


def settled(tasks: TaskRunner) -> None:
    """Let every call end and all that it leads to; one may begin another."""
    calm = 0
    while calm < 3:
        tasks.wait()
        QApplication.processEvents()
        calm = 0 if tasks.pending else calm + 1
