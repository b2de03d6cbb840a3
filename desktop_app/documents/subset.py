"""A TrueType font cut down to the glyphs that one PDF uses, as a CID font that copies out right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from struct import pack, unpack_from
from typing import NamedTuple

from desktop_app.documents.fontfile import FontFile
from desktop_app.documents.truetype import check_sum, font_file


class Glyph(NamedTuple):
    """What a font file has of one glyph: its outline and its check sum, its entry in hmtx."""

    outline: bytes
    check_sum: int
    metrics: bytes


class Glyphs(dict[int, Glyph]):
    """Glyph index -> what the font has of it, read once."""

    def __init__(self, file: FontFile) -> None:
        super().__init__()
        self._file = file

    def __missing__(self, index: int) -> Glyph:
        outline = self._file.outline(index)
        if outline and unpack_from(">h", outline)[0] < 0:
            raise ValueError("the font has composite glyphs, whose parts are not followed here")
        outline += bytes(-len(outline) % 4)
        metrics = pack(">2H", *self._file.metrics(index))
        self[index] = glyph = Glyph(outline, check_sum(outline), metrics)
        return glyph


def subset(file: FontFile, known: Glyphs, wanted: Sequence[int]) -> tuple[bytes, dict[int, int]]:
    """Font file with only these glyphs, and old glyph index -> new one."""
    order = list(dict.fromkeys([0, *wanted]))
    outlines, sums, metrics = zip(*map(known.__getitem__, order), strict=True)
    offsets = [0, *accumulate(map(len, outlines))]
    count = pack(">H", len(order))
    head, hhea, maxp = map(file.table, ("head", "hhea", "maxp"))
    kept = {tag: file.table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in file}
    made = font_file(
        {
            **kept,
            "hmtx": b"".join(metrics),
            "hhea": hhea[:34] + count + hhea[36:],
            "maxp": maxp[:4] + count + maxp[6:],
            "glyf": b"".join(outlines),
            "loca": pack(f">{len(offsets)}L", *offsets),
            "head": head[:50] + pack(">H", 1) + head[52:],
        },
        {"glyf": sum(sums)},
    )
    return made, {old: new for new, old in enumerate(order)}


class _Units(dict[int, str]):
    """Character -> its UTF-16 in hex digits."""

    def __missing__(self, code: int) -> str:
        self[code] = units = chr(code).encode("utf-16-be").hex().upper()
        return units


_UNITS = _Units()


def to_unicode(codes: Sequence[int]) -> str:
    """CMap from character id (the place in `codes`) to Unicode; surrogate pairs beyond U+FFFF.

    Five hex digits there, as some writers have them, copy out as other characters.
    A block holds at most 100 entries (Adobe technical note 5411).
    """
    entries = [f"<{cid:04X}> <{_UNITS[code]}>" for cid, code in enumerate(codes) if cid]
    blocks = [
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar"
        for part in (entries[start : start + 100] for start in range(0, len(entries), 100))
    ]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
