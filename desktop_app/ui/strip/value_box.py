"""The big value in the middle of the strip: a click, Enter or Space takes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import label, styled

TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
LONG = 20  # more characters than this stand in smaller type


class ValueBox(QFrame):
    taken = Signal()
    moved = Signal(int)  # by the arrow keys: 1 to the next value, -1 to the one before

    def __init__(self) -> None:
        super().__init__()
        self._pressed = False
        styled(self, "value")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription("按回车或F8复制,到下一项")
        self.value: QLabel = label("", "num", wrap=True)
        self.value.setMinimumHeight(theme.px(54))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        layout.addWidget(self.value)

    def show_value(self, text: str, spoken: str, tone: str = "") -> None:
        """Show it; `spoken` is what a screen reader says, with its label."""
        styled(self.value, "h1" if len(text) > LONG else "num")
        self.value.setText(text)
        theme.set_tone(self.value, tone)
        self.setAccessibleName(spoken)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two takes nothing: the next value would be passed over."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, False
        if pressed and self.rect().contains(event.position().toPoint()):
            self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in TAKES and not event.isAutoRepeat():  # a held key would run through the people
            self.taken.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key not in TAKES:
            super().keyPressEvent(event)
