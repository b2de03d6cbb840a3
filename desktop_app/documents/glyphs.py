"""Which characters the carried fonts can draw, by their cmap tables alone: 25 MB stay unread."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

from desktop_app.documents.fontfile import FontFile
from desktop_app.paths import resource_path

SERIF, SANS = "serif", "sans"
FONT_FILES = {SERIF: "NotoSerifSC_400Regular.ttf", SANS: "NotoSansSC_400Regular.ttf"}
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Drawable:
    """Runs of characters that a font has a glyph for."""

    def __init__(self, path: Path) -> None:
        runs = sorted(FontFile(path).characters())
        self._first = [first for first, _last, _glyph in runs]
        self._last = [last for _first, last, _glyph in runs]

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
