"""A roster with what a reader must say of it: counts and findings, by the rules' own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop_app.domain.tables import Cell
from tests.domain.rosters import number
from tests.nasty.pages import Page
from tests.nasty.written import xlsx

Write: TypeAlias = Callable[[Sequence[Page]], bytes]
# Sheet (None: the first page's own name), row, column letter, code.
Told: TypeAlias = tuple[str | None, int | None, str | None, str]
Row: TypeAlias = Sequence[Cell]

HEAD: Row = ("序号", "姓名", "身份证号", "手机号")
GOOD: Row = (1.0, "覃世芳", number(sequence=1), "13800138000")
MORE: Row = (2.0, "李娜", number(sequence=2), "13900139000")


@dataclass(frozen=True)
class Case:
    """One roster.

    Args:
        counts: accepted, refused, skipped.
        named: whether the format keeps the names of sheets.
    """

    title: str
    pages: Sequence[Page]
    counts: tuple[int, int, int]
    told: Sequence[Told] = ()
    write: Write = xlsx
    suffix: str = ".xlsx"
    scheme: str | None = None
    named: bool = True

    @property
    def findings(self) -> list[Told]:
        """As the document has them: with the sheet's name unless it is about the file."""
        own = self.pages[0].name
        if not self.named:
            return [(None, row, column, code) for _, row, column, code in self.told]
        return [
            (None if row is None else sheet or own, row, column, code)
            for sheet, row, column, code in self.told
        ]


def under(head: Row, *rows: Row) -> list[Page]:
    return [Page([head, *rows])]


def at(row: int | None, column: str | None, code: str, sheet: str | None = None) -> Told:
    return sheet, row, column, code
