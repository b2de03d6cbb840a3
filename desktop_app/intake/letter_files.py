"""The letter's workbook as bytes: made in the child, without a file on disk, the same each time."""

from __future__ import annotations

import datetime
import gc
import io
import math
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TypeAlias

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from desktop_app.domain.rosters.letters import EXPLANATIONS, Letter
from desktop_app.domain.tables import CellError
from desktop_app.intake import kinds, locked
from desktop_app.intake.archives import open_archive
from desktop_app.intake.grids import Grid, grids_of
from desktop_app.intake.letter_copies import copied
from desktop_app.intake.letter_rows import rewritten
from desktop_app.intake.letter_sheets import lay
from desktop_app.intake.refusals import Refusal

MAKER = "Mutual Aid Desk"
MOST_COPIED = 100 << 20  # bytes of sheets: some three million cells, of which openpyxl holds four
_LAST_DIGITS = 1e-14  # Excel keeps 15 digits of a number
_Row: TypeAlias = tuple[int, bool, list[object]]  # its number, whether it is hidden, its cells
_SHEETS = "xl/worksheets/"
_STAMP = (1980, 1, 1, 0, 0, 0)


def letter_bytes(data: bytes, letter: Letter, password: str | None) -> tuple[bytes, bool]:
    """A unit's file with the remarks on it, and whether it looks as the unit's own does.

    An .xlsx is copied as it stands where that copy reads the same; everything else, and an .xlsx
    that openpyxl does not hold whole, is written anew in plain sheets.

    Args:
        data: the unit's file.
        letter: the remarks.
        password: of the unit's file, where it is locked.

    Raises:
        Refusal: the file cannot be read.
    """
    try:
        kind, grids = grids_of(data)
    except Refusal as refused:
        if refused.reason != "password":
            raise
        data = locked.opened(data, password)
        kind, grids = grids_of(data)
    made = _copy(data, letter) if kind == kinds.XLSX and _may_be_copied(data) else None
    if made is not None and _same(grids, grids_of(made)[1]):
        return made, True
    gc.collect()  # a workbook's cells hold each other, and the copy may have filled the memory
    book, titles = rewritten(grids_of(data)[1])
    return _written(book, titles, letter), False


def lock(data: bytes, password: str) -> bytes:
    """The workbook behind an opening password ([MS-OFFCRYPTO] agile encryption)."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def _may_be_copied(data: bytes) -> bool:
    """Whether openpyxl has room for its cells, the formatted blank ones included."""
    with open_archive(data) as archive:
        parts = archive.infolist()
    return sum(one.file_size for one in parts if one.filename.startswith(_SHEETS)) <= MOST_COPIED


def _copy(data: bytes, letter: Letter) -> bytes | None:
    """The marked copy; None where openpyxl does not open the file or cannot write it again."""
    try:
        book = copied(data)
        return _written(book, {sheet.title: sheet.title for sheet in book.worksheets}, letter)
    except Exception:  # whatever a stranger's file does to openpyxl: its rows go plain
        return None


def _same(ours: Iterable[Grid], copy: Iterable[Grid]) -> bool:
    """Whether every cell of the unit's sheets reads the same in the copy."""
    theirs = (rows for name, rows in _sheets(copy) if not name.startswith(EXPLANATIONS))
    own = (rows for name, rows in _sheets(ours) if not name.startswith(EXPLANATIONS))
    for before, after in zip_longest(own, theirs, fillvalue=()):
        if not all(_alike(one, other) for one, other in zip_longest(before, after)):
            return False
    return True


def _alike(one: _Row | None, other: _Row | None) -> bool:
    if one == other:
        return True
    if one is None or other is None or one[:-1] != other[:-1] or len(one[-1]) != len(other[-1]):
        return False
    return all(
        before == after
        or (
            isinstance(before, float)
            and isinstance(after, float)
            and math.isclose(before, after, rel_tol=_LAST_DIGITS)
        )
        for before, after in zip(one[-1], other[-1], strict=True)
    )


def _sheets(grids: Iterable[Grid]) -> Iterator[tuple[str, Iterator[_Row]]]:
    for grid in grids:
        yield grid.name or "", _rows(grid)


def _rows(grid: Grid) -> Iterator[_Row]:
    """What the sheet is and each row that has something in it, ready to be compared."""
    yield 0, grid.hidden, [grid.name]
    for chunk in grid.chunks:
        for number, row in enumerate(chunk.rows, chunk.first_row):
            cells = [_plain(value) for value in row]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, number in chunk.hidden, cells


def _plain(value: object) -> object:
    """A value without what a second writing may change: outer blanks, parts of a second."""
    if isinstance(value, CellError):
        return "error", str(value)
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime.datetime):
        return (value + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
    return value


def _written(book: Workbook, titles: Mapping[str | None, str], letter: Letter) -> bytes:
    """The marked workbook; its day is the letter's, whenever it is written."""
    lay(book, titles, letter)
    day = datetime.datetime.combine(letter.dated, datetime.time())
    book.properties = DocumentProperties(creator=MAKER, created=day, modified=day)
    raw, target = io.BytesIO(), io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's about what it leaves out
        _Writer(book, zipfile.ZipFile(raw, "w")).save()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return target.getvalue()


class _Writer(ExcelWriter):
    """Writes the sheets in memory: this process may not have files."""

    def __init__(self, book: Workbook, parts: zipfile.ZipFile) -> None:
        super().__init__(book, parts)
        self._parts = parts

    def write_worksheet(self, sheet: Worksheet) -> None:
        sheet._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined] # untyped
        out = io.BytesIO()
        writer = WorksheetWriter(sheet, out)
        writer.write()
        sheet._rels = writer._rels  # type: ignore[attr-defined] # untyped
        self._parts.writestr(sheet.path[1:], out.getvalue())
        self.manifest.append(sheet)
