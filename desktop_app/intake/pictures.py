"""The bytes of a scan are looked at: kind, pages, size; runs in the child process."""

from __future__ import annotations

import hashlib
import io
import warnings

import pypdfium2
from PIL import Image

from desktop_app.intake import tiffs
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.tiff_parts import SIGNATURES

LARGEST_SCAN = 20 << 20
LARGEST_STACK = 100 << 20  # many units' papers in one file; its pages are cut out
MOST_PIXELS = 40_000_000
MOST_PAGES = 500

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def check_picture(data: bytes) -> dict[str, str | int]:
    """Kind, number of pages and SHA-256 of a scan.

    Raises:
        Refusal: it is no PDF, PNG, JPEG or TIFF, is damaged, or too large to show.
    """
    if data.startswith(b"%PDF"):
        kind, pages = "pdf", _count_pages(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        kind, pages = "png", _check_image(data, "PNG")
    elif data.startswith(b"\xff\xd8\xff"):
        kind, pages = "jpeg", _check_image(data, "JPEG")
    elif data.startswith(SIGNATURES):
        kind, pages = "tiff", tiffs.check(data, MOST_PAGES, MOST_PIXELS)
    else:
        raise Refusal("scan")
    return {"kind": kind, "pages": pages, "sha256": hashlib.sha256(data).hexdigest()}


def _count_pages(data: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise Refusal("scan-password" if locked else "scan") from error
    try:
        pages = len(document)
        if not pages:
            raise Refusal("scan")
        if pages > MOST_PAGES:
            raise Refusal("scan-too-large")
        document[0].close()  # a first page that does not load is no scan
    except pypdfium2.PdfiumError as error:
        raise Refusal("scan") from error
    finally:
        document.close()
    return pages


def _check_image(data: bytes, kind: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refusal("scan-too-large")
                picture.load()  # verify() does not see a picture that ends too early
    except Image.DecompressionBombError as error:
        raise Refusal("scan-too-large") from error
    except (OSError, ValueError, SyntaxError, IndexError, EOFError) as error:
        raise Refusal("scan") from error
    return 1
