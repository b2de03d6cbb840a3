"""Pictures of a batch of forms, and of each kind of printed form."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.services.services import Services
from tests.shots.album import Album, form_pages


def batch(album: Any, window: Any, name: str) -> None:
    window.show_page("units")
    album.settle()
    page = window.page("units")
    page.table.selectRow(0)
    page.table.setFocus()
    for _unit in range(5):
        QTest.keyClick(page.table, Qt.Key.Key_Space)
    album.take(window, f"{name}units-marked")
    dialog = page.print_marks.print_forms()
    album.take(dialog, f"{name}print-batch")
    with tempfile.TemporaryDirectory() as folder:
        dialog.save_to(Path(folder))
        album.settle()
        album.take(dialog, f"{name}print-batch-kept")
    dialog.reject()
    album.settle()


def forms(album: Album, services: Services) -> None:
    """Every kind of printed form once, as the page it prints."""
    seen: set[str] = set()
    for row in services.enrolments.list_enrolments(services.schemes.current_year()):
        for form in services.enrolments.get(row.id).forms:
            if form.issued_id is None or form.key in seen:
                continue
            seen.add(form.key)
            form_pages(album, services, form.key, form.issued_id)
