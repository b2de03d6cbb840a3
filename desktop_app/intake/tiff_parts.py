"""The frames of a TIFF taken apart and put together by their tables: no pixel is packed anew."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app.intake.refusals import Refusal

Values = tuple[int, ...]

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0")  # with + its offsets have eight bytes
ORIENTATION = 0x0112
UPRIGHT = 1
# what a clockwise quarter turn makes of an orientation
_QUARTER = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8}
_SHORT, _LONG, _LONG8 = 3, 4, 16
_WHOLE = {1: "B", _SHORT: "H", _LONG: "L", 13: "L", _LONG8: "Q"}
_STRIPS, _TILES = (273, 279), (324, 325)  # where the pixels lie, and how many bytes each
_KEPT = frozenset(  # how pixels are packed, and what was told of the scan; the rest is left
    (256, 257, 258, 259, 262, 266, 271, 272, ORIENTATION, 277, 278, 282, 283, 284, 292, 293, 296,
     301, 305, 306, 315, 317, 318, 319, 320, 322, 323, 332, 338, 339, 347, 529, 530, 531, 532,
     34675)
)  # fmt: skip
_MOST_TAGS = 500
_COMPRESSION, _OLD_JPEG = 259, 6  # its pixels hang together by more tables than these


@dataclass(frozen=True, slots=True)
class Part:
    """One frame: its tags as they stand in the file, and its packed pixels."""

    order: str  # < or >, of its numbers and of samples wider than a byte
    tags: dict[int, tuple[int, bytes]]  # type and value of each
    places: tuple[int, int]  # the tags that say where pixels lie
    pixels: tuple[bytes, ...] = field(repr=False)

    @property
    def orientation(self) -> int:
        kind, value = self.tags.get(ORIENTATION, (_SHORT, b""))
        found = _numbers(self.order, kind, value)
        return found[0] if found and found[0] in _QUARTER else UPRIGHT


def turned(orientation: int, turn: int) -> int:
    """The orientation of a picture that is to be turned clockwise by `turn` degrees more."""
    for _ in range(turn // 90 % 4):
        orientation = _QUARTER[orientation]
    return orientation


def parts_of(data: bytes) -> Iterator[Part]:
    """Every frame, in order.

    Raises:
        Refusal: `scan` where the tables point outside of the file.
    """
    try:
        yield from _Reader(data).parts()
    except (struct.error, KeyError, ValueError, IndexError) as error:
        raise Refusal("scan") from error


def joined(parts: Sequence[tuple[Part, int]]) -> bytes:
    """A TIFF of these frames, each with its orientation; one file holds one order of bytes."""
    order = parts[0][0].order
    out = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}HL", 42, 8))
    for at, (part, orientation) in enumerate(parts):
        _append(out, part, orientation, last=at == len(parts) - 1)
    return bytes(out)


def orientation_at(block: bytes) -> tuple[int, str] | None:
    """Where the orientation stands in a photo's block, and its order of bytes; None without it."""
    try:
        reader = _Reader(block)
        places = [
            (value_at, kind) for tag, kind, value_at, _ in reader.entries() if tag == ORIENTATION
        ]
    except (struct.error, KeyError, ValueError, IndexError):
        return None
    return (places[0][0], reader.order) if places and places[0][1] == _SHORT else None


class _Reader:
    def __init__(self, data: bytes) -> None:
        if data[:4] not in SIGNATURES:
            raise ValueError("no TIFF")
        self.data, self.order = data, "<" if data[:2] == b"II" else ">"
        self.big = data[2:3] == b"+"
        self.word = 8 if self.big else 4  # of an offset
        self.at = self._number(8 if self.big else 4, self.word)
        self.next = 0

    def parts(self) -> Iterator[Part]:
        seen: set[int] = set()
        while self.at:
            if self.at in seen:
                raise ValueError("frames in a circle")
            seen.add(self.at)
            tags = {tag: (kind, self._bytes(at, size)) for tag, kind, at, size in self.entries()}
            yield self._part(tags)
            self.at = self.next

    def entries(self) -> Iterator[tuple[int, int, int, int]]:
        """Tag, type, place and size of each value of the table at hand."""
        head = 8 if self.big else 2
        count, entry = self._number(self.at, head), 4 + 2 * self.word
        if count > _MOST_TAGS:
            raise ValueError("too many tags")
        self.next = self._number(self.at + head + count * entry, self.word)
        for line in range(count):
            at = self.at + head + line * entry
            tag, kind = struct.unpack_from(f"{self.order}HH", self.data, at)
            size = self._number(at + 4, self.word) * _SIZES.get(kind, 0)
            value = at + 4 + self.word
            yield tag, kind, value if size <= self.word else self._number(value, self.word), size

    def _part(self, tags: dict[int, tuple[int, bytes]]) -> Part:
        places = _TILES if _TILES[0] in tags else _STRIPS
        offsets, sizes = (_numbers(self.order, *tags[place]) for place in places)
        pixels = tuple(self._bytes(at, size) for at, size in zip(offsets, sizes, strict=True))
        kept = {
            tag: _narrow(self.order, *value)
            for tag, value in tags.items()
            if tag in _KEPT and value[1]
        }
        if _numbers(self.order, *kept[_COMPRESSION]) == (_OLD_JPEG,):
            raise ValueError("JPEG of the old kind")
        return Part(self.order, kept, places, pixels)

    def _number(self, at: int, size: int) -> int:
        form = {2: "H", 4: "L", 8: "Q"}[size]
        return int(struct.unpack_from(f"{self.order}{form}", self.data, at)[0])

    def _bytes(self, at: int, size: int) -> bytes:
        if at + size > len(self.data):
            raise ValueError("beyond the end")
        return self.data[at : at + size]


def _numbers(order: str, kind: int, value: bytes) -> Values:
    form = _WHOLE[kind]
    count = len(value) // _SIZES[kind]
    return struct.unpack(f"{order}{count}{form}", value)


def _narrow(order: str, kind: int, value: bytes) -> tuple[int, bytes]:
    """Numbers of eight bytes as numbers of four: what is put together is a plain TIFF."""
    if kind != _LONG8:
        return kind, value
    numbers = _numbers(order, kind, value)
    return _LONG, struct.pack(f"{order}{len(numbers)}L", *numbers)


def _append(out: bytearray, part: Part, orientation: int, *, last: bool) -> None:
    order, start = part.order, len(out)
    offsets, sizes = part.places
    tags = {**part.tags, ORIENTATION: (_SHORT, struct.pack(f"{order}H", orientation))}
    lengths = list(map(len, part.pixels))
    tags[offsets] = (_LONG, bytes(4 * len(lengths)))
    tags[sizes] = (_LONG, struct.pack(f"{order}{len(lengths)}L", *lengths))
    beyond = start + 2 + 12 * len(tags) + 4
    places: dict[int, int] = {}
    for tag, (_, value) in sorted(tags.items()):
        if len(value) > 4:
            places[tag], beyond = beyond, beyond + len(value) + len(value) % 2
    at, pixel_places = beyond, []
    for piece in part.pixels:
        pixel_places.append(at)
        at += len(piece) + len(piece) % 2
    tags[offsets] = (_LONG, struct.pack(f"{order}{len(lengths)}L", *pixel_places))
    out += struct.pack(f"{order}H", len(tags))
    for tag, (kind, value) in sorted(tags.items()):
        shown = struct.pack(f"{order}L", places[tag]) if tag in places else value.ljust(4, b"\0")
        out += struct.pack(f"{order}HHL", tag, kind, len(value) // _SIZES[kind]) + shown
    out += struct.pack(f"{order}L", 0 if last else at)
    long = [value for _, (_, value) in sorted(tags.items()) if len(value) > 4]
    for piece in (*long, *part.pixels):
        out += piece + bytes(len(piece) % 2)
