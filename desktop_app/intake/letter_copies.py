"""A unit's .xlsx as it stands, to be marked: its rows and formats, nothing that runs or links.

Formulas give way to the values they had; macros, links, pictures and what is embedded stay behind.
"""

from __future__ import annotations

import io
import warnings
import zipfile

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles import PatternFill
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.scenario import ScenarioList
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.intake.letter_sheets import (
    AUTHOR,
    FILLS,
    FORMULA_LIKE,
    THEIRS,
    explains,
)

_KEPT = ("/comments", "/table", "/hyperlink")  # of what a sheet refers to; links go later
_REACHES_OUT = ("[", "|")  # a reference into another workbook, or a program (DDE)
_SHEET_LINKS = "/worksheets/_rels/"
_LEFT = ("xl/media/", "xl/embeddings/", "xl/drawings/", "xl/activeX/", "xl/ctrlProps/", "xl/vba")
_TABLE = "worksheet"  # other kinds of tables are fed from outside


def copied(data: bytes) -> Workbook:
    """The workbook without what runs, links or was written by this program before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is meant to be left out
        book = load_workbook(io.BytesIO(_bare(data)), data_only=True, keep_links=False)
    for sheet in list(book.worksheets):
        if explains(sheet):
            book.remove(sheet)
        else:
            _clean(sheet)
    for chart in book.chartsheets:
        book.remove(chart)
    book.defined_names.clear()
    book.security = WorkbookProtection()
    book.custom_doc_props = CustomPropertyList()  # type: ignore[attr-defined] # not in its types
    book.template = False
    book.iso_dates = False
    return book


def _bare(data: bytes) -> bytes:
    """The same file whose sheets refer to no drawings, objects, controls and pivot tables."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        if not any(_SHEET_LINKS in name for name in old.namelist()):
            return data
        with zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                if not name.startswith(_LEFT) and not name.endswith("/"):
                    part = old.read(name)
                    new.writestr(name, _without_objects(part) if _SHEET_LINKS in name else part)
    return target.getvalue()


def _without_objects(part: bytes) -> bytes:
    from xml.etree.ElementTree import tostring  # noqa: PLC0415 - writes only; defusedxml reads

    root = fromstring(part)
    for item in list(root):
        if not item.attrib.get("Type", "").endswith(_KEPT):
            root.remove(item)
    written: bytes = tostring(root)
    return written


def _clean(sheet: Worksheet) -> None:
    sheet._charts, sheet._images, sheet._pivots = [], [], []  # type: ignore[attr-defined] # untyped
    sheet.legacy_drawing = None
    sheet.protection = SheetProtection()  # what is wrong must be open to mending
    sheet.scenarios = ScenarioList()
    sheet.defined_names.clear()
    for name, table in list(dict(sheet.tables).items()):
        if table.tableType not in (None, _TABLE):
            del sheet.tables[name]
        for column in table.tableColumns:
            column.calculatedColumnFormula = column.totalsRowFormula = None
    kept = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [
        rule for rule in kept if not _reaches_out(rule.formula1, rule.formula2)
    ]
    for area in list(sheet.conditional_formatting):
        if any(_reaches_out(*rule.formula) for rule in area.rules):
            del sheet.conditional_formatting[area.sqref]
    _clean_cells(sheet)


def _clean_cells(sheet: Worksheet) -> None:
    """No link and no mark of a letter before; what looks like a formula is marked as text."""
    held = sheet._cells  # iter_rows would make the blank ones too
    for cell in held.values():
        if cell.hyperlink is not None:
            cell._hyperlink = None  # type: ignore[union-attr] # its setter cannot take it off
        if cell.comment is not None and cell.comment.author == AUTHOR:
            _unmark(cell)
        if isinstance(cell.value, str) and cell.value.startswith(FORMULA_LIKE):
            cell.quotePrefix = True


def _unmark(cell: Cell | MergedCell) -> None:
    """Take a mark off; what the unit's own comment said stays."""
    assert isinstance(cell, Cell)  # others have no comment
    _, mark, own = cell.comment.text.partition(THEIRS) if cell.comment else ("", "", "")
    cell.comment = Comment(own, "") if mark else None
    if cell.fill.fgColor.rgb in {f"00{colour}" for colour in FILLS.values()}:
        cell.fill = PatternFill()


def _reaches_out(*formulas: object) -> bool:
    return any(sign in str(formula or "") for formula in formulas for sign in _REACHES_OUT)
