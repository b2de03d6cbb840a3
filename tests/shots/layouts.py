"""Pictures of 单据版式: the list, a layout beside its page, a fault in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from desktop_app.services.services import Services
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown


def layouts(album: Album, services: Services, name: str) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        window.go("layouts")
        card = window.page("more").layouts
        album.settle()
        card.table.selectRow(3)
        album.take(window, f"{name}layouts")
        dialog = card.edit()
        album.take(dialog, f"{name}layout-editing")
        text = dialog.text
        with tempfile.TemporaryDirectory() as folder:
            picture = Path(folder) / "logo.png"
            _drawn(picture)
            dialog.put_logo(picture)
            album.settle()
        album.take(dialog, f"{name}layout-logo")
        dialog.editor.replace_all(text.replace("margins = [15", "margins = [5", 1))
        dialog.refresh()
        album.take(dialog, f"{name}layout-fault")
        dialog.editor.replace_all(text)
        dialog.reject()
        album.settle()


def _drawn(picture: Path) -> None:
    image = Image.new("RGB", (240, 160), "white")
    ImageDraw.Draw(image).ellipse((50, 10, 190, 150), outline="#b42318", width=14)
    image.save(picture)
