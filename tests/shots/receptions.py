"""Pictures of the reception of stamped papers: empty, with beeps and a scan, refusing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from tests.paper_scans import as_pdf, blank, pages_of, without_code, worn


def receptions(album: Any, services: Services, window: MainWindow, name: str) -> None:
    page: Any = window.show_page("receive")
    album.take(window, f"{name}receive-empty")
    numbers, scans = _papers(services)
    for text in (*numbers[:2], *numbers[:1], "E00000000/AF/1/00000000"):
        page.text.setText(text)
        page.receive()
        album.settle()
        album.take(window, f"{name}receive-{page.word.text()}")
    with tempfile.TemporaryDirectory() as folder:
        page.receive_scans((as_pdf(scans, Path(folder, "盖章件.pdf"), 150),))
        album.take(window, f"{name}receive-scan")
        album.settle()
    page.tray.table.setFocus()
    album.take(window, f"{name}receive-tray")
    album.dialog(page.tray.choose_unit(), f"{name}receive-choose-unit")
    album.dialog(page.show_shelves(), f"{name}archive-shelves")
    journal = page.show_seals()
    album.settle()
    album.dialog(journal.record(), f"{name}seal-use")
    album.dialog(journal, f"{name}seal-journal")
    album.dialog(page.pack(), f"{name}archive-package")


def _papers(services: Services) -> tuple[list[str], list[Image.Image]]:
    """Numbers of papers that wait, and a scan of others with pages nobody can place."""
    numbers: list[str] = []
    issued: list[int] = []
    for row in services.enrolments.list_enrolments(services.schemes.current_year()):
        view = services.enrolments.get(row.id)
        sealed = {paper.key for paper in view.papers}
        for form in view.forms:
            if form.issued_id and not form.stamped and form.key in sealed and form.number:
                numbers.append(form.number)
                issued.append(form.issued_id)
    images = [pages_of(services.prints.read_pdf(one), 150)[0] for one in issued[2:5] or issued]
    pages = [worn(image, at) for at, image in enumerate(images, start=1)]
    return numbers, [*pages, without_code(images[0]), blank(images[0])]
