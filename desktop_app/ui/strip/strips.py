"""The one strip of the program, and how far each case has got while the program runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.ui.strip.entry_strip import EntryJob, EntryStrip
from desktop_app.ui.strip.stops import Key
from desktop_app.ui.tasks import TaskRunner


class Strips:
    def __init__(self) -> None:
        self._reached: dict[str, Key] = {}
        self._open: EntryStrip | None = None

    @property
    def current(self) -> EntryStrip | None:
        """The strip that is open."""
        if self._open is not None and (not isValid(self._open) or not self._open.isVisible()):
            self._open = None
        return self._open

    def show(
        self, tasks: TaskRunner, job: EntryJob, page: QWidget, ask_number: Callable[[], object]
    ) -> EntryStrip:
        """Bring the strip of this case to the front; another case's goes, and with its page this.

        A unit's values must not stand beside the site while another unit is being worked on.
        `ask_number` is called when everything has been entered.
        """
        strip = self.current
        if strip is None or strip.job.key != job.key:
            self.close()
            strip = self._open = EntryStrip(tasks, job, self._reached)
            strip.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            strip.number_wanted.connect(ask_number)
            page.destroyed.connect(strip.close)
            strip.show()
        else:
            strip.raise_()
        strip.activateWindow()
        return strip

    def close(self) -> None:
        if (strip := self.current) is not None:
            strip.close()
        self._open = None


strips = Strips()
