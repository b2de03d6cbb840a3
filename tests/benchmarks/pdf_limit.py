"""The limit of printing a list: a PDF written by hand, with its own cut of the carried font.

Nothing of the product is imported: a row is six cells at fixed places, no width is measured, no
text is broken or checked, no head, foot, code or seal stands on the page.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = Sequence[str]
ROWS = 40  # a page
_PLACES = (40, 80, 160, 200, 340, 480)
_TOP, _STEP = 780, 18


class Font:
    """A TrueType font of one file, as much of it as is asked for."""

    def __init__(self, path: Path) -> None:
        self._data = data = path.read_bytes()
        (count,) = struct.unpack_from(">H", data, 4)
        self._tables = {}
        for at in range(count):
            tag, _sum, start, size = struct.unpack_from(">4sIII", data, 12 + 16 * at)
            self._tables[tag.decode("ascii")] = data[start : start + size]
        (glyphs,) = struct.unpack_from(">H", self._tables["maxp"], 4)
        self._loca = struct.unpack_from(f">{glyphs + 1}L", self._tables["loca"])
        self.glyph_of = dict(self._glyphs())

    def _glyphs(self) -> Iterable[tuple[int, int]]:
        cmap = self._tables["cmap"]
        (count,) = struct.unpack_from(">H", cmap, 2)
        for at in range(count):
            platform, encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * at)
            if (platform, encoding) == (3, 10):
                (groups,) = struct.unpack_from(">I", cmap, start + 12)
                for group in range(groups):
                    first, last, glyph = struct.unpack_from(">III", cmap, start + 16 + 12 * group)
                    codes = range(first, last + 1)
                    yield from zip(codes, range(glyph, glyph + len(codes)), strict=True)

    def cut(self, codes: Sequence[int]) -> tuple[bytes, list[int]]:
        """A font file of these characters, and their widths."""
        tables, old = self._tables, [0, *(self.glyph_of[code] for code in codes)]
        (long_metrics,) = struct.unpack_from(">H", tables["hhea"], 34)
        metrics = [
            struct.unpack_from(">H", tables["hmtx"], 4 * min(glyph, long_metrics - 1))[0]
            for glyph in old
        ]
        outlines = [tables["glyf"][self._loca[g] : self._loca[g + 1]] for g in old]
        places = [0]
        for outline in outlines:
            places.append(places[-1] + len(outline))
        count = struct.pack(">H", len(old))
        made = {
            "head": tables["head"][:50] + b"\0\1" + tables["head"][52:],
            "hhea": tables["hhea"][:34] + count + tables["hhea"][36:],
            "maxp": tables["maxp"][:4] + count + tables["maxp"][6:],
            "hmtx": b"".join(struct.pack(">HH", width, 0) for width in metrics),
            "loca": struct.pack(f">{len(places)}L", *places),
            "glyf": b"".join(outlines),
        }
        head, body = b"", b""
        start = 12 + 16 * len(made)
        for tag, table in sorted(made.items()):
            head += struct.pack(">4sIII", tag.encode("ascii"), 0, start + len(body), len(table))
            body += table + b"\0" * (-len(table) % 4)
        return struct.pack(">IHHHH", 0x10000, len(made), 0, 0, 0) + head + body, metrics


class _Ids(dict[str, str]):
    """Character -> its two-byte id, given out as characters come up."""

    def __missing__(self, character: str) -> str:
        self[character] = found = f"{len(self) + 1:04X}"
        return found


class _Objects(list[bytes]):
    def add(self, body: bytes) -> int:
        self.append(body)
        return len(self)

    def stream(self, content: bytes) -> int:
        packed = zlib.compress(content, 6)
        return self.add(
            b"<< /Filter /FlateDecode /Length %d /Length1 %d >>\nstream\n%s\nendstream"
            % (len(packed), len(content), packed)
        )


def write(font: Font, rows: Sequence[Row]) -> bytes:
    """Rows on pages, each cell a text at its place."""
    ids, objects = _Ids(), _Objects()
    contents = [
        objects.stream(_page(rows[start : start + ROWS], ids))
        for start in range(0, len(rows), ROWS)
    ]
    drawn = _embed(font, list(map(ord, ids)), objects)
    tree = len(objects) + len(contents) + 1
    kids = [
        objects.add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, drawn)
        )
        for content in contents
    ]
    listed = " ".join(f"{kid} 0 R" for kid in kids).encode("ascii")
    objects.add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed))
    root = objects.add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    return _file(objects, root)


def _page(rows: Sequence[Row], ids: _Ids) -> bytes:
    lines, y = ["BT /F1 10 Tf"], _TOP
    for row in rows:
        lines += [
            f"1 0 0 1 {x} {y} Tm <{''.join(map(ids.__getitem__, cell))}> Tj"
            for x, cell in zip(_PLACES, row, strict=True)
        ]
        y -= _STEP
    lines.append("ET")
    return "\n".join(lines).encode("ascii")


def _embed(font: Font, codes: Sequence[int], objects: _Objects) -> int:
    program, widths = font.cut(codes)
    file = objects.stream(program)
    pairs = "\n".join(
        f"<{at:04X}> <{chr(code).encode('utf-16-be').hex()}>" for at, code in enumerate(codes, 1)
    )
    unicode_map = objects.stream(f"{len(codes)} beginbfchar\n{pairs}\nendbfchar".encode("ascii"))
    wide = " ".join(map(str, widths)).encode("ascii")
    descriptor = objects.add(
        b"<< /Type /FontDescriptor /FontName /L /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
        b" /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>" % file
    )
    descendant = objects.add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /L /CIDToGIDMap /Identity /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R"
        b" /W [0 [%s]] >>" % (descriptor, wide)
    )
    return objects.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /L /Encoding /Identity-H"
        b" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (descendant, unicode_map)
    )


def _file(objects: Sequence[bytes], root: int) -> bytes:
    parts, at, places = [b"%PDF-1.7\n"], 9, []
    for number, body in enumerate(objects, 1):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places.append(at)
        parts.append(part)
        at += len(part)
    table = "".join(f"{place:010d} 00000 n \n" for place in places).encode("ascii")
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (len(places) + 1, table, len(places) + 1, root, at)
    )
    return b"".join(parts)
