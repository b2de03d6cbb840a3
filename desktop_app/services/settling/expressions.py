"""A benefit's straight pieces as SQL over whole fen, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, func, literal_column

from desktop_app.domain.benefits.benefit_pieces import Piece, Pieces
from desktop_app.domain.benefits.benefit_segments import BulkRule


def whole(number: int) -> ColumnElement[int]:
    """A constant of the rule; written out, because a parameter in each row's work costs time."""
    return literal_column(str(int(number)), BigInteger)


def total(column: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum that stays an integer: PostgreSQL would answer with a decimal."""
    return integer(func.sum(column))


def integer(column: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(column, BigInteger)


def lesser(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    return case((one < other, one), else_=other)


def least_of(columns: Sequence[ColumnElement[int]]) -> ColumnElement[int]:
    """The least of columns that are cheap to name more than once."""
    first, *others = columns
    for other in others:
        first = lesser(other, first)
    return first


def benefit(pieces: Pieces, counted: ColumnElement[int]) -> ColumnElement[int]:
    """What the pieces pay of a counted sum, rounded half up to the fen."""
    *lower, last = pieces
    ends = [piece.start for piece in pieces[1:]]
    if not lower:
        return _piece(last, counted)
    return case(
        *(
            (counted < whole(end), _piece(piece, counted))
            for piece, end in zip(lower, ends, strict=True)
        ),
        else_=_piece(last, counted),
    )


def _piece(piece: Piece, counted: ColumnElement[int]) -> ColumnElement[int]:
    if not piece.factor:
        return whole(piece.offset // piece.divisor)
    return (counted * whole(piece.factor) + whole(piece.offset)) // whole(piece.divisor)


def deductible(
    rule: BulkRule, counted: ColumnElement[int], admission_no: ColumnElement[int | None]
) -> ColumnElement[int]:
    """What a settlement's own deductible takes; nothing where the period has one for all."""
    if rule.once or not (rule.first_fen or rule.later_fen):
        return whole(0)
    height = whole(rule.first_fen)
    if rule.later_fen != rule.first_fen:
        height = case((admission_no > 1, whole(rule.later_fen)), else_=height)
    return lesser(counted, height)
