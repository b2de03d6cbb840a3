"""期初建账 as the page and the command line see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.domain.issues import Finding


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """Last year's books as the office hands them over.

    Args:
        year: the year whose cover they tell of.
        files: workbooks, and folders of them.
        first: first covered day, where neither the files nor the scheme say it.
        plans: plans with shares, where the files do not name any.
    """

    year: int
    files: tuple[Path, ...]
    first: date | None = None
    plans: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningFile:
    name: str
    rows_read: int
    accepted: int
    rejected: int
    skipped: int


@dataclass(frozen=True, slots=True)
class OpeningUnitLine:
    """One unit of the books: what it will be, and where the books do not agree with themselves."""

    name: str
    new: bool
    people: int  # who will be stored
    known: int  # who were stored before
    fen: int | None
    first: date | None
    last: date | None
    business_no: str
    note: str


@dataclass(frozen=True, slots=True)
class OpeningFinding:
    file: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class OpeningPlan:
    """What carrying out would do; nothing of it is in the ledger."""

    batch_ids: tuple[int, ...]
    year: int
    files: tuple[OpeningFile, ...]
    units: tuple[OpeningUnitLine, ...]
    new_units: int
    new_people: int
    known_people: int
    rejected: int
    findings: tuple[OpeningFinding, ...]

    @property
    def changes(self) -> bool:
        return bool(self.new_units or self.new_people)


@dataclass(frozen=True, slots=True)
class StoredBooks:
    """Books that were stored, the newest of those that were not taken back.

    Args:
        operation: its id, by which they are taken back.
        year: whose cover they told of.
        may: whether the signed-in user may take them back now.
        why_not: else what has been built on them, and what to do.
    """

    operation: str
    at: datetime
    who: str
    year: int
    units: int
    people: int
    cases: int
    may: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A refused row of stored books that waits for its correction."""

    file: str
    sheet: str
    row: int
    unit: str
    name: str
    reason: str
