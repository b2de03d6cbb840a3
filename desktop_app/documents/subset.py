"""A TrueType font cut down to the glyphs that one PDF uses, as a CID font that copies out right."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFile

from desktop_app.documents.truetype import font_file


def _table(face: TTFontFile, tag: str) -> bytes:
    return bytes(face.get_table(tag))  # type: ignore[no-untyped-call]


def _outline(face: TTFontFile, start: int, glyph: int) -> bytes:
    at, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
    outline = bytes(face.get_chunk(start + at, end - at))
    if outline and unpack_from(">h", outline)[0] < 0:
        raise ValueError("the font has composite glyphs, whose parts are not followed here")
    return outline + b"\0" * (-len(outline) % 4)


def subset(face: TTFontFile, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
    """Font file with only these glyphs, and old glyph index -> new one."""
    order = list(dict.fromkeys([0, *glyphs]))
    start = face.get_table_pos("glyf")[0]
    outlines = [_outline(face, start, glyph) for glyph in order]
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
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


def to_unicode(codes: Sequence[int]) -> str:
    """CMap from character id (the place in `codes`) to Unicode; surrogate pairs beyond U+FFFF.

    reportlab's own map writes five hex digits there, and names copy out as other characters.
    A block holds at most 100 entries (Adobe technical note 5411).
    """
    entries = [
        f"<{cid:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for cid, code in enumerate(codes)
        if cid
    ]
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
