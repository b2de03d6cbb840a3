"""Which open clauses a feed's amounts can hang on, and from which sums they do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop_app.domain.schemes.benefit_parts import Benefits, Brackets, Ceiling, PersonClass


@dataclass(frozen=True, slots=True)
class BulkCeiling:
    """The most that the plan pays together with other `plans`; its clause is named where open."""

    fen: int
    plans: tuple[str, ...]
    open_key: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """An open clause that sums from `start` to before `end` (without one: all above) hang on."""

    key: str
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Touches:
    """Keys of open clauses.

    Args:
        always: those that every settlement hangs on.
        known_from: that of settlements before this day.
        known_until: that of settlements after this day.
        accumulation: that of settlements which would come to something else were the period's
            earlier ones counted with them.
        sums: those that certain counted sums hang on: open bands, an open minimum.
        cases: the ceilings of each case, in their order.
    """

    always: tuple[str, ...]
    known_from: tuple[str, datetime.date] | None
    known_until: tuple[str, datetime.date] | None
    accumulation: str | None
    sums: tuple[Between, ...]
    cases: tuple[BulkCeiling, ...]


def known_ceilings(benefits: Benefits, per: str) -> tuple[BulkCeiling, ...]:
    """The ceilings of this kind that have a figure, in the order in which they are applied."""
    return tuple(
        BulkCeiling(
            one.fen,
            tuple(plan for plan in one.plans if plan != benefits.plan_id),
            one.clause.key if one.clause.open else None,
        )
        for one in benefits.ceilings
        if one.per == per and one.fen is not None
    )


def touches_of(
    benefits: Benefits, person: PersonClass | None, raised: tuple[int, int | None] | None, by: int
) -> Touches:
    """The open clauses of a plan with one part.

    Args:
        benefits: the plan's.
        person: the class of people, if any.
        raised: the counted sums that the minimum raises, from and to before.
        by: what is taken off a period's sum before it counts.
    """
    first, last = benefits.known_from, benefits.known_until
    apart = benefits.accumulation.open and not benefits.accumulates
    return Touches(
        always=_always(benefits, person),
        known_from=(f"{benefits.clause.key}.known_from", first) if first else None,
        known_until=(f"{benefits.clause.key}.known_until", last) if last else None,
        accumulation=benefits.accumulation.key if apart else None,
        sums=(*_bands(benefits, by), *_minimum(benefits, raised, by)),
        cases=known_ceilings(benefits, "case"),
    )


def _always(benefits: Benefits, person: PersonClass | None) -> tuple[str, ...]:
    clauses = [benefits.clause]
    clauses += [person.clause] if person else []
    clauses += [benefits.accumulation] if benefits.accumulates else []
    clauses += [one.clause for one in (benefits.deductible, benefits.waiting) if one is not None]
    clauses += [part.clause for part in benefits.parts]
    clauses += [one.clause for one in benefits.ceilings if _unknown(one)]
    return tuple(dict.fromkeys(clause.key for clause in clauses if clause.open))


def _unknown(ceiling: Ceiling) -> bool:
    return ceiling.fen is None


def _bands(benefits: Benefits, by: int) -> tuple[Between, ...]:
    (part,) = benefits.parts
    bands = part.rule.bands if isinstance(part.rule, Brackets) else ()
    return tuple(
        Between(f"{part.clause.key}.above-{band.above_fen}", band.above_fen + by + 1, None)
        for band in bands
        if band.open
    )


def _minimum(
    benefits: Benefits, raised: tuple[int, int | None] | None, by: int
) -> tuple[Between, ...]:
    rule = benefits.minimum
    if rule is None or raised is None or not rule.clause.open:
        return ()
    start, end = raised
    first = start + by if start else 0
    return (Between(rule.clause.key, first, None if end is None else end + by),)
