"""What the tests of the window share: a task runner that is awaited, stand-in services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.main import make_application
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.tasks import TaskRunner
from tests.ui.desk_standins import Desk


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.wait()


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard() -> Iterator[None]:
    """Offscreen, a clipboard that still holds our data at the end crashes the process (Qt 6.9)."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """What a test closed is gone before the next: putting the theme on goes over all that lives."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def dressed(qtbot: QtBot) -> None:
    """Font and theme as the program puts them on."""
    make_application(Preferences())
