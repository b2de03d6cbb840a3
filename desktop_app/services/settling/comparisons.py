"""Two rules over the same settlements: who would get more, who less, and the sums."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop_app.services.settling.expressions import total, whole
from desktop_app.services.settling.statements import Rows


@dataclass(frozen=True, slots=True)
class Compared:
    """Members by what the second rule would change for them, and both sums."""

    more: int
    less: int
    same: int
    now_fen: int
    draft_fen: int


def compare(session: Session, now: Rows, draft: Rows) -> Compared:
    """Hold what members are due under one rule against the other."""
    old, new = now.subquery("old"), draft.subquery("new")
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
