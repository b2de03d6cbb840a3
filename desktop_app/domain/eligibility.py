"""Whether a person may join: the age on a day, and the sex for plans of women."""

from __future__ import annotations

import datetime

from db.codes import Sex
from desktop_app.domain.dates import add_months, age
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.scheme_parts import Eligibility, Plan

_ONE_DAY = datetime.timedelta(days=1)


class AgeLimits:
    """A scheme's ages on one day, as the first and last birth date inside them."""

    def __init__(self, rule: Eligibility, on: datetime.date) -> None:
        self._rule, self._on = rule, on
        self._last_born = add_months(on, -12 * rule.min_age)
        self._first_born = add_months(on, -12 * (rule.max_age + 1)) + _ONE_DAY

    def problem(self, born: datetime.date) -> Problem | None:
        if self._first_born <= born <= self._last_born:
            return None
        years, lowest, highest = age(born, self._on), self._rule.min_age, self._rule.max_age
        if years < lowest:
            message = f"年龄{years}周岁,未满{lowest}周岁,不能参加,请从名单中删去"
            return Problem("age-below", Severity.ERROR, message)
        over = f"年龄{years}周岁,超过{highest}周岁"
        if self._rule.over_age_paper is not None:
            return Problem("age-above", Severity.WARNING, f"{over},须附超龄证明")
        return Problem("age-above", Severity.ERROR, f"{over},不能参加,请从名单中删去")


def may_hold(plan: Plan, sex: Sex | None) -> bool:
    """Whether a person of this sex may hold the plan; an unknown sex is asked for first."""
    return not plan.women_only or sex is Sex.FEMALE
