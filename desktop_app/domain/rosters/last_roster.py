"""Whose number a spreadsheet damaged: last period's roster of the unit may still have it whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from desktop_app.domain.identity import check_identity, looks_rounded
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.roster_cells import is_rounded, text_of
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean_number

KEPT = 15  # digits of a number that a spreadsheet keeps


class LastRoster:
    """The valid numbers of last period's people, by name and first 15 digits.

    Args:
        people: names and identity numbers.
    """

    def __init__(self, people: Iterable[tuple[str, str]] = ()) -> None:
        self._numbers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for name, number in people:
            if len(number) == 18 and check_identity(number).valid:
                self._numbers[name_key(name), number[:KEPT]].add(number)

    def number_of(self, name: str, damaged: Cell) -> str | None:
        """The one whole number that the damaged one may have been; None where in doubt."""
        key = name_key(name)
        found: set[str] = set()
        for digits in set(_kept_digits(damaged)):
            found |= self._numbers.get((key, digits), set())
        return found.pop() if len(found) == 1 else None


def may_be_damaged(cell: Cell) -> bool:
    return any(True for _ in _kept_digits(cell))


def as_shown(cell: Cell) -> str:
    """A damaged number as the spreadsheet's own line shows it: 15 digits and zeros."""
    if isinstance(cell, (int, float)):
        return f"{Decimal(f'{cell:.14e}'):.0f}"
    return text_of(cell)


def _kept_digits(cell: Cell) -> Iterator[str]:
    """The first 15 digits as far as the cell still has them.

    A number read as a float is off by up to 64, which may change the fifteenth digit: both
    readings are given.
    """
    if is_rounded(cell) and isinstance(cell, (int, float)):
        whole = str(int(cell))
        if len(whole) == 18:
            yield whole[:KEPT]
            yield f"{cell:.14e}".replace(".", "")[:KEPT]
    elif isinstance(cell, str):
        text = clean_number(cell).upper()
        if looks_rounded(text):
            mantissa, _mark, exponent = text.partition("E")
            digits = mantissa.replace(".", "")
            if int(exponent) == 17 and mantissa[1:2] == "." and len(digits) >= KEPT:
                yield digits[:KEPT]
        elif len(text) == 18 and text.isascii() and text.isdigit() and text.endswith("000"):
            yield text[:KEPT]
