"""A folder of units' lists: whose each is, what became of it, and of each unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.intake.refusals import LOCKED


class FileState(StrEnum):
    STORED = "stored"
    AGAIN = "again"  # this very file was stored before: nothing is done twice
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file before it is read in.

    Args:
        file: its path inside the folder.
        stored: its batch, where it was stored before.
        left: plans of this user that were never carried out.
    """

    file: str
    unit_id: int
    unit_name: str
    enrolment_id: int
    stored: int | None = None
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FileCounts:
    """read = accepted + refused + skipped."""

    rows_read: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    drift: str = ""  # how the columns differ from the unit's last file


@dataclass(frozen=True, slots=True)
class FolderLine:
    """What became of a file; `stored` is who came onto the list now."""

    file: str
    state: FileState
    unit_name: str = ""
    enrolment_id: int | None = None
    stored: int = 0
    counts: FileCounts = FileCounts()
    code: str = ""
    message: str = ""
    remedy: str = ""

    @property
    def locked(self) -> bool:
        """Nothing but its opening password keeps it out."""
        return self.code == LOCKED


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What came of all files of a unit."""

    unit_name: str
    enrolment_id: int
    files: int
    rows_read: int
    accepted: int
    rejected: int
    skipped: int
    stored: int
