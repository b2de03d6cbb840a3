"""A window with one file to drag away, as a file manager shows it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Icon(QLabel):
    def __init__(self, paths: list[str]) -> None:
        super().__init__("file")
        self._paths = paths
        self.setWindowFlags(
            Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setGeometry(0, 0, 40, 40)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.buttons() & Qt.MouseButton.LeftButton:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
            drag = QDrag(self)
            drag.setMimeData(data)
            taken = drag.exec(Qt.DropAction.CopyAction)
            self.hide()
            # It stays alive: the other side fetches the data only after the drop.
            print("taken" if taken == Qt.DropAction.CopyAction else "refused", flush=True)  # noqa: T201


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    icon = Icon(sys.argv[1:])
    icon.show()
    sys.exit(app.exec())
