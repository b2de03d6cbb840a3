"""Plain values about the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year that has finished cases, and the boxes they lie in."""

    year: int
    cases: int
    boxes: tuple[tuple[str, int], ...]  # number of the box, cases in it


@dataclass(frozen=True, slots=True)
class LoanView:
    """One lending of a file."""

    borrower: str
    borrower_of: str
    purpose: str
    lent_on: date
    due_on: date
    returned_on: date | None
    overdue_days: int  # of what is still out


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """A finished file: where it stands, and who has it."""

    number: str
    year: int
    unit_id: int
    unit: str
    business_no: str
    closed_on: date | None
    box_no: str
    shelf: str
    loan: LoanView | None  # that is out
