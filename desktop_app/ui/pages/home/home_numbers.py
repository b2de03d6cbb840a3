"""Numbers of the first page: each is a button that opens the list of the units it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop_app.services.views.board import MARK_LABELS, AreaProgress, Board, Count, Mark, Slice
from desktop_app.ui import theme
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

MOST_PARTS = 4
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class NumberCard(Card):
    """One count and what it is made of; its colour shows only while there is something to count."""

    opened = Signal(object)  # Slice

    def __init__(self, title: str, tone: str = "", nothing: str = "") -> None:
        super().__init__(title)
        self._tone, self._nothing = tone, nothing
        self.count: Count | None = None
        self.number = button("…", self._open, kind="num", name=f"{title}:正在读取")
        self.parts: list[QPushButton] = []
        self.note = label("", "quiet")
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(6))
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(1, 1)
        self.body.setSpacing(theme.px(4))
        self.add(self.number)
        self.add(self.note)
        self.add(self.grid)
        self.body.addStretch(1)

    def show_count(self, count: Count, parts: Sequence[Count]) -> None:
        self.count = count
        self.number.setText(str(count.units))
        self.number.setAccessibleName(f"{self.title.text()}:{count.units}家,打开列表")
        theme.set_tone(self.number, self._tone if count.units else "")
        self.setAccessibleName(f"{self.title.text()}:{count.units}家")
        self.note.setText("" if count.units else self._nothing)
        self.note.setVisible(not count.units)
        for old in self.parts:
            self.grid.removeWidget(old)
            old.deleteLater()
        self.parts = [self._part(one) for one in parts[:MOST_PARTS]]
        for at, made in enumerate(self.parts):
            self.grid.addWidget(made, at // 2, at % 2, Qt.AlignmentFlag.AlignLeft)

    def _part(self, count: Count) -> QPushButton:
        text = f"{count.units}家{count.label}"
        return button(text, partial(self.opened.emit, count.slice), kind="link")

    def _open(self) -> None:
        if self.count is not None:
            self.opened.emit(self.count.slice)


class NumberGrid(QWidget):
    """Rows of numbers; one stop for Tab, the arrow keys go from number to number."""

    opened = Signal(object)  # Slice

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(8))
        self.grid.setVerticalSpacing(theme.px(2))
        self.grid.setColumnStretch(0, 1)
        self.cells: dict[tuple[int, int], QPushButton] = {}
        self._at = (0, 0)

    def show_rows(
        self, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[int, Slice]]]]
    ) -> None:
        """Show a heading and rows of (name, numbers); the place of the cursor stays."""
        had_focus = any(cell.hasFocus() for cell in self.cells.values())
        self._clear()
        for at, title in enumerate(titles):
            side = Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft
            self.grid.addWidget(label(title, "quiet"), 0, at, side)
        for line, (name, numbers) in enumerate(rows):
            shown = label(name)
            shown.setToolTip(name)
            self.grid.addWidget(shown, line + 1, 0)
            for at, (number, slice_) in enumerate(numbers):
                made = button(
                    str(number),
                    partial(self.opened.emit, slice_),
                    kind="link",
                    name=f"{name} {titles[at + 1]} {number}家",
                )
                made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                made.installEventFilter(self)
                self.grid.addWidget(made, line + 1, at + 1, Qt.AlignmentFlag.AlignRight)
                self.cells[line, at] = made
        self._go(self._at if self._at in self.cells else (0, 0), focus=had_focus)

    def _clear(self) -> None:
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cells.clear()

    def _go(self, to: tuple[int, int], *, focus: bool) -> None:
        if to not in self.cells:
            return
        if self._at in self.cells:
            self.cells[self._at].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._at = to
        self.cells[to].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if focus:
            self.cells[to].show()  # a new one is shown by its layout only later
            self.cells[to].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys before a button gives the cursor to any neighbour."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            return False
        here = next((at for at, cell in self.cells.items() if cell is watched), self._at)
        self._go((here[0] + move[0], here[1] + move[1]), focus=True)
        return True


def area_rows(board: Board) -> list[tuple[str, list[tuple[int, Slice]]]]:
    """The whole county, then its areas."""
    rows = [(area.area, _numbers(area, area.area)) for area in board.areas]
    return [("全县", _numbers(board.whole, "")), *rows]


def area_titles(board: Board) -> tuple[str, ...]:
    words = (MARK_LABELS[mark] for mark in (Mark.ACTIVE, Mark.UNREPORTED, Mark.REPORTED))
    return ("片区", *words, board.paid_word, MARK_LABELS[Mark.FINISHED])


def _numbers(area: AreaProgress, name: str) -> list[tuple[int, Slice]]:
    counts = (
        (area.active, Mark.ACTIVE),
        (area.unreported, Mark.UNREPORTED),
        (area.reported, Mark.REPORTED),
        (area.paid, Mark.PAID),
        (area.finished, Mark.FINISHED),
    )
    return [(number, Slice(mark, area=name)) for number, mark in counts]
