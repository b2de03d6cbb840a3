"""A text in fixed-width letters with its line numbers, and one line marked where it is wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.steady_bars import steady_bars

_GAP = 6  # pixels beside a number, at normal type


class _Numbers(QWidget):
    def __init__(self, editor: LineEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)


class LineEditor(QPlainTextEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        steady_bars(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(13))
        self.setFont(font)
        self.marked = 0
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update)
        self._make_room()

    def mark(self, line: int) -> None:
        """Mark a line, counted from 1; 0 marks none. The cursor stays where one types."""
        self.marked = line
        marks = []
        if line:
            mark: Any = QTextEdit.ExtraSelection()  # its stub tells of no fields
            mark.cursor = self._cursor_at(line)
            form = mark.format
            form.setBackground(theme.colour("late_wash"))
            form.setProperty(QTextFormat.Property.FullWidthSelection.value, True)
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    def go_to(self, line: int) -> None:
        self.setTextCursor(self._cursor_at(line))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace_all(self, text: str) -> None:
        """Put another text in, as one step that Ctrl+Z takes back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def numbers_width(self) -> int:
        digits = len(str(max(self.blockCount(), 100)))
        return self.fontMetrics().horizontalAdvance("9") * digits + theme.px(2 * _GAP)

    def paint_numbers(self, event: QPaintEvent) -> None:
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), theme.colour("head"))
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            if place.top() > event.rect().bottom():
                break
            number = block.blockNumber() + 1
            wrong = number == self.marked
            painter.setPen(theme.colour("late" if wrong else "quiet"))
            room = QRect(0, int(place.top()), self._numbers.width() - theme.px(_GAP), 0)
            room.setHeight(int(place.height()))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(number))  # at its first row
            block = block.next()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        width = self.numbers_width()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _on_update(self, rect: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _cursor_at(self, line: int) -> QTextCursor:
        return QTextCursor(self.document().findBlockByNumber(line - 1))
