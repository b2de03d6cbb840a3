"""Exact amounts and shares as the steps of a worksheet write them, and the one rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop_app.domain.money import yuan

_TERMINATES = 10**12  # a share of a whole number of fen rarely has more digits


def exact(value: Fraction) -> int | str:
    """The value for JSON: a whole number, or the fraction as text."""
    return value.numerator if value.denominator == 1 else str(value)


def rounded(value: Fraction) -> int:
    """Half up to the whole fen; the value is not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def yuan_exact(value: Fraction) -> str:
    """An amount of fen in yuan with all its digits, such as 9,155.007; a tail without end as 约."""
    if value.denominator == 1:
        return yuan(value.numerator)
    scaled = value * _TERMINATES
    if scaled.denominator != 1:
        return f"约{yuan(rounded(value))}"
    text = format(Decimal(scaled.numerator) / (_TERMINATES * 100), ",f")
    return text.rstrip("0")


def percent(share: Fraction) -> str:
    """Such as 20% or 12.5%; a share that no such text says exactly stands as a fraction."""
    hundredfold = share * 100 * 10_000
    if hundredfold.denominator != 1:
        return str(share)
    text = format(Decimal(hundredfold.numerator) / 10_000, "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
