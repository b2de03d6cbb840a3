"""One line of a bank statement, and which part of its days a statement tells."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import NamedTuple


class BankLine(NamedTuple):
    """Money in or out of the office's own account, as a statement has it.

    Args:
        amount_fen: money in is positive.
        balance_fen: of the account after this line.
        name: of the other side: who paid, or who was paid.
        account: the other side's account number; None where it is missing or damaged.
        memo: 摘要, 用途, 附言 and the like, one after the other.
        reference: the bank's own number of the line.
    """

    day: datetime.date
    amount_fen: int
    time: datetime.time | None = None
    balance_fen: int | None = None
    name: str = ""
    account: str | None = None
    memo: str = ""
    reference: str | None = None
    sheet: str | None = None
    row: int = 0


class Part(StrEnum):
    """Which lines of a day a statement has."""

    WHOLE = "whole"
    HEAD = "head"  # from the day's first line on
    TAIL = "tail"  # up to the day's last line
    SOME = "some"  # nobody knows
    NONE = "none"


class Span(NamedTuple):
    """The days a statement tells without a gap; its first and last may have been cut within.

    What it tells of its first day reaches to that day's end where it has a later one, and what it
    tells of its last day begins with that day where it has an earlier one.
    """

    first: datetime.date
    last: datetime.date
    first_whole: bool = False
    last_whole: bool = False

    def part_of(self, day: datetime.date) -> Part:
        if not self.first <= day <= self.last:
            return Part.NONE
        from_start = self.first_whole if day == self.first else True
        to_end = self.last_whole if day == self.last else True
        if from_start and to_end:
            return Part.WHOLE
        if from_start or to_end:
            return Part.HEAD if from_start else Part.TAIL
        return Part.SOME
