"""The carried fonts, read once per process: what they can draw, how wide, how they are embedded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from struct import pack

from desktop_app.documents.fontfile import FontFile
from desktop_app.documents.glyphs import FONT_FILES, PRIVATE, missing_glyphs
from desktop_app.documents.pdf import PdfFile
from desktop_app.documents.subset import Glyphs, subset, to_unicode
from desktop_app.errors import UserError
from desktop_app.paths import resource_path


class _Widths(dict[str, float]):
    """Character -> its width for size 1."""

    def __init__(self, file: FontFile, glyphs: dict[int, int]) -> None:
        super().__init__()
        self._file, self._glyphs = file, glyphs

    def __missing__(self, character: str) -> float:
        wide, _left = self._file.metrics(self._glyphs.get(ord(character), 0))
        self[character] = width = wide / self._file.em
        return width


class _WidthTexts(dict[int, str]):
    """Character -> its width in thousandths, as a PDF has it."""

    def __init__(self, widths: _Widths) -> None:
        super().__init__()
        self._widths = widths

    def __missing__(self, code: int) -> str:
        self[code] = text = f"{self._widths[chr(code)] * 1000:.0f}"
        return text


class Face:
    """One font file; only read, so that documents may share it."""

    def __init__(self, path: Path) -> None:
        self.file = FontFile(path)
        self.glyphs: dict[int, int] = {}
        for first, last, glyph in self.file.characters():
            if not any(start <= first <= end for start, end in PRIVATE):
                codes = range(first, last + 1)
                self.glyphs.update(zip(codes, range(glyph, glyph + len(codes)), strict=True))
        self.widths = _Widths(self.file, self.glyphs)
        self.carried = Glyphs(self.file)
        self.width_texts = _WidthTexts(self.widths)
        self.name = f"MADESK+{self.file.name()}"

    def described(self) -> str:
        """What a PDF says of the whole font, in thousandths of its size."""
        file, scale = self.file, 1000 / self.file.em
        (weight,) = file.fields("OS/2", 4, ">H")
        ascent, descent = file.fields("OS/2", 68, ">2h")
        (capital,) = file.fields("OS/2", 88, ">h")
        box = " ".join(f"{edge * scale:.0f}" for edge in file.fields("head", 36, ">4h"))
        return (
            f"/Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {ascent * scale:.0f} "
            f"/Descent {descent * scale:.0f} /CapHeight {capital * scale:.0f} "
            f"/StemV {50 + int((weight / 65) ** 2)}"  # as PDFlib guesses it from the weight
        )

    def measure(self, text: str, size: float) -> float:
        return sum(map(self.widths.__getitem__, text)) * size


@cache
def faces(folder: Path | None = None) -> dict[str, Face]:
    place = folder or resource_path("fonts")
    return {name: Face(place / file) for name, file in FONT_FILES.items()}


def refuse_missing(text: str) -> None:
    """Stop before a name is printed as a box."""
    missing = missing_glyphs(text)
    if missing:
        points = "、".join(f"U+{ord(character):04X}" for character in missing)
        raise UserError(
            "name-unencodable",
            f"“{text}”中的“{missing}”({points})是字库里没有的字,打印出来会是方框。",
            "请核对这个字是否为自造字,改用规范字后再打印。",
        )


class _Ids(dict[str, str]):
    """Character -> its two-byte id in this document, given out as characters come up."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._glyphs = face.glyphs
        self.codes = [0]

    def __missing__(self, character: str) -> str:
        code = ord(character)
        if code not in self._glyphs:
            raise KeyError(character)
        self.codes.append(code)
        self[character] = found = f"{len(self.codes) - 1:04X}"
        return found


class DocumentFont:
    """A face as one document uses it: remembers the characters used and embeds only those."""

    def __init__(self, key: str, face: Face) -> None:
        self.key, self.face = key, face
        self._ids = _Ids(face)

    def encode(self, text: str) -> str:
        """Hex of a PDF string; KeyError where a character has no glyph here."""
        return "".join(map(self._ids.__getitem__, text))

    def has(self, character: str) -> bool:
        return ord(character) in self.face.glyphs

    def embed(self, file: PdfFile) -> int | None:
        """Add the font with the characters used so far; None where none was."""
        codes = self._ids.codes
        if len(codes) == 1:
            return None
        face, name = self.face, self.face.name
        old = [0, *(face.glyphs[code] for code in codes[1:])]
        program, place = subset(face.file, face.carried, old)
        descriptor = file.add(
            f"<< /Type /FontDescriptor /FontName /{name} {face.described()} "
            f"/FontFile2 {file.stream(program, f'/Length1 {len(program)} ')} 0 R >>"
        )
        ids = pack(f">{len(old)}H", *map(place.__getitem__, old))
        widths = " ".join(map(face.width_texts.__getitem__, codes[1:]))
        descendant = file.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} 0 R /DW 1000 /W [0 [1000 {widths}]] "
            f"/CIDToGIDMap {file.stream(ids)} 0 R >>"
        )
        return file.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] "
            f"/ToUnicode {file.stream(to_unicode(codes).encode('ascii'))} 0 R >>"
        )
