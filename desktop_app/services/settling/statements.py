"""The statements that work out what each member of a period is due."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Insert,
    Select,
    Subquery,
    func,
    insert,
    or_,
    select,
    union_all,
)

from db.models.settlements import Settlement, SettlementDue
from desktop_app.domain.benefits.benefit_segments import BulkRule
from desktop_app.services.settling.expressions import (
    benefit,
    deductible,
    least_of,
    lesser,
    total,
    whole,
)
from desktop_app.services.settling.feeds import Feed, Group, Rooms, groups

COLUMNS = ("run_id", "member_id", "settlements", "eligible_own_fen", "deductible_fen")
Rows = Select[Any] | CompoundSelect[Any]


def counted_column(rule: BulkRule) -> ColumnElement[int]:
    column: ColumnElement[int] = Settlement.__table__.c[rule.counts]
    return column


def without_admission(group: Group) -> Select[int]:
    """How many settlements lack the number of the admission that the deductible goes by."""
    unknown = or_(Settlement.admission_no.is_(None), Settlement.admission_no < 1)
    return select(func.count()).select_from(Settlement).where(*group.matched, unknown)


def joined(selects: list[Select[Any]]) -> Rows:
    return selects[0] if len(selects) == 1 else union_all(*selects)


def member_dues(rule: BulkRule, feed: Feed) -> Rows:
    """Rows of member, settlements, counted, deductible and benefit of the period."""
    return joined([_dues(group, feed) for group in groups(rule, feed)])


def _dues(group: Group, feed: Feed) -> Select[Any]:
    rule, sums = group.rule, _sums(group)
    rows = select(
        sums.c.member_id,
        sums.c.settlements,
        sums.c.own_fen,
        _taken(rule, sums).label("deductible_fen"),
        _due(rule, sums).label("benefit_fen"),
    )
    rooms = Rooms(rule, feed)
    if not rooms:
        return rows
    alone = rows.subquery()
    within = least_of([alone.c.benefit_fen, *(rooms.under(one) for one in rule.ceilings)])
    shown = [column for column in alone.c if column.key != "benefit_fen"]
    return select(*shown, within.label("benefit_fen")).select_from(rooms.beside(alone))


def _sums(group: Group) -> Subquery:
    rule = group.rule
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
        columns.append(total(benefit(rule.pieces, own - taken)).label("benefit_fen"))
    query = select(*columns).where(*group.matched).group_by(Settlement.member_id)
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
    own = sums.c.own_fen - sums.c.taken_fen if _takes(rule) else sums.c.own_fen
    return benefit(rule.pieces, own)


def insert_dues(rule: BulkRule, feed: Feed, run_id: int) -> Insert:
    """Store what every member of the period is due."""
    dues = member_dues(rule, feed).subquery()
    rows = select(whole(run_id), *dues.c)
    return insert(SettlementDue).from_select([*COLUMNS, "benefit_fen"], rows)
