"""Whom to call and why, and the calls already made, as the window and the command line see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CallLine:
    id: int
    at: datetime
    who: str
    about: str
    about_label: str
    spoke_with: str
    phone: str
    outcome: str
    again_on: date | None


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One unit that owes one thing."""

    unit_id: int
    enrolment_id: int | None
    unit: str
    area: str  # NO_AREA where it has none
    contact: str
    phone: str
    about: str  # unreported, unpaid, unstamped
    about_label: str
    owes: str  # 86人 · 8,600.00元, or the papers awaited
    due_on: date | None
    due_label: str
    due_text: str
    message: str  # to send to the unit, ready to paste
    calls: int
    last_call: str  # 11-28 王丽:明天报来; empty where nobody called
    called_at: datetime | None
    again_on: date | None
