"""The years of the work calendar as pages and the command line see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class YearState(StrEnum):
    """Where a year's days come from; not stored, so not a code list."""

    CARRIED = "carried"
    OWN = "own"  # entered by the office, where the program carries none
    CORRECTED = "corrected"  # carried, and changed by the office
    MISSING = "missing"


STATE_LABELS = {
    YearState.CARRIED: "程序自带",
    YearState.OWN: "本机构录入",
    YearState.CORRECTED: "本机构更正",
    YearState.MISSING: "未录入",
}


@dataclass(frozen=True, slots=True)
class YearLine:
    year: int
    state: str  # YearState
    state_label: str
    source: str
    working_days: int  # of a missing year: by weekends and fixed holidays
    set_by: str
    set_at: datetime | None


@dataclass(frozen=True, slots=True)
class YearChange:
    """One act on a year: what it turned, in words."""

    at: datetime
    by: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's days; of a missing one the fixed holidays, as a place to begin."""

    line: YearLine
    off: tuple[date, ...]
    worked: tuple[date, ...]
    doubts: tuple[str, ...]
    against_carried: tuple[str, ...]  # where the office's year differs from the carried one
    history: tuple[YearChange, ...]  # newest first
