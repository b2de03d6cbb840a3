"""A scheme's text itself, for those who know its file; typed text is handed on after a pause."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.ui.widgets.steady_bars import steady_bars

PAUSE_MS = 400  # after the last key, before the text is judged


class SchemeSource(QPlainTextEdit):
    typed = Signal(str)

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.setAccessibleName("方案文本")
        self.setReadOnly(locked)
        steady_bars(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._hand_on)
        self.textChanged.connect(self._pause.start)

    def show_text(self, text: str, line: int | None = None) -> None:
        """Show a text, the cursor in a line of it where one is wrong."""
        with QSignalBlocker(self):
            self.setPlainText(text)
        if line is not None:
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(line - 1)))
            self.centerCursor()

    def finish(self) -> None:
        """Hand on what was typed a moment ago."""
        if self._pause.isActive():
            self._pause.stop()
            self._hand_on()

    def _hand_on(self) -> None:
        if not self.isReadOnly():
            self.typed.emit(self.toPlainText())
