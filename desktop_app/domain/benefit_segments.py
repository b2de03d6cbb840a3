"""A plan's benefit as straight pieces over whole fen, ready for a database: integers only."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain.benefit_amounts import brackets_amount
from desktop_app.domain.benefit_parts import Benefits, Brackets, FixedSteps
from desktop_app.errors import UserError

_MOST_FEN = 10**12  # what a person can bear in a period; keeps every product within 64 bits
_FINEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` on: (factor × counted + offset) // divisor."""

    start: int
    factor: int
    offset: int
    divisor: int

    def at(self, counted: int) -> int:
        return (self.factor * counted + self.offset) // self.divisor


@dataclass(frozen=True, slots=True)
class BulkRule:
    """A benefit that a database can work out for a whole feed, at the ordinary rates.

    Args:
        counts: the fact and column it goes by.
        accumulates: `pieces` take the period's sum; otherwise each settlement by itself.
        pieces: the benefit of a counted sum, rounded; a ceiling of what they take is in them.
        first_fen: the deductible of a first admission; of the period where `once`.
        later_fen: the deductible from the second admission on.
        once: the deductible is the period's and `pieces` take the sum before it.
        ceiling_fen: the most for the period.
        shared_with: plans that share the ceiling.
        to_confirm: keys of the open clauses that every settlement hangs on; an open ceiling
            concerns only those who reach it.
    """

    counts: str
    accumulates: bool
    pieces: tuple[Piece, ...]
    first_fen: int
    later_fen: int
    once: bool
    ceiling_fen: int | None
    shared_with: tuple[str, ...]
    to_confirm: tuple[str, ...]

    def benefit(self, counted: int) -> int:
        """What the pieces give; a database gives the same."""
        place = bisect_right(self.pieces, counted, key=lambda piece: piece.start)
        return self.pieces[place - 1].at(counted)


def bulk_rule(benefits: Benefits) -> BulkRule:
    """The rule for whole feeds.

    Raises:
        UserError: `not-in-bulk` where a rule needs facts that a feed does not carry;
            `to-confirm` where no figure is known.
    """
    if benefits.unknown:
        keys = "、".join(benefits.unknown)
        raise UserError("to-confirm", "待遇标准待核对,不能批量计算。", "请先核对方案。", keys)
    rule = _only_rule(benefits)
    amount = _amount_of(rule)
    pieces = _straight(rule)
    minimum = benefits.minimum
    if minimum is not None:
        zero = _least(lambda fen: amount(fen) > 0)
        reached = _least(lambda fen: amount(fen) >= minimum.fen)
        if zero is not None:
            pieces = _level(pieces, zero, reached, minimum.fen)
    for ceiling in benefits.ceilings:
        if ceiling.per == "case" and ceiling.fen is not None:
            pieces = _capped(pieces, ceiling.fen)
    period = _period_ceiling(benefits)
    if benefits.accumulates and period is not None:
        pieces = _capped(pieces, period)
    deductible = benefits.deductible
    first = (deductible.fen or 0) if deductible else 0
    once = deductible is not None and deductible.once
    later = deductible.later_fen if deductible else None
    return BulkRule(
        counts=benefits.counts,
        accumulates=benefits.accumulates,
        pieces=_shifted(pieces, first) if once else pieces,
        first_fen=first,
        later_fen=first if later is None else later,
        once=once,
        ceiling_fen=period,
        shared_with=_shared_with(benefits),
        to_confirm=_open_keys(benefits),
    )


def _only_rule(benefits: Benefits) -> Brackets | FixedSteps:
    rules = [part.rule for part in benefits.parts]
    odd = [
        *(one.clause.key for one in benefits.stacking),
        *(
            one.clause.key
            for one in benefits.ceilings
            if one.per_share
            or (one.fen is not None and one.per == "lifetime")
            or (one.per == "case" and benefits.accumulates)
        ),
    ]
    if benefits.waiting is not None and benefits.waiting.bands:
        odd.append(benefits.waiting.clause.key)
    if len(rules) != 1 or odd or not isinstance(rules[0], Brackets | FixedSteps):
        keys = "、".join(odd) or benefits.clause.key
        raise UserError("not-in-bulk", "这个项目的待遇要逐件计算。", "请逐件登记申领。", keys)
    return rules[0]


def _amount_of(rule: Brackets | FixedSteps) -> Callable[[int], Fraction]:
    if isinstance(rule, Brackets):
        return lambda fen: brackets_amount(rule, fen)
    steps = rule.steps
    return lambda fen: Fraction(max((sum_ for border, sum_ in steps if fen >= border), default=0))


def _straight(rule: Brackets | FixedSteps) -> tuple[Piece, ...]:
    """The rounded benefit: one piece for each band or step, nothing below the first."""
    pieces = [Piece(0, 0, 0, 1)]
    if isinstance(rule, FixedSteps):
        pieces += [Piece(border, 0, fen, 1) for border, fen in rule.steps]
    else:
        finest = math.lcm(*(band.share.denominator for band in rule.bands))
        if finest > _FINEST:
            raise UserError("not-in-bulk", "比例的分母过大,不能批量计算。", "请核对方案。")
        for band in rule.bands:
            start = band.above_fen
            factor = 2 * int(band.share * finest)
            reached = 2 * int(brackets_amount(rule, start) * finest)
            pieces.append(Piece(start, factor, reached - factor * start + finest, 2 * finest))
    return tuple(pieces[1:] if pieces[1].start == 0 else pieces)


def _capped(pieces: tuple[Piece, ...], most: int) -> tuple[Piece, ...]:
    reached = _least(lambda fen: _value(pieces, fen) >= most)
    return pieces if reached is None else _level(pieces, reached, None, most)


def _value(pieces: tuple[Piece, ...], counted: int) -> int:
    place = bisect_right(pieces, counted, key=lambda piece: piece.start)
    return pieces[place - 1].at(counted)


def _least(holds: Callable[[int], bool]) -> int | None:
    """The least sum from which a condition holds that never stops holding."""
    if not holds(_MOST_FEN):
        return None
    low, high = -1, _MOST_FEN
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _level(pieces: tuple[Piece, ...], start: int, end: int | None, fen: int) -> tuple[Piece, ...]:
    """The same sum from `start` to before `end`; from there on as before."""
    if end is not None and end <= start:
        return pieces
    before = [piece for piece in pieces if piece.start < start]
    level = [Piece(start, 0, fen, 1)]
    if end is None:
        return (*before, *level)
    after = [piece for piece in pieces if piece.start > end]
    (*_, running) = (piece for piece in pieces if piece.start <= end)
    resumed = Piece(end, running.factor, running.offset, running.divisor)
    return (*before, *level, resumed, *after)


def _shifted(pieces: tuple[Piece, ...], by: int) -> tuple[Piece, ...]:
    """The same pieces of a sum from which `by` is first taken off."""
    moved = [
        Piece(piece.start + by, piece.factor, piece.offset - piece.factor * by, piece.divisor)
        for piece in pieces
    ]
    if by == 0:
        return tuple(moved)
    return (Piece(0, 0, _value(pieces, 0), 1), *moved)


def _period_ceiling(benefits: Benefits) -> int | None:
    known = [one.fen for one in benefits.ceilings if one.per == "period" and one.fen is not None]
    return min(known, default=None)


def _shared_with(benefits: Benefits) -> tuple[str, ...]:
    named = [plan for one in benefits.ceilings if one.per == "period" for plan in one.plans]
    return tuple(dict.fromkeys(plan for plan in named if plan != benefits.plan_id))


def _open_keys(benefits: Benefits) -> tuple[str, ...]:
    clauses = [benefits.accumulation, *(part.clause for part in benefits.parts)]
    clauses += [one.clause for one in benefits.ceilings if one.fen is None]
    clauses += [one.clause for one in (benefits.deductible, benefits.waiting) if one is not None]
    return tuple(dict.fromkeys(clause.key for clause in clauses if clause.open))
