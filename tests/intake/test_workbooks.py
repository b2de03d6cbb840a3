"""One way in: rows as the spreadsheet shows them, and one sentence for what is no workbook."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Alignment

from desktop_app.domain.tables import CellError, Line, Sheet
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import WorkbookReader
from tests.nasty.pages import Page
from tests.nasty.records import xls_95

HEADING = ("序号", "姓名", "身份证号")


def _sheet(each_reader: WorkbookReader, path: Path) -> Sheet:
    return each_reader.read(path).sheets[0]


def _save(path: Path, cells: dict[str, object]) -> Path:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    book.save(path)
    return path


def _rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change a part of an xlsx file, as another program might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_rows_and_columns_are_counted_from_the_first_also_where_they_are_blank(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    sheet = _sheet(each_reader, _save(tmp_path / "a.xlsx", {"B3": "姓名", "C5": "张三"}))
    assert [line.row for line in sheet.lines] == [1, 2, 3, 4, 5]
    assert sheet.lines[2].cells == (None, "姓名", None)
    assert sheet.lines[4].cells == (None, None, "张三")


def test_cells_keep_their_type(tmp_path: Path, each_reader: WorkbookReader) -> None:
    cells = {
        "A1": "0012",
        "B1": "999999199001011234",
        "C1": 999999199001011234,
        "D1": 13800138000,
        "E1": datetime.date(1990, 1, 31),
        "F1": datetime.datetime(2026, 1, 2, 3, 4),
        "G1": datetime.time(8, 30),
        "H1": True,
        "I1": "#N/A",
        "J1": "'#N/A",
    }
    (line,) = _sheet(each_reader, _save(tmp_path / "a.xlsx", cells)).lines
    assert line.cells == (
        "0012",
        "999999199001011234",
        9.99999199001011234e17,
        13800138000.0,
        datetime.date(1990, 1, 31),
        datetime.datetime(2026, 1, 2, 3, 4),
        datetime.time(8, 30),
        True,
        CellError("#N/A"),
        "'#N/A",
    )
    assert [type(cell) for cell in line.cells[:4]] == [str, str, float, float]
    assert isinstance(line.cells[8], CellError)


def test_an_error_cell_beyond_the_first_thousand_rows_is_found(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    cells: dict[str, object] = {f"A{row}": "x" * 200 for row in range(1, 9001)}
    path = _save(tmp_path / "a.xlsx", cells | {"C8765": "#REF!", "B2001": "#DIV/0!"})
    lines = _sheet(each_reader, path).lines
    found = {
        (line.row, column): cell
        for line in lines
        for column, cell in enumerate(line.cells)
        if isinstance(cell, CellError)
    }
    assert found == {(8765, 2): "#REF!", (2001, 1): "#DIV/0!"}


def test_error_cells_are_found_where_cells_do_not_say_their_address(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    path = _save(tmp_path / "a.xlsx", {"A1": 5, "B1": "#N/A", "A2": "#NUM!"})
    sheet = "xl/worksheets/sheet1.xml"
    for old in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="1"', b' r="2"'):
        _rewrite(path, sheet, old, b"")
    first, second = _sheet(each_reader, path).lines
    assert first.cells == (5.0, CellError("#N/A"))
    assert isinstance(first.cells[1], CellError)
    assert isinstance(second.cells[0], CellError)


def test_hidden_rows_and_sheets_are_marked(tmp_path: Path, each_reader: WorkbookReader) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 5):
        book.active.cell(row, 1, f"第{row}行")
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("藏").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, second = each_reader.read(tmp_path / "a.xlsx").sheets
    assert [line.row for line in first.lines if line.hidden] == [3]
    assert (first.hidden, second.hidden, second.lines) == (False, True, ())


def test_error_cells_and_hidden_rows_of_an_old_xls_are_found(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    other = book.add_sheet("第二张")
    sheet.write(0, 0, "姓名")
    sheet.row(2).set_cell_error(1, 0x2A)
    sheet.row(3).hidden = True
    sheet.write(3, 0, "张三")
    other.row(0).set_cell_error(0, 0x07)
    book.save(str(tmp_path / "a.xls"))
    first, second = each_reader.read(tmp_path / "a.xls").sheets
    assert first.lines[2].cells == (None, CellError("#N/A"))
    assert isinstance(first.lines[2].cells[1], CellError)
    assert [line.row for line in first.lines if line.hidden] == [4]
    assert second.lines == (Line(1, (CellError("#DIV/0!"),)),)


def test_the_content_decides_and_not_the_name(tmp_path: Path, each_reader: WorkbookReader) -> None:
    as_xls = _save(tmp_path / "a.xlsx", {"A1": "姓名"}).rename(tmp_path / "a.xls")
    text = tmp_path / "b.xls"
    text.write_bytes("姓名\t身份证号\n张三\t0012\n".encode("gb18030"))
    assert each_reader.read(as_xls).kind == "xlsx"
    workbook = each_reader.read(text)
    assert (workbook.kind, workbook.file_name) == ("csv", "b.xls")
    assert workbook.sheets[0].name is None
    assert workbook.sheets[0].lines[1] == Line(2, ("张三", "0012"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_read_in_every_usual_shape(
    separator: str, encoding: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    rows = [["名册"], list(HEADING), ["1", "䶮㛃", '="0012"'], [], ["2", '"李\n四"', "x"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    lines = _sheet(each_reader, tmp_path / "a.csv").lines
    assert lines[1].cells == HEADING
    assert lines[2].cells == ("1", "䶮㛃", "0012")
    assert set(lines[3].cells) == {None}
    assert lines[4] == Line(5, ("2", "李\n四", "x"))


@pytest.mark.parametrize("separator", ["\uff0c", "\uff1b", "、", "^", "    ", "\u3000 "])
def test_separators_that_people_type_by_hand_are_found(
    separator: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    rows = [["名册:共2人,请核对"], [*HEADING], ["1", "张三", "0012"], ["2", "李四", "0013"]]
    text = "\n".join(separator.join(row) for row in rows)
    (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
    lines = _sheet(each_reader, tmp_path / "a.txt").lines
    assert lines[1].cells == HEADING
    assert lines[3] == Line(4, ("2", "李四", "0013"))


def test_a_line_that_names_the_separator_is_none_of_the_rows(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    (tmp_path / "a.csv").write_bytes("sep=;\r\n姓名;备注\r\n张三;a,b,c\r\n".encode())
    lines = _sheet(each_reader, tmp_path / "a.csv").lines
    assert lines == (Line(1, ("姓名", "备注")), Line(2, ("张三", "a,b,c")))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_are_known_without_a_mark_before_them(
    encoding: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    (tmp_path / "a.csv").write_bytes("姓名;身份证号\n张三;0012\n".encode(encoding))
    lines = _sheet(each_reader, tmp_path / "a.csv").lines
    assert lines[1] == Line(2, ("张三", "0012"))


def test_a_web_page_named_xls_is_read_as_a_spreadsheet_opens_it(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    page = (
        "<html><head><meta charset='gbk'></head><body><table><tr><th colspan=2>名册</th></tr>"
        "<tr><td rowspan=2>机关</td><td>张三<td>999999199001011234</tr>"
        "<tr><td>李&amp;四</td><td>&nbsp;</td></tr></table></body></html>"
    )
    (tmp_path / "a.xls").write_bytes(page.encode("gbk"))
    workbook = each_reader.read(tmp_path / "a.xls")
    assert workbook.kind == "html"
    assert [line.cells for line in workbook.sheets[0].lines] == [
        ("名册", None, None),
        ("机关", "张三", "999999199001011234"),
        (None, "李&四", None),
    ]


@pytest.mark.parametrize(
    "before", ["", "<!-- by a system -->\n", "<div>名册</div>", f"<style>{'td{}' * 2000}</style>"]
)
def test_a_page_is_known_whatever_it_begins_with_and_its_hidden_rows_too(
    before: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    rows = "<tr><td>姓名</tr><tr style='height:0;DISPLAY: none'><td>张三</tr><tr><td>李四</tr>"
    (tmp_path / "a.xls").write_bytes(f"{before}<table>{rows}</table>".encode())
    lines = _sheet(each_reader, tmp_path / "a.xls").lines
    assert [(line.cells[0], line.hidden) for line in lines] == [
        ("姓名", False), ("张三", True), ("李四", False),
    ]  # fmt: skip


def test_xml_spreadsheet_2003_keeps_places_and_types(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    book = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
     xmlns:x="urn:schemas-microsoft-com:office:excel"
     xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="名册"><Table>
     <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题</Data></Cell>
       <Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
     <Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">5</Data></Cell>
       <Cell><Data ss:Type="DateTime">1990-01-31T00:00:00.000</Data></Cell>
       <Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table>
     <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
       <Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""
    (tmp_path / "a.xls").write_text(book, encoding="utf-8")
    workbook = each_reader.read(tmp_path / "a.xls")
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name, sheet.hidden) == ("xml", "名册", True)
    assert sheet.lines[0].cells == ("题", None, True, None)
    last = sheet.lines[3]
    assert (last.row, last.hidden) == (4, True)
    assert last.cells == (None, 5.0, datetime.date(1990, 1, 31), "#N/A")
    assert isinstance(last.cells[3], CellError)


def test_an_empty_sheet_is_a_sheet_without_lines(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    path = _save(tmp_path / "a.xlsx", {})
    assert each_reader.read(path).sheets == (Sheet("Sheet", ()),)


def test_styled_but_blank_cells_are_blank(tmp_path: Path, each_reader: WorkbookReader) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    for row in range(2, 400):
        book.active.cell(row, 1).alignment = Alignment(horizontal="center")
    book.save(tmp_path / "a.xlsx")
    lines = _sheet(each_reader, tmp_path / "a.xlsx").lines
    assert [line.cells for line in lines if any(line.cells)] == [("姓名",)]


def _docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "file-not-a-workbook", "空文件"),
        (b"%PDF-1.7\n", "file-not-a-workbook", "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n", "file-not-a-workbook", "不是表格文件"),
        (_docx(), "file-not-a-workbook", "不是表格文件"),
        (b"PK\x03\x04" + b"x" * 99, "file-damaged", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "file-damaged", "已损坏"),
        (b"\x09\x04\x06\x00" + b"\0" * 99, "file-not-a-workbook", "很旧"),
        (bytes(range(256)) * 20, "file-not-a-workbook", "不是表格文件"),
        (b"\x80\x81\xff" * 50, "file-not-a-workbook", "编码"),
        (b"MIME-Version: 1.0\r\n", "file-not-a-workbook", "网页"),
        (b"MIME-Version: 1.0\r\n\r\n<html><table><tr><td>=E5=A7", "file-not-a-workbook", "网页"),
        (b"<style>td{}</style><p>no table", "file-not-a-workbook", "不是表格文件"),
        (b"<html><body>no table</body></html>", "file-not-a-workbook", "网页"),
        (b"<?xml version='1.0'?><letter/>", "file-not-a-workbook", "不是表格文件"),
        (b"x," * 40_000, "file-too-large", "太大"),
        ('姓名,身份证号\n"张三,1\n'.encode() + b"x,1\n" * 20_000, "file-damaged", "引号"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_gets_one_sentence(
    data: bytes, code: str, words: str, tmp_path: Path, each_reader: WorkbookReader
) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileError) as refused:
        each_reader.read(path)
    assert refused.value.code == code
    assert words in str(refused.value)
    assert "《名册.xlsx》" in str(refused.value)
    assert (refused.value.where, refused.value.exit_code) == ("名册.xlsx", 4)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, each_reader: WorkbookReader) -> None:
    for path, code in ((tmp_path / "x.xlsx", "file-missing"), (tmp_path, "file-not-a-workbook")):
        with pytest.raises(FileError) as refused:
            each_reader.read(path)
        assert refused.value.code == code


def test_a_part_with_a_wrong_check_sum_is_damage(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    path = tmp_path / "a.xlsx"
    _save(path, {"A1": "姓名"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = path.read_bytes()
    assert "姓名".encode() in data
    path.write_bytes(data.replace("姓名".encode(), "姓民".encode()))
    with pytest.raises(FileError) as refused:
        each_reader.read(path)
    assert refused.value.code == "file-damaged"


def test_a_zip_with_a_password_says_so(tmp_path: Path, each_reader: WorkbookReader) -> None:
    path = _save(tmp_path / "a.xlsx", {"A1": "姓名"})
    data = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(sign, start + 4)
    path.write_bytes(bytes(data))
    with pytest.raises(FileError) as refused:
        each_reader.read(path)
    assert refused.value.code == "file-password"


def test_a_workbook_of_excel_95_is_read_in_its_code_page(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    born = datetime.date(1990, 1, 31)
    rows = (HEADING, (1.0, "欧阳·阿依", "000012"), (CellError("#N/A"), "李娜", born))
    hidden = Page([("旧",)], name="去年", hidden=True)
    page = Page(rows, name="职工名册", hidden_rows=frozenset((2,)))
    (tmp_path / "a.xls").write_bytes(xls_95([page, hidden]))
    first, second = each_reader.read(tmp_path / "a.xls").sheets
    assert (first.name, first.hidden, second.name, second.hidden) == (
        "职工名册", False, "去年", True,
    )  # fmt: skip
    assert [line.cells for line in first.lines] == list(rows)
    assert [line.row for line in first.lines if line.hidden] == [2]
