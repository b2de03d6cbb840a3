"""A TrueType font cut down to the glyphs that one PDF uses, as a CID font that copies out right."""

from __future__ import annotations

from collections.abc import Sequence
from struct import pack, unpack_from

from reportlab.pdfbase.ttfonts import TTFontFile, TTFontMaker

_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


def _table(face: TTFontFile, tag: str) -> bytes:
    return bytes(face.get_table(tag))  # type: ignore[no-untyped-call]


def _components(glyph: bytes) -> list[tuple[int, int]]:
    """Offset and glyph index of each part of a composite glyph."""
    if len(glyph) < 10 or unpack_from(">h", glyph)[0] >= 0:
        return []
    parts, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags, index = unpack_from(">HH", glyph, at)
        parts.append((at + 2, index))
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _XY_SCALE) + 8 * bool(flags & _TWO_BY_TWO)
    return parts


def _outline(face: TTFontFile, start: int, glyph: int) -> bytes:
    at, end = face.glyphPos[glyph], face.glyphPos[glyph + 1]
    return bytes(face.get_chunk(start + at, end - at))


def _closure(face: TTFontFile, glyphs: Sequence[int]) -> tuple[list[int], list[bytes]]:
    """All glyphs needed, parts included, in their new order, and their renumbered outlines."""
    order = list(dict.fromkeys([0, *glyphs]))
    place = {old: new for new, old in enumerate(order)}
    outlines: list[bytes] = []
    start = face.get_table_pos("glyf")[0]
    for old in order:  # grows while it is walked: parts of parts are found too
        glyph = _outline(face, start, old)
        parts = _components(glyph)
        if parts:
            changed = bytearray(glyph)
            for at, index in parts:
                if index not in place:
                    place[index] = len(order)
                    order.append(index)
                changed[at : at + 2] = pack(">H", place[index])
            glyph = bytes(changed)
        outlines.append(glyph + b"\0" * (-len(glyph) % 4))
    return order, outlines


def subset(face: TTFontFile, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
    """Font file with only these glyphs (and their parts), and old glyph index -> new one."""
    order, outlines = _closure(face, glyphs)
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    maker = TTFontMaker()
    for tag in ("cvt ", "fpgm", "prep"):
        if tag in face.table:
            maker.add(tag, _table(face, tag))
    count = len(order)
    metrics = [face.hmetrics[old] for old in order]
    maker.add("hmtx", b"".join(pack(">HH", int(width), int(left)) for width, left in metrics))
    hhea = _table(face, "hhea")
    maker.add("hhea", hhea[:34] + pack(">H", count) + hhea[36:])
    maxp = _table(face, "maxp")
    maker.add("maxp", maxp[:4] + pack(">H", count) + maxp[6:])
    maker.add("glyf", b"".join(outlines))
    maker.add("loca", pack(f">{count + 1}L", *offsets))
    head = _table(face, "head")
    maker.add("head", head[:50] + pack(">H", 1) + head[52:])
    return maker.makeStream(), {old: new for new, old in enumerate(order)}


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
