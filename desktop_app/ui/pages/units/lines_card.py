"""A card of lines: a mark, a name, a note, at most one button."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import label


class Mark(QLabel):
    """A small disc: green where something is there, amber where it is not."""

    def __init__(self, there: bool) -> None:
        super().__init__("●" if there else "○")
        self.setAccessibleName("已有" if there else "还没有")
        self.setProperty("tone", "good" if there else "warn")


class LinesCard(Card):
    """Lines of mark, name, note and at most one button, rebuilt whole."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._grid = QWidget()
        self.add(self._grid)
        self.buttons: dict[str, QPushButton] = {}

    def begin(self) -> QGridLayout:
        old, self._grid = self._grid, QWidget()
        held = self.window().focusWidget()  # also while a dialog is over it
        if held is not None and old.isAncestorOf(held):
            self.setFocus()  # the pressed button goes: the keys stay on the page, its shortcuts too
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(1))
        grid.setColumnStretch(1, 1)
        self.body.replaceWidget(old, self._grid)
        old.hide()
        old.deleteLater()
        self.buttons = {}
        return grid

    def line(
        self, grid: QGridLayout, there: bool, texts: tuple[str, str], act: QPushButton | None
    ) -> tuple[QLabel, QLabel]:
        """Add a line; gives the labels of its name and its note."""
        row = grid.rowCount()
        name = label(texts[0], wrap=True)
        grid.addWidget(Mark(there), row, 0)
        grid.addWidget(name, row, 1)
        note = label(texts[1], "quiet")
        grid.addWidget(note, row, 2)
        if act is not None:
            grid.addWidget(act, row, 3)
        return name, note
