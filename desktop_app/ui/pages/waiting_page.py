"""Shown while the office's folder is looked at; says what is wrong where it cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button


class WaitingPage(QWidget):
    again = Signal()
    other = Signal()
    restore = Signal()

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
        self.again_button = main_button("再试一次", self.again.emit)
        self.other_button = button("打开另一个机构…", self.other.emit)
        self.restore_button = button("从备份恢复…", self.restore.emit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.restore_button)
        row.addWidget(self.other_button)
        row.addWidget(self.again_button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        self._show_ways(False)

    def show_failure(self, error: BaseException) -> None:
        self.text.setText("没有打开")
        self.banner.show_failure(error)
        self._show_ways(True)

    def _show_ways(self, shown: bool) -> None:
        self.again_button.setVisible(shown)
        self.other_button.setVisible(shown)
        self.restore_button.setVisible(shown)
