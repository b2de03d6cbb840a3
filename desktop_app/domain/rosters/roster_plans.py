"""The plans and shares a roster's row names, against what the scheme allows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.codes import Sex
from desktop_app.domain.eligibility import may_hold
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rosters.roster_cells import read_shares, text_of
from desktop_app.domain.schemes.scheme_parts import Plan
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean_number

_BETWEEN = re.compile(r"[、,;/+&|和及]")
_ALL = ("全部", "全部项目", "全选", "全部参加")


@dataclass(frozen=True, slots=True)
class NamedPlans:
    plans: tuple[str, ...] | None
    problem: Problem | None


def read_plans(cell: Cell, scheme: Scheme, sex: Sex | None) -> NamedPlans:
    """The plans that a cell names, separated by 、 or the like; an empty cell names none."""
    text = clean_number(text_of(cell))
    if not text:
        return NamedPlans(None, None)
    if text in _ALL:
        every = tuple(plan.id for plan in scheme.plans if may_hold(plan, sex))
        return NamedPlans(every, None)
    plans: list[str] = []
    for word in filter(None, _BETWEEN.split(text)):
        plan = _plan_named(word, scheme)
        if plan is None:
            names = "、".join(plan.short_name for plan in scheme.plans)
            return _refused(f"没有“{word}”这一项目,请改为{names}中的项目")
        if not may_hold(plan, sex):
            return _refused(f"“{plan.short_name}”只能由女职工参加,请改正项目或性别")
        plans.append(plan.id)
    return NamedPlans(tuple(dict.fromkeys(plans)), None)


def _plan_named(word: str, scheme: Scheme) -> Plan | None:
    for plan in scheme.plans:
        if word in (plan.id, plan.name, plan.short_name):
            return plan
    found = [
        plan
        for plan in scheme.plans
        if plan.short_name in word or (len(word) > 1 and plan.short_name.startswith(word))
    ]
    return found[0] if len(found) == 1 else None


def _refused(message: str) -> NamedPlans:
    return NamedPlans(None, Problem("plan-not-allowed", Severity.ERROR, message))


@dataclass(frozen=True, slots=True)
class NamedShares:
    shares: int | None
    problem: Problem | None


def read_share_cell(
    cell: Cell, scheme: Scheme | None, plans: tuple[str, ...] | None, unit_kind: str | None
) -> NamedShares:
    """The shares that a cell names: a whole number from one up to each plan's limit."""
    if not text_of(cell).strip():
        return NamedShares(None, None)
    shares = read_shares(cell)
    if shares is None or shares < 1:
        return NamedShares(None, _share_problem("份数应是从1起的整数,请改正"))
    for plan in scheme.plans if scheme is not None else ():
        limit = plan.share_limit(unit_kind)
        if (plans is None or plan.id in plans) and limit.value is not None and shares > limit.value:
            what = "待负责人核对,核对前" if limit.open else ""
            return NamedShares(
                None,
                _share_problem(
                    f"份数{shares}超过“{plan.short_name}”的限购份数({what}每人{limit.value}份),请改正"
                ),
            )
    return NamedShares(shares, None)


def _share_problem(message: str) -> Problem:
    return Problem("shares", Severity.ERROR, message)
