"""What a person's earlier events add to the facts of the next one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.benefits.benefit_facts import Before, Facts
from desktop_app.domain.benefits.benefit_history import PastCover, covered_since
from desktop_app.domain.schemes.benefit_parts import Benefits


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An earlier event: what a plan counted of it and what it paid."""

    plan_id: str
    event_on: datetime.date
    base_fen: int
    deductible_fen: int
    benefit_fen: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger holds of a person.

    Args:
        cover: of the plan on the event's day.
        shares: of that cover.
        covers: every cover the person ever had, across plans.
        past: the earlier events.
    """

    cover: PastCover
    shares: int
    covers: Sequence[PastCover] = ()
    past: Sequence[PastEvent] = ()


def known_facts(benefits: Benefits | None, facts: Facts, ledger: Ledger) -> Facts:
    """The facts as typed, completed by the ledger's."""
    cover = ledger.cover
    facts = replace(facts, effective_on=cover.first_on, ends_on=cover.end_on, shares=ledger.shares)
    if benefits is None:
        return facts
    if benefits.waiting is not None:
        known = covered_since(ledger.covers, cover.first_on, benefits.plan_id, benefits.waiting)
        facts = replace(facts, covered_since=min(known, facts.covered_since or known))
    return with_past(benefits, facts, ledger.past)


def with_past(benefits: Benefits, facts: Facts, past: Sequence[PastEvent]) -> Facts:
    """The facts, completed by what came before within the cover that they name.

    What the facts say of earlier payments may be older than the ledger and adds to what the ledger
    knows, but never stands below it.
    """
    period = [one for one in past if _inside(facts, one)]
    own = [one for one in period if one.plan_id == benefits.plan_id]
    paid = [one.event_on for one in own if one.benefit_fen]
    before = Before(
        sum(one.base_fen for one in own),
        sum(one.deductible_fen for one in own),
        _sum(own),
    )
    lifetime = facts.lifetime_fen
    if counts_a_lifetime(benefits):
        known = _sum(one for one in past if one.plan_id == benefits.plan_id)
        lifetime = max(lifetime or 0, known)
    return replace(
        with_paid(benefits, facts, past),
        before=_larger(facts.before or before, before),
        admission_no=max(facts.admission_no or 1, len(own) + 1),
        plan_ended_on=min(paid) if benefits.ends_plan and paid else facts.plan_ended_on,
        lifetime_fen=lifetime,
    )


def _larger(typed: Before, known: Before) -> Before:
    return Before(
        max(typed.eligible_own_fen, known.eligible_own_fen),
        max(typed.deductible_fen, known.deductible_fen),
        max(typed.benefit_fen, known.benefit_fen),
    )


def counts_a_lifetime(benefits: Benefits) -> bool:
    return any(one.per == "lifetime" for one in benefits.ceilings)


def linked_plans(benefits: Benefits) -> frozenset[str]:
    """The plans whose payments the benefit depends on, itself where it counts its own."""
    others = _stacked(benefits).union(*(one.plans for one in benefits.ceilings))
    counts_own = benefits.accumulates or benefits.ceilings or benefits.ends_plan
    return others | {benefits.plan_id} if counts_own or counts_admissions(benefits) else others


def counts_admissions(benefits: Benefits) -> bool:
    """Whether the deductible hangs on how many stays came before."""
    rule = benefits.deductible
    later = [] if rule is None else [rule.later_fen]
    later += [one.later_deductible_fen for one in benefits.classes.values()]
    return any(fen is not None for fen in later)


def _inside(facts: Facts, one: PastEvent) -> bool:
    first, end = facts.effective_on, facts.ends_on
    return not (first and one.event_on < first) and not (end and one.event_on >= end)


def with_paid(benefits: Benefits, facts: Facts, past: Sequence[PastEvent]) -> Facts:
    """The facts with what the other plans paid, each rule's plans over the span that it counts.

    What was typed of earlier payments is never less than what the ledger knows.
    """
    period = [one for one in past if _inside(facts, one)]
    event = [one for one in period if one.event_on == facts.event_on]
    spans = {per: _sharing(benefits, per) for per in ("case", "period", "lifetime")}
    with_event = (spans["case"] | _stacked(benefits)) - {benefits.plan_id}
    in_life = spans["lifetime"] - {benefits.plan_id}
    told = facts.paid_by_others
    return replace(
        facts,
        paid_by_plans=_paid(told("period"), period, spans["period"] - {benefits.plan_id}),
        paid_with_event=_paid(told("case"), event, with_event) if with_event else None,
        paid_in_life=_paid(told("lifetime"), past, in_life) if in_life else None,
    )


def _paid(
    typed: Mapping[str, int], past: Iterable[PastEvent], plans: frozenset[str]
) -> dict[str, int]:
    known: dict[str, int] = {}
    for one in past:
        if one.plan_id in plans and one.benefit_fen:
            known[one.plan_id] = known.get(one.plan_id, 0) + one.benefit_fen
    found = sorted(typed.keys() | known.keys())
    return {plan: max(typed.get(plan, 0), known.get(plan, 0)) for plan in found}


def _sharing(benefits: Benefits, per: str) -> frozenset[str]:
    return frozenset(plan for one in benefits.ceilings if one.per == per for plan in one.plans)


def _stacked(benefits: Benefits) -> frozenset[str]:
    return frozenset(plan for one in benefits.stacking for plan in one.plans)


def _sum(events: Iterable[PastEvent]) -> int:
    return sum(one.benefit_fen for one in events)
