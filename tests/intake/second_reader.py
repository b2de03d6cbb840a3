"""The same files through openpyxl and xlrd, brought to the shape of our cells for comparing."""

from __future__ import annotations

import datetime
import warnings
from pathlib import Path

import openpyxl
import xlrd

from desktop_app.domain.tables import CellError, Workbook

Cells = dict[tuple[str, int, int], object]


def our_cells(workbook: Workbook) -> Cells:
    """Every cell with a value by (sheet, row, column), row and column counted from 1."""
    return {
        (sheet.name or "", line.row, column): plain(cell)
        for sheet in workbook.sheets
        for line in sheet.lines
        for column, cell in enumerate(line.cells, start=1)
        if plain(cell) is not None
    }


def plain(value: object) -> object:  # noqa: PLR0911 - one answer per type
    """What both readers agree on: text without outer blanks, floats, dates as datetimes."""
    if isinstance(value, CellError):
        return ("error", str(value))
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n") or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.replace(microsecond=0)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value


def openpyxl_cells(path: Path) -> Cells:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts that it leaves out
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, data_only=True)
            return {
                (sheet.title, cell.row, cell.column): value
                for sheet in book.worksheets
                for row in sheet.iter_rows()
                for cell in row
                if (value := _openpyxl_value(cell)) is not None
            }


def _openpyxl_value(cell: openpyxl.cell.cell.Cell) -> object:
    return ("error", cell.value) if cell.data_type == "e" else plain(cell.value)


def xlrd_cells(path: Path) -> Cells:
    book = xlrd.open_workbook(path, logfile=None)
    return {
        (sheet.name, row + 1, column + 1): value
        for sheet in book.sheets()
        for row in range(sheet.nrows)
        for column in range(sheet.ncols)
        if (value := _xlrd_value(sheet.cell(row, column), book.datemode)) is not None
    }


def _xlrd_value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ("error", xlrd.error_text_from_code[cell.value])
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        if cell.value < 1:
            return xlrd.xldate_as_datetime(cell.value, datemode).time()
        return plain(xlrd.xldate_as_datetime(cell.value, datemode))
    return plain(cell.value)
