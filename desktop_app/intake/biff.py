"""A second look into the records of an .xls: password, error cells, hidden rows ([MS-XLS])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from desktop_app.intake.marks import ERROR_NAMES, Marks
from desktop_app.intake.ole import OleFile
from desktop_app.intake.refusals import Refusal

_BOUND_SHEET, _FILE_PASS, _BOF = 0x85, 0x2F, 0x809
_FORMULA, _BOOL_OR_ERROR, _ROW = 0x06, 0x205, 0x208
_CODES = b"\x00\x07\x0f\x17\x1d\x24\x2a\x2b"
# Whatever record would be a mark matches one of these; a match may also be chance.
_HINTS = re.compile(
    rb"\x05\x02\x08\x00.{6}[" + re.escape(_CODES) + rb"]\x01"
    rb"|\x06\x00..(?:.{6})\x02.[" + re.escape(_CODES) + rb"].{3}\xff\xff"
    rb"|\x08\x02\x10\x00.{12}[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]",
    re.DOTALL,
)


def marks_by_place(data: bytes) -> list[Marks]:
    """Marks of every sheet in the order of the workbook; empty where nothing is marked.

    Raises:
        Refusal: the workbook has a password.
    """
    try:
        ole = OleFile(data)
        name = next(n for n in ole.names() if n.lower() in {"workbook", "book"})
        stream = ole.stream(name)
    except (ValueError, StopIteration, struct.error):
        return []  # damaged: calamine has the last word
    starts = list(_sheet_starts(stream))
    if not _HINTS.search(stream):
        return []
    return [_marks_of(stream, start) for start in starts]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _sheet_starts(stream: bytes) -> Iterator[int]:
    for kind, place, length in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refusal("password")
        if kind == _BOUND_SHEET and length >= 4:
            yield struct.unpack_from("<I", stream, place)[0]
        if kind == 0x0A:
            return


def _marks_of(stream: bytes, start: int) -> Marks:
    marks = Marks()
    depth = 0
    for kind, place, length in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == 0x0A:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and place + length <= len(stream):
            _mark(stream[place : place + length], kind, marks)
    return marks


def _mark(body: bytes, kind: int, marks: Marks) -> None:
    if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
        marks.hidden.add(struct.unpack_from("<H", body)[0] + 1)
    if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7] == 1:
        code = body[6]
    elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        code = body[8]
    else:
        return
    row, column = struct.unpack_from("<HH", body)
    marks.add_error(row + 1, column, ERROR_NAMES.get(code, ""))
