"""A TrueType font cut down to the glyphs that one PDF uses, as a CID font that copies out right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from struct import pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFile

from desktop_app.documents.truetype import font_file


def _table(face: TTFontFile, tag: str) -> bytes:
    return bytes(face.get_table(tag))  # type: ignore[no-untyped-call]


class Outlines(dict[int, bytes]):
    """Glyph index -> its outline as it stands in the font, read once."""

    def __init__(self, face: TTFontFile) -> None:
        super().__init__()
        self._face, self._start = face, face.get_table_pos("glyf")[0]

    def __missing__(self, glyph: int) -> bytes:
        at, end = self._face.glyphPos[glyph], self._face.glyphPos[glyph + 1]
        outline = bytes(self._face.get_chunk(self._start + at, end - at))
        if outline and unpack_from(">h", outline)[0] < 0:
            raise ValueError("the font has composite glyphs, whose parts are not followed here")
        self[glyph] = outline = outline + bytes(-len(outline) % 4)
        return outline


def subset(
    face: TTFontFile, outlines_of: Outlines, glyphs: Sequence[int]
) -> tuple[bytes, dict[int, int]]:
    """Font file with only these glyphs, and old glyph index -> new one."""
    order = list(dict.fromkeys([0, *glyphs]))
    outlines = list(map(outlines_of.__getitem__, order))
    offsets = [0, *accumulate(map(len, outlines))]
    count = pack(">H", len(order))
    head, hhea, maxp = (_table(face, tag) for tag in ("head", "hhea", "maxp"))
    metrics = [int(part) for old in order for part in face.hmetrics[old]]
    kept = {tag: _table(face, tag) for tag in ("cvt ", "fpgm", "prep") if tag in face.table}
    file = font_file(
        {
            **kept,
            "hmtx": pack(f">{len(metrics)}H", *metrics),
            "hhea": hhea[:34] + count + hhea[36:],
            "maxp": maxp[:4] + count + maxp[6:],
            "glyf": b"".join(outlines),
            "loca": pack(f">{len(offsets)}L", *offsets),
            "head": head[:50] + pack(">H", 1) + head[52:],
        }
    )
    return file, {old: new for new, old in enumerate(order)}


class _Units(dict[int, str]):
    """Character -> its UTF-16 in hex digits."""

    def __missing__(self, code: int) -> str:
        self[code] = units = chr(code).encode("utf-16-be").hex().upper()
        return units


_UNITS = _Units()


def to_unicode(codes: Sequence[int]) -> str:
    """CMap from character id (the place in `codes`) to Unicode; surrogate pairs beyond U+FFFF.

    reportlab's own map writes five hex digits there, and names copy out as other characters.
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
