"""What calamine does not tell: error cells (it gives empty text) and hidden rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Marks:
    """By row as the spreadsheet counts, from 1; columns from 0."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def add_error(self, row: int, column: int, text: str) -> None:
        self.errors.setdefault(row, {})[column] = text or "#ERROR!"


NO_MARKS: Mapping[str, Marks] = {}

# [MS-XLS] 2.5.10 and [MS-XLSB] 2.5.97.2 use the same numbers.
ERROR_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
