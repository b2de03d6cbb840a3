"""The codes on the pages of a scan, and its pages cut out; runs in the child process."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

from desktop_app.intake.frames import Page
from desktop_app.intake.refusals import Refusal

DPI = (200, 300)  # the second only where the first finds nothing
MOST_PIXELS = 24_000_000  # a page of any size is drawn no larger
MOST_CODES = 8
LONGEST_CODE = 60  # ours are shorter; what else stands on a page is not kept
_POINTS_PER_INCH = 72
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read_pages(data: bytes, kind: str) -> Iterator[Page]:
    """Each page of a checked PDF or picture with the QR codes on it, each text once."""
    if kind != "pdf":
        with Image.open(io.BytesIO(data)) as picture:
            yield Page(1, _codes(picture.convert("L")))
        return
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(1, len(document) + 1):
            yield Page(number, _codes_of_page(document, number))
    finally:
        document.close()


def cut(data: bytes, groups: Sequence[Sequence[int]]) -> Iterator[bytes]:
    """A PDF of its own for each group of pages."""
    document = pypdfium2.PdfDocument(data)
    try:
        for group in groups:
            part = pypdfium2.PdfDocument.new()
            try:
                part.import_pages(document, [number - 1 for number in group])
                out = io.BytesIO()
                part.save(out)
            finally:
                part.close()
            yield out.getvalue()
    except pypdfium2.PdfiumError as error:
        raise Refusal("scan") from error
    finally:
        document.close()


def _codes_of_page(document: Any, number: int) -> tuple[str, ...]:
    """A page that cannot be drawn has no code: it goes where a person looks at it."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return ()
    try:
        for dpi in DPI:
            found = _codes(_drawn(page, dpi))
            if found:
                return found
    except pypdfium2.PdfiumError:
        return ()
    finally:
        page.close()
    return ()


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


def _codes(image: Image.Image) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        for one in zxingcpp.read_barcodes(image, formats=_QR, binarizer=binarizer):
            if one.valid and len(one.text) <= LONGEST_CODE:
                found[one.text] = None
        if found:
            break
    return tuple(found)[:MOST_CODES]
