"""Which characters the carried fonts can draw, by their cmap tables alone: 25 MB stay unread."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from desktop_app.paths import resource_path

SERIF, SANS = "serif", "sans"
FONT_FILES = {SERIF: "NotoSerifSC_400Regular.ttf", SANS: "NotoSansSC_400Regular.ttf"}
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_TABLE = struct.Struct(">4sIII")  # tag, check sum, offset, length
_SUBTABLE = struct.Struct(">HHI")  # platform, encoding, offset
_GROUP = struct.Struct(">III")  # first and last character, glyph of the first
_GROUPS_AT = 16  # in a subtable of format 12
_WHOLE_UNICODE = (3, 10)


class Drawable:
    """Runs of characters that a font has a glyph for."""

    def __init__(self, path: Path) -> None:
        runs = sorted(_runs(_cmap(path)))
        self._first = [first for first, _last in runs]
        self._last = [last for _first, last in runs]

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self._first, code) - 1
        private = any(first <= code <= last for first, last in PRIVATE)
        return at >= 0 and code <= self._last[at] and not private


@cache
def drawable() -> tuple[Drawable, ...]:
    return tuple(Drawable(resource_path("fonts") / file) for file in FONT_FILES.values())


def missing_glyphs(text: str) -> str:
    """The characters of a text that no carried font can draw, each once, in their order."""
    fonts = drawable()
    return "".join(
        dict.fromkeys(c for c in text if c != "\n" and all(ord(c) not in font for font in fonts))
    )


def _cmap(path: Path) -> bytes:
    """The font's cmap subtable for all of Unicode."""
    with path.open("rb") as file:
        _version, count = struct.unpack(">IH", file.read(6))
        file.seek(12)
        tables = [_TABLE.unpack(file.read(_TABLE.size)) for _ in range(count)]
        [(start, length)] = [(at, size) for tag, _sum, at, size in tables if tag == b"cmap"]
        file.seek(start)
        cmap = file.read(length)
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        platform, encoding, at = _SUBTABLE.unpack_from(cmap, 4 + _SUBTABLE.size * number)
        if (platform, encoding) == _WHOLE_UNICODE:
            return cmap[at:]
    raise ValueError(f"{path.name} has no table for all of Unicode")


def _runs(subtable: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", subtable, _GROUPS_AT - 4)
    for number in range(count):
        first, last, glyph = _GROUP.unpack_from(subtable, _GROUPS_AT + _GROUP.size * number)
        yield (first if glyph else first + 1), last  # glyph 0 is the box
