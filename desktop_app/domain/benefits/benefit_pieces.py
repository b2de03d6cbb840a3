"""Straight pieces of a benefit over whole fen: integers only, so that every database agrees."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain.benefits.benefit_amounts import band_shares, brackets_amount
from desktop_app.domain.schemes.benefit_parts import Brackets, FixedSteps, PersonClass
from desktop_app.errors import UserError

_MOST_FEN = 10**12  # what a person can bear in a period; keeps every product within 64 bits
_FINEST = 1_000_000

Straight = Brackets | FixedSteps


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` on: (factor × counted + offset) // divisor."""

    start: int
    factor: int
    offset: int
    divisor: int

    def at(self, counted: int) -> int:
        return (self.factor * counted + self.offset) // self.divisor


Pieces = tuple[Piece, ...]


def value(pieces: Pieces, counted: int) -> int:
    """What the pieces give; a database gives the same."""
    place = bisect_right(pieces, counted, key=lambda piece: piece.start)
    return pieces[place - 1].at(counted)


def amount_of(rule: Straight, person: PersonClass | None) -> Callable[[int], Fraction]:
    """The exact amount of a counted sum."""
    if isinstance(rule, Brackets):
        return lambda fen: brackets_amount(rule, fen, person)
    steps = rule.steps
    return lambda fen: Fraction(max((sum_ for border, sum_ in steps if fen >= border), default=0))


def straight(rule: Straight, person: PersonClass | None) -> Pieces:
    """The rounded benefit: one piece for each band or step, nothing below the first."""
    pieces = [Piece(0, 0, 0, 1)]
    if isinstance(rule, FixedSteps):
        pieces += [Piece(border, 0, fen, 1) for border, fen in rule.steps]
    else:
        shares = band_shares(rule, person)
        finest = math.lcm(*(share.denominator for share in shares))
        if finest > _FINEST:
            raise UserError("not-in-bulk", "比例的分母过大,不能批量计算。", "请核对方案。")
        for band, share in zip(rule.bands, shares, strict=True):
            start = band.above_fen
            factor = 2 * int(share * finest)
            reached = 2 * int(brackets_amount(rule, start, person) * finest)
            pieces.append(Piece(start, factor, reached - factor * start + finest, 2 * finest))
    return tuple(pieces[1:] if pieces[1].start == 0 else pieces)


def capped(pieces: Pieces, most: int) -> Pieces:
    reached = least(lambda fen: value(pieces, fen) >= most)
    return pieces if reached is None else level(pieces, reached, None, most)


def least(holds: Callable[[int], bool]) -> int | None:
    """The least sum from which a condition holds that never stops holding."""
    if not holds(_MOST_FEN):
        return None
    low, high = -1, _MOST_FEN
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def level(pieces: Pieces, start: int, end: int | None, fen: int) -> Pieces:
    """The same sum from `start` to before `end`, which lies above; from there on as before."""
    before = [piece for piece in pieces if piece.start < start]
    flat = [Piece(start, 0, fen, 1)]
    if end is None:
        return (*before, *flat)
    after = [piece for piece in pieces if piece.start > end]
    (*_, running) = (piece for piece in pieces if piece.start <= end)
    resumed = Piece(end, running.factor, running.offset, running.divisor)
    return (*before, *flat, resumed, *after)


def shifted(pieces: Pieces, by: int) -> Pieces:
    """The same pieces of a sum from which `by` is first taken off."""
    moved = [
        Piece(piece.start + by, piece.factor, piece.offset - piece.factor * by, piece.divisor)
        for piece in pieces
    ]
    if by == 0:
        return tuple(moved)
    return (Piece(0, 0, value(pieces, 0), 1), *moved)
