"""The clipboard as the strip uses it: one value as plain text, taken back at the end."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

# Personal data is not for the clipboard's history, nor for its copy on other machines.
KEPT_OUT = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}


class Clipboard(Protocol):
    """What is used of Qt's."""

    def setMimeData(self, data: QMimeData, /) -> None: ...
    def text(self) -> str: ...
    def clear(self) -> None: ...


class OwnClipboard:
    def __init__(self, clipboard: Clipboard | None = None) -> None:
        self._clipboard: Clipboard = clipboard or QGuiApplication.clipboard()
        self._last = ""

    def put(self, text: str) -> bool:
        """Copy a value exactly as it is; False where another program holds the clipboard.

        A blank one takes the value before away, so that it is not pasted in its place.
        """
        if not text:
            self.take_back()
            return True
        data = QMimeData()
        data.setText(text)
        for kind, hint in KEPT_OUT.items():
            data.setData(kind, hint)
        self._clipboard.setMimeData(data)
        if self._clipboard.text() != text:
            return False
        self._last = text
        return True

    def take_back(self) -> None:
        """Clear the clipboard where our value is still on it."""
        if self._last and self._clipboard.text() == self._last:
            self._clipboard.clear()
        self._last = ""
