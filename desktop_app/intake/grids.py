"""The bytes of a workbook become sheets of rows; runs in the child process."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from desktop_app.domain.tables import CellError
from desktop_app.intake import (
    archives,
    biff,
    binary,
    kinds,
    old_texts,
    opendocument,
    openxml,
    spreadsheetml,
    texts,
    webpages,
)
from desktop_app.intake.marks import Marks
from desktop_app.intake.refusals import Refusal

CHUNK = 2_000
MOST_CELLS = 40_000_000  # of one sheet, blank ones included

Row = list[object]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of equal width that follow each other."""

    first_row: int
    rows: Sequence[Sequence[object]]
    hidden: Sequence[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; `chunks` is read once."""

    name: str | None
    hidden: bool
    height: int
    chunks: Iterator[Chunk]


def grids_of(data: bytes) -> tuple[str, Iterator[Grid]]:
    """The kind of a file and its sheets.

    Raises:
        Refusal: it cannot be read; the iterators raise it too.
    """
    kind = kinds.kind_of(data)
    if kind == kinds.TEXT:
        rows: list[Row] = list(map(list, texts.rows_of(texts.decode(data))))
        return kind, iter([Grid(None, False, len(rows), _chunks(rows, Marks()))])
    if kind in {kinds.XML, kinds.HTML}:
        tables = (spreadsheetml if kind == kinds.XML else webpages).tables_of(data)
        return kind, (
            Grid(
                table.name,
                table.hidden,
                len(table.rows),
                _chunks(table.rows, Marks(hidden=table.hidden_rows)),
            )
            for table in tables
        )
    return kind, _calamine_grids(data, _marks(data, kind))


def _marks(data: bytes, kind: str) -> dict[str, Marks] | list[Marks]:
    if kind == kinds.XLS:
        return biff.marks_by_place(data)
    second_look = {kinds.XLSX: openxml, kinds.XLSB: binary, kinds.ODS: opendocument}[kind]
    with archives.open_archive(data) as archive:
        marked = archives.check_archive(archive, len(data), second_look.SIGNS)
        found: dict[str, Marks] = second_look.marks_by_sheet(archive, marked)
        return found


def _calamine_grids(data: bytes, marks: dict[str, Marks] | list[Marks]) -> Iterator[Grid]:
    data, encoding = old_texts.western(data) if isinstance(marks, list) else (data, "")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Refusal("password") from error
    except (CalamineError, OSError) as error:
        raise _refusal(error) from error
    for place, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue  # charts and macro sheets hold no rows
        if isinstance(marks, dict):
            found = marks.get(about.name, Marks())
        else:
            found = marks[place] if place < len(marks) else Marks()
        sheet = _opened(book, about.name)
        if sheet.total_height * (sheet.total_width + 1) > MOST_CELLS:
            raise Refusal("too-large")
        hidden = about.visible != SheetVisibleEnum.Visible
        height = sheet.end[0] + 1 if sheet.end else 0
        rows = _put_right(_rows(sheet), encoding) if encoding else _rows(sheet)
        name = old_texts.right(about.name, encoding)
        yield Grid(name, hidden, height, _chunks(rows, found))


def _opened(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> Refusal:
    return Refusal("too-large" if "limit exceeded" in str(error) else "damaged")


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Rows from row 1 and column A: calamine itself begins at the first column with a value."""
    left = sheet.start[1] if sheet.start else 0
    if not left:
        yield from sheet.iter_rows()  # type: ignore[misc]
        return
    blank: Row = [None] * left
    for row in sheet.iter_rows():
        yield blank + row


def _put_right(rows: Iterator[Row], encoding: str) -> Iterator[Row]:
    for row in rows:
        yield [old_texts.right(c, encoding) if isinstance(c, str) else c for c in row]


def _chunks(rows: Iterable[Row], marks: Marks) -> Iterator[Chunk]:
    source = iter(rows)
    first_row = 1
    while part := list(islice(source, CHUNK)):
        last_row = first_row + len(part)
        for number in range(first_row, last_row) if marks.errors else ():
            for column, text in marks.errors.get(number, {}).items():
                row = part[number - first_row]
                row.extend([None] * (column + 1 - len(row)))
                row[column] = CellError(text)
        width = max(map(len, part))
        for row in part:
            if len(row) < width:
                row.extend([None] * (width - len(row)))
        hidden = sorted(n for n in marks.hidden if first_row <= n < last_row)
        yield Chunk(first_row, part, hidden)
        first_row = last_row
