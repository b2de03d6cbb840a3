"""Which plans a draft may go over to: the same answer before it is changed and when it is."""

from __future__ import annotations

from db.codes import EnrolmentKind
from desktop_app.domain.quotes import Quote
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.cases.applications import PlanShares, check_plans
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.quotes import refusals

PLANS_AND_SHARES = "项目和份数"


def require_plans(case: Case, plans: PlanShares, on_list: tuple[int, int]) -> None:
    """Refuse plans that cannot be chosen; `on_list` are the people there and the women of them.

    A man on the list must not be left without any plan.
    """
    check_plans(case.scheme, plans)
    if case.enrolment.kind_code == EnrolmentKind.ADDITION:
        raise UserError(
            "plans-differ",
            "中途增员的项目和份数须与本单位已办理的相同。",
            "请照原申请办理。",
            "plans",
        )
    people, women = on_list
    only_women = all(case.scheme.plan(key).women_only for key, _shares in plans)
    if only_women and people > women:
        raise UserError(
            "women-only",
            f"只办女职工的项目,名单里还有{people - women}名男职工。",
            "请先把他们撤出名单,或再选一个男职工也能办的项目。",
            "plans",
        )


def refuse_anew(scheme: Scheme, before: Quote, after: Quote) -> None:
    """Refuse what the change brings; what stood against the case already is told elsewhere."""
    known = {one.code for one in refusals(before, scheme)}
    for one in refusals(after, scheme):
        if one.code not in known:
            raise UserError(one.code, f"{one.message}。", one.remedy, "plans")
