"""A table whose columns shrink together, so that a page never scrolls sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.ui import theme
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable

T = TypeVar("T")
LEAST = 70  # a column as wide as this, or less, keeps its width as long as any other can give


class FittedTable(RowsTable[T]):
    """Wide enough: every column has its width. Narrower: the wide ones give up first."""

    def __init__(self, columns: Sequence[Column[T]], **more: Any) -> None:
        super().__init__(columns, **more)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setMinimumSectionSize(theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        wanted = [theme.px(column.width) for column in self.rows_model.columns]
        for at, width in enumerate(shrunk(wanted, self.viewport().width(), theme.px(LEAST))):
            self.setColumnWidth(at, width)


def shrunk(wanted: Sequence[int], room: int, least: int) -> list[int]:
    """Widths that fit the room: what is above `least` is given up first, then all alike."""
    if sum(wanted) <= room:
        return list(wanted)
    kept = [min(width, least) for width in wanted]
    spare = sum(wanted) - sum(kept)
    if sum(kept) <= room and spare:
        part = (room - sum(kept)) / spare
        return [keep + int((width - keep) * part) for keep, width in zip(kept, wanted, strict=True)]
    return [int(keep * room / sum(kept)) for keep in kept]
