"""By how much a printer puts its ink beside where it belongs: kept by its name on this machine."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

from desktop_app.ui.remembered import remembered

MOST_TENTHS = 100  # 10 mm: more than that is no drift, but paper put in wrong
_WIDTH_MM, _HEIGHT_MM = 210, 297


class Offset(NamedTuple):
    """Tenths of a millimetre by which everything is put further right and down."""

    right: int = 0
    down: int = 0


def offset_of(printer: str) -> Offset:
    return Offset(
        *(
            max(-MOST_TENTHS, min(MOST_TENTHS, remembered.get(f"{key} {printer}", 0)))
            for key in ("offset-right", "offset-down")
        )
    )


def keep_offset(printer: str, offset: Offset) -> None:
    """Not on the window's thread: it writes the file."""
    remembered.put(
        **{f"offset-right {printer}": offset.right, f"offset-down {printer}": offset.down}
    )


def shifted(page: QRectF, offset: Offset) -> QRectF:
    """A whole sheet of A4 moved by the offset, in the units of the page."""
    across, along = page.width() / _WIDTH_MM / 10, page.height() / _HEIGHT_MM / 10
    return page.translated(offset.right * across, offset.down * along)
