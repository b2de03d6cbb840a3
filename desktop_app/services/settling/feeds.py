"""What a working out goes by: a period's settlements, what else was paid, who is of a class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, case, func, select, union_all

from db.models.settlements import Settlement
from desktop_app.domain.benefits.benefit_segments import BulkRule
from desktop_app.domain.benefits.benefit_touches import BulkCeiling
from desktop_app.services.settling.expressions import total, whole


@dataclass(frozen=True, slots=True)
class Feed:
    """A period's settlements.

    Args:
        period_id: the period.
        paid: what other plans paid, by plan: rows of `member_id` and `fen`.
        classed: the members of each class of people; all others are ordinary.
    """

    period_id: int
    paid: Mapping[str, Select[Any]] = field(default_factory=dict)
    classed: Mapping[str, Select[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Settlements that one rule holds for; `matched` picks them."""

    rule: BulkRule
    matched: tuple[ColumnElement[bool], ...]


def groups(rule: BulkRule, feed: Feed) -> Iterator[Group]:
    """The ordinary members, then those of each class that the feed tells of."""
    member = Settlement.__table__.c.member_id
    known = (Settlement.__table__.c.period_id == feed.period_id, member.is_not(None))
    classed = [(one, feed.classed[one.key]) for one in rule.classes if one.key in feed.classed]
    yield Group(rule, (*known, *(member.not_in(members) for _one, members in classed)))
    for one, members in classed:
        yield Group(one.rule, (*known, member.in_(members)))


class Rooms:
    """What other plans leave below each ceiling of the period, member by member."""

    def __init__(self, rule: BulkRule, feed: Feed) -> None:
        self._paid: dict[tuple[str, ...], Subquery] = {}
        for ceiling in rule.ceilings:
            told = [feed.paid[plan] for plan in ceiling.plans if plan in feed.paid]
            if told and ceiling.plans not in self._paid:
                self._paid[ceiling.plans] = _by_member(told)

    def __bool__(self) -> bool:
        """Whether anything is told of other plans."""
        return bool(self._paid)

    def under(self, ceiling: BulkCeiling) -> ColumnElement[int]:
        paid = self._paid.get(ceiling.plans)
        if paid is None:
            return whole(ceiling.fen)
        left = whole(ceiling.fen) - func.coalesce(paid.c.paid_fen, 0)
        return case((left < 0, whole(0)), else_=left)

    def beside(self, rows: Subquery) -> FromClause:
        """The rows, each with what else was paid to its member."""
        joined: FromClause = rows
        for paid in self._paid.values():
            joined = joined.outerjoin(paid, paid.c.member_id == rows.c.member_id)
        return joined


def _by_member(told: list[Select[Any]]) -> Subquery:
    rows = (told[0] if len(told) == 1 else union_all(*told)).subquery()
    sums = select(rows.c.member_id, total(rows.c.fen).label("paid_fen"))
    return sums.group_by(rows.c.member_id).subquery()
