"""Pictures of 上报往来, before and after an export, and of the strip on its way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from PySide6.QtGui import QDesktopServices

from desktop_app.ui.dialogs.exchange_dialog import ENTER
from desktop_app.ui.strip.strips import strips
from tests.shots.album import Album


def exchanges(album: Album, page: Any, name: str) -> None:
    """Of the case that is shown, where its number is still to come."""
    case = page.shown.case if page.shown is not None else None
    if case is None or case.next_act != ENTER or not case.may_send:
        return
    album.take(page.window(), f"{name}unit-to-be-sent")
    dialog = page.acts.exchange.open()
    album.take(dialog, f"{name}exchange")
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(QDesktopServices, "openUrl", return_value=True),
    ):
        dialog.export_to(Path(folder))
        album.settle()
        album.take(dialog, f"{name}exchange-exported")
        dialog.reject()
    with mock.patch.object(strips, "_reached", {}):  # another look's strip has come to its end
        strip = page.acts.exchange.open_strip()
        album.take(strip, f"{name}strip")
        strip.next_person()
        strip.take()
        album.take(strip, f"{name}strip-person")
        strip.take()
        album.take(strip, f"{name}strip-next")
        while strip.route.now is not None:
            strip.skip()
        album.take(strip, f"{name}strip-done")
        strips.close()


def corrected(album: Album, page: Any, name: str) -> None:
    """A number that is there already, being corrected."""
    dialog = page.acts.exchange.open()
    if dialog is not None:
        dialog.number.setText(f"{dialog.number.text()}9")
        album.dialog(dialog, f"{name}exchange-later")
