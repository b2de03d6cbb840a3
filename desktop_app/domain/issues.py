"""Values every rule speaks: what is wrong with one value, and with one row of a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one value, such as an identity number."""

    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a file, at an address the reader can open it at.

    Args:
        sheet: the sheet's name; None for text files and for the file as a whole.
        row: as the spreadsheet shows it, from 1; None for the file as a whole.
        column: the column's letter.
        code: stable English code.
        severity: an error refuses the row, the others do not.
        message: one Chinese sentence: what, and what to do.
        field: which field of the roster it is about, e.g. `name`.
    """

    sheet: str | None
    row: int | None
    column: str | None
    code: str
    severity: Severity
    message: str
    field: str | None = None


def has_error(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
