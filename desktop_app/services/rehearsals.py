"""方案试算: a draft of a scheme run over past claims and settlements; it saves nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.codes import CaseState, CoverState, VersionState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord, SchemeRecord, SchemeVersion
from db.models.settlements import SettlementPeriod
from desktop_app.domain.benefit_cases import work_out
from desktop_app.domain.benefit_facts import Before, Facts, facts_from
from desktop_app.domain.benefit_history import PastCover, covered_since
from desktop_app.domain.benefit_segments import BulkRule, bulk_rule
from desktop_app.domain.benefits import BenefitResult
from desktop_app.domain.schemes import Scheme, scheme_from
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.rehearsal_views import Rehearsal, RehearsedClaim, RehearsedPeriod
from desktop_app.services.scheme_texts import plan_ids, scheme_in_force
from desktop_app.services.settling.comparisons import compare
from desktop_app.services.settling.runs import check_admissions

_History = Mapping[int, list[PastCover]]


class RehearsalService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.FIGURES)
    def rehearse(self, text: str, since: date, until: date) -> Rehearsal:
        """Run a draft's text over the events from `since` up to and with `until`."""
        draft = scheme_from(text)
        with self.desk.database.reading() as uow:
            record = uow.session.scalars(
                select(SchemeRecord).where(SchemeRecord.scheme_key == draft.id)
            ).one_or_none()
            if record is None:
                raise UserError(
                    "scheme-unknown",
                    f"本机构没有使用方案“{draft.id}”,没有以往数据可以试算。",
                    "请先启用这个方案,或核对草稿里的 id。",
                )
            keys = {number: key for key, number in plan_ids(uow.session, record.id).items()}
            claims = _claims(uow.session, draft, keys, since, until)
            periods = _periods(uow.session, draft, record.id, since, until)
        return Rehearsal(claims, periods)


def _claims(
    session: Session, draft: Scheme, keys: Mapping[int, str], since: date, until: date
) -> tuple[RehearsedClaim, ...]:
    asked = (
        Claim.plan_id.in_(keys),
        Claim.event_on.between(since, until),
        Claim.state_code != CaseState.VOID,
    )
    query = (
        select(Claim, Cover)
        .outerjoin(Cover, Cover.id == Claim.cover_id)
        .where(*asked)
        .order_by(Claim.event_on, Claim.id)
    )
    history = _history(session, select(Claim.member_id).where(*asked))
    in_force = _cached(lambda version: scheme_in_force(session, version))
    now, then = _Accounts(history), _Accounts(history)
    found = []
    for claim, cover in session.execute(query):
        plan = keys[claim.plan_id]
        old, old_why = now.take(in_force(claim.scheme_version_id), plan, claim, cover)
        new, new_why = then.take(draft, plan, claim, cover)
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
            )
        )
    return tuple(found)


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
    """What one version has counted and paid so far, for each person, plan and cover."""

    def __init__(self, history: _History) -> None:
        self._history = history
        self._before: dict[tuple[str, int], Before] = {}

    def take(
        self, scheme: Scheme, plan: str, claim: Claim, cover: Cover | None
    ) -> tuple[BenefitResult | None, str]:
        """The next claim's figure, or why there is none."""
        key = (plan, claim.id if cover is None else -cover.id)
        before = self._before.get(key, Before())
        try:
            facts = self._facts(scheme, plan, claim, cover)
            found = work_out(scheme, plan, replace(facts, before=before))
        except UserError as error:
            return None, error.message
        if found.fen is None:
            return None, found.steps[-1].text
        self._before[key] = Before(
            before.eligible_own_fen + found.base_fen,
            before.deductible_fen + found.deductible_fen,
            before.benefit_fen + found.fen,
        )
        return found, ""

    def _facts(self, scheme: Scheme, plan: str, claim: Claim, cover: Cover | None) -> Facts:
        facts = facts_from({**claim.facts, "before": None, "event_on": claim.event_on.isoformat()})
        if cover is None:
            return facts
        facts = replace(
            facts,
            effective_on=cover.from_on,
            ends_on=cover.until_on,
            shares=facts.shares or cover.shares,
        )
        benefits = scheme.plan(plan).benefits
        if benefits is None or benefits.waiting is None:
            return facts
        covers = self._history.get(cover.member_id, [])
        since = covered_since(covers, cover.from_on, plan, benefits.waiting)
        return replace(facts, covered_since=since)


def _periods(
    session: Session, draft: Scheme, scheme_id: int, since: date, until: date
) -> tuple[RehearsedPeriod, ...]:
    query = (
        select(SettlementPeriod, PlanRecord.plan_key)
        .join(PlanRecord, PlanRecord.id == SettlementPeriod.plan_id)
        .where(
            PlanRecord.scheme_id == scheme_id,
            SettlementPeriod.from_on <= until,
            SettlementPeriod.until_on > since,
        )
        .order_by(SettlementPeriod.from_on, PlanRecord.sort_no)
    )
    rows = session.execute(query).all()
    if not rows:
        return ()
    now = scheme_in_force(session, _last_active(session, scheme_id))
    return tuple(_period(session, now, draft, period, plan) for period, plan in rows)


def _last_active(session: Session, scheme_id: int) -> int:
    """The version that new cases go by."""
    query = select(SchemeVersion.id).where(
        SchemeVersion.scheme_id == scheme_id, SchemeVersion.state_code == VersionState.ACTIVE
    )
    version = session.scalars(query.order_by(SchemeVersion.version_no.desc()).limit(1)).first()
    if version is None:
        raise UserError("scheme-missing", "这个方案还没有启用。", "请由负责人先启用方案。")
    return version


def _period(
    session: Session, now: Scheme, draft: Scheme, period: SettlementPeriod, plan: str
) -> RehearsedPeriod:
    empty = RehearsedPeriod(plan, period.from_on, period.until_on, 0, 0, 0, 0, 0)
    try:
        rules = [_bulk(scheme, plan) for scheme in (now, draft)]
        for rule in rules:
            check_admissions(session, rule, period.id)
    except UserError as error:
        return replace(empty, why=error.message)
    found = compare(session, rules[0], rules[1], period.id)
    return replace(
        empty,
        more=found.more,
        less=found.less,
        same=found.same,
        now_fen=found.now_fen,
        draft_fen=found.draft_fen,
    )


def _bulk(scheme: Scheme, plan: str) -> BulkRule:
    benefits = scheme.plan(plan).benefits
    if benefits is None:
        raise UserError("to-confirm", "方案没有写待遇标准,不能计算。")
    return bulk_rule(benefits)
