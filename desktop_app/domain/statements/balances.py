"""Whether a statement's balances follow from its amounts, in the order it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop_app.domain.statements.bank_lines import BankLine


class Break(NamedTuple):
    """A line whose balance does not follow from the line before it in time."""

    line: BankLine
    expected_fen: int


class Chain(NamedTuple):
    """How the balances of one sheet go.

    Args:
        newest_first: whether the last line in time stands first.
        checked: pairs of neighbouring lines that were compared.
        swapped: the balances fit where money in and money out change places.
    """

    newest_first: bool
    checked: int
    breaks: tuple[Break, ...]
    swapped: bool = False

    @property
    def holds(self) -> bool:
        return self.checked > 0 and not self.breaks


def check_chain(lines: Sequence[BankLine]) -> Chain:
    """Compare each balance with the one before, whichever end the sheet begins with."""
    up, down = _breaks(lines, 1), _breaks(lines[::-1], 1)
    checked = sum(_both(a, b) for a, b in pairwise(lines))
    days = [line.day for line in lines]
    newest_first = len(down) < len(up) or (len(down) == len(up) and days[:1] > days[-1:])
    found = down if newest_first else up
    swapped = _breaks(lines, -1), _breaks(lines[::-1], -1)
    turned = bool(found) and not all(swapped)
    return Chain(newest_first, checked, tuple(found), turned)


def _both(before: BankLine, after: BankLine) -> bool:
    return before.balance_fen is not None and after.balance_fen is not None


def _breaks(lines: Sequence[BankLine], sign: int) -> list[Break]:
    found = []
    for before, after in pairwise(lines):
        if before.balance_fen is not None and after.balance_fen is not None:
            expected = before.balance_fen + sign * after.amount_fen
            if expected != after.balance_fen:
                found.append(Break(after, expected))
    return found
