"""What a unit may begin now, and why not where it may not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be begun; `why` and `remedy` are empty where nothing stands against it."""

    why: str = ""
    remedy: str = ""

    @property
    def possible(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class UnitOffers:
    """What a unit's page offers to begin.

    Args:
        start: an application may be begun; its kind follows from the ledger.
        renewal: 按上年名单续保; None where there is no earlier year to go by.
        addition: 中途增员; None where the unit has no application of this year.
        held: plans and shares that people who are added hold like everyone else.
    """

    start: bool = False
    renewal: Offer | None = None
    addition: Offer | None = None
    held: tuple[tuple[str, int], ...] = ()


NOTHING = UnitOffers()
