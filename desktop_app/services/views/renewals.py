"""按上年名单续保 as the dialog and the command line see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RenewalPerson:
    """Somebody of last year's list; `refusal` says why he cannot be in this year."""

    member_id: int
    name: str
    identity: str  # masked
    sex_label: str
    age: int | None  # on the day the new year is judged by
    refusal: str
    note: str  # what he needs, such as a paper for his age


@dataclass(frozen=True, slots=True)
class RenewalPlan:
    """What renewing a unit by last year's list would be; nothing is stored."""

    unit_id: int
    unit_name: str
    year: int
    from_year: int
    on: date  # the day the ages are counted on
    at_work: int | None
    women: int | None
    contact: str
    plans: tuple[tuple[str, str, int], ...]  # key, label, shares
    gone_plans: tuple[str, ...]  # of last year's, which the scheme no longer has so
    people: tuple[RenewalPerson, ...]

    @property
    def able(self) -> int:
        return sum(not person.refusal for person in self.people)
