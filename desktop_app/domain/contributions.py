"""What an enrolment comes to: fees times people and shares, and which part who bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.figures import open_fees
from desktop_app.domain.schemes import Scheme


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the enrolment; `fee_fen` is per person and share."""

    plan_id: str
    name: str
    people: int
    shares: int
    fee_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Part:
    payer: str
    fen: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """`total_fen` is None, and lines and parts are empty, while a fee is to be confirmed."""

    total_fen: int | None
    lines: tuple[PlanLine, ...]
    parts: tuple[Part, ...]
    to_confirm: tuple[str, ...]


def contribution(
    scheme: Scheme, *, people: int, women: int, plans: Sequence[str], shares: int = 1
) -> Contribution:
    """What so many people with so many shares of each plan come to.

    Args:
        scheme: with the confirmed figures laid over.
        people: everyone who joins.
        women: the women among them, who alone hold plans for women.
        plans: ids of the plans chosen.
        shares: shares per person and plan.
    """
    to_confirm = open_fees(scheme, plans)
    if to_confirm:
        return Contribution(None, (), (), to_confirm)
    lines = tuple(_line(scheme, plan, people, women, shares) for plan in plans)
    total = sum(line.total_fen for line in lines)
    parts = tuple(
        Part(part.payer, (part.fee_fen.value or 0) * people * shares)
        for part in scheme.funding.parts
    )
    return Contribution(total, lines, parts or (Part(scheme.funding.default_payer, total),), ())


def person_fen(scheme: Scheme, plans: Sequence[str], shares: int = 1) -> int | None:
    """What one person with these plans comes to; None while a fee is to be confirmed."""
    if open_fees(scheme, plans):
        return None
    return sum((scheme.plan(plan).fee_fen.value or 0) * shares for plan in plans)


def _line(scheme: Scheme, plan_id: str, people: int, women: int, shares: int) -> PlanLine:
    plan = scheme.plan(plan_id)
    holders = women if plan.women_only else people
    fee = plan.fee_fen.value or 0
    return PlanLine(plan.id, plan.name, holders, shares, fee, fee * holders * shares)
