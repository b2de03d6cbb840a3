"""Two rules over the same settlements: who would get more, who less, and the sums."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop_app.domain.benefit_segments import BulkRule
from desktop_app.services.settling.expressions import total, whole
from desktop_app.services.settling.statements import member_dues


@dataclass(frozen=True, slots=True)
class Compared:
    """Members by what the second rule would change for them, and both sums."""

    more: int
    less: int
    same: int
    now_fen: int
    draft_fen: int


def compare(session: Session, now: BulkRule, draft: BulkRule, period_id: int) -> Compared:
    old = member_dues(now, period_id).subquery("old")
    new = member_dues(draft, period_id).subquery("new")
    change = new.c.benefit_fen - old.c.benefit_fen
    query = select(
        total(case((change > 0, whole(1)), else_=whole(0))),
        total(case((change < 0, whole(1)), else_=whole(0))),
        func.count(),
        total(old.c.benefit_fen),
        total(new.c.benefit_fen),
    ).join_from(old, new, old.c.member_id == new.c.member_id)
    more, less, members, now_fen, draft_fen = session.execute(query).one()
    if not members:
        return Compared(0, 0, 0, 0, 0)
    return Compared(more, less, members - more - less, now_fen, draft_fen)
