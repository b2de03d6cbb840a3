"""The text of a PDF as words by their places on the page; runs in the child process."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from desktop_app.intake.pictures import check_picture
from desktop_app.intake.refusals import Refusal

MOST_CHARACTERS = 3_000_000
Lines = list[list[tuple[float, float, str]]]  # left, right, text of each word
_APART = 0.5  # of a character's height: from there on another word begins
_SAME_LINE = 0.5  # of a character's height: so far apart may the middles of one line be
_QUARTERS = 4
_ASKEW = 0.05  # of a quarter turn
_HEADS, _TAILS = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


@dataclass(slots=True)
class _Mark:
    """One character with its place as the page is seen: x to the right, y downwards."""

    left: float
    right: float
    middle: float
    height: float
    text: str


def read_words(data: bytes) -> Iterator[tuple[int, Lines]]:
    """Each page's number with its lines from top to bottom.

    Raises:
        Refusal: it is no PDF, locked, damaged, too large; `no-text` where it is a mere scan.
    """
    try:
        if check_picture(data)["kind"] != "pdf":
            raise Refusal("no-text")
        document = pypdfium2.PdfDocument(data)
        try:
            yield from _pages(document)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal("scan") from error


def _pages(document: Any) -> Iterator[tuple[int, Lines]]:
    count = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        try:
            marks = _marks(page)
        finally:
            page.close()
        count += len(marks)
        if count > MOST_CHARACTERS:
            raise Refusal("scan-too-large")
        yield number, [_words(line) for line in _lines(marks)]
    if not count:
        raise Refusal("no-text")


def _marks(page: Any) -> list[_Mark]:
    width, height = page.get_size()
    turn = page.get_rotation()
    text = page.get_textpage()
    try:
        return [
            mark
            for at in range(text.count_chars())
            if (mark := _mark(text, at, turn, (width, height))) is not None
        ]
    finally:
        text.close()


def _mark(text: Any, at: int, turn: int, size: tuple[float, float]) -> _Mark | None:
    """A character that can be seen; a space only divides by the room it takes."""
    char = _character(text, at)
    box = pdfium.FS_RECTF()
    known = pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
    if not known or not char.isprintable() or char.isspace() or _leans(text, at):
        return None
    left, top, right, bottom = _turned((box.left, box.top, box.right, box.bottom), turn, size)
    return _Mark(left, right, (top + bottom) / 2, max(bottom - top, 1.0), char)


def _character(text: Any, at: int) -> str:
    """A rare character comes as two halves at one place: whole at the first, nothing after it."""
    code = pdfium.FPDFText_GetUnicode(text, at)
    if code in _HEADS:
        tail = pdfium.FPDFText_GetUnicode(text, at + 1)
        code = 0x10000 + ((code - _HEADS.start) << 10) + (tail - _TAILS.start)
        return chr(code) if tail in _TAILS else "\N{REPLACEMENT CHARACTER}"
    return " " if code in _TAILS else chr(code)


def _leans(text: Any, at: int) -> bool:
    """Whether a character is of a watermark: it stands neither upright nor on a side."""
    quarters = pdfium.FPDFText_GetCharAngle(text, at) / (math.pi / 2)
    return bool(abs(quarters - round(quarters)) > _ASKEW)


def _turned(
    box: tuple[float, float, float, float], turn: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """A box of the unturned page, y upwards, as it is seen on the turned page, y downwards.

    Args:
        box: left, top, right, bottom.
        turn: clockwise degrees.
        size: width and height as seen.
    """
    left, top, right, bottom = box
    width, height = size
    quarter = turn // 90 % _QUARTERS
    if quarter == 1:
        return bottom, left, top, right
    if quarter == 2:
        return width - right, bottom, width - left, top
    if quarter == 3:
        return width - top, height - right, width - bottom, height - left
    return left, height - top, right, height - bottom


def _lines(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    """Characters whose middles are about as high, from the top of the page downwards."""
    line: list[_Mark] = []
    for mark in sorted(marks, key=lambda one: one.middle):
        first = line[0] if line else mark
        if mark.middle - first.middle > _SAME_LINE * min(mark.height, first.height):
            yield line
            line = []
        line.append(mark)
    if line:
        yield line


def _words(line: list[_Mark]) -> list[tuple[float, float, str]]:
    words: list[list[_Mark]] = []
    for mark in sorted(line, key=lambda one: one.left):
        before = words[-1][-1] if words else None
        if before is None or mark.left - before.right > _APART * min(mark.height, before.height):
            words.append([])
        words[-1].append(mark)
    return [(word[0].left, word[-1].right, "".join(mark.text for mark in word)) for word in words]
