"""The facts of a claim as typed, completed by what the ledger knows of the person's cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CoverState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord
from db.queries import claims as queries
from desktop_app.domain.benefit_facts import Before, Facts, facts_from
from desktop_app.domain.benefit_history import PastCover, covered_since
from desktop_app.domain.benefit_parts import Benefits
from desktop_app.domain.benefit_past import PastEvent, with_paid


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier claim of the person that counts: what it counted and what it came to."""

    number: str
    plan: str
    event_on: date
    base_fen: int
    deductible_fen: int
    benefit_fen: int
    decided: bool


def completed_facts(session: Session, claim: Claim, benefits: Benefits | None) -> Facts:
    """Everything the rules may ask for; without cover only what was typed.

    What was typed of earlier payments may be older than this ledger and adds to what the ledger
    knows, but never stands below it.
    """
    facts = facts_from({**claim.facts, "event_on": claim.event_on.isoformat()})
    cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
    if cover is None:
        return facts
    facts = replace(facts, effective_on=cover.from_on, ends_on=cover.until_on, shares=cover.shares)
    if benefits is None:
        return facts
    return _with_history(session, claim, cover, benefits, facts)


def _with_history(
    session: Session, claim: Claim, cover: Cover, benefits: Benefits, facts: Facts
) -> Facts:
    plan, earlier = benefits.plan_id, earlier_of(session, claim)
    period = [one for one in earlier if cover.from_on <= one.event_on < cover.until_on]
    own = [one for one in period if one.plan == plan]
    paid = [one.event_on for one in own if one.benefit_fen]
    before = Before(
        sum(one.base_fen for one in own),
        sum(one.deductible_fen for one in own),
        _paid(own),
    )
    since = facts.covered_since
    if since is None and benefits.waiting is not None:
        since = covered_since(_covers(session, cover), cover.from_on, plan, benefits.waiting)
    lifetime = facts.lifetime_fen
    if any(one.per == "lifetime" for one in benefits.ceilings):
        lifetime = max(lifetime or 0, _paid(one for one in earlier if one.plan == plan))
    past = [
        PastEvent(one.plan, one.event_on, one.base_fen, one.deductible_fen, one.benefit_fen)
        for one in earlier
    ]
    return replace(
        with_paid(benefits, facts, past),
        covered_since=since,
        plan_ended_on=min(paid) if benefits.ends_plan and paid else facts.plan_ended_on,
        admission_no=max(facts.admission_no or 1, len(own) + 1),
        before=_larger(facts.before, before),
        lifetime_fen=lifetime,
    )


def _larger(typed: Before | None, known: Before) -> Before:
    if typed is None:
        return known
    return Before(
        max(typed.eligible_own_fen, known.eligible_own_fen),
        max(typed.deductible_fen, known.deductible_fen),
        max(typed.benefit_fen, known.benefit_fen),
    )


def linked_plans(benefits: Benefits) -> frozenset[str]:
    """The plans whose payments this plan's amount depends on, itself where it counts its own."""
    plans = _shared(benefits) | _stacked(benefits)
    if benefits.accumulates or benefits.ceilings or benefits.ends_plan:
        plans.add(benefits.plan_id)
    return frozenset(plans)


def earlier_of(session: Session, claim: Claim) -> tuple[Earlier, ...]:
    """The person's claims registered before this one; refused and unfigured ones do not count."""
    found = []
    for row, plan in queries.earlier_claims(session, claim):
        sheet = queries.latest_sheet(session, row.id)
        if (sheet is None and row.decided_fen is None) or queries.refusal_of(session, row.id):
            continue
        basis: dict[str, int] = sheet.basis if sheet else {}
        fen = row.decided_fen if row.decided_fen is not None else sheet.fen if sheet else None
        found.append(
            Earlier(
                number=row.number,
                plan=plan,
                event_on=row.event_on,
                base_fen=basis.get("base_fen", 0),
                deductible_fen=basis.get("deductible_fen", 0),
                benefit_fen=fen or 0,
                decided=row.decided_fen is not None,
            )
        )
    return tuple(found)


def undecided_before(session: Session, claim: Claim, benefits: Benefits) -> str | None:
    """The number of an earlier claim that this one's amount waits for."""
    cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
    linked = linked_plans(benefits)
    for_life = benefits.ends_plan or any(one.per == "lifetime" for one in benefits.ceilings)
    if cover is None:
        return None
    for row, plan in queries.earlier_claims(session, claim):
        inside = for_life or cover.from_on <= row.event_on < cover.until_on
        if plan in linked and inside and row.decided_fen is None:
            return row.number
    return None


def _paid(claims: Iterable[Earlier]) -> int:
    return sum(one.benefit_fen for one in claims)


def _shared(benefits: Benefits) -> set[str]:
    return {plan for rule in benefits.ceilings for plan in rule.plans}


def _stacked(benefits: Benefits) -> set[str]:
    return {plan for rule in benefits.stacking for plan in rule.plans}


def _covers(session: Session, cover: Cover) -> list[PastCover]:
    """Every cover the person ever had, across plans."""
    query = (
        select(PlanRecord.plan_key, Cover.from_on, Cover.until_on)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .where(Cover.member_id == cover.member_id, Cover.state_code == CoverState.ACTIVE)
    )
    return [PastCover(*row) for row in session.execute(query)]
