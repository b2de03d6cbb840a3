"""Where the balances of an account's stored lines do not join: lines that no statement brought."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from desktop_app.domain.statements.bank_lines import BankLine


class Gap(NamedTuple):
    """A balance that no line goes on from, and the one that the next line begins with."""

    after: datetime.date
    balance_fen: int
    before: datetime.date
    begins_fen: int


def find_gaps(lines: Iterable[BankLine]) -> tuple[Gap, ...]:
    """Go through an account's lines day by day, whatever order a day's lines are in.

    A day with a line that has no balance tells nothing, and what comes after it begins anew.
    """
    gaps: list[Gap] = []
    last: tuple[datetime.date, list[int]] | None = None  # what balance it may have ended with
    for day, of_day in groupby(sorted(lines, key=attrgetter("day")), attrgetter("day")):
        steps = [(one.balance_fen, one.amount_fen) for one in of_day]
        if any(balance is None for balance, _fen in steps):
            last = None
            continue
        after = Counter(balance for balance, _fen in steps if balance is not None)
        before = Counter(balance - fen for balance, fen in steps if balance is not None)
        starts, ends = list((before - after).elements()), list((after - before).elements())
        loops = not starts  # the day ends where it began, wherever that is
        if loops:
            starts = ends = sorted(before)
        joined = [one for one in starts if last is None or one in last[1]]
        if last is not None and not joined:
            gaps.append(Gap(last[0], last[1][-1], day, starts[0]))
        if loops:
            ends = joined or ends
        else:
            starts.remove(joined[0] if joined else starts[0])
            gaps += [Gap(day, end, day, start) for end, start in zip(ends, starts, strict=False)]
        last = day, ends
    return tuple(gaps)
