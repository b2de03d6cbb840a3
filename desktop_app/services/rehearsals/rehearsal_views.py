"""What a rehearsal shows: each claim under both versions, each period's members, the budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RehearsedClaim:
    """One past claim; a figure is None where `now_why` or `draft_why` says what stands against it.

    An estimate hangs on figures that are to be confirmed; `note` says which facts were not known.
    """

    claim_id: int
    number: str
    person: str
    plan_key: str
    event_on: date
    now_fen: int | None
    draft_fen: int | None
    now_why: str
    draft_why: str
    estimate: bool
    note: str = ""

    @property
    def change_fen(self) -> int | None:
        if self.now_fen is None or self.draft_fen is None:
            return None
        return self.draft_fen - self.now_fen


@dataclass(frozen=True, slots=True)
class RehearsedPeriod:
    """All settlements of one plan and period; `why` says why they could not be compared.

    With any clause `to_confirm` the sums are estimates; `note` says which facts were not known.
    """

    plan_key: str
    from_on: date
    until_on: date
    more: int
    less: int
    same: int
    now_fen: int
    draft_fen: int
    why: str = ""
    to_confirm: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A draft over what happened between two days."""

    claims: tuple[RehearsedClaim, ...]
    periods: tuple[RehearsedPeriod, ...]

    @property
    def _changes(self) -> tuple[int, ...]:
        found = (claim.change_fen for claim in self.claims)
        return tuple(change for change in found if change is not None)

    @property
    def more(self) -> int:
        """Claims and members that would get more."""
        return sum(one > 0 for one in self._changes) + sum(one.more for one in self.periods)

    @property
    def less(self) -> int:
        return sum(one < 0 for one in self._changes) + sum(one.less for one in self.periods)

    @property
    def same(self) -> int:
        return sum(one == 0 for one in self._changes) + sum(one.same for one in self.periods)

    @property
    def unknown(self) -> int:
        """Claims that could not be figured under both versions."""
        return len(self.claims) - len(self._changes)

    @property
    def budget_fen(self) -> int:
        """What the draft would cost more (or, below zero, less)."""
        return sum(self._changes) + sum(one.draft_fen - one.now_fen for one in self.periods)
