"""A plan's benefit ready for a database: its straight pieces, its ceilings, its open clauses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.domain.benefits.benefit_pieces import (
    Pieces,
    Straight,
    amount_of,
    capped,
    least,
    level,
    shifted,
    straight,
    value,
)
from desktop_app.domain.benefits.benefit_touches import (
    BulkCeiling,
    Touches,
    known_ceilings,
    touches_of,
)
from desktop_app.domain.schemes.benefit_parts import (
    BenefitPart,
    Benefits,
    Brackets,
    Ceiling,
    Clause,
    FixedSteps,
    PersonClass,
)
from desktop_app.errors import UserError


@dataclass(frozen=True, slots=True)
class BulkRule:
    """A benefit that a database can work out for a whole feed.

    Args:
        counts: the fact and column it goes by.
        accumulates: `pieces` take the period's sum; otherwise each settlement by itself.
        pieces: the benefit of a counted sum, rounded; ceilings of what they take are in them.
        plain: the same without any ceiling.
        first_fen: the deductible of a first admission; of the period where `once`.
        later_fen: the deductible from the second admission on.
        once: the deductible is the period's and the pieces take the sum before it.
        ceilings: the period's, in their order; each stands by itself.
        touches: which open clauses the amounts hang on.
        classes: people with other rates.
    """

    counts: str
    accumulates: bool
    pieces: Pieces
    plain: Pieces
    first_fen: int
    later_fen: int
    once: bool
    ceilings: tuple[BulkCeiling, ...]
    touches: Touches
    classes: tuple[BulkClass, ...] = ()

    @property
    def ceiling_fen(self) -> int | None:
        """The least that any of the period's ceilings leaves, were nothing else paid."""
        return min((one.fen for one in self.ceilings), default=None)

    @property
    def shared_with(self) -> tuple[str, ...]:
        """Plans that share one of the ceilings."""
        return tuple(dict.fromkeys(plan for one in self.ceilings for plan in one.plans))

    def benefit(self, counted: int) -> int:
        return value(self.pieces, counted)


@dataclass(frozen=True, slots=True)
class BulkClass:
    """The rule of one class of people, who are called by either word."""

    key: str
    label: str
    rule: BulkRule


def in_period(benefits: Benefits, first: datetime.date, last: datetime.date) -> Benefits:
    """The benefits with those ceilings alone that hold on the days of a period, both inside.

    Raises:
        UserError: `not-in-bulk` where a ceiling holds for a part of the period only.
    """
    kept = tuple(
        one
        for one in benefits.ceilings
        if (one.first or first) <= last and (one.last or last) >= first
    )
    for one in kept:
        if not (one.holds_on(first) and one.holds_on(last)):
            raise UserError(
                "not-in-bulk",
                "保障期内封顶有变动,批量计算不了,这个项目的待遇要逐件计算。",
                "请逐件登记申领。",
                one.clause.key,
            )
    return replace(benefits, ceilings=kept)


def bulk_rule(benefits: Benefits) -> BulkRule:
    """The rule for whole feeds; of dated ceilings all count, unless `in_period` chose among them.

    Raises:
        UserError: `not-in-bulk` where a rule needs facts that a feed does not carry;
            `to-confirm` where no figure is known.
    """
    if benefits.unknown:
        keys = "、".join(benefits.unknown)
        raise UserError("to-confirm", "待遇标准待核对,不能批量计算。", "请先核对方案。", keys)
    rule = _only_rule(benefits)
    classes = tuple(
        BulkClass(key, person.label, _of(benefits, rule, person))
        for key, person in benefits.classes.items()
    )
    return replace(_of(benefits, rule, None), classes=classes)


def _of(benefits: Benefits, rule: Straight, person: PersonClass | None) -> BulkRule:
    plain, raised = _raised(benefits, rule, person)
    pieces = plain
    for ceiling in known_ceilings(benefits, "case"):
        pieces = capped(pieces, ceiling.fen)
    periods = known_ceilings(benefits, "period")
    if benefits.accumulates and periods:
        pieces = capped(pieces, min(one.fen for one in periods))
    first, later = _heights(benefits, person)
    once = benefits.deductible is not None and benefits.deductible.once
    by = first if once else 0
    return BulkRule(
        counts=benefits.counts,
        accumulates=benefits.accumulates,
        pieces=shifted(pieces, by),
        plain=shifted(plain, by),
        first_fen=first,
        later_fen=later,
        once=once,
        ceilings=periods,
        touches=touches_of(benefits, person, raised, by),
    )


def _raised(
    benefits: Benefits, rule: Straight, person: PersonClass | None
) -> tuple[Pieces, tuple[int, int | None] | None]:
    """The pieces with the minimum in them, and the sums that it raises."""
    amount, pieces, minimum = amount_of(rule, person), straight(rule, person), benefits.minimum
    if minimum is None:
        return pieces, None
    start = least(lambda fen: amount(fen) > 0)
    end = least(lambda fen: amount(fen) >= minimum.fen)
    if start is None or (end is not None and end <= start):
        return pieces, None
    return level(pieces, start, end, minimum.fen), (start, end)


def _heights(benefits: Benefits, person: PersonClass | None) -> tuple[int, int]:
    """The deductible of a first admission, and of the later ones."""
    rule = benefits.deductible
    if rule is None:
        return 0, 0
    first, later = rule.fen, rule.later_fen
    if person and person.deductible_fen is not None:
        first, later = person.deductible_fen, person.later_deductible_fen
    return first or 0, (first or 0) if later is None or first is None else later


def _only_rule(benefits: Benefits) -> Straight:
    odd = [(clause.key, words) for clause, words in _odd(benefits)]
    if benefits.ends_plan:
        odd.append((f"{benefits.clause.key}.ends_plan", "给付后项目终止"))
    rule = benefits.parts[0].rule
    if odd or not isinstance(rule, Brackets | FixedSteps):
        what = "、".join(dict.fromkeys(words for _key, words in odd))
        keys = "、".join(dict.fromkeys(key for key, _words in odd))
        raise UserError(
            "not-in-bulk",
            f"批量计算不了{what},这个项目的待遇要逐件计算。",
            "请逐件登记申领。",
            keys,
        )
    return rule


def _odd(benefits: Benefits) -> Iterator[tuple[Clause, str]]:
    """What a feed does not carry the facts for, by clause, in words."""
    yield from ((one.clause, "其他项目已付的扣减") for one in benefits.stacking)
    for one in benefits.ceilings:
        words = _odd_ceiling(one, benefits)
        if words:
            yield one.clause, words
    if benefits.waiting is not None and benefits.waiting.bands:
        yield benefits.waiting.clause, "等待期"
    for part in benefits.parts:
        if len(benefits.parts) > 1 or not _is_straight(part):
            yield part.clause, "几项合并或不按金额递增的待遇"
    if benefits.deductible is not None and benefits.deductible.once:
        classes = benefits.classes.values()
        later = (one for one in classes if one.later_deductible_fen is not None)
        yield from ((one.clause, "按住院次数不同的期内起付线") for one in later)


def _is_straight(part: BenefitPart) -> bool:
    """Whether more counted never pays less, so that sums may be taken together."""
    if isinstance(part.rule, FixedSteps):
        sums = [fen for _border, fen in part.rule.steps]
        return sums == sorted(sums)
    return isinstance(part.rule, Brackets)


def _odd_ceiling(ceiling: Ceiling, benefits: Benefits) -> str:
    if ceiling.per == "case" and benefits.accumulates:
        return "累计待遇的每次封顶"
    if ceiling.fen is None:
        return ""
    if ceiling.per == "lifetime":
        return "历年累计封顶"
    if ceiling.per_share:
        return "按份数的封顶"
    shared = ceiling.per == "case" and set(ceiling.plans) - {benefits.plan_id}
    return "几个项目合用的每次封顶" if shared else ""
