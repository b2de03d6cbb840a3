"""Whether a person may join: the age on a day, and the sex for plans of women."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from db.codes import Sex
from desktop_app.domain.dates import age
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.scheme_parts import Eligibility, Plan


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """The first and last birth date inside a scheme's ages on one day."""

    rule: Eligibility
    on: datetime.date

    def problem(self, born: datetime.date) -> Problem | None:
        years = age(born, self.on)
        if years < self.rule.min_age:
            return Problem(
                "age-below",
                Severity.ERROR,
                f"年龄{years}周岁,未满{self.rule.min_age}周岁,不能参加,请从名单中删去",
            )
        if years > self.rule.max_age:
            return self._above(years)
        return None

    def _above(self, years: int) -> Problem:
        if self.rule.over_age_paper is not None:
            return Problem(
                "age-above",
                Severity.WARNING,
                f"年龄{years}周岁,超过{self.rule.max_age}周岁,须附超龄证明",
            )
        return Problem(
            "age-above",
            Severity.ERROR,
            f"年龄{years}周岁,超过{self.rule.max_age}周岁,不能参加,请从名单中删去",
        )


def may_hold(plan: Plan, sex: Sex | None) -> bool:
    """Whether a person of this sex may hold the plan; an unknown sex is asked for first."""
    return not plan.women_only or sex is Sex.FEMALE
