"""Settlement by settlement: each as if paid in turn, by day and entry."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FunctionElement, Select, Subquery, case, func, select

from db.models.settlements import Settlement
from desktop_app.domain.benefits.benefit_pieces import value
from desktop_app.domain.benefits.benefit_segments import BulkRule
from desktop_app.services.settling.expressions import (
    benefit,
    deductible,
    integer,
    least_of,
    lesser,
    whole,
)
from desktop_app.services.settling.feeds import Feed, Group, Rooms, groups
from desktop_app.services.settling.statements import Rows, counted_column, joined


def turns(group: Group) -> Subquery:
    """The settlements with what they count and pay, and both summed up to and with each.

    Where the period accumulates `each_fen` is what a settlement counts, otherwise what it pays
    before the ceilings of the period.
    """
    rule = group.rule
    own = counted_column(rule)
    counted = own - deductible(rule, own, Settlement.__table__.c.admission_no)
    each = counted if rule.accumulates else benefit(rule.pieces, counted)
    rows = (
        select(
            Settlement.id.label("settlement_id"),
            Settlement.member_id.label("member_id"),
            Settlement.settled_on.label("settled_on"),
            own.label("own_fen"),
            counted.label("counted_fen"),
            each.label("each_fen"),
            _so_far(own).label("own_decimal"),
            _so_far(each).label("all_decimal"),
            _in_turn(func.row_number()).label("turn"),
        )
        .where(*group.matched)
        .subquery()
    )
    so_far = integer(rows.c.all_decimal)
    return select(
        *(column for column in rows.c if not column.key.endswith("_decimal")),
        (integer(rows.c.own_decimal) - rows.c.own_fen).label("own_before_fen"),
        so_far.label("so_far_fen"),
        (so_far - rows.c.each_fen).label("before_fen"),
    ).subquery()


def _so_far(column: ColumnElement[int]) -> ColumnElement[Any]:
    """The member's sum up to and with each row; PostgreSQL makes a decimal of it."""
    return _in_turn(func.sum(column), rows=(None, 0))


def _in_turn(function: FunctionElement[Any], **more: Any) -> ColumnElement[Any]:
    order = (Settlement.settled_on, Settlement.id)
    return function.over(partition_by=Settlement.member_id, order_by=order, **more)


def settlement_dues(rule: BulkRule, feed: Feed) -> Rows:
    """Rows of settlement, member and benefit."""
    return joined([_each(group, feed) for group in groups(rule, feed)])


def _each(group: Group, feed: Feed) -> Select[Any]:
    rule, rows, rooms = group.rule, turns(group), Rooms(group.rule, feed)
    totals = select(
        rows.c.settlement_id,
        rows.c.member_id,
        _paid(rule, rows.c.so_far_fen).label("so_far_fen"),
        _paid_before(rule, rows).label("before_fen"),
    ).subquery()
    if not rooms:
        rise = totals.c.so_far_fen - totals.c.before_fen
        return select(totals.c.settlement_id, totals.c.member_id, rise)
    left = [rooms.under(one) for one in rule.ceilings]
    rise = least_of([totals.c.so_far_fen, *left]) - least_of([totals.c.before_fen, *left])
    shown = select(totals.c.settlement_id, totals.c.member_id, rise)
    return shown.select_from(rooms.beside(totals))


def _paid_before(rule: BulkRule, rows: Subquery) -> ColumnElement[int]:
    """Nothing before the first, even where a sum of nothing pays something."""
    paid = _paid(rule, rows.c.before_fen)
    if not value(rule.pieces, 0):
        return paid
    return case((rows.c.turn == 1, whole(0)), else_=paid)


def _paid(rule: BulkRule, sum_: ColumnElement[int]) -> ColumnElement[int]:
    if rule.accumulates:
        return benefit(rule.pieces, sum_)
    return sum_ if rule.ceiling_fen is None else lesser(sum_, whole(rule.ceiling_fen))
