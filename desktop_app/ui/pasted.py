"""Cells copied in a spreadsheet: read by the same intake as files, kept on no disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

T = TypeVar("T")
PASTED_NAME = "粘贴的名单"


@dataclass(frozen=True, slots=True)
class PastedCells:
    """The clipboard's cells, a tab between two of them."""

    text: str = field(repr=False)

    @property
    def name(self) -> str:
        return PASTED_NAME


Source = Path | PastedCells


def cells_in(data: QMimeData) -> PastedCells | None:
    """The cells that a clipboard holds; None where it holds a file or mere text."""
    text = "" if data.urls() or not data.hasText() else data.text()
    return PastedCells(text) if "\t" in text else None


def paste_cells() -> PastedCells | None:
    return cells_in(QGuiApplication.clipboard().mimeData())


def with_file(source: Source, call: Callable[..., T], **kwargs: Any) -> T:
    """Give `call` a file: the one that was chosen, or the cells in one only this user can read.

    Runs off the GUI thread. The file of cells is gone when the call has ended.
    """
    if isinstance(source, Path):
        return call(source, **kwargs)
    with tempfile.TemporaryDirectory(prefix="mutual-aid-desk-") as folder:
        path = Path(folder, f"{PASTED_NAME}.tsv")
        path.write_text(source.text, "utf-8-sig", "replace", newline="")
        return call(path, **kwargs)
