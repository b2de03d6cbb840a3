"""One picture of a page: as wide as its place, larger or smaller, turned, moved with the mouse."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from desktop_app.ui.widgets.steady_bars import steady_bars

STEP = 1.25
LARGEST, SMALLEST = 6.0, 0.25
_OVERLAP = 0.9  # of the height: the last lines stay in sight


class PagePane(QGraphicsView):
    """Fitted to width at first; the size and the turn chosen stay for the next page."""

    leafed = Signal(int)  # +1 or -1: scrolled beyond the end of this page
    resized = Signal()  # drawn at another size than before

    def __init__(self) -> None:
        super().__init__()
        self._zoom, self._turned = 1.0, 0
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self.setScene(scene)
        steady_bars(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setAcceptDrops(False)  # a file let go here is for what lies around it

    @property
    def is_empty(self) -> bool:
        return self._item.pixmap().isNull()

    @property
    def turned(self) -> int:
        return self._turned

    @property
    def scale_of_width(self) -> float:
        """How much of the place the page takes across: 1.0 is all of it."""
        return self._zoom

    def show_picture(self, image: QImage, *, afresh: bool = True) -> None:
        """Show a page; where it is not `afresh`, the same place of it stays in sight."""
        self._item.setPixmap(QPixmap.fromImage(image))
        self.scene().setSceneRect(QRectF(self._item.pixmap().rect()))
        self._fit()
        if afresh:
            self.turn_to(end=False)

    def turn_to(self, *, end: bool) -> None:
        """The top of the page, or its end."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if end else bar.minimum())

    def clear(self) -> None:
        self._item.setPixmap(QPixmap())

    def enlarge(self) -> None:
        self._zoom_to(self._zoom * STEP)

    def reduce(self) -> None:
        self._zoom_to(self._zoom / STEP)

    def fit_width(self) -> None:
        self._zoom_to(1.0)

    def turn(self) -> None:
        """A quarter to the right."""
        self._turned = (self._turned + 90) % 360
        self._fit()
        self.turn_to(end=False)

    def upright(self) -> None:
        self._turned = 0

    def pixels_wanted(self) -> int:
        """How wide the page's picture should be to be sharp at this size."""
        if self.is_empty:
            return round(self._room() * self._zoom * self.devicePixelRatioF())
        moved = self.transform()
        scale = math.hypot(moved.m11(), moved.m12())  # also of a page that is turned
        return round(self._item.pixmap().width() * scale * self.devicePixelRatioF())

    def go_down(self) -> None:
        """A screen further; at the end of the page to the next one."""
        self._go(1)

    def go_up(self) -> None:
        self._go(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self._zoom_to(self._zoom * (STEP if event.angleDelta().y() > 0 else 1 / STEP))
            event.accept()
        else:
            super().wheelEvent(event)

    def _go(self, way: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() == (bar.maximum() if way > 0 else bar.minimum()):
            self.leafed.emit(way)
        else:
            bar.setValue(bar.value() + way * round(bar.pageStep() * _OVERLAP))

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        if abs(self._zoom - 1) < 0.01:
            self._zoom = 1.0  # back where it began, whatever the steps lost
        self._fit()

    def _fit(self) -> None:
        if self.is_empty:
            return
        picture = self._item.pixmap().size()
        across = picture.height() if self._turned % 180 else picture.width()
        scale = self._room() * self._zoom / max(1, across)
        self.setTransform(QTransform().rotate(self._turned).scale(scale, scale))
        self.resized.emit()

    def _room(self) -> int:
        """The place's width beside a scroll bar, whether or not that is shown just now."""
        return max(1, self.width() - self.verticalScrollBar().sizeHint().width() - 2)
