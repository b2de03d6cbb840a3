"""The code on every page of a form: case, form, print number, content hash and page.

Nothing personal stands in it. Forms printed before pages had numbers are read as well.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import zxingcpp

from desktop_app.documents.forms.parts import Form
from desktop_app.documents.kinds import kind_of
from desktop_app.documents.pdf import MM, PAGE_HEIGHT

MAX_CODE = 33
MIN_SIZE_MM = 18.0
QUIET = 4  # squares of light around a code
_DARK = re.compile(rb"\x00+")
_SHAPE = re.compile(
    r"([A-Z0-9-]{1,14})/([A-Z]{2})/([1-9][0-9]{0,3})/([0-9A-F]{8})(?:/([1-9][0-9]{0,3}))?"
)


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a scanned form says about itself."""

    case_code: str
    form: str
    print_no: int
    content: str
    page: int | None = None

    @property
    def whole(self) -> str:
        """The form's own code, the same on all its pages."""
        return f"{self.case_code}/{self.form}/{self.print_no}/{self.content}"


def content_hash(form: Form) -> str:
    """SHA-256 over everything the form says; the code carries its first eight digits."""
    return hashlib.sha256(repr(form).encode("utf-8", "surrogatepass")).hexdigest()


def code_text(form: Form) -> str:
    """The form's own code, as the register keeps it."""
    marks = form.marks
    text = (
        f"{marks.case_code}/{kind_of(form).code}/{marks.print_no}/{content_hash(form)[:8].upper()}"
    )
    if len(text) > MAX_CODE or read_code(text) is None:
        raise ValueError(f"case code or print number does not fit the form's code: {text!r}")
    return text


def page_code(code: str, page: int) -> str:
    """What stands on one page of the form with this code."""
    text = f"{code}/{page}"
    if len(text) > MAX_CODE:
        raise ValueError(f"page {page} does not fit the form's code: {text!r}")
    return text


def read_code(text: str) -> FormCode | None:
    """What a scanned text says; None where it is not a form's code."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    case_code, form, print_no, content, page = found.groups()
    return FormCode(case_code, form, int(print_no), content, int(page) if page else None)


def rows_of(text: str) -> list[bytes]:
    """The rows of a QR code of level M within its quiet zone, a byte a square; 0 is dark."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=True)
    side, greys = image.shape[0], memoryview(image).tobytes()
    return [greys[at : at + side] for at in range(0, side * side, side)]


def draw_code(text: str, x: float, y: float, size: float) -> str:
    """Operators of a QR code, level M, `size` millimetres wide without its quiet zone."""
    if size < MIN_SIZE_MM:
        raise ValueError(f"a code of {size} mm is too small to be read from paper")
    rows = rows_of(text)
    side = len(rows)
    cell = size / (side - 2 * QUIET) * MM
    left, foot = x * MM - QUIET * cell, (PAGE_HEIGHT - y) * MM + QUIET * cell
    spans = map(re.Match.span, _DARK.finditer(b"".join(rows)))
    squares = " ".join(map(_squares(side).__getitem__, spans))
    return f"q {cell:.4f} 0 0 {-cell:.4f} {left:.3f} {foot:.3f} cm\n{squares} f Q"


class _Squares(dict[tuple[int, int], str]):
    """Run of dark squares in a code's rows, one behind the other -> its operator in squares.

    No run goes over a row's end: the quiet zone stands there.
    """

    def __init__(self, side: int) -> None:
        super().__init__()
        self._side = side

    def __missing__(self, span: tuple[int, int]) -> str:
        start, end = span
        row, column = divmod(start, self._side)
        self[span] = operator = f"{column} {row} {end - start} 1 re"
        return operator


_squares = cache(_Squares)
