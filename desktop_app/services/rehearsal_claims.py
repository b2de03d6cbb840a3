"""A draft over past claims: each worked out under both versions, with what came before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, CoverState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord
from desktop_app.domain.benefit_cases import work_out
from desktop_app.domain.benefit_facts import Facts, kept_facts
from desktop_app.domain.benefit_history import PastCover, covered_since
from desktop_app.domain.benefit_parts import Benefits
from desktop_app.domain.benefit_past import (
    PastEvent,
    counts_a_lifetime,
    linked_plans,
    with_past,
)
from desktop_app.domain.benefits import BenefitResult
from desktop_app.domain.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.rehearsal_views import RehearsedClaim
from desktop_app.services.scheme_texts import scheme_in_force

_History = Mapping[int, list[PastCover]]
_NO_COVER = "没有保障记录,没有计入此前申领和其他项目已付"
_NO_CLASS = "没有填人员类别,按一般人员计算"
_OWN_LEDGER = "历年累计只含本机登记的申领"


def rehearse_claims(
    session: Session, draft: Scheme, keys: Mapping[int, str], since: date, until: date
) -> tuple[RehearsedClaim, ...]:
    """The claims of the days asked for; the same people's earlier ones count as they were paid."""
    asked = (
        Claim.plan_id.in_(keys),
        Claim.event_on.between(since, until),
        Claim.state_code != CaseState.VOID,
        or_(Claim.decided_fen.is_(None), Claim.decided_fen != 0),  # a refused one pays nothing
    )
    people = select(Claim.member_id).where(*asked, Claim.member_id.is_not(None))
    earlier = (
        Claim.plan_id.in_(keys),
        Claim.member_id.in_(people),
        Claim.event_on < since,
        Claim.state_code != CaseState.VOID,
    )
    query = (
        select(Claim, Cover)
        .outerjoin(Cover, Cover.id == Claim.cover_id)
        .where(or_(_all(asked), _all(earlier)))
        .order_by(Claim.event_on, Claim.id)
    )
    history = _history(session, people)
    in_force = _cached(lambda version: scheme_in_force(session, version))
    now, then = _Accounts(history), _Accounts(history)
    found = []
    for claim, cover in session.execute(query):
        plan, scheme = keys[claim.plan_id], in_force(claim.scheme_version_id)
        old, old_why = now.work_out(scheme, plan, claim, cover)
        if claim.event_on < since:
            for account in (now, then):
                account.keep(plan, claim, old, decided=claim.decided_fen)
            continue
        new, new_why = then.work_out(draft, plan, claim, cover)
        now.keep(plan, claim, old)
        then.keep(plan, claim, new)
        found.append(
            RehearsedClaim(
                claim_id=claim.id,
                number=claim.number,
                person=claim.person_name,
                plan_key=plan,
                event_on=claim.event_on,
                now_fen=old.fen if old else None,
                draft_fen=new.fen if new else None,
                now_why=old_why,
                draft_why=new_why,
                estimate=any(one is not None and one.to_confirm for one in (old, new)),
                note=_note(claim, cover, _benefits(plan, scheme, draft)),
            )
        )
    return tuple(found)


def _all(conditions: tuple[Any, ...]) -> Any:
    first, *others = conditions
    for one in others:
        first = first & one
    return first


def _benefits(plan: str, *versions: Scheme) -> list[Benefits]:
    """What the versions that have the plan say of its benefit."""
    plans = [one for version in versions for one in version.plans if one.id == plan]
    return [one.benefits for one in plans if one.benefits is not None]


def _note(claim: Claim, cover: Cover | None, known: list[Benefits]) -> str:
    """Which facts the rules ask for and the ledger does not hold."""
    notes = []
    if cover is None and any(one.accumulates or one.ceilings or linked_plans(one) for one in known):
        notes.append(_NO_COVER)
    if any(one.classes for one in known) and not claim.facts.get("person_class"):
        notes.append(_NO_CLASS)
    if any(counts_a_lifetime(one) for one in known) and claim.facts.get("lifetime_fen") is None:
        notes.append(_OWN_LEDGER)
    return ";".join(notes)


def _cached(read: Callable[[int], Scheme]) -> Callable[[int], Scheme]:
    known: dict[int, Scheme] = {}

    def cached(version: int) -> Scheme:
        if version not in known:
            known[version] = read(version)
        return known[version]

    return cached


def _history(session: Session, members: Select[Any]) -> _History:
    """Every cover these people ever had."""
    query = (
        select(Cover.member_id, PlanRecord.plan_key, Cover.from_on, Cover.until_on)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .where(Cover.member_id.in_(members), Cover.state_code == CoverState.ACTIVE)
    )
    history: dict[int, list[PastCover]] = defaultdict(list)
    for member, plan, first, end in session.execute(query):
        history[member].append(PastCover(plan, first, end))
    return history


class _Accounts:
    """What one version has counted and paid so far, for each person."""

    def __init__(self, history: _History) -> None:
        self._history = history
        self._past: dict[int, list[PastEvent]] = defaultdict(list)

    def work_out(
        self, scheme: Scheme, plan: str, claim: Claim, cover: Cover | None
    ) -> tuple[BenefitResult | None, str]:
        """The next claim's figure, or why there is none."""
        try:
            found = work_out(scheme, plan, self._facts(scheme, plan, claim, cover))
        except UserError as error:
            return None, error.message
        if found.fen is None:
            return None, found.steps[-1].text
        return found, ""

    def keep(
        self, plan: str, claim: Claim, found: BenefitResult | None, decided: int | None = None
    ) -> None:
        """Remember it: as decided where that is told, else as worked out, else as decided."""
        if claim.member_id is None:
            return
        figured = found.fen if found and found.fen is not None else claim.decided_fen
        paid = figured if decided is None else decided
        base, taken = (found.base_fen, found.deductible_fen) if found else (0, 0)
        if found or paid is not None:
            event = PastEvent(plan, claim.event_on, base, taken, paid or 0)
            self._past[claim.member_id].append(event)

    def _facts(self, scheme: Scheme, plan: str, claim: Claim, cover: Cover | None) -> Facts:
        facts = kept_facts({**claim.facts, "before": None, "event_on": claim.event_on.isoformat()})
        benefits = scheme.plan(plan).benefits
        if cover is None or benefits is None:
            return facts
        facts = replace(
            facts,
            effective_on=cover.from_on,
            ends_on=cover.until_on,
            shares=facts.shares or cover.shares,
        )
        if benefits.waiting is not None and facts.covered_since is None:
            covers = self._history.get(cover.member_id, [])
            since = covered_since(covers, cover.from_on, plan, benefits.waiting)
            facts = replace(facts, covered_since=since)
        return with_past(benefits, facts, self._past[cover.member_id])
