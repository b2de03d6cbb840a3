"""What an enrolment comes to: fees times people, shares and months, and which part who bears."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain.coverage import YEAR_MONTHS
from desktop_app.domain.figures import money_figures, open_fees
from desktop_app.domain.money import split, yuan
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes import Scheme


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the enrolment; `fee_fen` is per person and share for the whole period."""

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
    """What so many people come to.

    `total_fen` is None, and lines and parts are empty, while a figure it needs has no value; with
    `to_confirm` it is an estimate that nobody may be asked to pay.
    """

    total_fen: int | None
    lines: tuple[PlanLine, ...]
    parts: tuple[Part, ...]
    to_confirm: tuple[str, ...]
    steps: tuple[RuleStep, ...] = ()


def contribution(
    scheme: Scheme,
    *,
    people: int,
    women: int,
    plans: Sequence[str],
    shares: int = 1,
    months: int | None = None,
) -> Contribution:
    """What so many people with so many shares of each plan come to.

    Each person's amount is rounded half up to the fen once, split among the payers by largest
    remainder, and then summed: nothing is lost whatever the number of people.

    Args:
        scheme: with the confirmed figures laid over.
        people: everyone who joins.
        women: the women among them, who alone hold plans for women.
        plans: ids of the plans chosen.
        shares: shares per person and plan.
        months: the months due where a cover ends inside the period; None for the whole.
    """
    figures = money_figures(scheme, plans)
    to_confirm = [key for key, figure in figures.items() if figure.open]
    ratio = Fraction(1)
    renewal = scheme.coverage.renewal
    if months is not None and renewal is not None:
        ratio = Fraction(months, renewal.year_months.value or 1)
        to_confirm += [YEAR_MONTHS] if months and renewal.year_months.open else []
    if any(figure.value is None for figure in figures.values()):
        return Contribution(None, (), (), tuple(to_confirm))
    groups = [
        _Group(scheme, [plan for plan in plans if not scheme.plan(plan).women_only], shares, ratio),
        _Group(scheme, list(plans), shares, ratio),
    ]
    heads = (people - women, women)
    total = sum(group.fen * count for group, count in zip(groups, heads, strict=True))
    return Contribution(
        total,
        _lines(scheme, plans, groups, heads, shares),
        _parts(scheme, groups, heads),
        tuple(to_confirm),
        _steps(scheme, groups, heads, months, total),
    )


class _Group:
    """What each of some people comes to who all hold the same plans."""

    def __init__(self, scheme: Scheme, plans: Sequence[str], shares: int, ratio: Fraction) -> None:
        fees = [scheme.plan(plan).fee_fen.value or 0 for plan in plans]
        self.fen = math.floor(sum(fees) * shares * ratio + Fraction(1, 2))
        self.by_plan = dict(zip(plans, _share_out(self.fen, fees), strict=True))
        weights = payer_weights(scheme)
        self.by_payer = dict(
            zip(weights, _share_out(self.fen, list(weights.values())), strict=True)
        )


def payer_weights(scheme: Scheme) -> dict[str, int]:
    """Who bears how much, as whole weights; all on the default payer where no part is fixed."""
    funding = scheme.funding
    weights: dict[str, Fraction] = {}
    for part in funding.parts:
        weights[part.payer] = weights.get(part.payer, Fraction(0)) + (part.fee_fen.value or 0)
    for joint in funding.joint:
        shares = [payer.weight.value or 0 for payer in joint.payers]
        for payer, share in zip(joint.payers, shares, strict=True):
            borne = Fraction((joint.fee_fen.value or 0) * share, sum(shares))
            weights[payer.payer] = weights.get(payer.payer, Fraction(0)) + borne
    if not sum(weights.values()):
        return {funding.default_payer: 1}
    unit = math.lcm(*(weight.denominator for weight in weights.values()))
    return {payer: int(weight * unit) for payer, weight in weights.items()}


def _share_out(fen: int, weights: Sequence[int]) -> Sequence[int]:
    return split(fen, weights) if sum(weights) else [0] * len(weights)


def _lines(
    scheme: Scheme,
    plans: Sequence[str],
    groups: Sequence[_Group],
    heads: Sequence[int],
    shares: int,
) -> tuple[PlanLine, ...]:
    lines = []
    for plan in map(scheme.plan, plans):
        holders = heads[1] if plan.women_only else sum(heads)
        total = sum(
            group.by_plan.get(plan.id, 0) * count
            for group, count in zip(groups, heads, strict=True)
        )
        fee = plan.fee_fen.value or 0
        lines.append(PlanLine(plan.id, plan.name, holders, shares, fee, total))
    return tuple(lines)


def _parts(scheme: Scheme, groups: Sequence[_Group], heads: Sequence[int]) -> tuple[Part, ...]:
    return tuple(
        Part(
            payer,
            sum(g.by_payer[payer] * count for g, count in zip(groups, heads, strict=True)),
        )
        for payer in payer_weights(scheme)
    )


def _steps(
    scheme: Scheme,
    groups: Sequence[_Group],
    heads: Sequence[int],
    months: int | None,
    total: int,
) -> tuple[RuleStep, ...]:
    due = "" if months is None else f",按{months}个月计"
    steps = []
    for group, count in zip(groups, heads, strict=True):
        if count:
            parts = ";".join(f"{payer} {yuan(fen)}" for payer, fen in group.by_payer.items())
            plans = "、".join(scheme.plan(plan).short_name for plan in group.by_plan)
            sources = (scheme.plan(plan).fee_fen.source for plan in group.by_plan)
            text = f"每人{yuan(group.fen)}元({plans}{due}),{count}人{yuan(group.fen * count)}元。"
            clause = ";".join(dict.fromkeys(filter(None, sources)))
            steps.append(RuleStep("contribution", clause, str(count), parts, text))
    text = f"合计{yuan(total)}元。"
    return (*steps, RuleStep("contribution-total", "", str(sum(heads)), str(total), text))


def person_fen(scheme: Scheme, plans: Sequence[str], shares: int = 1) -> int | None:
    """What one person with these plans comes to; None while a fee is to be confirmed."""
    if open_fees(scheme, plans):
        return None
    return sum((scheme.plan(plan).fee_fen.value or 0) * shares for plan in plans)
