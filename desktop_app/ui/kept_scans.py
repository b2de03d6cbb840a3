"""Scans that are kept, or about to be, as files to look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.services.views.scans import ScanLine
from desktop_app.ui.pasted import Source, with_file
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.scan_view import OPENING, ScanView, ShownScan

if TYPE_CHECKING:
    from desktop_app.intake.scan_pages import DrawnPage
    from desktop_app.services.services import Services

Listing = Callable[[], tuple[ScanLine, ...]]


class KeptScansView(ScanView):
    """Reads by itself what there is to look at."""

    def __init__(
        self, services: Services, tasks: TaskRunner, listing: Listing, first: str = ""
    ) -> None:
        """`listing` runs off the GUI thread; `first` is the key of the paper to begin with."""
        super().__init__(tasks)
        self._services, self._first = services, first
        self.say(OPENING)
        tasks.read(self, listing, self._show_lines, on_error=self.fail)

    def _show_lines(self, lines: tuple[ScanLine, ...]) -> None:
        first = next((at for at, line in enumerate(lines) if line.key == self._first), 0)
        self.show_scans([kept_scan(self._services, line) for line in lines], first)


def kept_scan(services: Services, line: ScanLine) -> ShownScan:
    return ShownScan(line.label, partial(services.scans.page, line.attachment_id), line.pages)


def scan_of(services: Services, source: Source) -> ShownScan:
    """A file just dropped, pasted or chosen, before it is kept."""
    return ShownScan(source.name, partial(_draw, services.scans.page_of_file, source))


def _draw(
    page_of_file: Callable[..., DrawnPage], source: Source, *, number: int, width: int
) -> DrawnPage:
    return with_file(source, page_of_file, number=number, width=width)
