"""A unit is registered with its certificates in one act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.done import Area, Done
from desktop_app.services.drafts import UnitDraft
from desktop_app.ui.dialogs.unit_dialog import UnitDialog
from desktop_app.ui.pasted import PastedPicture
from desktop_app.ui.tasks import TaskRunner
from tests.ui.case_standins import StandIns, unit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so


class Desk:
    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.qtbot, self.tasks, self.services = qtbot, tasks, StandIns()

    def open(self, known: Any = None) -> UnitDialog:
        dialog = UnitDialog(self.services, self.tasks, known)  # type: ignore[arg-type]
        self.qtbot.addWidget(dialog)
        dialog.open()
        self.settle()
        return dialog

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.pending)


@pytest.fixture
def desk(qtbot: QtBot, tasks: TaskRunner) -> Desk:
    return Desk(qtbot, tasks)


def typed(dialog: UnitDialog) -> UnitDraft:
    dialog.name.setText("县第9小学")
    dialog.kind.setCurrentIndex(1)
    return UnitDraft("县第9小学", "institution")


def drop(dialog: UnitDialog, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    over = QDragEnterEvent(QPoint(3, 3), copy, data, left, none.NoModifier)
    QApplication.sendEvent(dialog, over)
    assert over.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(3, 3), copy, data, left, none.NoModifier))


def test_certificates_let_go_on_the_dialog_are_registered_with_the_unit(desk: Desk) -> None:
    dialog = desk.open()
    draft = typed(dialog)
    drop(dialog, "/scan/证书.png", "/scan/工会.pdf")
    assert dialog.papers["code-certificate"].label.text() == "证书.png"
    dialog.accept()
    desk.settle()
    papers = (
        ("code-certificate", Path("/scan/证书.png")), ("union-certificate", Path("/scan/工会.pdf")),
    )  # fmt: skip
    assert desk.services.made("units.register") == [((draft, papers), {})]
    assert desk.services.made("units.attach_paper") == []


def test_two_copied_pictures_are_two_files_while_the_act_reads_them(desk: Desk) -> None:
    read: list[tuple[str, bytes]] = []

    def register(_draft: UnitDraft, papers: tuple[tuple[str, Path], ...]) -> Done[int]:
        read.extend((key, path.read_bytes()[:4]) for key, path in papers)
        assert len({path for _key, path in papers}) == 2
        return Done(5, frozenset({Area.UNITS}))

    desk.services.answers["units.register"] = register
    dialog = desk.open()
    typed(dialog)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    dialog.take_scans((PastedPicture(image), PastedPicture(image)))
    dialog.accept()
    desk.settle()
    assert read == [("code-certificate", b"\x89PNG"), ("union-certificate", b"\x89PNG")]


def test_nothing_is_taken_while_a_save_is_under_way(desk: Desk) -> None:
    dialog = desk.open()
    dialog.set_busy(True)
    assert not dialog.take_scans((Path("/scan/证书.png"),))
    assert dialog.papers["code-certificate"].source is None


def test_a_known_unit_shows_which_certificates_it_has(desk: Desk) -> None:
    dialog = desk.open(unit())
    assert dialog.papers["code-certificate"].label.text().startswith("1页 · ")
    assert dialog.papers["union-certificate"].label.text().startswith("把图片")
