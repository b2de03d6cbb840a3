"""What an enrolment comes to: fees times people, shares and months, and which part who bears."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from db.codes import Payer
from desktop_app.domain.coverage import YEAR_MONTHS
from desktop_app.domain.figures import money_figures
from desktop_app.domain.labels import label
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
class Head:
    """What each of some people comes to who hold the same plans; it hangs on no one else."""

    women: bool
    people: int
    fen: int
    plans: tuple[tuple[str, int], ...]  # plan id, fen
    parts: tuple[Part, ...]


# Their parts come from other ledgers: the unit is told of them, but does not transfer them.
UNION_PAYERS = (Payer.UPPER_UNION, Payer.CITY_UNION, Payer.TOWN_UNION)


def own_fen(parts: Iterable[Part]) -> int:
    """What the unit has to transfer: the parts that no other union bears."""
    return sum(part.fen for part in parts if part.payer not in UNION_PAYERS)


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
    heads: tuple[Head, ...] = ()


def contribution(
    scheme: Scheme,
    *,
    people: int,
    women: int,
    plans: Sequence[str],
    shares: int | Mapping[str, int] = 1,
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
        shares: shares per person, the same of each plan or by plan.
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
    by_plan = {plan: shares if isinstance(shares, int) else shares[plan] for plan in plans}
    groups = [
        _Group(scheme, {p: n for p, n in by_plan.items() if not scheme.plan(p).women_only}, ratio),
        _Group(scheme, by_plan, ratio),
    ]
    heads = (people - women, women)
    total = sum(group.fen * count for group, count in zip(groups, heads, strict=True))
    return Contribution(
        total,
        _lines(scheme, by_plan, groups, heads),
        _parts(scheme, groups, heads),
        tuple(to_confirm),
        _steps(scheme, groups, heads, months, total),
        tuple(group.head(of, heads[of]) for of, group in enumerate(groups)),
    )


class _Group:
    """What each of some people comes to who all hold the same plans."""

    def __init__(self, scheme: Scheme, shares: Mapping[str, int], ratio: Fraction) -> None:
        fees = [(scheme.plan(plan).fee_fen.value or 0) * count for plan, count in shares.items()]
        self.fen = math.floor(sum(fees) * ratio + Fraction(1, 2))
        self.by_plan = dict(zip(shares, _share_out(self.fen, fees), strict=True))
        weights = payer_weights(scheme)
        self.by_payer = dict(
            zip(weights, _share_out(self.fen, list(weights.values())), strict=True)
        )

    def head(self, women: int, people: int) -> Head:
        parts = tuple(Part(payer, fen) for payer, fen in self.by_payer.items())
        return Head(bool(women), people, self.fen, tuple(self.by_plan.items()), parts)


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
    scheme: Scheme, shares: Mapping[str, int], groups: Sequence[_Group], heads: Sequence[int]
) -> tuple[PlanLine, ...]:
    lines = []
    for plan in map(scheme.plan, shares):
        holders = heads[1] if plan.women_only else sum(heads)
        total = sum(
            group.by_plan.get(plan.id, 0) * count
            for group, count in zip(groups, heads, strict=True)
        )
        fee = plan.fee_fen.value or 0
        lines.append(PlanLine(plan.id, plan.name, holders, shares[plan.id], fee, total))
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
    borne = _parts(scheme, groups, heads)
    told = ",".join(f"{label(Payer(part.payer))}{yuan(part.fen)}元" for part in borne)
    text = f"合计{yuan(total)}元" + (f",其中{told}。" if len(borne) > 1 else "。")
    return (*steps, RuleStep("contribution-total", "", str(sum(heads)), str(total), text))
