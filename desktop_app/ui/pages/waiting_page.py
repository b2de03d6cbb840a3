"""Shown while the office's folder is looked at; says what is wrong where it cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import label


class WaitingPage(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.text, self.banner = label(text, "quiet"), Banner()
        self.banner.close_button.hide()
        self.banner.setMaximumWidth(theme.px(620))
        self.banner.setMinimumWidth(theme.px(420))
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def show_failure(self, error: BaseException) -> None:
        self.text.setText("没有打开")
        self.banner.show_failure(error)
