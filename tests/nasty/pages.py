"""A workbook as a test thinks of it, before any format is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.tables import Cell


@dataclass(frozen=True)
class Page:
    """One sheet; rows from row 1, cells from column A.

    Args:
        merges: each as first row, first column, last row, last column, counted from 1.
        hidden_columns: counted from 1.
    """

    rows: Sequence[Sequence[Cell]]
    name: str = "名单"
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: Sequence[tuple[int, int, int, int]] = field(default=())

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Row and column from 0 with what stands there, blank ones left out."""
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    yield row, column, cell
