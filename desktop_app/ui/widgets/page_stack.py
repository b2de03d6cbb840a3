"""Pages of a form one below another; other pages take their place without a flicker."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.steady_bars import steady_bars


class PageStack(QScrollArea):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        steady_bars(self)
        self.page_labels: list[QLabel] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)

    @property
    def room(self) -> int:
        """Pixels that a page may be wide, beside the scroll bar."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Where one was reading stays in view."""
        while len(self.page_labels) > len(images):
            self.page_labels.pop().deleteLater()
        while len(self.page_labels) < len(images):
            page = QLabel()
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.insertWidget(len(self.page_labels), page)
            self.page_labels.append(page)
        for number, (page, image) in enumerate(zip(self.page_labels, images, strict=True), 1):
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(f"第{number}页,共{len(images)}页")
