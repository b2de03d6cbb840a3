"""The calibration page: crosses whose distance to the paper's edges is measured with a ruler."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

WIDTH_MM, HEIGHT_MM, EDGE_MM, ARM_MM = 210.0, 297.0, 20.0, 8.0
_TEXT = (
    "打印校准页",
    "用尺量左上角十字到纸边的距离:左边、上边都应是 20 毫米。",
    "左边是 19 毫米,就填右移 1 毫米;上边是 22 毫米,就填下移 -2 毫米。",
    "下面的横线应长 100 毫米;不是的,请在打印机设置里把缩放改为 100%(实际大小)。",
)


def calibration_page(dpi: int) -> bytes:
    """One sheet of A4 as PNG; text is drawn on the window's thread."""
    mm = dpi / 25.4
    image = QImage(round(WIDTH_MM * mm), round(HEIGHT_MM * mm), QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QPen(Qt.GlobalColor.black, max(1.0, 0.2 * mm)))
    for x in (EDGE_MM, WIDTH_MM - EDGE_MM):
        for y in (EDGE_MM, HEIGHT_MM - EDGE_MM):
            _cross(painter, QPointF(x * mm, y * mm), ARM_MM * mm)
    font = QFont(painter.font())
    font.setPixelSize(round(4.2 * mm))
    painter.setFont(font)
    for line, text in enumerate(_TEXT):
        place = QRectF(30 * mm, (60 + 9 * line) * mm, 150 * mm, 8 * mm)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)
    left = QPointF(30 * mm, 110 * mm)
    painter.drawLine(left, left + QPointF(100 * mm, 0))
    painter.end()
    return _png(image)


def _cross(painter: QPainter, at: QPointF, arm: float) -> None:
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
    painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub asks for bytes
    return bytes(data.data())
