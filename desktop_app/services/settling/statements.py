"""The statements that work out a period: what each member is due, or each settlement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    Subquery,
    case,
    func,
    insert,
    or_,
    select,
)

from db.models.settlements import Settlement, SettlementDue
from desktop_app.domain.benefit_segments import BulkRule
from desktop_app.services.settling.expressions import (
    benefit,
    deductible,
    integer,
    lesser,
    total,
    whole,
)

COLUMNS = ("run_id", "member_id", "settlements", "eligible_own_fen", "deductible_fen")


def counted_column(rule: BulkRule) -> ColumnElement[int]:
    column: ColumnElement[int] = Settlement.__table__.c[rule.counts]
    return column


def _matched(period_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Settlement.period_id == period_id, Settlement.member_id.is_not(None))


def without_admission(period_id: int) -> Select[int]:
    """How many settlements lack the number of the admission that the deductible goes by."""
    unknown = or_(Settlement.admission_no.is_(None), Settlement.admission_no < 1)
    return select(func.count()).select_from(Settlement).where(*_matched(period_id), unknown)


def member_dues(rule: BulkRule, period_id: int, other_runs: Sequence[int] = ()) -> Select[Any]:
    """Rows of member, settlements, counted, deductible and benefit of the period.

    Args:
        rule: the plan's rule.
        period_id: the period.
        other_runs: runs of plans that share the ceiling and go before this one.
    """
    sums = _sums(rule, period_id)
    taken = _taken(rule, sums)
    due = _due(rule, sums)
    shown = (sums.c.member_id, sums.c.settlements, sums.c.own_fen, taken.label("deductible_fen"))
    if not other_runs or rule.ceiling_fen is None:
        return select(*shown, due.label("benefit_fen"))
    others = _paid(other_runs)
    room = whole(rule.ceiling_fen) - func.coalesce(others.c.paid_fen, 0)
    within = case((room < 0, whole(0)), (due < room, due), else_=room)
    rows = select(*shown, within.label("benefit_fen"))
    return rows.outerjoin(others, others.c.member_id == sums.c.member_id)


def _sums(rule: BulkRule, period_id: int) -> Subquery:
    own = counted_column(rule)
    taken = deductible(rule, own, Settlement.__table__.c.admission_no)
    columns: list[ColumnElement[Any]] = [
        Settlement.member_id.label("member_id"),
        func.count().label("settlements"),
        total(own).label("own_fen"),
    ]
    if _takes(rule):
        columns.append(total(taken).label("taken_fen"))
    if not rule.accumulates:
        columns.append(total(benefit(rule, own - taken)).label("benefit_fen"))
    query = select(*columns).where(*_matched(period_id)).group_by(Settlement.member_id)
    return query.subquery()


def _takes(rule: BulkRule) -> bool:
    """Whether each settlement has a deductible of its own."""
    return not rule.once and bool(rule.first_fen or rule.later_fen)


def _taken(rule: BulkRule, sums: Subquery) -> ColumnElement[int]:
    if rule.once:
        return lesser(sums.c.own_fen, whole(rule.first_fen))
    return sums.c.taken_fen if _takes(rule) else whole(0)


def _due(rule: BulkRule, sums: Subquery) -> ColumnElement[int]:
    if not rule.accumulates:
        due: ColumnElement[int] = sums.c.benefit_fen
        return due if rule.ceiling_fen is None else lesser(due, whole(rule.ceiling_fen))
    return benefit(rule, sums.c.own_fen - sums.c.taken_fen if _takes(rule) else sums.c.own_fen)


def _paid(runs: Sequence[int]) -> Subquery:
    return (
        select(
            SettlementDue.member_id, total(SettlementDue.__table__.c.benefit_fen).label("paid_fen")
        )
        .where(SettlementDue.run_id.in_(runs))
        .group_by(SettlementDue.member_id)
        .subquery()
    )


def insert_dues(
    rule: BulkRule, period_id: int, run_id: int, other_runs: Sequence[int] = ()
) -> Insert:
    """Store what every member of the period is due."""
    dues = member_dues(rule, period_id, other_runs).subquery()
    rows = select(whole(run_id), *dues.c)
    return insert(SettlementDue).from_select([*COLUMNS, "benefit_fen"], rows)


def settlement_dues(rule: BulkRule, period_id: int) -> Select[Any]:
    """Rows of settlement and benefit: each settlement as if paid in turn, by day and entry."""
    own = counted_column(rule)
    taken = deductible(rule, own, Settlement.__table__.c.admission_no)
    each = own - taken if rule.accumulates else benefit(rule, own - taken)
    rows = (
        select(
            Settlement.id.label("settlement_id"),
            Settlement.member_id.label("member_id"),
            each.label("each_fen"),
            func.sum(each)
            .over(
                partition_by=Settlement.member_id,
                order_by=(Settlement.settled_on, Settlement.id),
                rows=(None, 0),
            )
            .label("all_decimal"),
        )
        .where(*_matched(period_id))
        .subquery()
    )
    so_far = integer(rows.c.all_decimal)
    earlier = so_far - rows.c.each_fen
    return select(rows.c.settlement_id, rows.c.member_id, _rise(rule, earlier, so_far))


def _rise(
    rule: BulkRule, earlier: ColumnElement[int], so_far: ColumnElement[int]
) -> ColumnElement[int]:
    if rule.accumulates:
        return benefit(rule, so_far) - benefit(rule, earlier)
    if rule.ceiling_fen is None:
        return so_far - earlier
    most = whole(rule.ceiling_fen)
    return lesser(so_far, most) - lesser(earlier, most)
