"""A stored period worked out by the rule for single cases, one settlement after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from db.models.settlements import Settlement
from db.uow import Database
from desktop_app.domain.benefits.benefit_facts import Before, Facts
from desktop_app.domain.benefits.benefits import evaluate
from desktop_app.domain.schemes.benefit_parts import Benefits

_NOTHING: dict[str, int] = {}


@dataclass
class Answer:
    """What each settlement pays, what each member comes to, and what all of it hangs on."""

    each: dict[int, int] = field(default_factory=dict)
    members: dict[int, Before] = field(default_factory=lambda: defaultdict(Before))
    to_confirm: set[str] = field(default_factory=set)

    @property
    def sums(self) -> dict[int, tuple[int, int, int]]:
        return {
            member: (one.eligible_own_fen, one.deductible_fen, one.benefit_fen)
            for member, one in self.members.items()
        }


def reference(
    database: Database,
    benefits: Benefits,
    classes: Mapping[int, str] | None = None,
    paid: Mapping[int, dict[str, int]] | None = None,
) -> Answer:
    """Every settlement in its turn.

    Args:
        database: holds the settlements.
        benefits: the plan's.
        classes: class of people by member.
        paid: what other plans paid, by member and plan.
    """
    columns = Settlement.__table__.c
    query = select(
        columns.id,
        columns.member_id,
        columns.admission_no,
        columns.settled_on,
        columns[benefits.counts],
    ).order_by(columns.settled_on, columns.id)
    with database.reading() as uow:
        rows = uow.session.execute(query).all()
    answer = Answer()
    for settlement, member, admission, day, own in rows:
        was = answer.members[member]
        facts = Facts(
            event_on=day,
            eligible_own_fen=own,
            admission_no=admission,
            before=was,
            person_class=(classes or {}).get(member),
            paid_by_plans=(paid or {}).get(member, _NOTHING),
            lifetime_fen=was.benefit_fen,
        )
        found = evaluate(benefits, facts)
        assert found.fen is not None
        answer.each[settlement] = found.fen
        answer.to_confirm |= set(found.to_confirm)
        answer.members[member] = Before(
            was.eligible_own_fen + own,
            was.deductible_fen + found.deductible_fen,
            was.benefit_fen + found.fen,
        )
    return answer
