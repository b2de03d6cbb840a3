"""Where on the screen the strip stood last; at the upper right where that is off every screen.

It is its inside that is placed: what a window manager draws around it is not known before.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.remembered import remembered

NOWHERE = -100_000
MARGIN = 40  # room for a title bar
GRIP = QPoint(40, 0)  # just below the title bar, by which it can be dragged


def place_of(size: QSize) -> QRect:
    kept = QPoint(remembered.get("strip_x", NOWHERE), remembered.get("strip_y", NOWHERE))
    if QGuiApplication.screenAt(kept + GRIP) is not None:
        return QRect(kept, size)
    room = QGuiApplication.primaryScreen().availableGeometry()
    left = max(room.right() - size.width() - MARGIN, room.left())
    return QRect(QPoint(left, room.top() + MARGIN), size)


def keep_place(x: int, y: int) -> None:
    """Remember it; not on the window's thread, for it writes the file."""
    remembered.put(strip_x=x, strip_y=y)
