"""A white card with a heading, a quiet note at the right and whatever a page puts in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import label, styled


class Card(QFrame):
    def __init__(self, title: str, right: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "card")
        self.setAccessibleName(title)
        self.title = label(title, "h2")
        self.right = label(right, "quiet")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.right)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self.body.setSpacing(theme.px(8))
        self.body.addLayout(self.head)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)

    def set_title(self, text: str) -> None:
        self.title.setText(text)
        self.setAccessibleName(text)

    def set_right(self, text: str) -> None:
        self.right.setText(text)
