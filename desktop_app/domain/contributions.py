"""What an enrolment comes to: fees times people, shares and months, and which part who bears."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from db.codes import Payer
from desktop_app.domain.coverage import YEAR_MONTHS
from desktop_app.domain.figures import money_figures
from desktop_app.domain.labels import label
from desktop_app.domain.money import split, yuan
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.fee_classes import ORDINARY, Crowd, class_label, with_fees_of
from desktop_app.domain.schemes.schemes import Scheme


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan for people of one class; `fee_fen` is per person and share for the whole period."""

    plan_id: str
    name: str
    people: int
    shares: int
    fee_fen: int
    total_fen: int
    fee_class: str = ORDINARY


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
    fee_class: str = ORDINARY


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
    """What so many people of no class of their own come to; see `contribution_of`."""
    crowds = (Crowd(people, women),)
    return contribution_of(scheme, crowds, plans=plans, shares=shares, months=months)


def contribution_of(
    scheme: Scheme,
    crowds: Sequence[Crowd],
    *,
    plans: Sequence[str],
    shares: int | Mapping[str, int] = 1,
    months: int | None = None,
) -> Contribution:
    """What people of one class or of several come to, with so many shares of each plan.

    Each person's amount is rounded half up to the fen once, split among the payers by largest
    remainder, and then summed: nothing is lost whatever the number of people.

    Args:
        scheme: with the confirmed figures laid over.
        crowds: the people by class; the women among them alone hold plans for women.
        plans: ids of the plans chosen.
        shares: shares per person, the same of each plan or by plan.
        months: the months due where a cover ends inside the period; None for the whole.
    """
    figures = money_figures(scheme, plans, [one.fee_class for one in crowds])
    to_confirm = [key for key, figure in figures.items() if figure.open]
    ratio = Fraction(1)
    renewal = scheme.coverage.renewal
    if months is not None and renewal is not None:
        ratio = Fraction(months, renewal.year_months.value or 1)
        to_confirm += [YEAR_MONTHS] if months and renewal.year_months.open else []
    if any(figure.value is None for figure in figures.values()):
        return Contribution(None, (), (), tuple(to_confirm))
    by_plan = {plan: shares if isinstance(shares, int) else shares[plan] for plan in plans}
    groups = [group for crowd in crowds for group in _groups(scheme, crowd, by_plan, ratio)]
    total = sum(group.fen * group.people for group in groups)
    return Contribution(
        total,
        _lines(scheme, crowds, groups, by_plan),
        _parts(scheme, groups),
        tuple(to_confirm),
        _steps(scheme, groups, months, total),
        tuple(group.head() for group in groups),
    )


def _groups(
    scheme: Scheme, crowd: Crowd, shares: Mapping[str, int], ratio: Fraction
) -> Iterator[_Group]:
    """The men of a class, then its women."""
    scheme = with_fees_of(scheme, crowd.fee_class)
    for_all = {plan: n for plan, n in shares.items() if not scheme.plan(plan).women_only}
    men = Crowd(crowd.people - crowd.women, 0, crowd.fee_class)
    yield _Group(scheme, men, for_all, ratio)
    women = Crowd(crowd.women, crowd.women, crowd.fee_class)
    yield _Group(scheme, women, shares, ratio, women=True)


class _Group:
    """Some people of one class who all hold the same plans, and what each of them comes to."""

    def __init__(
        self,
        scheme: Scheme,
        crowd: Crowd,
        shares: Mapping[str, int],
        ratio: Fraction,
        *,
        women: bool = False,
    ) -> None:
        self.people, self.women, self.fee_class = crowd.people, women, crowd.fee_class
        self.fees = {plan: scheme.plan(plan).fee_fen for plan in shares}
        fees = [(self.fees[plan].value or 0) * count for plan, count in shares.items()]
        self.fen = math.floor(sum(fees) * ratio + Fraction(1, 2))
        self.by_plan = dict(zip(shares, _share_out(self.fen, fees), strict=True))
        weights = payer_weights(scheme)
        self.by_payer = dict(
            zip(weights, _share_out(self.fen, list(weights.values())), strict=True)
        )

    def head(self) -> Head:
        parts = tuple(Part(payer, fen) for payer, fen in self.by_payer.items())
        plans = tuple(self.by_plan.items())
        return Head(self.women, self.people, self.fen, plans, parts, self.fee_class)


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
    scheme: Scheme, crowds: Sequence[Crowd], groups: Sequence[_Group], shares: Mapping[str, int]
) -> tuple[PlanLine, ...]:
    lines = []
    for crowd in crowds:
        own = [group for group in groups if group.fee_class == crowd.fee_class]
        known = with_fees_of(scheme, crowd.fee_class)
        for plan in map(known.plan, shares):
            holders = crowd.women if plan.women_only else crowd.people
            total = sum(group.by_plan.get(plan.id, 0) * group.people for group in own)
            fee, count = plan.fee_fen.value or 0, shares[plan.id]
            lines.append(PlanLine(plan.id, plan.name, holders, count, fee, total, crowd.fee_class))
    return tuple(lines)


def _parts(scheme: Scheme, groups: Sequence[_Group]) -> tuple[Part, ...]:
    return tuple(
        Part(payer, sum(group.by_payer[payer] * group.people for group in groups))
        for payer in payer_weights(scheme)
    )


def _steps(
    scheme: Scheme, groups: Sequence[_Group], months: int | None, total: int
) -> tuple[RuleStep, ...]:
    due = "" if months is None else f",按{months}个月计"
    steps = []
    for group in groups:
        if group.people:
            parts = ";".join(f"{payer} {yuan(fen)}" for payer, fen in group.by_payer.items())
            plans = "、".join(scheme.plan(plan).short_name for plan in group.by_plan)
            label_ = class_label(scheme, group.by_plan, group.fee_class)
            people = f"{label_}每人" if label_ else "每人"
            whole = yuan(group.fen * group.people)
            text = f"{people}{yuan(group.fen)}元({plans}{due}),{group.people}人{whole}元。"
            clause = ";".join(dict.fromkeys(filter(None, (f.source for f in group.fees.values()))))
            steps.append(RuleStep("contribution", clause, str(group.people), parts, text))
    borne = _parts(scheme, groups)
    told = ",".join(f"{label(Payer(part.payer))}{yuan(part.fen)}元" for part in borne)
    text = f"合计{yuan(total)}元" + (f",其中{told}。" if len(borne) > 1 else "。")
    people = str(sum(group.people for group in groups))
    return (*steps, RuleStep("contribution-total", "", people, str(total), text))
