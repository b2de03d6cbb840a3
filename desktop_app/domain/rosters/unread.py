"""People whom a list shows and nobody reads: on a sheet without a heading, beside the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.identity import birth_date
from desktop_app.domain.rosters.headings import NEEDED, Chosen, Heading, field_of
from desktop_app.domain.rosters.roster_cells import is_blank, text_of
from desktop_app.domain.tables import Cell, Line, column_letter
from desktop_app.domain.texts import clean_number
from desktop_app.domain.texts import heading as title

_LONG = 18
_HEADING_LINES = 2


class Seen(NamedTuple):
    """Where the first of them stands; `column` is a letter."""

    row: int
    column: str


def people_without_heading(lines: Sequence[Line]) -> Seen | None:
    """The first identity number among lines that have no heading."""
    for line in lines:
        for at, cell in enumerate(line.cells):
            if _is_number(cell):
                return Seen(line.row, column_letter(at))
    return None


def people_beside(lines: Sequence[Line], heading: Heading, chosen: Chosen) -> Seen | None:
    """A second 姓名 and 身份证号 in the heading's line, with something below the number.

    Columns of which somebody said what they are for are left out.
    """
    above = lines[max(heading.below - _HEADING_LINES, 0) : heading.below]
    further = list(_further(above, set(heading.columns.values()), chosen))
    if not {field for field, _at in further} >= NEEDED:
        return None
    at = next(at for field, at in further if field == "identity")
    below = (line.cells for line in lines[heading.below :])
    if all(is_blank(cells[at]) for cells in below if at < len(cells)):
        return None
    return Seen(above[-1].row, column_letter(at))


def sheet_message(name: str) -> str:
    return f"工作表“{name}”里有身份证号,但没有找到表头,没有读入,请补上“姓名”“身份证号”的表头"


def beside_message(seen: Seen) -> str:
    return (
        f"第{seen.row}行 {seen.column}列起还有一组“姓名”“身份证号”,那里的人没有读入,"
        "请把他们移到左边的名单下面"
    )


def _further(
    above: Sequence[Line], taken: Collection[int], chosen: Chosen
) -> Iterator[tuple[str, int]]:
    """What the columns besides the taken ones are called."""
    for line in above:
        for at, cell in enumerate(line.cells):
            decided = at in taken or (isinstance(cell, str) and title(cell) in chosen)
            field = None if decided else field_of(cell)
            if field in NEEDED and field is not None:
                yield field, at


def _is_number(cell: Cell) -> bool:
    text = clean_number(text_of(cell)).upper()
    digits = text[:-1]
    whole = len(text) == _LONG and digits.isascii() and digits.isdigit()
    return whole and birth_date(text[6:14]) is not None
