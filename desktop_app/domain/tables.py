"""What a spreadsheet held, as plain values with their addresses; reading files is intake's work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

# How a file ends that may be a workbook; what it is in truth its content says.
WORKBOOK_ENDS = (".xlsx", ".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".txt")


class CellError(str):
    """An error cell such as #N/A, kept as its text."""

    __slots__ = ()


Cell: TypeAlias = (
    str | int | float | bool | datetime.date | datetime.datetime | datetime.time | CellError | None
)


class Line(NamedTuple):
    """One row: `row` as the spreadsheet shows it, `cells[0]` is column A. Sheets have 200,000."""

    row: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `name` is None for text files."""

    name: str | None
    lines: tuple[Line, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file; `kind` (xlsx, xls, ods, xlsb, csv) goes by content, whatever its name says."""

    file_name: str
    kind: str
    sheets: tuple[Sheet, ...]


def column_letter(index: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
