"""Workbooks of binary records that no library here writes: .xlsb and the .xls of Excel 95."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Sequence

from xlwt.CompoundDoc import XlsDoc

from desktop_app.domain.tables import Cell, CellError
from tests.nasty.pages import Page
from tests.nasty.written import ERROR_CODES

_TYPES = "application/vnd.ms-excel."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EPOCH = datetime.date(1899, 12, 30)


def _number(value: int) -> bytes:
    parts = b""
    while value >= 0x80:
        parts += bytes([value & 0x7F | 0x80])
        value >>= 7
    return parts + bytes([value])


def _record(kind: int, body: bytes = b"") -> bytes:
    return _number(kind) + _number(len(body)) + body


def _text(text: str) -> bytes:
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def xlsb(pages: Sequence[Page]) -> bytes:
    """[MS-XLSB], as little of it as a reader needs; dates by the second of two formats."""
    bundle, relations, overrides, sheets = b"", "", "", []
    for at, page in enumerate(pages, start=1):
        state = struct.pack("<II", int(page.hidden), at)
        bundle += _record(156, state + _text(f"rId{at}") + _text(page.name))
        relations += (
            f'<Relationship Id="rId{at}" Type="{_RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{at}.bin"/>'
        )
        overrides += (
            f'<Override PartName="/xl/worksheets/sheet{at}.bin" ContentType="{_TYPES}worksheet"/>'
        )
        sheets.append(_sheet(page))
    relations += f'<Relationship Id="s" Type="{_RELATIONS}/styles" Target="styles.bin"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.bin" '
            f'ContentType="{_TYPES}sheet.binary.macroEnabled.main"/>{overrides}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        )
        archive.writestr(
            "xl/workbook.bin",
            _record(131) + _record(153, struct.pack("<III", 0, 0, 0)) + _record(143) + bundle
            + _record(144) + _record(132),
        )  # fmt: skip
        formats = [struct.pack("<HHHHHBB", 0, kind, 0, 0, 0, 0, 0) + bytes(4) for kind in (0, 14)]
        archive.writestr(
            "xl/styles.bin",
            _record(278) + _record(617, struct.pack("<I", 2))
            + b"".join(_record(47, one) for one in formats) + _record(618) + _record(279),
        )  # fmt: skip
        for at, sheet in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{at}.bin", sheet)
    return buffer.getvalue()


def _sheet(page: Page) -> bytes:
    width = max(map(len, page.rows), default=1) or 1
    size = struct.pack("<IIII", 0, max(len(page.rows) - 1, 0), 0, width - 1)
    body = _record(129) + _record(148, size) + _record(145)
    for row, cells in enumerate(page.rows):
        flags = 0x10 if row + 1 in page.hidden_rows else 0
        span = struct.pack("<III", 1, 0, width - 1)
        body += _record(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + span)
        for column, cell in enumerate(cells):
            if cell is not None:
                body += _xlsb_cell(column, cell)
    return body + _record(146) + _record(130)


def _xlsb_cell(column: int, cell: Cell) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(cell, CellError):
        return _record(3, head + bytes([ERROR_CODES[str(cell)]]))
    if isinstance(cell, bool):
        return _record(4, head + bytes([cell]))
    if isinstance(cell, float):
        return _record(5, head + struct.pack("<d", cell))
    if isinstance(cell, datetime.date):
        serial = float((cell - _EPOCH).days)
        return _record(5, struct.pack("<II", column, 1) + struct.pack("<d", serial))
    return _record(6, head + _text(str(cell)))


def xls_95(pages: Sequence[Page]) -> bytes:
    """BIFF5 in the code page of Chinese Windows; the stream is called Book."""
    sheets = [_biff5_sheet(page) for page in pages]
    names = [page.name.encode("gbk") for page in pages]
    start = _biff5(0x809, struct.pack("<HHHH", 0x500, 0x05, 0x0DBB, 1996))
    start += _biff5(0x42, struct.pack("<H", 936))
    for kind in (0, 14):  # formats of numbers and of days
        start += _biff5(0xE0, struct.pack("<HH", 0, kind) + bytes(12))
    place = len(start) + sum(4 + 7 + len(name) for name in names) + 4
    for page, name, sheet in zip(pages, names, sheets, strict=True):
        bound = struct.pack("<IBBB", place, int(page.hidden), 0, len(name)) + name
        start += _biff5(0x85, bound)
        place += len(sheet)
    stream = start + _biff5(0x0A) + b"".join(sheets)
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream)
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    new = "Book".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 10)
    data = buffer.getvalue()
    assert data.count(old) == 1
    return data.replace(old, new)


def _biff5(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff5_sheet(page: Page) -> bytes:
    width = max(map(len, page.rows), default=0)
    body = _biff5(0x809, struct.pack("<HHHH", 0x500, 0x10, 0x0DBB, 1996))
    body += _biff5(0x200, struct.pack("<HHHHH", 0, len(page.rows), 0, width, 0))
    for row in range(len(page.rows)):
        flags = 0x120 if row + 1 in page.hidden_rows else 0x100
        body += _biff5(0x208, struct.pack("<HHHHHHHH", row, 0, width, 300, 0, 0, flags, 0x0F))
    for row, column, cell in page.cells():
        head = struct.pack("<HHH", row, column, 0)
        if isinstance(cell, CellError):
            body += _biff5(0x205, head + bytes([ERROR_CODES[str(cell)], 1]))
        elif isinstance(cell, bool):
            body += _biff5(0x205, head + bytes([cell, 0]))
        elif isinstance(cell, float):
            body += _biff5(0x203, head + struct.pack("<d", cell))
        elif isinstance(cell, datetime.date):
            serial = float((cell - _EPOCH).days)
            body += _biff5(0x203, struct.pack("<HHHd", row, column, 1, serial))
        else:
            text = str(cell).encode("gbk")
            body += _biff5(0x204, head + struct.pack("<H", len(text)) + text)
    return body + _biff5(0x0A)
