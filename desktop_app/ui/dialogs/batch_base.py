"""The frame of a long list worked off line by line: progress, a stop behind the line at work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class BatchDialog(QDialog):
    """Each line is a saving call of its own, so that a colleague's work comes in between.

    A subclass makes the table; it hears by `work_turned` when a line is at work and when none is.
    """

    work_turned = Signal(bool)
    table: RowsTable[Any]

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        title: str,
        sentence: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._working = self._stopping = False
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(theme.px(1000), min(theme.px(620), 720))
        self.banner, self.busy = Banner(), BusyStrip()
        self.busy.cancelled.connect(self._stop)
        self.sentence = label(sentence, "h2", wrap=True)
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")

    def reject(self) -> None:
        """While a line is at work, Esc stops behind it; then it closes."""
        if self._working:
            self._stop()
        else:
            super().reject()

    def _lay_out(self, *parts: QWidget | QLayout) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        for part in (self.banner, self.sentence, *parts):
            if isinstance(part, QLayout):
                layout.addLayout(part)
            else:
                layout.addWidget(part, int(part is self.table))

    def _work_on(
        self,
        row: int,
        call: Callable[..., Any],
        on_made: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self._set_working(True)
        self.table.selectRow(row)
        ended = partial(self._set_working, False)  # also after a fault of the program
        self._tasks.save(self, call, on_made, on_error=on_error, on_ended=ended)

    def _set_working(self, working: bool) -> None:
        self._working = working
        if not working:
            self.busy.end()
        self.close_button.setEnabled(not working)
        self.work_turned.emit(working)

    def _stop(self) -> None:
        self._stopping = True
