"""An office as pages and the command line see it: who sits at it, and its backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    login: str
    name: str
    role: str
    role_label: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    name: str
    county: str
    demo: bool
    desk_letter: str
    user: UserView
    today: date


@dataclass(frozen=True, slots=True)
class BackupLine:
    path: str
    made_at: datetime
    people: int
    verified: bool
    size: int
