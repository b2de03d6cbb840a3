"""One page of a kept scan drawn for the eye, in colour; runs in the child process."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from desktop_app.intake import tiffs
from desktop_app.intake.pictures import check_picture
from desktop_app.intake.refusals import Refusal

WIDEST = 3000
MOST_PIXELS = 16_000_000  # of what is drawn: a very long page is drawn narrower


@dataclass(slots=True)
class _Held:
    """The file of the last question: its other pages need not be sent again."""

    sha256: str = ""
    data: bytes = b""
    kind: str = ""
    pages: int = 0


_held = _Held()


def hold(data: bytes) -> None:
    """Look at a file and keep it for the pages that are asked for next."""
    looked = check_picture(data)
    _held.data, _held.sha256 = data, str(looked["sha256"])
    _held.kind, _held.pages = str(looked["kind"]), int(looked["pages"])


def draw(sha256: str, number: int, width: int) -> tuple[int, bytes]:
    """How many pages the held file has, and one as PNG, `width` wide or as wide as it is.

    Raises:
        Refusal: `not-held` where another file is held; `scan` where there is no such page, or it
            cannot be drawn.
    """
    if sha256 != _held.sha256:
        raise Refusal("not-held")
    if not 1 <= number <= _held.pages:
        raise Refusal("scan")
    width = max(1, min(width, WIDEST))
    if _held.kind == "tiff":
        return _held.pages, _png(_fitted(_on_white(tiffs.page(_held.data, number)), width))
    if _held.kind != "pdf":
        return 1, _png(_fitted(_upright(_held.data, width), width))
    try:
        document = pypdfium2.PdfDocument(_held.data)
        try:
            page = document[number - 1]
            try:
                return _held.pages, _png(_page(page, width))
            finally:
                page.close()
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal("scan") from error


def _page(page: Any, width: int) -> Image.Image:
    across, down = page.get_size()
    if not (across > 0 and down > 0):
        raise Refusal("scan")
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    bitmap = page.render(scale=scale)
    try:
        drawn: Image.Image = bitmap.to_pil().convert("RGB")
        return drawn.copy()
    finally:
        bitmap.close()


def _upright(data: bytes, width: int) -> Image.Image:
    """A photo as it was held when it was taken."""
    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
        picture.draft("RGB", (width, width))  # decodes a large photo at a half or a quarter
        turned = ImageOps.exif_transpose(picture)
    return _on_white(turned)


def _on_white(picture: Image.Image) -> Image.Image:
    turned = picture.convert("RGBA")
    paper = Image.new("RGBA", turned.size, "white")
    paper.alpha_composite(turned)
    return paper.convert("RGB")


def _fitted(picture: Image.Image, width: int) -> Image.Image:
    pixels = picture.width * picture.height
    scale = min(width / picture.width, (MOST_PIXELS / pixels) ** 0.5)
    if scale >= 1:
        return picture  # the window enlarges it as well as we could
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
