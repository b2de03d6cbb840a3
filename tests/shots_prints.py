"""Pictures of a batch: units marked in the list, what can be printed of them, what was made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


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
