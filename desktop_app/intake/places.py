"""A sheet that is filled cell by cell, bounded as a spreadsheet is."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.intake.refusals import Refusal

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(slots=True)
class Table:
    """The rows of one sheet while it is read."""

    name: str | None
    rows: list[list[object]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: object) -> None:
        """Set a cell; row and column count from 0."""
        if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
            raise Refusal("damaged")
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value
