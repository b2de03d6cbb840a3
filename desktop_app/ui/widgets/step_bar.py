"""The steps of one case as one bar: done, now, later."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.enrolments import StepView
from desktop_app.ui import theme

_COLOURS = {"done": "good", "now": "link", "later": "later"}
_WORDS = {"done": "已完成", "now": "正在办", "later": "未到"}


class StepBar(QWidget):
    def __init__(self, steps: tuple[StepView, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StepView, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    @property
    def steps(self) -> tuple[StepView, ...]:
        return self._steps

    def set_steps(self, steps: tuple[StepView, ...]) -> None:
        self._steps = steps
        said = ";".join(f"{s.label}:{_WORDS.get(s.state, s.state)}" for s in steps)
        self.setAccessibleName("步骤")
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(70) * max(len(self._steps), 1), theme.px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40) * max(len(self._steps), 1), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() / len(self._steps)
        for at, step in enumerate(self._steps):
            middle = QPointF(room * (at + 0.5), theme.px(18))
            if at:
                self._line(painter, middle, room, reached=step.state != "later")
            self._mark(painter, middle, at, step)
            self._text(painter, middle, room, step)
        painter.end()

    def _line(self, painter: QPainter, middle: QPointF, room: float, *, reached: bool) -> None:
        gap = theme.px(14)
        painter.setPen(QPen(theme.colour("good" if reached else "line"), theme.px(2)))
        start = QPointF(middle.x() - room + gap, middle.y())
        painter.drawLine(start, QPointF(middle.x() - gap, middle.y()))

    def _mark(self, painter: QPainter, middle: QPointF, at: int, step: StepView) -> None:
        size = theme.px(11)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(_COLOURS.get(step.state, "later")))
        painter.drawEllipse(middle, size, size)
        circle = QRectF(middle.x() - size, middle.y() - size, 2 * size, 2 * size)
        if step.state == "done":  # drawn, not a character: the carried font need not have one
            painter.setPen(QPen(QColor("white"), theme.px(2)))
            part = size / 11
            points = [QPointF(-4, 0), QPointF(-1, 4), QPointF(5, -4)]
            painter.drawPolyline([middle + point * part for point in points])
            return
        painter.setFont(self._font(12, bold=True))
        light = step.state == "now" or theme.is_dark()
        painter.setPen(QColor("white") if light else theme.colour("quiet"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))

    def _text(self, painter: QPainter, middle: QPointF, room: float, step: StepView) -> None:
        painter.setFont(self._font(13, bold=step.state == "now"))
        painter.setPen(theme.colour("quiet" if step.state == "later" else "ink"))
        place = QRectF(middle.x() - room / 2, theme.px(34), room, theme.px(24))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, step.label)

    def _font(self, size: int, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(size))
        font.setBold(bold)
        return font
