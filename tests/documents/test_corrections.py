"""The workbook that goes back to a unit: every refused row, its reasons, nothing changed."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop_app.documents.corrections import Corrections, corrections_name, corrections_workbook
from desktop_app.domain.rosters.rosters import RosterReport, read_roster
from desktop_app.domain.tables import Line, Sheet, Workbook
from tests.exchange.libreoffice import SOFFICE, as_csv

ON = datetime.date(2026, 12, 1)
HEADING = ("序号", "姓名", "身份证号", "手机号", "备注")


def check(*rows: tuple[str | float | None, ...]) -> RosterReport:
    lines = [Line(number, cells) for number, cells in enumerate((HEADING, *rows), 1)]
    book = Workbook("名册.xlsx", "xlsx", (Sheet("Sheet1", tuple(lines)),))
    return read_roster(book, scheme=None, on=ON)


def identity(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.fixture
def report() -> RosterReport:
    wrong = identity("99999919850101003")
    wrong = wrong[:17] + ("1" if wrong[17] != "1" else "2")
    return check(
        (1, "张建国", identity("99999919850101001"), "13900000001", None),
        (2, "=cmd|' /C calc'!A0", wrong, "013900000002", "+临时"),
        (3, "李䶮", wrong, None, None),
    )


def workbook(report: RosterReport) -> bytes:
    return corrections_workbook(Corrections("清溪镇", "名册.xlsx", ON, "演示县", report))


def sheet_of(data: bytes, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_every_refused_row_stands_there_with_its_address_and_reasons(report: RosterReport) -> None:
    assert report.rejected == 2
    rows = list(sheet_of(workbook(report), "需更正").iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["Sheet1 第3行", "Sheet1 第4行"]
    for row, refused in zip(rows, report.refused, strict=True):
        assert row[1:3] == (refused.cells["name"], refused.cells["identity"])
        messages = [
            finding.message
            for finding in report.findings
            if finding.row == refused.row and finding.severity != "info"
        ]
        assert messages
        assert row[-1] == "\n".join(messages)


def test_the_wrong_cell_is_marked_and_says_why(report: RosterReport) -> None:
    sheet = sheet_of(workbook(report), "需更正")
    cell = sheet["C3"]
    assert cell.comment is not None
    assert cell.comment.text in "\n".join(finding.message for finding in report.findings)
    assert cell.fill.fgColor.rgb == "00FFF2CC"


def test_every_cell_is_text_and_nothing_is_a_formula(report: RosterReport) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook(report))).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or cell.data_type == "s"
    first = sheet_of(workbook(report), "需更正")["B2"]
    assert first.value == "=cmd|' /C calc'!A0"
    assert first.quotePrefix


def test_calamine_reads_leading_zeros_and_18_digits_back(report: RosterReport) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report))).get_sheet_by_name("需更正")
    texts = rows.to_python()[1]
    assert report.refused[0].cells["identity"] in texts
    assert "013900000002" in texts
    assert "+临时" in texts


@pytest.mark.integration
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_every_cell_back_as_text(report: RosterReport, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook(report))
    rows = list(csv.reader(io.StringIO(as_csv(book, 1))))
    expected = sheet_of(workbook(report), "需更正").iter_rows(values_only=True)
    assert rows == [[value or "" for value in row] for row in expected]


def test_the_mended_file_can_be_checked_again_and_is_accepted(report: RosterReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report)))
    book["需更正"]["B2"] = "王强"
    book["需更正"]["C2"] = identity("99999919850101005")
    book["需更正"]["C3"] = identity("99999919850101007")
    sheets = tuple(
        Sheet(
            sheet.title,
            tuple(
                Line(number, tuple(row))  # type: ignore[arg-type]
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
            ),
        )
        for sheet in book.worksheets
    )
    again = read_roster(Workbook("需更正.xlsx", "xlsx", sheets), scheme=None, on=ON)
    assert [row.name for row in again.accepted] == ["王强", "李䶮"]
    assert again.rejected == 0


def test_the_same_report_gives_the_same_bytes(report: RosterReport) -> None:
    assert workbook(report) == workbook(report)


def test_the_notes_give_the_counts(report: RosterReport) -> None:
    notes = [row[0] for row in sheet_of(workbook(report), "说明").iter_rows(values_only=True)]
    assert "读入3行,可用1人,待更正2人。" in notes


@pytest.mark.parametrize(
    ("unit", "name"),
    [("县一中", "县一中_需更正.xlsx"), ("a/b:c", "a_b_c_需更正.xlsx"), ("..", "单位_需更正.xlsx")],
)
def test_the_file_name_is_one_that_windows_takes(unit: str, name: str) -> None:
    assert corrections_name(unit) == name
