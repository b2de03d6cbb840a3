"""A year as twelve small months; the day one is on is turned by Space, Enter or a click."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.calendar_years import kind_of
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.labels import weekday
from desktop_app.domain.working_days import WEEKEND, YearDays
from desktop_app.ui import theme
from desktop_app.ui.widgets.year_grid import COLUMNS, LINES, ROWS, YearGrid

MARKS = {"放假": "休", "补班": "班"}
_WASHES = {"放假": "late_wash", "补班": "link_wash", "周末": "wash"}
_INKS = {"放假": "late", "补班": "link", "周末": "quiet", "上班": "ink"}
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_HEADS = "一二三四五六日"
_NARROW = 26  # pixels that two digits of 12 and a letter of 10 need


def said(day: date, days: YearDays) -> str:
    """What a screen reader says of a day, and what stands under the months."""
    kind = kind_of(day, days)
    return f"{chinese_date(day)} {weekday(day)}:{kind}"


class YearCalendar(QWidget):
    turned = Signal(object)  # date: its kind was changed by the user
    moved = Signal(object)  # date: the cursor stands on it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._off: set[date] = set()
        self._worked: set[date] = set()
        self.cursor_day = date(2000, 1, 1)
        self.setAccessibleName("工作日历")

    @property
    def days(self) -> YearDays:
        return YearDays(frozenset(self._off), frozenset(self._worked), "")

    def show_year(self, year: int, days: YearDays, cursor: date) -> None:
        self._off, self._worked = set(days.off), set(days.worked)
        self.cursor_day = cursor if cursor.year == year else date(year, 1, 1)
        self._tell()
        self.update()

    def turn(self) -> None:
        """Weekday: 上班 and 放假 in turn; weekend day: 休息 and 补班 in turn."""
        day = self.cursor_day
        if day.weekday() in WEEKEND:
            self._worked ^= {day}
            self._off.discard(day)
        else:
            self._off ^= {day}
        self._tell()
        self.update()
        self.turned.emit(day)

    def move_to(self, day: date) -> None:
        if day.year == self.cursor_day.year and day != self.cursor_day:
            self.cursor_day = day
            self._tell()
            self.update()
            self.moved.emit(day)

    def rect_of(self, day: date) -> QRect:
        return self._grid().rect_of(day)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(7 * 19 * COLUMNS), theme.px(LINES * 17 * ROWS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = Qt.Key(event.key()), self.cursor_day
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turn()
        elif key in _STEPS:
            self.move_to(day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.move_to(date(day.year, *((1, 1) if key == Qt.Key.Key_Home else (12, 31))))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move_month(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._grid().day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.move_to(day)
            self.turn()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        grid, days = self._grid(), self.days
        for month in range(1, 13):
            self._paint_head(painter, grid, month)
        for day in grid.days():
            self._paint_day(painter, grid.rect_of(day), day, kind_of(day, days))
        painter.end()

    def _paint_head(self, painter: QPainter, grid: YearGrid, month: int) -> None:
        painter.setFont(self._font(12, bold=True))
        painter.setPen(theme.colour("ink"))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(grid.title_of(month), centre, f"{month}月")
        painter.setFont(self._font(11))
        painter.setPen(theme.colour("quiet"))
        for at, name in enumerate(_HEADS):
            painter.drawText(grid.head_of(month, at), centre, name)

    def _paint_day(self, painter: QPainter, place: QRect, day: date, kind: str) -> None:
        if kind in _WASHES:
            painter.fillRect(place.adjusted(1, 1, -1, -1), theme.colour(_WASHES[kind]))
        painter.setPen(theme.colour(_INKS[kind]))
        mark = MARKS.get(kind, "")
        painter.setFont(self._fitting(12, place) if mark else self._font(12))
        half = place.width() * 11 // 20 if mark else place.width()
        number = QRect(place.left(), place.top(), half, place.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if mark:
            painter.setFont(self._fitting(10, place))
            rest = place.adjusted(half, 0, 0, 0)
            painter.drawText(rest, Qt.AlignmentFlag.AlignCenter, mark)
        if day == self.cursor_day:
            pen = painter.pen()
            pen.setColor(theme.colour("link" if self.hasFocus() else "quiet"))
            pen.setWidth(2 if self.hasFocus() else 1)
            painter.setPen(pen)
            painter.drawRect(place.adjusted(1, 1, -2, -2))

    def _move_month(self, step: int) -> None:
        month = self.cursor_day.month + step
        if 1 <= month <= 12:
            self.move_to(date(self.cursor_day.year, month, min(self.cursor_day.day, 28)))

    def _tell(self) -> None:
        self.setAccessibleDescription(said(self.cursor_day, self.days))
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def _grid(self) -> YearGrid:
        return YearGrid(self.cursor_day.year, self.width(), self.height(), theme.px(8))

    def _fitting(self, size: int, place: QRect) -> QFont:
        """Bold, and small enough that two digits and a letter share a narrow day."""
        font = self._font(size, bold=True)
        font.setPixelSize(min(theme.px(size), place.width() * size // _NARROW))
        return font

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(size))
        font.setBold(bold)
        return font
