"""What every saving call returns: its value, and which areas of the data it touched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Area(StrEnum):
    OFFICE = "office"
    UNITS = "units"
    MEMBERS = "members"
    ENROLMENTS = "enrolments"
    PAYMENTS = "payments"
    PRINTS = "prints"
    SUBMISSIONS = "submissions"
    CLAIMS = "claims"
    SCHEMES = "schemes"
    BACKUPS = "backups"
    CALENDAR = "calendar"
    CALLS = "calls"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    value: T
    changed: frozenset[Area]
