"""Pages of a PDF as pictures, for preview and for the eye; PDFium works behind one lock."""

from __future__ import annotations

import io
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_GUARD = Lock()  # PDFium crashes when two threads are in it
_POINTS_PER_INCH = 72


def page_images(pdf: bytes, dpi: int = 100) -> tuple[bytes, ...]:
    """Return every page as PNG bytes, in grey where the page is."""
    import pypdfium2  # noqa: PLC0415 - 10 MB that only preview needs

    with _GUARD:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_png(page, dpi / _POINTS_PER_INCH) for page in document)
        finally:
            document.close()


def _png(page: object, scale: float) -> bytes:
    bitmap = page.render(scale=scale)  # type: ignore[attr-defined]
    out = io.BytesIO()
    _in_grey(bitmap.to_pil()).save(out, "PNG", compress_level=1)
    bitmap.close()
    page.close()  # type: ignore[attr-defined]
    return out.getvalue()


def _in_grey(picture: Image) -> Image:
    """The same picture, a third as large where it has no colour."""
    from PIL import ImageChops  # noqa: PLC0415 - what only preview and printing need

    red, green, blue = picture.convert("RGB").split()
    coloured = (ImageChops.difference(green, one).getbbox() for one in (red, blue))
    return picture if any(coloured) else green
