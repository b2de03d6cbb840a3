"""What the ledger tells of a period besides its settlements: payments, and classes of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.claims import Claim
from db.models.schemes import PlanRecord
from db.models.settlements import SettlementDue, SettlementPeriod
from desktop_app.domain.benefits.benefit_segments import BulkClass, BulkRule
from desktop_app.services.settling.feeds import Feed


def feed_of(
    session: Session,
    rule: BulkRule,
    period_id: int,
    paid: Mapping[str, Select[Any]] | None = None,
) -> Feed:
    """The period's feed.

    Args:
        session: reading or writing.
        rule: the plan's rule.
        period_id: the period.
        paid: what the settlements of plans that share a ceiling came to, by plan. What their
            decided claims came to is added from the ledger.
    """
    period = session.get_one(SettlementPeriod, period_id)
    told = {plan: _claimed(period, plan) for plan in rule.shared_with}
    for plan, rows in (paid or {}).items():
        if plan in told:
            both = rows.union_all(told[plan]).subquery()
            told[plan] = select(both.c.member_id, both.c.fen)
    classed = {one.key: _members(period, one) for one in rule.classes}
    known = {key: members for key, members in classed.items() if _any(session, members)}
    return Feed(period_id, told, known)


def paid_in(run_id: int) -> Select[Any]:
    """What a stored run made its members due."""
    table = SettlementDue.__table__.c
    return select(table.member_id, table.benefit_fen.label("fen")).where(table.run_id == run_id)


def _claims(period: SettlementPeriod) -> tuple[Any, ...]:
    """Claims of the same scheme whose events lie in the period."""
    scheme = select(PlanRecord.scheme_id).where(PlanRecord.id == period.plan_id)
    return (
        Claim.plan_id.in_(
            select(PlanRecord.id).where(PlanRecord.scheme_id == scheme.scalar_subquery())
        ),
        Claim.member_id.is_not(None),
        Claim.event_on >= period.from_on,
        Claim.event_on < period.until_on,
        Claim.state_code != CaseState.VOID,
    )


def _claimed(period: SettlementPeriod, plan: str) -> Select[Any]:
    keyed = select(PlanRecord.id).where(PlanRecord.plan_key == plan)
    columns: list[ColumnElement[Any]] = [
        Claim.__table__.c.member_id,
        Claim.__table__.c.decided_fen.label("fen"),
    ]
    return select(*columns).where(
        *_claims(period), Claim.plan_id.in_(keyed), Claim.decided_fen.is_not(None)
    )


def _members(period: SettlementPeriod, one: BulkClass) -> Select[Any]:
    """Who is of the class by the last claim that says a class at all."""
    said = Claim.facts["person_class"].as_string()
    turn = func.row_number().over(
        partition_by=Claim.member_id, order_by=(Claim.event_on.desc(), Claim.id.desc())
    )
    rows = (
        select(Claim.member_id.label("member_id"), said.label("said"), turn.label("turn"))
        .where(*_claims(period), said.is_not(None))
        .subquery()
    )
    return select(rows.c.member_id).where(rows.c.turn == 1, rows.c.said.in_((one.key, one.label)))


def _any(session: Session, members: Select[Any]) -> bool:
    return session.execute(members.limit(1)).first() is not None
