"""What a list writes of plans and shares beside what its application is for.

Within a unit they are the same for everyone, so a row's own are not stored: the difference is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from db.codes import Sex
from db.queries import enrolments as queries
from desktop_app.domain.eligibility import may_hold
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.domain.schemes.scheme_parts import Plan
from desktop_app.services.cases.cases import Case

_FIELDS = ("plans", "shares")
_Taken = list[tuple[Plan, int]]  # a plan of the application, how many shares of it


def applied_findings(session: Session, case: Case, report: RosterReport) -> list[Finding]:
    """A word at each person taken whose row names other plans or shares than the application."""
    if not any(field in block.columns for block in report.headings for field in _FIELDS):
        return []
    rows = queries.plans_of(session, case.enrolment.id)
    every = [(case.scheme.plan(record.plan_key), plan.shares) for plan, record in rows]
    taken = {sex: [one for one in every if may_hold(one[0], sex)] for sex in (None, *Sex)}
    return [
        Finding(
            one.sheet,
            one.row,
            report.column_of(field, one.sheet, one.row),
            f"{field}-differ",
            Severity.WARNING,
            f"第{one.row}行 名单写的{said},存入时照申请办,请核对",
            field,
        )
        for one in report.accepted
        for field, said in _said(one.plans, one.shares, taken[one.sex])
    ]


def _said(
    plans: tuple[str, ...] | None, shares: int | None, taken: _Taken
) -> Iterator[tuple[str, str]]:
    """What is otherwise in a row, by field."""
    held = {plan.id: plan.short_name for plan, _shares in taken}
    if plans is not None and set(plans) != held.keys():
        ours = "、".join(held.values())
        yield "plans", f"项目不是这份申请的“{ours}”"
    counts = dict.fromkeys(count for _plan, count in taken)
    if shares is not None and counts and shares not in counts:
        ours = "、".join(map(str, counts))
        yield "shares", f"份数是{shares},这份申请的是{ours}"
