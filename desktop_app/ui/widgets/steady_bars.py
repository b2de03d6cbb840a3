"""A scroll bar that a screen reader was told of stays while it listens.

Qt 6.9 answers a reader that asks for a scroll area's second child by looking into a list of the
bars shown at that moment, without counting it: where the bar has gone since the reader counted,
the program ends. So a bar that was once there is kept, empty, as long as somebody listens.
"""

from __future__ import annotations

from functools import partial
from weakref import ref

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea

_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded
_KEPT = Qt.ScrollBarPolicy.ScrollBarAlwaysOn


def steady_bars(area: QAbstractScrollArea) -> None:
    """Keep the bars of an area; one that is switched off stays so."""
    held = ref(area)  # the bar is the area's child: it must not hold it
    area.verticalScrollBar().rangeChanged.connect(partial(_keep_vertical, held))
    area.horizontalScrollBar().rangeChanged.connect(partial(_keep_horizontal, held))


def _keep_vertical(held: ref[QAbstractScrollArea], _least: int, most: int) -> None:
    area = held()
    if area is not None and _is_heard(most) and area.verticalScrollBarPolicy() == _NEEDED:
        area.setVerticalScrollBarPolicy(_KEPT)


def _keep_horizontal(held: ref[QAbstractScrollArea], _least: int, most: int) -> None:
    area = held()
    if area is not None and _is_heard(most) and area.horizontalScrollBarPolicy() == _NEEDED:
        area.setHorizontalScrollBarPolicy(_KEPT)


def _is_heard(most: int) -> bool:
    return most > 0 and QAccessible.isActive()
