"""Where on the screen the strip stood last; at the upper right where that is off every screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.remembered import remembered

NOWHERE = -100_000
MARGIN = 24
GRIP = QPoint(40, 10)  # a part of the title bar by which it can be dragged


def place_of(size: QSize) -> QPoint:
    kept = QPoint(remembered.get("strip_x", NOWHERE), remembered.get("strip_y", NOWHERE))
    if QGuiApplication.screenAt(kept + GRIP) is not None:
        return kept
    room = QGuiApplication.primaryScreen().availableGeometry()
    return QPoint(max(room.right() - size.width() - MARGIN, room.left()), room.top() + MARGIN)


def keep_place(x: int, y: int) -> None:
    """Remember it; not on the window's thread, for it writes the file."""
    remembered.put(strip_x=x, strip_y=y)
