"""Tables as a workbook to count on with: amounts are numbers, everything else is text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.documents.fixed_workbooks import fixed_bytes, print_across

Kind = Literal["text", "number", "money"]
_FORMATS = {"text": "@", "number": "#,##0", "money": "#,##0.00"}
_HEAD = PatternFill("solid", fgColor="E7ECF4")
_THIN = Side(style="thin", color="999999")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = 3  # rows above the first row of data: title, day, headings


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column; `money` cells are fen and stand as yuan, an empty cell is None."""

    title: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a title, a line below it, headings, rows, and sums of what can be summed."""

    name: str
    title: str
    below: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[str | int | None]]
    summed: bool = False


def tables_workbook(tables: Sequence[Table], dated: date) -> bytes:
    """Write each table to a sheet of its own; formula-like text stays text."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    for number, table in enumerate(tables):
        sheet = book.create_sheet(table.name) if number else first
        sheet.title = table.name
        _write(sheet, table)
    return fixed_bytes(book, dated)


def _write(sheet: Worksheet, table: Table) -> None:
    _text(sheet, 1, 1, table.title).font = Font(bold=True, size=14)
    _text(sheet, 2, 1, table.below)
    for at, column in enumerate(table.columns, 1):
        cell = _boxed(_text(sheet, _TOP, at, column.title))
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    for place, row in enumerate(table.rows, _TOP + 1):
        _row(sheet, place, table.columns, row)
    if table.summed:
        sums = ["合计" if not at else _sum(table, at) for at in range(len(table.columns))]
        _row(sheet, _TOP + 1 + len(table.rows), table.columns, sums, bold=True)
    sheet.freeze_panes = f"B{_TOP + 1}"
    print_across(sheet, _TOP)


def _sum(table: Table, at: int) -> int | None:
    if table.columns[at].kind == "text":
        return None
    cells = (row[at] for row in table.rows)
    return sum(cell for cell in cells if isinstance(cell, int))


def _row(
    sheet: Worksheet,
    place: int,
    columns: Sequence[TableColumn],
    row: Sequence[str | int | None],
    *,
    bold: bool = False,
) -> None:
    for at, (column, told) in enumerate(zip(columns, row, strict=True), 1):
        if column.kind == "text" or isinstance(told, str):
            cell = _text(sheet, place, at, "" if told is None else str(told))
        else:
            cell = _cell(sheet, place, at)
            cell.value = told if told is None or column.kind == "number" else told / 100
            cell.number_format = _FORMATS[column.kind]
        _boxed(cell).font = Font(bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=column.kind == "text")


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = _cell(sheet, row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type, cell.number_format = "s", _FORMATS["text"]
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _boxed(cell: Cell) -> Cell:
    cell.border = _BORDER
    return cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
