"""Remarks laid into a workbook: cells filled and commented, a sheet of explanations behind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.domain.rosters.letters import (
    EXPLANATIONS,
    HEADING,
    LEVELS,
    SEARCHED,
    Letter,
    Remark,
)

AUTHOR = "核对"
THEIRS = "\n——————\n"  # between our comment and the unit's own
FILLS = {True: "FFC7CE", False: "FFF2CC"}  # by whether the cell is wrong
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
MOST_LINKS = 60_000  # of a sheet: Excel takes 65,530
_LEVELS = dict(zip((True, False), LEVELS.values(), strict=True))
_WIDTHS = (9, 22, 14, 64, 52)
_LINE = 15  # points
_UNSTORABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
# A file holds control characters as _xHHHH_, so what looks like that is written the same way.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def put_text(cell: Cell, text: str) -> None:
    """Text stays text: never a formula, never a number, whatever it begins with."""
    told = _UNSTORABLE.sub("", text)
    told = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", told)
    cell.value = told[:_LONGEST]
    cell.data_type = "s"
    if text.startswith(FORMULA_LIKE):
        cell.quotePrefix = True


def explains(sheet: Worksheet) -> bool:
    """Whether it is the sheet of explanations of a letter that came back."""
    if not sheet.title.startswith(EXPLANATIONS):
        return False
    rows = sheet.iter_rows(max_row=SEARCHED, max_col=len(HEADING), values_only=True)
    return HEADING in rows


def lay(book: Workbook, titles: Mapping[str | None, str], letter: Letter) -> None:
    """Mark what is told of, explain it on a sheet of its own, open at the first marked cell.

    Args:
        book: a copy of the unit's file.
        titles: how the sheets of the unit's file are called in the book.
        letter: the remarks.
    """
    marked: dict[tuple[str, int, int], list[Remark]] = {}
    for remark in letter.remarks:
        if (title := titles.get(remark.sheet)) is not None:
            at = _cell_at(book[title], remark)
            marked.setdefault((title, at.row, at.column), []).append(remark)
    for (title, row, column), remarks in marked.items():
        _mark(book[title].cell(row, column), remarks)
    visible = {name for name, title in titles.items() if book[title].sheet_state == "visible"}
    _show_first(book, list(marked))
    _explain(book, {name: titles[name] for name in visible}, letter)


def _cell_at(sheet: Worksheet, remark: Remark) -> Cell:
    column = column_index_from_string(remark.column) if remark.column else 1
    cell = sheet.cell(remark.row, column)
    if isinstance(cell, MergedCell):  # only the first cell of merged ones can be marked
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                cell = sheet.cell(merged.min_row, merged.min_col)
                break
    assert isinstance(cell, Cell)
    return cell


def _mark(cell: Cell | MergedCell, remarks: Sequence[Remark]) -> None:
    assert isinstance(cell, Cell)
    colour = FILLS[any(remark.wrong for remark in remarks)]
    cell.fill = PatternFill("solid", fgColor=colour)
    if not isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
        cell.number_format = "@"  # a number typed anew keeps all its digits
    told = "\n".join(dict.fromkeys(remark.text for remark in remarks))
    own = f"{THEIRS}{cell.comment.text}" if cell.comment is not None else ""
    lines = sum(-(-len(line) // 22) for line in f"{told}{own}".splitlines())
    cell.comment = Comment(told + own, AUTHOR, height=18 * lines + 12, width=300)


def _show_first(book: Workbook, marked: Sequence[tuple[str, int, int]]) -> None:
    """The sheet and cell that are seen when the file is opened; only that sheet is chosen."""
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    first = next((at for at in marked if at[0] in shown), None)
    if not shown:
        return
    sheet = book[first[0] if first else shown[0]]
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = sheet
    if first and sheet.sheet_view.pane is None and sheet.sheet_view.selection:
        selected = sheet.sheet_view.selection[0]
        selected.activeCell = selected.sqref = sheet.cell(first[1], first[2]).coordinate


def _explain(book: Workbook, visible: Mapping[str | None, str], letter: Letter) -> None:
    """The sheet of explanations; the cells on visible sheets are linked."""
    sheet = book.create_sheet(EXPLANATIONS)
    sheet.sheet_properties.tabColor = "C00000"
    for letters, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width
    for row, line in enumerate((letter.title, *letter.notes), 1):
        cell = _cell(sheet, row, 1)
        put_text(cell, line)
        cell.font = Font(bold=row == 1, size=14 if row == 1 else 11)
    top = len(letter.notes) + 3
    for column, title in enumerate(HEADING, 1):
        cell = _boxed(sheet, top, column, title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7ECF4")
    if not letter.remarks:
        put_text(_cell(sheet, top + 1, 1), "没有查出要更正的内容。")
    lines = sorted(letter.remarks, key=lambda remark: not remark.wrong)
    for row, remark in enumerate(lines, top + 1):
        place = _line(sheet, row, remark)
        there = visible.get(remark.sheet)
        if there is not None and row <= MOST_LINKS:
            quoted = there.replace("'", "''")
            target = f"'{quoted}'!{remark.column or 'A'}{remark.row}"
            place.hyperlink = Hyperlink(ref=place.coordinate, location=target)
            place.font = Font(color="0563C1", underline="single")
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"


def _line(sheet: Worksheet, row: int, remark: Remark) -> Cell:
    """One remark; gives the cell of its place."""
    texts = (_LEVELS[remark.wrong], remark.place, remark.name, remark.problem, remark.remedy)
    cells = [_boxed(sheet, row, column, text) for column, text in enumerate(texts, 1)]
    cells[0].fill = PatternFill("solid", fgColor=FILLS[remark.wrong])
    lines = max(-(-2 * len(text) // width) for text, width in zip(texts, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = 6 + _LINE * max(lines, 1)
    return cells[1]


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of a sheet without merged ones."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _boxed(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = _cell(sheet, row, column)
    put_text(cell, text)
    cell.number_format, cell.border, cell.alignment = "@", _BORDER, _WRAPPED
    return cell
