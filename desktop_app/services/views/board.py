"""The work table: what waits, what is late, how far the drive is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BoardRow:
    unit_id: int
    enrolment_id: int
    unit: str
    step_label: str
    size: str  # 128人 · 12,800.00
    note: str
    next_label: str
    tone: str  # plain | late | warn


@dataclass(frozen=True, slots=True)
class AreaProgress:
    area: str
    done: int
    units: int


@dataclass(frozen=True, slots=True)
class Board:
    today: date
    year: int
    waiting: int
    waiting_note: str
    late: int
    late_note: str
    returned: int
    returned_note: str
    rows: tuple[BoardRow, ...]
    areas: tuple[AreaProgress, ...]
    people: int
    target: int | None
    last_backup: str  # 今天 08:02,已验证,902人 - or 还没有备份
    units: int
    missing_years: tuple[int, ...] = ()  # whose 放假安排 should be entered by now
