"""The facts of a claim as typed, completed by what the ledger knows of the person's cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.codes import CoverState
from db.models.claims import Claim, ClaimAmount
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord
from db.queries import claims as queries
from desktop_app.domain.benefits.benefit_facts import Facts, facts_from
from desktop_app.domain.benefits.benefit_history import PastCover
from desktop_app.domain.benefits.benefit_past import (
    Ledger,
    PastEvent,
    counts_a_lifetime,
    known_facts,
    linked_plans,
)
from desktop_app.domain.schemes.benefit_parts import Benefits


def completed_facts(session: Session, claim: Claim, benefits: Benefits | None) -> Facts:
    """Everything the rules may ask for; without cover only what was typed."""
    facts = typed_facts(claim)
    cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
    if cover is None:
        return facts
    plan = session.get_one(PlanRecord, claim.plan_id).plan_key
    covers = covers_of(session, Cover.member_id == cover.member_id)[cover.member_id]
    past = earlier_events(session, claim)
    return known_facts(benefits, facts, Ledger(as_past(plan, cover), cover.shares, covers, past))


def typed_facts(claim: Claim, read: Callable[[Mapping[str, Any]], Facts] = facts_from) -> Facts:
    return read({**claim.facts, "event_on": claim.event_on.isoformat()})


def as_past(plan: str, cover: Cover) -> PastCover:
    return PastCover(plan, cover.from_on, cover.until_on)


def covers_of(session: Session, whose: ColumnElement[bool]) -> Mapping[int, list[PastCover]]:
    """Every cover these people ever had, across plans."""
    query = (
        select(Cover.member_id, PlanRecord.plan_key, Cover.from_on, Cover.until_on)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .where(whose, Cover.state_code == CoverState.ACTIVE)
    )
    found: dict[int, list[PastCover]] = defaultdict(list)
    for member, plan, first, end in session.execute(query):
        found[member].append(PastCover(plan, first, end))
    return found


def earlier_events(session: Session, claim: Claim) -> tuple[PastEvent, ...]:
    """What the person's earlier claims counted and came to; those without any figure do not."""
    found = []
    for row, plan in queries.earlier_claims(session, claim):
        sheet = queries.latest_sheet(session, row.id)
        if sheet is not None or row.decided_fen is not None:
            found.append(_event(plan, row, sheet))
    return tuple(found)


def _event(plan: str, claim: Claim, sheet: ClaimAmount | None) -> PastEvent:
    basis: dict[str, Any] = sheet.basis if sheet else {}
    fen = claim.decided_fen
    if fen is None and sheet is not None:
        fen = sheet.fen
    return PastEvent(
        plan,
        claim.event_on,
        basis.get("base_fen", 0),
        basis.get("deductible_fen", 0),
        fen or 0,
    )


def undecided_before(session: Session, claim: Claim, benefits: Benefits) -> str | None:
    """The number of an earlier claim that this one's amount waits for."""
    cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
    linked = linked_plans(benefits)
    for_life = benefits.ends_plan or counts_a_lifetime(benefits)
    if cover is None:
        return None
    for row, plan in queries.earlier_claims(session, claim):
        inside = for_life or cover.from_on <= row.event_on < cover.until_on
        if plan in linked and inside and row.decided_fen is None:
            return row.number
    return None
