"""What a person typed over the cells of a file, laid over a row before it is judged."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.rosters.headings import Chosen, is_heading
from desktop_app.domain.rosters.repairs import EDIT, Changes, Repair
from desktop_app.domain.rosters.roster_cells import text_of
from desktop_app.domain.tables import Cell, column_letter


class CellEdits:
    """The edits of one file; `made` tells those that fell on a row of people."""

    def __init__(self, changes: Changes) -> None:
        self._rows = changes.edits_by_row
        self.made: list[Repair] = []
        self.last: tuple[str | None, int] | None = None  # the row that edits fell on last

    def __bool__(self) -> bool:
        return bool(self._rows)

    def laid(
        self,
        row: tuple[str | None, int],
        cells: tuple[Cell, ...],
        columns: Mapping[str, int],
        chosen: Chosen,
    ) -> tuple[Cell, ...]:
        """The row with its edits; a heading takes none."""
        edits = self._rows.get(row)
        if not edits or is_heading(cells, chosen):
            return cells
        self.last = row
        laid = list(cells)
        for field, text in edits.items():
            if field in columns:
                at = columns[field]
                before = text_of(cells[at])
                self.made.append(Repair(*row, column_letter(at), field, EDIT, before, text, True))
                laid[at] = text or None
        return tuple(laid)
