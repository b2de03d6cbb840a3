"""The rail at the left: six places, each one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import label, styled

PLACES = (
    ("home", "工作台"),
    ("units", "办理"),
    ("claims", "申领"),
    ("find", "查询"),
    ("reports", "报表"),
    ("more", "更多"),
)


class Rail(QWidget):
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(92))
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(14), 0, theme.px(14))
        layout.setSpacing(theme.px(2))
        for at, (key, text) in enumerate(PLACES, start=1):
            made = styled(QPushButton(text), "rail")
            made.setCheckable(True)
            made.setAccessibleName(text)
            made.setToolTip(f"{text}  Ctrl+{at}")
            made.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            QShortcut(QKeySequence(f"Ctrl+{at}"), self, made.click)
            self._group.addButton(made)
            self.buttons[key] = made
            layout.addWidget(made)
        layout.addStretch(1)
        self.foot = label("", wrap=True)
        self.foot.setObjectName("railFoot")
        self.foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.foot)

    def mark(self, key: str) -> None:
        if key in self.buttons:
            self.buttons[key].setChecked(True)
