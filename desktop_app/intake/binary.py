"""A second look into an .xlsb: error cells and hidden rows ([MS-XLSB])."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath

from defusedxml.ElementTree import ParseError, fromstring

from desktop_app.intake.marks import ERROR_NAMES, Marks
from desktop_app.intake.refusals import Refusal

SIGNS = (b"",)  # a record of three bytes has no sign worth looking for: every part is walked
_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 156
_HIDDEN = 0x10


def marks_by_sheet(archive: zipfile.ZipFile, marked: set[str]) -> dict[str, Marks]:
    """Marks by sheet name."""
    try:
        targets = {
            item.attrib["Id"]: normpath(join("/xl", item.attrib["Target"])).lstrip("/")
            for item in fromstring(archive.read("xl/_rels/workbook.bin.rels"))
        }
        sheets = {}
        for kind, body in _records(archive.read("xl/workbook.bin")):
            if kind == _SHEET:
                key, place = _text(body, 8)
                part = targets.get(key, "")
                if part in marked:
                    sheets[_text(body, place)[0]] = _marks_of(archive.read(part))
        return sheets
    except (KeyError, ParseError, ValueError, IndexError, struct.error) as error:
        raise Refusal("damaged") from error


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        size, place = _number(part, place, 4)
        yield kind, part[place : place + size]
        place += size


def _number(part: bytes, place: int, longest: int) -> tuple[int, int]:
    number = 0
    for step in range(longest):
        byte = part[place + step]
        number |= (byte & 0x7F) << 7 * step
        if byte < 0x80:
            return number, place + step + 1
    return number, place + longest


def _text(body: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, place)
    end = place + 4 + 2 * length
    return body[place + 4 : end].decode("utf-16-le"), end


def _marks_of(part: bytes) -> Marks:
    marks = Marks()
    row = 0
    for kind, body in _records(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            if len(body) > 11 and body[11] & _HIDDEN:
                marks.hidden.add(row)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(body) > 8:
            column = struct.unpack_from("<I", body)[0]
            marks.add_error(row, column, ERROR_NAMES.get(body[8], ""))
    return marks
