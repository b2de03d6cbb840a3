"""What a plan pays, as frozen values: parts, deductible, waiting period, ceilings, stacking."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a rule stands; whatever an open one touches is an estimate."""

    key: str  # e.g. plans.hospital.benefits.deductible
    source: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The share paid of what lies above `above_fen`, up to the next band."""

    above_fen: int
    share: Fraction
    open: bool = False


@dataclass(frozen=True, slots=True)
class Brackets:
    """Shares of the counted amount by bands; one band from zero is a plain rate."""

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """An allowance a day: the first `waiting_days` are not paid, at most `limit_days` are."""

    day_fen: int
    waiting_days: int
    limit_days: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a table: `key` and `label` both name it."""

    key: str
    label: str
    fen: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sum by what a fact says: severity, grade of disability, kind and grade of condolence."""

    fact: str  # severity or grade
    choices: tuple[Choice, ...]
    per_share: bool


@dataclass(frozen=True, slots=True)
class FixedSum:
    """The same sum for every event."""

    fen: int
    per_share: bool


@dataclass(frozen=True, slots=True)
class FixedSteps:
    """A sum by the height of the counted amount: the last step whose border is reached."""

    steps: tuple[tuple[int, int], ...]  # from this many fen on, that many fen


Kind = Brackets | Daily | Table | FixedSum | FixedSteps


@dataclass(frozen=True, slots=True)
class BenefitPart:
    """One part of what a plan pays.

    Args:
        id: stable id.
        clause: where it stands.
        rule: how it is figured; None while its figures are unknown.
        optional: a part whose fact is not there is left out instead of asked for.
    """

    id: str
    clause: Clause
    rule: Kind | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Deductible:
    """What is not counted: of each admission (from the second on, maybe less) or of the period."""

    clause: Clause
    fen: int | None
    later_fen: int | None  # from the second admission on; None: the same
    once: bool  # of the whole period


@dataclass(frozen=True, slots=True)
class WaitingBand:
    """From day to day after the effective day (which is day 0): a share of the sum, or a sum."""

    from_day: int
    to_day: int | None
    share: Fraction | None
    fen: int | None
    per_share: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The waiting period; days in no band pay in full.

    Args:
        clause: where it stands.
        bands: in order; none while they are unknown.
        renewal: what earlier cover does: `exempt`, `counts-on` (days run from its start) or
            `again`.
        plans: the plans whose earlier cover counts.
        gap_days: how long cover may have been broken off.
    """

    clause: Clause
    bands: tuple[WaitingBand, ...]
    renewal: str
    plans: tuple[str, ...]
    gap_days: int


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that is paid per `case`, `period` or `lifetime`, over `plans` together.

    One with `first` or `last` is in force for events of these days, both inside.
    """

    clause: Clause
    per: str
    fen: int | None
    per_share: bool
    plans: tuple[str, ...]
    first: datetime.date | None = None
    last: datetime.date | None = None

    def holds_on(self, day: datetime.date | None) -> bool:
        """Whether it is in force; on a day that is not told, it is."""
        if day is None:
            return True
        first, last = self.first or day, self.last or day
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Minimum:
    """A benefit that is anything at all is at least this."""

    clause: Clause
    fen: int


@dataclass(frozen=True, slots=True)
class PersonClass:
    """Other shares (band by band) and another deductible for one class of people."""

    clause: Clause
    label: str
    shares: tuple[Fraction, ...]
    deductible_fen: int | None
    later_deductible_fen: int | None


@dataclass(frozen=True, slots=True)
class Stacking:
    """What other plans paid: `net-of` counts less, `tops-up` pays less, `excludes` nothing."""

    clause: Clause
    mode: str
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benefits:
    """All that one plan says of its benefit.

    Args:
        plan_id: the plan.
        clause: where it stands; open without parts means that no figure is known.
        counts: the fact that brackets, steps and deductible go by.
        or_own: `own_fen` stands in where that fact is absent.
        accumulates: what the period has counted before is counted with it.
        accumulation: the clause that says so.
        known_from: figures of earlier events are to be confirmed.
        known_until: figures of later events are to be confirmed.
        highest: of several parts only the highest is paid, not their sum.
        parts: what is paid.
        deductible: what is not counted.
        waiting: the waiting period.
        ceilings: the most that is paid.
        minimum: the least that is paid.
        classes: people with other rates, by id.
        stacking: what other plans do to it.
        ends_plan: a payment ends the plan.
    """

    plan_id: str
    clause: Clause
    counts: str
    or_own: bool
    accumulates: bool
    accumulation: Clause
    known_from: datetime.date | None
    known_until: datetime.date | None
    highest: bool
    parts: tuple[BenefitPart, ...]
    deductible: Deductible | None
    waiting: Waiting | None
    ceilings: tuple[Ceiling, ...]
    minimum: Minimum | None
    classes: Mapping[str, PersonClass]
    stacking: tuple[Stacking, ...]
    ends_plan: bool

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys of what no reading exists for, without which nothing can be figured."""
        if not self.parts:
            return (self.clause.key,)
        return tuple(part.clause.key for part in self.parts if part.rule is None)
