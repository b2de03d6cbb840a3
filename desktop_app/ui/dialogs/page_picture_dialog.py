"""One scanned page, large enough to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import main_button


class PagePictureDialog(QDialog):
    def __init__(self, title: str, picture: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        shown = QLabel()
        shown.setPixmap(picture)
        shown.setAccessibleName(title)
        area = QScrollArea()
        area.setWidget(shown)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(main_button("关闭", self.accept))
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addLayout(row)
        self.resize(theme.px(980), theme.px(660))
