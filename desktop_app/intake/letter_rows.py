"""The rows of a file that is no .xlsx, at the same row numbers and in the same columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.rosters.letters import UNNAMED
from desktop_app.domain.tables import CellError
from desktop_app.intake.grids import Grid
from desktop_app.intake.letter_sheets import explains, put_text

_LONG = 10**11  # from here on a spreadsheet shows a number as 1.38E+11
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NARROWEST, _WIDEST = 10, 40  # half-width characters
_MEASURED = 200  # rows
_FORMATS = {
    datetime.datetime: "yyyy-mm-dd hh:mm:ss",
    datetime.date: "yyyy-mm-dd",
    datetime.time: "hh:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
}


def rewritten(grids: Iterable[Grid]) -> tuple[Workbook, dict[str | None, str]]:
    """A workbook of plain sheets with the same cells, and how its sheets are called.

    Text stays text and a number a number, so that what is said of a cell holds of its copy.
    """
    book, titles = Workbook(), dict[str | None, str]()
    for sheet in book.worksheets:
        book.remove(sheet)
    for grid in grids:
        sheet = book.create_sheet(_FORBIDDEN.sub("_", grid.name or UNNAMED)[:31])
        _fill(sheet, grid)
        if explains(sheet):
            book.remove(sheet)
            continue
        sheet.sheet_state = "hidden" if grid.hidden else "visible"
        titles.setdefault(grid.name, sheet.title)
    return book, titles


def _fill(sheet: Worksheet, grid: Grid) -> None:
    widths: dict[int, int] = {}
    for chunk in grid.chunks:
        for number in chunk.hidden:
            sheet.row_dimensions[number].hidden = True
        for row, values in enumerate(chunk.rows, chunk.first_row):
            if row <= _MEASURED:
                _measure(values, widths)
            for column, value in enumerate(values, 1):
                if value not in (None, ""):
                    cell = sheet.cell(row, column)
                    assert isinstance(cell, Cell)
                    _put(cell, value)
    for column, width in widths.items():
        room = min(max(width + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = room
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(cell: Cell, value: object) -> None:
    if isinstance(value, str):
        if isinstance(value, CellError) and value in ERROR_CODES:
            cell.value, cell.data_type = str(value), "e"
            return
        put_text(cell, value)
        cell.number_format = "@"
        return
    cell.value = value  # type: ignore[assignment] # what the reader gives, a spreadsheet holds
    for kind, shown in _FORMATS.items():
        if isinstance(value, kind):
            cell.number_format = shown
            return
    if isinstance(value, int | float) and abs(value) >= _LONG:
        cell.number_format = "0"


def _measure(values: Sequence[object], widths: dict[int, int]) -> None:
    for column, value in enumerate(values, 1):
        text = "" if value is None else str(value)
        width = len(text) + sum(char > "\u2e7f" for char in text)
        widths[column] = max(widths.get(column, 0), width)
