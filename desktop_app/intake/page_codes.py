"""The codes on the pages of a scan; runs in the child process."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from desktop_app.intake import tiffs
from desktop_app.intake.frames import Page

DPI = (200, 300)  # the second only where the first finds nothing
MOST_PIXELS = 24_000_000  # a page of any size is drawn no larger
MOST_CODES = 8
LONGEST_CODE = 60  # ours are shorter; what else stands on a page is not kept
_POINTS_PER_INCH = 72
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)

Found: TypeAlias = dict[str, int]  # each text once, with the turn that sets it upright


def read_pages(data: bytes, kind: str) -> Iterator[Page]:
    """Each page of a checked scan with the QR codes on it."""
    if kind == "pdf":
        yield from _pages_of_pdf(data)
    elif kind == "tiff":
        for number, frame in enumerate(tiffs.pages_of(data), start=1):
            yield _page(number, _codes(frame.convert("L")))
    else:
        with Image.open(io.BytesIO(data)) as picture:
            yield _page(1, _codes(ImageOps.exif_transpose(picture).convert("L")))


def _page(number: int, found: Found) -> Page:
    return Page(number, tuple(found), tuple(found.values()))


def _pages_of_pdf(data: bytes) -> Iterator[Page]:
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(1, len(document) + 1):
            yield _page(number, _codes_of_page(document, number))
    finally:
        document.close()


def _codes_of_page(document: Any, number: int) -> Found:
    """A page that cannot be drawn has no code: it goes where a person looks at it."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return {}
    try:
        for dpi in DPI:
            found = _codes(_drawn(page, dpi))
            if found:
                return found
    except pypdfium2.PdfiumError:
        return {}
    finally:
        page.close()
    return {}


def _drawn(page: Any, dpi: int) -> Image.Image:
    width, height = page.get_size()
    scale = dpi / _POINTS_PER_INCH
    pixels = max(width * height * scale * scale, 1.0)
    scale *= min(1.0, (MOST_PIXELS / pixels) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        image: Image.Image = bitmap.to_pil().copy()
        return image
    finally:
        bitmap.close()


def _codes(image: Image.Image) -> Found:
    """A second look is at the page made softer: a scanner's grain hides the edges of squares."""
    return _read(image) or _read(image.filter(ImageFilter.BoxBlur(1)))


def _read(image: Image.Image) -> Found:
    found: Found = {}
    for binarizer in _BINARIZERS:
        for one in zxingcpp.read_barcodes(image, formats=_QR, binarizer=binarizer):
            if one.valid and len(one.text) <= LONGEST_CODE and len(found) < MOST_CODES:
                found.setdefault(one.text, _turn(one.orientation))
        if found:
            break
    return found


def _turn(orientation: int) -> int:
    """Clockwise, in quarters; a code that leans by a few degrees stands upright."""
    return round(-orientation / 90) % 4 * 90
