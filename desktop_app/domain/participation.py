"""Whether enough of a unit's workers join."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.scheme_parts import Participation


@dataclass(frozen=True, slots=True)
class Judged:
    """How many must join, and how many of them do not yet."""

    ok: bool
    needed: int
    missing: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Those who join, of all workers or of the women among them, and how many have to."""

    women: bool
    at_work: int
    joining: int
    judged: Judged


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

    Whether everyone joins goes by the size of the unit, or by the number of its women where the
    scheme says so; a scheme may also give women's plans no base of their own.
    """
    if rule is None or rule.women_base == "none":
        wanted = 0
    elif rule.women_limit == "women":
        wanted = needed(women, rule)
    elif needed(at_work, rule) == at_work:
        wanted = women
    else:
        wanted = math.ceil(women * rule.min_share)
    return Judged(joining >= wanted, wanted, max(0, wanted - joining))


def explain_participation(at_work: int, joining: int, rule: Participation | None) -> RuleStep:
    """The judgement as a step of a worksheet."""
    judged = judge(at_work, joining, rule)
    answer = "已够" if judged.ok else f"还差{judged.missing}人"
    text = f"在职{at_work}人,应不少于{judged.needed}人参加,现{joining}人,{answer}。"
    clause = rule.source if rule is not None else ""
    return RuleStep("participation", clause, f"{joining}/{at_work}", str(judged.needed), text)


def hangs_on_open_border(at_work: int, rule: Participation | None) -> bool:
    """Whether the answer changes with the reading of a border that nobody confirmed yet."""
    return rule is not None and rule.all_join_limit.open and at_work == rule.all_join_limit.value
