"""Spoiled workbooks, the same for the same seed: bytes, lengths, members of archives, mark-up."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from desktop_app.intake.archives import FAULTS
from tests.nasty.of_codes import OF_CODES
from tests.nasty.of_formats import OF_FORMATS
from tests.nasty.of_layouts import OF_LAYOUTS

CORPUS = Path(__file__).parents[1] / "data" / "spreadsheets"
_LARGEST = 150_000  # larger ones take long and hold nothing else
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_BOMB = 40_000_000
_MARKS = re.compile(rb"<[^>]{1,200}>")
_DIGITS = re.compile(rb"\d{1,12}")
_NUMBERS = (b"0", b"-1", b"1048577", b"2147483648", b"99999999999999999999", b"1e999", b"NaN", b"")
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@cache
def whole() -> tuple[bytes, ...]:
    """The corpus and the nasty set as they are."""
    corpus = [path.read_bytes() for path in sorted(CORPUS.iterdir()) if path.is_file()]
    nasty = [case.write(case.pages) for case in (*OF_FORMATS, *OF_LAYOUTS, *OF_CODES)]
    return tuple(data for data in (*corpus, *nasty) if 0 < len(data) <= _LARGEST)


def mutant(seed: int) -> bytes:
    """One spoiled workbook."""
    dice = random.Random(seed)
    data = dice.choice(whole())
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        chosen = dice.choice(_OF_ARCHIVES if data[:2] == b"PK" else _OF_BYTES)
        data = chosen(data, dice) or data
    return data


def _flip(data: bytes, dice: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 64))):
        spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
    return bytes(spoiled)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _edge(data: bytes, dice: random.Random) -> bytes:
    """A count or a length at the edge of what its bytes hold."""
    size = dice.choice((1, 2, 4))
    place = dice.randrange(max(len(data) - size, 1))
    value = dice.choice(_EDGES) & ((1 << 8 * size) - 1)
    return data[:place] + value.to_bytes(size, "little") + data[place + size :]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + data[place : place + 400] * dice.choice((2, 5, 50)) + data[place:]


def _remove(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + data[place + dice.choice((1, 16, 512)) :]


def _splice(data: bytes, dice: random.Random) -> bytes:
    """The beginning of one and the end of another."""
    other = dice.choice(whole())
    return data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :]


def _markup(data: bytes, dice: random.Random) -> bytes:
    """A tag left out, doubled or moved; a number that is none; entities."""
    pattern = dice.choice((_MARKS, _DIGITS))
    found = list(pattern.finditer(data[:200_000]))
    if not found:
        return _flip(data, dice)
    one, other = dice.choice(found), dice.choice(found)
    if pattern is _DIGITS:
        put = dice.choice(_NUMBERS)
    else:
        put = dice.choice((b"", one[0] * 2, other[0], one[0] * 3000, _ENTITIES + b"&b;"))
    return data[: one.start()] + put + data[one.end() :]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _member(data: bytes, dice: random.Random) -> bytes:
    """One member spoiled and packed again, so that only what is inside is wrong."""
    try:
        parts = _parts(data)
    except FAULTS:
        return _flip(data, dice)
    names = [name for name in parts if parts[name]]
    if not names:
        return _flip(data, dice)
    name, other = dice.choice(names), dice.choice(names)
    match dice.randrange(8):
        case 0:
            del parts[name]
        case 1:
            parts[name], parts[other] = parts[other], parts[name]
        case 2:
            parts[name] = b""
        case 3 if dice.random() < 0.2:
            parts[name] += b" " * _BOMB
        case 4:
            parts[name] = dice.choice(_OF_BYTES)(parts[name], dice)
        case _:
            parts[name] = _markup(parts[name], dice)
    return _packed(parts)


Mutation = Callable[[bytes, random.Random], bytes]
_OF_BYTES: Sequence[Mutation] = (_flip, _cut, _edge, _repeat, _remove, _splice, _markup)
_OF_ARCHIVES: Sequence[Mutation] = (*_OF_BYTES, *[_member] * 12)
