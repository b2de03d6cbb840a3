"""Writes pages as .xlsx, .xls and .csv whose bytes are the same every time."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.tables import Cell, CellError
from desktop_app.services.samples.layouts import Page

_ZIP_TIME = (2026, 12, 1, 8, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_TEXT = xlwt.easyxf(num_format_str="@")
_DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
_HEADING = xlwt.easyxf("font: bold on; align: horiz center, vert center, wrap on")
_THIN = Side(style="thin")
_FRAME = Border(_THIN, _THIN, _THIN, _THIN)  # one for all cells: each new one is compared


def workbook_bytes(kind: str, pages: list[Page]) -> bytes:
    """`kind` is the file's suffix: .xlsx, .xls or .csv (GB18030, the first page only)."""
    return {".xlsx": _xlsx, ".xls": _xls, ".csv": _csv}[kind](pages)


def _xlsx(pages: list[Page]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "演示"
    for page in pages:
        _fill_sheet(book.create_sheet(page.name), page)
    packed = io.BytesIO()
    book.save(packed)
    return _with_fixed_times(packed)


def _fill_sheet(sheet: Worksheet, page: Page) -> None:
    for number, row in enumerate(page.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                _fill_cell(sheet, page, (number, column), value)
    for first_row, first_column, last_row, last_column in page.merges:
        sheet.merge_cells(None, first_row, first_column, last_row, last_column)
    for column, width in _widths(page).items():
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].hidden = column in page.hidden_columns
    for number in range(1, page.heading[0]):
        sheet.row_dimensions[number].height = 24
    sheet.sheet_state = "hidden" if page.hidden else "visible"


def _fill_cell(sheet: Worksheet, page: Page, place: tuple[int, int], value: Cell) -> None:
    top, bottom = page.heading
    cell = sheet.cell(*place, value)
    if isinstance(value, CellError):
        cell.data_type = "e"
    elif isinstance(value, str):
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    in_heading = place[0] >= top
    if place[0] <= bottom:
        cell.alignment = Alignment("center", "center", wrap_text=in_heading)
        cell.font = Font("宋体", bold=in_heading, size=11 if in_heading else 14)
    if in_heading and top:
        cell.border = _FRAME


def _with_fixed_times(packed: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    stamp = b"%04d-%02d-%02dT%02d:%02d:%02dZ" % _ZIP_TIME
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0  # or Windows and Linux would differ
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _xls(pages: list[Page]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
        for number, row in enumerate(page.rows, 1):
            for column, value in enumerate(row, 1):
                if value is None:
                    continue
                style = _HEADING if number <= page.heading[1] else _xls_style(value)
                if (number, column) in merged:
                    bottom, right = merged[number, column]
                    area = (number - 1, bottom - 1, column - 1, right - 1)
                    sheet.write_merge(*area, value, style)
                else:
                    sheet.write(number - 1, column - 1, value, style)
        for column, width in _widths(page).items():
            sheet.col(column - 1).width = int(width * 256)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _xls_style(value: Cell) -> xlwt.XFStyle:
    if isinstance(value, date):
        return _DAY
    return _TEXT if isinstance(value, str) else xlwt.Style.default_style


def _csv(pages: list[Page]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in pages[0].rows:
        writer.writerow(["" if value is None else _shown(value) for value in row])
    return text.getvalue().encode("gb18030")


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.2f}"
    return str(value)


def _widths(page: Page) -> dict[int, float]:
    """About as wide as the longest text but for titles and signatures; Chinese counts double."""
    widths: dict[int, float] = {}
    for row in page.rows[max(page.heading[0] - 1, 0) :]:
        for column, value in enumerate(row if len(row) > 2 else (), 1):
            if value is not None:
                shown = _shown(value)
                size = min(40, sum(2 if char > "\u2e80" else 1 for char in shown) + 2)
                widths[column] = max(widths.get(column, 6), size)
    return widths
