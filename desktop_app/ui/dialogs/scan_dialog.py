"""Scans looked at by themselves, in a window of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.views.scans import ScanLine
from desktop_app.ui import theme
from desktop_app.ui.kept_scans import KeptScansView
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import main_button
from desktop_app.ui.widgets.scan_view import ScanView

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class ScanDialog(QDialog):
    def __init__(self, title: str, scans: ScanView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.scans = scans
        self.close_button = main_button("关闭", self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(scans, 1)
        layout.addLayout(row)
        room = parent.window().size()
        wide, high = room.width() - theme.px(40), room.height() - theme.px(40)
        self.resize(min(theme.px(900), wide), min(theme.px(760), high))
        self.close_button.setFocus()


def scans_of_page(
    services: Services, tasks: TaskRunner, unit_id: int, case_id: int | None, first: str
) -> KeptScansView:
    """What belongs to a unit's page, beginning with the paper that was pressed."""
    return KeptScansView(services, tasks, partial(read_scans, services, unit_id, case_id), first)


def read_scans(services: Services, unit_id: int, case_id: int | None) -> tuple[ScanLine, ...]:
    """The application's files, then the unit's certificates; runs off the GUI thread."""
    of_case = services.scans.of_enrolment(case_id) if case_id is not None else ()
    return (*of_case, *services.scans.of_unit(unit_id))
