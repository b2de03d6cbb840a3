"""How the child process answers: frames of rows by column, plain data only, never pickles."""

from __future__ import annotations

import datetime
import json
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop_app.domain.tables import Cell, CellError

HEAD = struct.Struct("<cI")  # kind of frame, length of its body
REQUEST_HEAD = struct.Struct("<I")  # length of the question
OPENED, SHEET, ROWS, DONE, REFUSED = b"O", b"S", b"R", b"D", b"X"
PAGE, FILE = b"P", b"F"  # a page's codes as a note; bytes as they are
LONGEST_FRAME = 256 << 20

_ROWS_HEAD = struct.Struct("<III")  # first row, number of rows, number of columns
_COLUMN_HEAD = struct.Struct("<cI")
_BLANK, _TEXT, _REPEATED, _NUMBERS, _MIXED = b"-", b"t", b"r", b"n", b"m"
_SEPARATOR = "\x1f"
_PLAIN = {str, float, int, bool, type(None)}
_TEMPORAL: dict[str, Any] = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "error": CellError,
}

Columns = list[Sequence[Cell]]


class FrameError(ValueError):
    """The child sent something that is not a frame."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that follow each other in one sheet; `hidden` holds row numbers."""

    first_row: int
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from one page of a scan; `number` counts from 1.

    `turns` tells of each code by how many degrees the page is to be turned clockwise, until the
    code stands upright.
    """

    number: int
    codes: tuple[str, ...]
    turns: tuple[int, ...] = ()


def frame(kind: bytes, body: bytes) -> bytes:
    return HEAD.pack(kind, len(body)) + body


def note(kind: bytes, /, **values: object) -> bytes:
    """A small frame of named values."""
    return frame(kind, json.dumps(values).encode())


def read_note(body: bytes) -> dict[str, Any]:
    values = json.loads(body)
    if not isinstance(values, dict):
        raise FrameError("not a note")
    return values


def pack_rows(first_row: int, rows: Sequence[Sequence[object]], hidden: Sequence[int]) -> bytes:
    """Turn rows of equal width into a frame; empty text and None both arrive as None."""
    parts = [b"", json.dumps(list(hidden)).encode()]
    columns = list(zip(*rows, strict=True))
    for column in columns:
        kind, body = _pack_column(column)
        parts += (_COLUMN_HEAD.pack(kind, len(body)), body)
    parts[0] = _ROWS_HEAD.pack(first_row, len(rows), len(columns)) + struct.pack(
        "<I", len(parts[1])
    )
    return frame(ROWS, b"".join(parts))


def unpack_rows(body: bytes) -> Rows:
    """Read a frame of rows back.

    Raises:
        FrameError: the bytes are not what `pack_rows` writes.
    """
    try:
        first_row, height, width = _ROWS_HEAD.unpack_from(body)
        (length,) = struct.unpack_from("<I", body, _ROWS_HEAD.size)
        place = _ROWS_HEAD.size + 4
        hidden = frozenset(int(row) for row in json.loads(body[place : place + length]))
        place += length
        columns: Columns = []
        for _ in range(width):
            kind, length = _COLUMN_HEAD.unpack_from(body, place)
            place += _COLUMN_HEAD.size
            columns.append(_unpack_column(kind, body[place : place + length], height))
            place += length
        rows = tuple(zip(*columns, strict=True)) if columns else ((),) * height
    except (ValueError, TypeError, KeyError, IndexError, struct.error) as error:
        raise FrameError("not a frame of rows") from error
    if len(rows) != height or place != len(body):
        raise FrameError("a frame of rows with the wrong size")
    return Rows(first_row, rows, hidden)


def _pack_column(column: Sequence[object]) -> tuple[bytes, bytes]:
    kinds = set(map(type, column))
    if kinds == {str}:
        return _pack_text(cast("Sequence[str]", column))
    if kinds == {float}:
        return _NUMBERS, array("d", cast("Sequence[float]", column)).tobytes()
    if kinds == {type(None)}:
        return _BLANK, b""
    plain = column if kinds <= _PLAIN else [_tagged(cell) for cell in column]
    return _MIXED, json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _pack_text(column: Sequence[str]) -> tuple[bytes, bytes]:
    if len(set(column[:100])) * 2 <= len(column[:100]):
        different = set(column)
        if different == {""}:
            return _BLANK, b""
        if len(different) <= 255 and len(different) * 4 <= len(column):
            return _REPEATED, _pack_repeated(column, different)
    joined = _SEPARATOR.join(column)
    if joined.count(_SEPARATOR) != len(column) - 1:
        return _MIXED, json.dumps(column, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _TEXT, joined.encode("utf-8", "surrogatepass")


def _pack_repeated(column: Sequence[str], different: set[str]) -> bytes:
    """Each text once, then pointers: the reader shares the strings, which saves half its memory."""
    values = sorted(different)
    places = {value: place for place, value in enumerate(values)}
    listed = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return struct.pack("<I", len(listed)) + listed + bytes(map(places.__getitem__, column))


def _unpack_column(kind: bytes, body: bytes, height: int) -> Sequence[Cell]:
    if kind == _TEXT:
        texts = body.decode("utf-8", "surrogatepass").split(_SEPARATOR)
        return [text or None for text in texts] if "" in texts else texts
    if kind == _REPEATED:
        (length,) = struct.unpack_from("<I", body)
        values = [text or None for text in json.loads(body[4 : 4 + length])]
        return list(map(values.__getitem__, body[4 + length :]))
    if kind == _NUMBERS:
        numbers = array("d")
        numbers.frombytes(body)
        return numbers.tolist()
    if kind == _BLANK:
        return (None,) * height
    if kind == _MIXED:
        return [_untagged(cell) for cell in json.loads(body.decode("utf-8", "surrogatepass"))]
    raise FrameError("unknown kind of column")


def _tagged(cell: object) -> object:
    if isinstance(cell, CellError):
        return {"error": str(cell)}
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return {type(cell).__name__: cell.isoformat()}
    if isinstance(cell, datetime.timedelta):
        return _duration(cell)
    return cell


def _untagged(cell: Any) -> Cell:
    if isinstance(cell, dict):
        ((kind, text),) = cell.items()
        value: Cell = _TEMPORAL[kind](text)
        return value
    if cell is None or isinstance(cell, str | int | float):
        return cell or None if cell == "" else cell
    raise FrameError("unknown kind of cell")


def _duration(span: datetime.timedelta) -> str:
    """A span as the spreadsheet shows it with [h]:mm:ss; tables have no type for it."""
    seconds = round(span.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
