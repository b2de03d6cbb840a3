"""The open clauses that the amounts of a period hang on: those of all its settlements together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.benefits.benefit_segments import BulkRule
from desktop_app.domain.benefits.benefit_touches import Between, BulkCeiling
from desktop_app.services.settling.expressions import benefit, least_of, whole
from desktop_app.services.settling.feeds import Feed, Group, Rooms, groups
from desktop_app.services.settling.turns import turns

_Condition = tuple[str, ColumnElement[bool]]


def touched(session: Session, rule: BulkRule, feed: Feed) -> tuple[str, ...]:
    """Keys of the open clauses, as the reference rule names them for one row or another."""
    found: dict[str, None] = {}
    for group in groups(rule, feed):
        found.update(dict.fromkeys(_of_group(session, group, feed)))
    return tuple(found)


def _of_group(session: Session, group: Group, feed: Feed) -> list[str]:
    rows = _in_turn(group, feed)
    conditions = list(_conditions(group.rule, rows))
    flags = [func.max(case((holds, whole(1)), else_=whole(0))) for _key, holds in conditions]
    count, *answers = session.execute(select(func.count(), *flags).select_from(rows)).one()
    if not count:
        return []
    said = [key for (key, _holds), yes in zip(conditions, answers, strict=True) if yes]
    return [*group.rule.touches.always, *said]


def _in_turn(group: Group, feed: Feed) -> Subquery:
    """Each settlement with the period's total that the ceilings then bound, and their rooms."""
    rule, rows, rooms = group.rule, turns(group), Rooms(group.rule, feed)
    left = [rooms.under(one) for one in rule.ceilings]
    counted = rows.c.so_far_fen if rule.accumulates else rows.c.counted_fen
    paid = whole(0) if rule.accumulates else least_of([rows.c.before_fen, *left])
    return (
        select(
            rows.c.settled_on,
            rows.c.own_before_fen,
            counted.label("counted_fen"),
            paid.label("paid_fen"),
            (paid + benefit(rule.plain, counted)).label("total_fen"),
            *(room.label(_room(place)) for place, room in enumerate(left)),
        )
        .select_from(rooms.beside(rows))
        .subquery()
    )


def _room(place: int) -> str:
    return f"room_{place}"


def _conditions(rule: BulkRule, rows: Subquery) -> Iterator[_Condition]:
    touches, c = rule.touches, rows.c
    left = [c[_room(place)] for place in range(len(rule.ceilings))]
    if touches.known_from is not None:
        key, day = touches.known_from
        yield key, c.settled_on < day
    if touches.known_until is not None:
        key, day = touches.known_until
        yield key, c.settled_on > day
    if touches.accumulation is not None:
        cut = [c.total_fen > room for room in left]
        yield touches.accumulation, or_(c.own_before_fen > 0, *cut)
    for one in touches.sums:
        yield one.key, _between(c.counted_fen, one)
    yield from _reached(rule.ceilings, left, [c.total_fen])
    due = [one - c.paid_fen for one in (c.total_fen, *left)]
    yield from _reached(touches.cases, [whole(one.fen) for one in touches.cases], due)


def _between(counted: ColumnElement[int], one: Between) -> ColumnElement[bool]:
    above = counted >= whole(one.start)
    return above if one.end is None else and_(above, counted < whole(one.end))


def _reached(
    ceilings: tuple[BulkCeiling, ...],
    rooms: Sequence[ColumnElement[int]],
    bounds: Sequence[ColumnElement[int]],
) -> Iterator[_Condition]:
    """A ceiling bites where everything that bounds the sum before it lies above its room."""
    for place, ceiling in enumerate(ceilings):
        if ceiling.open_key is not None:
            before = [*bounds, *rooms[:place]]
            yield ceiling.open_key, and_(*(one > rooms[place] for one in before))
