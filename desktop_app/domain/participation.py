"""Whether enough of a unit's workers join."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop_app.domain.scheme_parts import Participation


@dataclass(frozen=True, slots=True)
class Judged:
    """How many must join, and how many of them do not yet."""

    ok: bool
    needed: int
    missing: int


def needed(at_work: int, rule: Participation | None) -> int:
    """How many of `at_work` workers must join; the share is rounded up to a whole person."""
    if rule is None:
        return 0
    limit = rule.all_join_limit.value or 0
    if at_work < limit or (rule.including and at_work == limit):
        return at_work
    return math.ceil(at_work * rule.min_share)


def judge(at_work: int, joining: int, rule: Participation | None) -> Judged:
    wanted = needed(at_work, rule)
    return Judged(joining >= wanted, wanted, max(0, wanted - joining))


def judge_women(at_work: int, women: int, joining: int, rule: Participation | None) -> Judged:
    """Participation in a plan that only women may hold, counted among the unit's women.

    Whether everyone joins goes by the size of the unit, not by the number of its women.
    """
    if rule is None:
        wanted = 0
    elif needed(at_work, rule) == at_work:
        wanted = women
    else:
        wanted = math.ceil(women * rule.min_share)
    return Judged(joining >= wanted, wanted, max(0, wanted - joining))


def hangs_on_open_border(at_work: int, rule: Participation | None) -> bool:
    """Whether the answer changes with the reading of a border that nobody confirmed yet."""
    return rule is not None and rule.all_join_limit.open and at_work == rule.all_join_limit.value
