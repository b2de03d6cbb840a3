"""People taken in mid-period, after their unit's application: whether, and from when covered."""

from __future__ import annotations

import datetime
from dataclasses import replace

from desktop_app.domain.coverage import Cover, CoverAnswer, addition_from
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.scheme_cover import Additions
from desktop_app.domain.windows import TimeAnswer


def judge_addition(rule: Additions | None) -> TimeAnswer | None:
    """Whether people may be added now; None where the windows say."""
    if rule is None or rule.allowed == "windows":
        return None
    text = (
        rule.text or {"never": "年中不增加人员。", "any-time": "年中可随时增加人员。"}[rule.allowed]
    )
    never = rule.allowed == "never"
    step = RuleStep("additions", rule.source, rule.allowed, "closed" if never else "open", text)
    problem = Problem("additions-closed", Severity.ERROR, text.rstrip("。"))
    return TimeAnswer((problem,) if never else (), steps=(step,))


def added_cover(
    rule: Additions | None, answer: CoverAnswer, at: datetime.datetime | None
) -> CoverAnswer:
    """The cover of people added at a local time, inside the period of `answer`."""
    whole = answer.cover
    if rule is None or whole is None or at is None or rule.allowed == "never":
        return answer
    if rule.starts == "plan-document":
        return replace(answer, cover=None)
    first = addition_from(rule, at.date(), whole)
    if first is None:
        problem = Problem("addition-late", Severity.ERROR, "这一期已没有可以增加的保障日")
        return replace(answer, cover=None, problems=(*answer.problems, problem))
    days = f"{first.isoformat()}/{whole.last.isoformat()}"
    step = RuleStep("addition-cover", rule.source, at.date().isoformat(), days, rule.text)
    return replace(answer, cover=Cover(first, whole.last), steps=(*answer.steps, step))
