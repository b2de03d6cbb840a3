"""A TrueType file's tables, read where they are asked for: most of 25 MB stay unread."""

from __future__ import annotations

from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct, unpack_from

_TABLE = Struct(">4sIII")  # tag, check sum, offset, length
_SUBTABLE = Struct(">HHI")  # platform, encoding, offset
_GROUP = Struct(">III")  # first and last character, glyph of the first
_GROUPS_AT = 16  # in a cmap subtable of format 12
_NAME = Struct(">6H")  # platform, encoding, language, what it names, length, offset
_WHOLE_UNICODE = (3, 10)
_POSTSCRIPT_NAME = (3, 1, 0x409, 6)  # as Windows has it, in UTF-16


class FontFile:
    """One file; offsets and field names are those of the OpenType specification."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
        (count,) = unpack_from(">H", self._data, 4)
        directory = self._data[12 : 12 + _TABLE.size * count]
        self._places = {
            tag.decode("ascii"): (start, size)
            for tag, _sum, start, size in _TABLE.iter_unpack(directory)
        }
        self._outlines_at, self._offsets_at = self._places["glyf"][0], self._places["loca"][0]
        self._metrics_at = self._places["hmtx"][0]
        (self.em,) = self.fields("head", 18, ">H")
        (self._whole_metrics,) = self.fields("hhea", 34, ">H")
        if self.fields("head", 50, ">H") != (1,):
            raise ValueError(f"{path.name} has short offsets, which are not read here")

    def __contains__(self, tag: str) -> bool:
        return tag in self._places

    def table(self, tag: str) -> bytes:
        start, size = self._places[tag]
        return self._data[start : start + size]

    def fields(self, tag: str, at: int, layout: str) -> tuple[int, ...]:
        """Numbers at a place of a table."""
        return unpack_from(layout, self._data, self._places[tag][0] + at)

    def characters(self) -> Iterator[tuple[int, int, int]]:
        """Runs of characters: the first, the last, the glyph of the first; the box left out."""
        cmap = self.table("cmap")
        (count,) = unpack_from(">H", cmap, 2)
        tables = _SUBTABLE.iter_unpack(cmap[4 : 4 + _SUBTABLE.size * count])
        at_of = {(platform, encoding): at for platform, encoding, at in tables}
        at = at_of[_WHOLE_UNICODE] + _GROUPS_AT
        (groups,) = unpack_from(">I", cmap, at - 4)
        for first, last, glyph in _GROUP.iter_unpack(cmap[at : at + _GROUP.size * groups]):
            yield (first, last, glyph) if glyph else (first + 1, last, 1)

    def outline(self, glyph: int) -> bytes:
        start, end = unpack_from(">2L", self._data, self._offsets_at + 4 * glyph)
        return self._data[self._outlines_at + start : self._outlines_at + end]

    def metrics(self, glyph: int) -> tuple[int, int]:
        """How far off the next glyph stands, and the word that says where this one begins."""
        beyond = glyph - self._whole_metrics + 1
        at = self._metrics_at + 4 * (glyph - max(beyond, 0))
        wide, left = unpack_from(">2H", self._data, at)
        if beyond > 0:
            (left,) = unpack_from(">H", self._data, at + 2 + 2 * beyond)
        return wide, left

    def name(self) -> str:
        """Its PostScript name."""
        names = self.table("name")
        count, texts_at = unpack_from(">HH", names, 2)
        records = _NAME.iter_unpack(names[6 : 6 + _NAME.size * count])
        length, start = {(a, b, c, d): place for a, b, c, d, *place in records}[_POSTSCRIPT_NAME]
        return names[texts_at + start :][:length].decode("utf-16-be")
