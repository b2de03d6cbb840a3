"""Workbooks by libraries and plain text: .xlsx, strict .xlsx, .xls and .et, CSV and TSV."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Sequence

import openpyxl
import xlwt

from desktop_app.domain.tables import Cell, CellError
from desktop_app.intake.marks import ERROR_NAMES
from tests.nasty.pages import Page

ERROR_CODES = {name: code for code, name in ERROR_NAMES.items()}
_STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def xlsx(pages: Sequence[Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row, column, value in page.cells():
            cell = sheet.cell(row + 1, column + 1)
            cell.value = str(value) if isinstance(value, CellError) else value
            if isinstance(value, str):
                cell.data_type = "e" if isinstance(value, CellError) else "s"
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            letter = openpyxl.utils.get_column_letter(column)
            sheet.column_dimensions[letter].hidden = True
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    book.active = next(at for at, page in enumerate(pages) if not page.hidden)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def strict_xlsx(pages: Sequence[Page]) -> bytes:
    """The same with the names of ISO 29500 Strict and its ISO dates."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(pages))) as plain,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as strict,
    ):
        for name in plain.namelist():
            text = plain.read(name).decode()
            for old, new in _STRICT:
                text = text.replace(old, new)
            if name == "xl/workbook.xml":
                text = re.sub(r"<workbook ", '<workbook conformance="strict" ', text, count=1)
            strict.writestr(name, text)
    return made.getvalue()


def xls(pages: Sequence[Page]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in pages:
        sheet = book.add_sheet(page.name)
        merged = {(top - 1, left - 1): (bottom - 1, right - 1)
                  for top, left, bottom, right in page.merges}  # fmt: skip
        for row, column, value in page.cells():
            if isinstance(value, CellError):
                sheet.row(row).set_cell_error(column, ERROR_CODES[str(value)])
            elif isinstance(value, datetime.date):
                sheet.write(row, column, value, day)
            elif (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.write_merge(row, bottom, column, right, value)
            else:
                sheet.write(row, column, value)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        for column in page.hidden_columns:
            sheet.col(column - 1).hidden = True
        sheet.visibility = int(page.hidden)
    book.set_active_sheet(next(at for at, page in enumerate(pages) if not page.hidden))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def delimited(
    pages: Sequence[Page], encoding: str = "utf-8", separator: str = ",", line_end: str = "\r\n"
) -> bytes:
    (page,) = pages
    buffer = io.StringIO(newline="")
    width = max(map(len, page.rows))
    writer = csv.writer(buffer, delimiter=separator, lineterminator=line_end)
    writer.writerows([plain(cell) for cell in row] + [""] * (width - len(row)) for row in page.rows)
    return buffer.getvalue().encode(encoding)


def plain(cell: Cell) -> str:
    """A cell as a spreadsheet shows it in a text file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and cell < 1e11 else f"{cell:.5E}"
    if isinstance(cell, datetime.date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return str(cell)
