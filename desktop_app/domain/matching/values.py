"""What is matched: money that came in, what is owed, and what is proposed; values only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How the money of a proposal stands to what is owed."""

    EXACT = "exact"
    SHORT = "short"
    OVER = "over"
    REPEATED = "repeated"  # what it would pay for is paid
    UNCLEAR = "unclear"  # several things it may be for, or signs that speak against each other
    UNKNOWN = "unknown"  # nothing in it tells whose it is
    NO_FEE = "no-fee"  # taken back by the bank, or money of ours that came back


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came in.

    Args:
        id: the line's own number.
        day: when it came.
        fen: more than nothing.
        payer_name: as the bank has it.
        payer_account: the same; empty where it is not told.
        memo: what the payer wrote, and what the bank calls it.
        reference: the bank's number of the line, or the customer's.
        undone: whether a later line of the account takes it back (冲正).
        went_on: the first day the same sum went out again, taken back or to who paid.
    """

    id: int
    day: datetime.date
    fen: int
    payer_name: str = ""
    payer_account: str = ""
    memo: str = ""
    reference: str = ""
    undone: bool = False
    went_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one application still owes.

    Args:
        id: the application's.
        unit: whose application it is.
        names: of the unit, the one in force first, then those it had.
        fen: still to be paid; nothing where it is paid.
        payers: names of others that are known to pay for it.
        accounts: known to have paid for it, whoever holds them.
        numbers: of its notices.
        business_no: the upper office's number.
        year: whose drive it belongs to; nothing where that is not told.
    """

    id: int
    unit: int
    names: tuple[str, ...]
    fen: int
    payers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    business_no: str = ""
    year: int = 0

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a line is to pay for an application."""

    line: int
    owed: int
    fen: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines and what they would pay for; nothing of it is booked.

    Args:
        lines: ids, each in one proposal only.
        parts: never more than the lines hold, nor than is owed.
        remainder_fen: of the lines, for which there is nothing to pay.
        shortfall_fen: of what they are for, which they do not pay.
        state: how the two stand to each other.
        certain: whether nothing speaks against it; else somebody has to judge.
        reasons: what speaks for it and against it, each a sentence.
        candidates: applications that come into question, those of the parts among them.
    """

    lines: tuple[int, ...]
    parts: tuple[Part, ...]
    remainder_fen: int
    shortfall_fen: int
    state: State
    certain: bool
    reasons: tuple[str, ...]
    candidates: tuple[int, ...]
