"""Whether a statement's lines are those that another account has: a file of the wrong account."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop_app.domain.statements.bank_lines import BankLine, Part, Span
from desktop_app.domain.statements.same_lines import best_pairs


class TheirLine(NamedTuple):
    """A line that another account has."""

    key: int
    line: BankLine


def lines_elsewhere(
    theirs: Iterable[TheirLine], told: Sequence[Span], lines: Sequence[BankLine]
) -> tuple[int, ...]:
    """The keys of another account's lines that a statement has; none unless they are most of it.

    Args:
        theirs: the other account's lines of at least the statement's days.
        told: the spans of that account's statements; what is of other days says nothing.
        lines: the statement's lines.
    """
    within = [line for line in lines if any(_tells(span, line.day) for span in told)]
    groups: defaultdict[tuple[datetime.date, int], list[BankLine]] = defaultdict(list)
    for line in within:
        groups[line.day, line.amount_fen].append(line)
    known: defaultdict[tuple[datetime.date, int], list[TheirLine]] = defaultdict(list)
    for one in theirs:
        known[one.line.day, one.line.amount_fen].append(one)
    same: list[int] = []
    for kind in groups.keys() & known.keys():
        pairs = best_pairs([one.line for one in known[kind]], groups[kind], frozenset())
        same += [known[kind][at].key for at in pairs.of.values()]
    return tuple(sorted(same)) if 2 * len(same) > len(within) else ()


def _tells(span: Span, day: datetime.date) -> bool:
    return span.part_of(day) is not Part.NONE
