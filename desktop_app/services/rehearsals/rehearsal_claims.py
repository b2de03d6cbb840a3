"""A draft over past claims: each worked out under both versions, with what came before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.queries import claims as queries
from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import Facts, kept_facts
from desktop_app.domain.benefits.benefit_history import PastCover
from desktop_app.domain.benefits.benefit_past import (
    Ledger,
    PastEvent,
    counts_a_lifetime,
    known_facts,
    linked_plans,
)
from desktop_app.domain.benefits.benefits import BenefitResult
from desktop_app.domain.schemes.benefit_parts import Benefits
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.claims.claim_facts import as_past, covers_of, typed_facts
from desktop_app.services.rehearsals.rehearsal_views import RehearsedClaim
from desktop_app.services.versions.scheme_texts import scheme_in_force

_History = Mapping[int, list[PastCover]]
_NO_COVER = "没有保障记录,没有计入此前申领和其他项目已付"
_NO_CLASS = "没有填人员类别,按一般人员计算"
_OWN_LEDGER = "历年累计只含本机登记的申领"


def rehearse_claims(
    session: Session, draft: Scheme, keys: Mapping[int, str], since: date, until: date
) -> tuple[RehearsedClaim, ...]:
    """The claims of the days asked for; the same people's others count as they were paid."""
    asked = (
        Claim.plan_id.in_(keys),
        Claim.event_on.between(since, until),
        Claim.state_code != CaseState.VOID,
        ~queries.is_refused(),
    )
    people = select(Claim.member_id).where(*asked, Claim.member_id.is_not(None))
    others = (
        Claim.plan_id.in_(keys),
        Claim.member_id.in_(people),
        ~Claim.event_on.between(since, until),
        Claim.state_code != CaseState.VOID,
        ~queries.is_refused(),
    )
    query = (
        select(Claim, Cover)
        .outerjoin(Cover, Cover.id == Claim.cover_id)
        .where(or_(and_(*asked), and_(*others)))
        .order_by(Claim.decided_fen.is_(None), Claim.id)  # as the ledger counts them
    )
    history = covers_of(session, Cover.member_id.in_(people))
    in_force = _cached(lambda version: scheme_in_force(session, version))
    now, then = _Accounts(history), _Accounts(history)
    found = []
    for claim, cover in session.execute(query):
        plan, scheme = keys[claim.plan_id], in_force(claim.scheme_version_id)
        old, old_why = now.work_out(scheme, plan, claim, cover)
        if not since <= claim.event_on <= until:
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
    return tuple(sorted(found, key=lambda one: (one.event_on, one.claim_id)))


def _benefits(plan: str, *versions: Scheme) -> list[Benefits]:
    """What the versions that have the plan say of its benefit."""
    plans = [one for version in versions for one in version.plans if one.id == plan]
    return [one.benefits for one in plans if one.benefits is not None]


def _note(claim: Claim, cover: Cover | None, known: list[Benefits]) -> str:
    """Which facts the rules ask for and the ledger does not hold."""
    notes = []
    if cover is None and any(map(linked_plans, known)):
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
        facts = typed_facts(claim, kept_facts)
        if cover is None:
            return facts
        whose, own = cover.member_id, as_past(plan, cover)
        ledger = Ledger(own, cover.shares, self._history[whose], self._past[whose])
        return known_facts(scheme.plan(plan).benefits, facts, ledger)
