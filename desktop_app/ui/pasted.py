"""What another program copied: cells and pictures, read by the same intake as files.

They stand on a disk only while a call reads them, in a file only this user can open.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from desktop_app.errors import FileError

T = TypeVar("T")
PREFIX = "mutual-aid-desk-"  # of folders that hold what was copied while a call reads it
PASTED_NAME = "粘贴的名单"
PICTURE_NAME = "粘贴的图片"
# A photo copied at full size is too large a PNG for the Gate; as JPEG it is what a phone made of it
MOST_PNG_PIXELS = 4_000_000
JPEG_QUALITY = 92


@dataclass(frozen=True, slots=True)
class PastedCells:
    """The clipboard's cells, a tab between two of them."""

    text: str = field(repr=False)

    @property
    def name(self) -> str:
        return PASTED_NAME

    def write(self, folder: Path) -> Path:
        path = folder / f"{PASTED_NAME}.tsv"
        path.write_text(self.text, "utf-8-sig", "replace", newline="")
        return path


@dataclass(frozen=True, slots=True)
class PastedPicture:
    """A picture copied in a chat, a screenshot."""

    image: QImage = field(repr=False)

    @property
    def name(self) -> str:
        return PICTURE_NAME

    def write(self, folder: Path) -> Path:
        large = self.image.width() * self.image.height() > MOST_PNG_PIXELS
        path = folder / f"{PICTURE_NAME}.{'jpg' if large else 'png'}"
        if not self.image.save(str(path), quality=JPEG_QUALITY if large else -1):
            raise FileError(
                "picture-not-pasted", "复制的图片没有存下来。", "请把图片另存为文件,再拖进来。"
            )
        return path


Source = Path | PastedCells | PastedPicture


def paths_in(data: QMimeData) -> tuple[Path, ...]:
    """The local files a drag or the clipboard carries."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def cells_in(data: QMimeData) -> PastedCells | None:
    """The cells that a clipboard holds; None where it holds a file or mere text."""
    text = "" if data.urls() or not data.hasText() else data.text()
    return PastedCells(text) if "\t" in text else None


def picture_in(data: QMimeData) -> PastedPicture | None:
    """A copied picture; a spreadsheet gives one with its cells, which are meant then."""
    if data.urls() or not data.hasImage() or data.text().strip():
        return None
    image = data.imageData()
    return PastedPicture(image) if isinstance(image, QImage) and not image.isNull() else None


def sources_in(data: QMimeData) -> tuple[Source, ...]:
    """Files, else the cells copied in a spreadsheet, else a copied picture."""
    one = cells_in(data) or picture_in(data)
    return paths_in(data) or ((one,) if one else ())


def scans_in(data: QMimeData) -> tuple[Source, ...]:
    """Files, else a copied picture: what a field for a scan takes."""
    picture = picture_in(data)
    return paths_in(data) or ((picture,) if picture else ())


def copied() -> QMimeData:
    """What the clipboard holds."""
    return QGuiApplication.clipboard().mimeData()


def paste_files() -> tuple[Path, ...]:
    return paths_in(copied())


def paste_sources() -> tuple[Source, ...]:
    """The files of the clipboard, else the cells copied in a spreadsheet."""
    cells = cells_in(copied())
    return paste_files() or ((cells,) if cells else ())


def with_file(source: Source, call: Callable[..., T], **kwargs: Any) -> T:
    """Give `call` a file: the one that was chosen, or what was copied in one of its own.

    Runs off the GUI thread. The file of what was copied is gone when the call has ended.
    """
    if isinstance(source, Path):
        return call(source, **kwargs)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        return call(source.write(Path(folder)), **kwargs)


def with_files(
    sources: tuple[tuple[str, Source], ...], call: Callable[[tuple[tuple[str, Path], ...]], T]
) -> T:
    """The same for several files at once, each under its key."""
    with ExitStack() as held:
        paths = []
        for key, source in sources:
            if isinstance(source, Path):
                paths.append((key, source))
            else:
                folder = held.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX))
                paths.append((key, source.write(Path(folder))))
        return call(tuple(paths))


def saving(source: Source | None, call: Callable[[Path | None], T]) -> Callable[[], T]:
    """A saving call that takes a file or none as its last argument."""
    return partial(call, None) if source is None else partial(with_file, source, call)
