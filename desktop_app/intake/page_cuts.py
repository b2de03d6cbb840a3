"""Pages of a scan cut out and turned upright, never packed anew; runs in the child process."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Sequence

import pypdfium2
from PIL import Image, ImageOps

from desktop_app.intake import tiff_parts
from desktop_app.intake.refusals import Refusal

Group = Sequence[tuple[int, int]]  # pages, and the degrees by which each is to be turned clockwise

_START, _EXIF, _SCAN, _JFIF = b"\xff\xd8", b"Exif\0\0", 0xDA, 0xE0
_ANTICLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def cut(data: bytes, kind: str, groups: Sequence[Group]) -> Iterator[bytes]:
    """A file of its own for each group of pages, of the scan's kind."""
    if kind == "pdf":
        yield from _pdfs(data, groups)
    elif kind == "tiff":
        parts = list(tiff_parts.parts_of(data))
        for group in groups:
            yield tiff_parts.joined(
                [
                    (parts[number - 1], tiff_parts.turned(parts[number - 1].orientation, turn))
                    for number, turn in group
                ]
            )
    else:
        turn_picture = _TURNED[kind]
        for [(_, turn)] in groups:
            yield turn_picture(data, turn) if turn else data


def _pdfs(data: bytes, groups: Sequence[Group]) -> Iterator[bytes]:
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            for group in groups:
                yield _pdf(document, group)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal("scan") from error


def _pdf(document: pypdfium2.PdfDocument, group: Group) -> bytes:
    part = pypdfium2.PdfDocument.new()
    try:
        part.import_pages(document, [number - 1 for number, _ in group])
        for at, (_, turn) in enumerate(group):
            if turn:
                page = part[at]
                page.set_rotation((page.get_rotation() + turn) % 360)
                page.close()
        out = io.BytesIO()
        part.save(out)
        return out.getvalue()
    finally:
        part.close()


def _jpeg(data: bytes, turn: int) -> bytes:
    """The same pixels under another orientation, which stands in the photo's Exif block."""
    found = _exif_of(data)
    if found is not None:
        place, order = found
        was = struct.unpack_from(f"{order}H", data, place)[0]
        value = struct.pack(f"{order}H", tiff_parts.turned(was if 1 <= was <= 8 else 1, turn))
        return data[:place] + value + data[place + 2 :]
    exif = Image.Exif()
    exif[tiff_parts.ORIENTATION] = tiff_parts.turned(tiff_parts.UPRIGHT, turn)
    block = exif.tobytes()
    kept = [piece for piece in _segments(data) if not _is_exif(piece)]
    heads = 1 if kept[0][1] == _JFIF else 0  # where there is one, it comes first
    made = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return b"".join((_START, *kept[:heads], made, *kept[heads:]))


def _exif_of(data: bytes) -> tuple[int, str] | None:
    """Where a photo's orientation stands, and the order of its two bytes."""
    at = len(_START)
    for piece in _segments(data):
        if _is_exif(piece):
            start = 4 + len(_EXIF)
            found = tiff_parts.orientation_at(piece[start:])
            return (at + start + found[0], found[1]) if found else None
        at += len(piece)
    return None


def _segments(data: bytes) -> Iterator[bytes]:
    """The blocks of a JPEG; the last is its pixels with all that follows."""
    at = len(_START)
    while data[at : at + 1] == b"\xff" and data[at + 1] != _SCAN:
        end = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        yield data[at:end]
        at = end
    yield data[at:]


def _is_exif(piece: bytes) -> bool:
    return piece[1] == 0xE1 and piece[4:10] == _EXIF


def _png(data: bytes, turn: int) -> bytes:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        upright = ImageOps.exif_transpose(picture)
        resolution = {"dpi": picture.info["dpi"]} if "dpi" in picture.info else {}
        profile = picture.info.get("icc_profile")
    out = io.BytesIO()
    turned = upright.transpose(_ANTICLOCKWISE[turn])
    turned.save(out, "PNG", icc_profile=profile, **resolution)
    return out.getvalue()


_TURNED: dict[str, Callable[[bytes, int], bytes]] = {"jpeg": _jpeg, "png": _png}
