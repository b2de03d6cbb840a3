"""The bytes of a PDF file: objects, packed streams, cross references; same input, same bytes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


def text_string(text: str) -> str:
    """A PDF text string that any reader understands (UTF-16 with its mark)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class PdfFile:
    """Collects numbered objects; written by hand because it is a fifth of reportlab's time."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def add(self, body: str) -> int:
        self._objects.append(body.encode("ascii"))
        return len(self._objects)

    def stream(self, content: bytes, entries: str = "") -> int:
        return self.packed(zlib.compress(content, 6), "FlateDecode", entries)

    def packed(self, packed: bytes, how: str, entries: str = "") -> int:
        """A stream that is packed already."""
        head = f"<< /Length {len(packed)} /Filter /{how} {entries}>>\nstream\n"
        self._objects.append(head.encode("ascii") + packed + b"\nendstream")
        return len(self._objects)

    def write(self, root: int, info: int) -> bytes:
        parts = [b"%PDF-1.7\n%\xe5\x8d\xb0\xe7\xab\xa0\n"]
        offsets, at = [], len(parts[0])
        for number, body in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            offsets.append(at)
            parts.append(part)
            at += len(part)
        identity = hashlib.sha256(b"".join(parts)).hexdigest()[:32].upper()
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        count = len(offsets) + 1
        parts.append(
            f"xref\n0 {count}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {count} /Root {root} 0 R /Info {info} 0 R "
            f"/ID [<{identity}> <{identity}>] >>\nstartxref\n{at}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Used:
    """What pages refer to: key -> number of the object."""

    fonts: Mapping[str, int]
    pictures: Mapping[str, int]

    def entries(self) -> str:
        fonts = f"/Font << {_references(self.fonts)} >> "
        if not self.pictures:
            return f"{fonts}/ProcSet [/PDF /Text]"
        pictures = f"/XObject << {_references(self.pictures)} >> "
        return f"{fonts}{pictures}/ProcSet [/PDF /Text /ImageB /ImageC]"


def _references(numbers: Mapping[str, int]) -> str:
    return " ".join(f"/{key} {number} 0 R" for key, number in numbers.items())


def assemble(file: PdfFile, pages: Sequence[str], used: Used, title: str, dated: date) -> bytes:
    """Join drawn A4 pages into one file that prints at 100 % (PrintScaling None)."""
    resources = file.add(f"<< {used.entries()} >>")
    contents = [file.stream(page.encode("ascii")) for page in pages]
    tree = len(contents) * 2 + resources + 1
    box = f"[0 0 {PAGE_WIDTH * MM:.2f} {PAGE_HEIGHT * MM:.2f}]"
    kids = [
        file.add(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox {box} "
            f"/Resources {resources} 0 R /Contents {content} 0 R >>"
        )
        for content in contents
    ]
    references = " ".join(f"{kid} 0 R" for kid in kids)
    file.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{references}] >>")
    root = file.add(
        f"<< /Type /Catalog /Pages {tree} 0 R /Lang (zh-CN) "
        "/ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>"
    )
    day = f"(D:{dated:%Y%m%d}000000Z)"
    info = file.add(
        f"<< /Title {text_string(title)} /Producer (Mutual Aid Desk) "
        f"/CreationDate {day} /ModDate {day} >>"
    )
    return file.write(root, info)
