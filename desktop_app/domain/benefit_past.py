"""What a person's earlier events add to the facts of the next one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.benefit_facts import Before, Facts
from desktop_app.domain.benefit_parts import Benefits


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An earlier event: what a plan counted of it and what it paid."""

    plan_id: str
    event_on: datetime.date
    base_fen: int
    deductible_fen: int
    benefit_fen: int


def with_past(benefits: Benefits, facts: Facts, past: Sequence[PastEvent]) -> Facts:
    """The facts, completed by what came before within the cover that they name.

    What the facts say of other plans and of a lifetime stands: it may be older than the ledger.
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
    if lifetime is None and counts_a_lifetime(benefits):
        lifetime = _sum(one for one in past if one.plan_id == benefits.plan_id)
    return replace(
        facts,
        before=before,
        admission_no=facts.admission_no or len(own) + 1,
        plan_ended_on=min(paid) if benefits.ends_plan and paid else facts.plan_ended_on,
        paid_by_plans=facts.paid_by_plans or _paid_by_plans(benefits, facts, period),
        lifetime_fen=lifetime,
    )


def counts_a_lifetime(benefits: Benefits) -> bool:
    return any(one.per == "lifetime" for one in benefits.ceilings)


def linked_plans(benefits: Benefits) -> frozenset[str]:
    """The other plans whose payments the benefit depends on."""
    return (_sharing(benefits) | _stacked(benefits)) - {benefits.plan_id}


def _inside(facts: Facts, one: PastEvent) -> bool:
    first, end = facts.effective_on, facts.ends_on
    return not (first and one.event_on < first) and not (end and one.event_on >= end)


def _paid_by_plans(benefits: Benefits, facts: Facts, period: Sequence[PastEvent]) -> dict[str, int]:
    """Of plans under a common ceiling what the period paid, of others what this event paid."""
    sharing, found = _sharing(benefits), dict[str, int]()
    for one in period:
        counts = one.plan_id in sharing or one.event_on == facts.event_on
        if one.plan_id in linked_plans(benefits) and counts:
            found[one.plan_id] = found.get(one.plan_id, 0) + one.benefit_fen
    return found


def _sharing(benefits: Benefits) -> frozenset[str]:
    return frozenset(plan for one in benefits.ceilings for plan in one.plans)


def _stacked(benefits: Benefits) -> frozenset[str]:
    return frozenset(plan for one in benefits.stacking for plan in one.plans)


def _sum(events: Iterable[PastEvent]) -> int:
    return sum(one.benefit_fen for one in events)
