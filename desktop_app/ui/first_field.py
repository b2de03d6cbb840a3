"""Where the cursor stands when a page is shown: the page's `first_field`, else the page itself.

It is not Qt's focus proxy: a page with one is a stop of Tab by itself, so that Tab jumps from the
page's end back to that field and whatever stands before it is never reached.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def focus_first(page: QWidget) -> None:
    first: QWidget | None = getattr(page, "first_field", None)
    (page if first is None else first).setFocus()
