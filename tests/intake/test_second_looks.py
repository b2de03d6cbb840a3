"""Error cells and hidden rows, which the fast reader does not tell, in every kind of file."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import xlwt

from desktop_app.domain.tables import CellError
from desktop_app.intake import biff, binary, opendocument, openxml
from desktop_app.intake.grids import grids_of
from desktop_app.intake.marks import Marks
from desktop_app.intake.ole import OleFile
from desktop_app.intake.refusals import Refusal


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


# calamine wants nothing between the tags, as office programs write it.
ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="名册">
 <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
 <table:table-row table:visibility="filter"><table:table-cell table:number-columns-repeated="2"/>
 <table:table-cell office:value-type="string" office:string-value=""
  calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>
 <table:table-row><table:table-cell office:value-type="string"><text:p>张三</text:p>
 </table:table-cell></table:table-row>
 </table:table></office:spreadsheet></office:body></office:document-content>""".replace(">\n ", ">")
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = b'<manifest:manifest xmlns:manifest="x"><a m="%s"/></manifest:manifest>' % MIMETYPE


def _ods(content: str = ODS, manifest: bytes = MANIFEST) -> bytes:
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest}
    return _zip(parts | {"content.xml": content.encode()})


def test_an_ods_shows_its_error_cells_and_hidden_rows() -> None:
    kind, grids = grids_of(_ods())
    (chunk,) = next(grids).chunks
    assert kind == "ods"
    assert chunk.rows[2][2] == "#N/A"
    assert isinstance(chunk.rows[2][2], CellError)
    assert (list(chunk.hidden), chunk.rows[3][0]) == ([3], "张三")


def test_an_immense_repeat_of_an_error_does_not_fill_the_memory() -> None:
    repeated = 'table:number-columns-repeated="99999999" calcext:value-type="error"'
    content = ODS.replace('calcext:value-type="error"', repeated).encode()
    with zipfile.ZipFile(io.BytesIO(_zip({"content.xml": content}))) as archive:
        marks = opendocument.marks_by_sheet(archive, {"content.xml"})
    assert len(marks["名册"].errors[3]) == 1000


def test_a_locked_ods_says_so() -> None:
    with pytest.raises(Refusal, match="password"):
        grids_of(_ods(manifest=MANIFEST.replace(b"<a ", b"<encryption-data/><a ")))


def test_a_text_document_is_no_workbook() -> None:
    with pytest.raises(Refusal, match="not-a-workbook"):
        grids_of(_ods(manifest=MANIFEST.replace(b"spreadsheet", b"text")))


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_an_xlsb_shows_its_error_cells_and_hidden_rows() -> None:
    sheet = b"".join(
        (
            _record(0, struct.pack("<IIHBBB", 4, 0, 300, 0, 0x10, 0)),
            _record(3, struct.pack("<IIB", 2, 0, 0x2A)),
            _record(0, struct.pack("<IIHBBB", 9, 0, 300, 0, 0, 0)),
            _record(11, struct.pack("<IIB", 0, 0, 0x17) + b"formula"),
        )
    )
    rels = b'<R xmlns="x"><r Id="rId1" Target="worksheets/sheet1.bin"/></R>'
    book = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("名册"))
    parts = {"xl/_rels/workbook.bin.rels": rels, "xl/workbook.bin": book}
    parts["xl/worksheets/sheet1.bin"] = sheet
    with zipfile.ZipFile(io.BytesIO(_zip(parts))) as archive:
        marks = binary.marks_by_sheet(archive, set(parts))
        assert marks == {"名册": Marks({5: {2: "#N/A"}, 10: {0: "#REF!"}}, {5})}
    with (
        zipfile.ZipFile(io.BytesIO(_zip(parts | {"xl/workbook.bin": book[:-3]}))) as archive,
        pytest.raises(Refusal),
    ):
        binary.marks_by_sheet(archive, set(parts))


def _xls(sheets: int = 1, rows: int = 1) -> bytes:
    book = xlwt.Workbook()
    for number in range(sheets):
        sheet = book.add_sheet(f"第{number}张")
        for row in range(rows):
            sheet.write(row, 0, f"职工{number}-{row}")
        sheet.write(0, 1, xlwt.Formula("1/0"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_formula_that_failed_is_found_in_an_old_xls() -> None:
    data = _xls(sheets=2)
    stream = OleFile(data).stream("Workbook")
    start = list(biff._sheet_starts(stream))[1]
    body = next(place for kind, place, _ in biff._records(stream, start) if kind == 6)
    # xlwt writes 0 as the result; a spreadsheet that calculated would have written this.
    failed = stream[body : body + 6] + b"\x02\0\x07\0\0\0\xff\xff"
    place = data.index(stream[start : body + 14]) + body - start
    first, second = biff.marks_by_place(data[:place] + failed + data[place + 14 :])
    assert (first.errors, second.errors) == ({}, {1: {1: "#DIV/0!"}})


def test_a_large_xls_is_followed_through_its_sectors() -> None:
    data = _xls(sheets=3, rows=6_000)
    stream = OleFile(data).stream("Workbook")
    assert len(stream) > 500_000
    assert len(list(biff._sheet_starts(stream))) == 3
    with pytest.raises(KeyError):
        OleFile(data).stream("Elsewhere")


@pytest.mark.parametrize("place", [30, 44, 48, 60, 68, 76])
def test_a_broken_compound_file_is_an_error_and_no_circle(place: int) -> None:
    data = bytearray(_xls(rows=2_000))
    data[place : place + 4] = b"\x01\0\0\0"
    try:
        names = OleFile(bytes(data)).names()
    except ValueError:
        return
    assert isinstance(names, tuple)


def test_a_sheet_that_is_named_nowhere_is_damage() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(_zip({"a.xml": b""}))) as archive,
        pytest.raises(Refusal, match="damaged"),
    ):
        openxml.marks_by_sheet(archive, {"a.xml"})
