"""What an application may be: whose, of which kind, with which plans, renewing which cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolmentKind, UnitState
from db.models.enrolments import Enrolment
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.dates import chinese_date, last_day
from desktop_app.domain.labels import label
from desktop_app.domain.quotes import Application
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.uscc import division_of
from desktop_app.errors import UserError
from desktop_app.services.desk import Desk

PlanShares = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a new application stands on.

    Args:
        kind: how the unit applies.
        ends: last covered day of the cover that is renewed, as far as it is known.
        known: whether the ledger knows that day.
        asks_ends: whether a rule of the scheme hangs on it.
        previous: the unit's newest application that was approved or taken over, if there is one.
        this_year: the unit's applications of the same drive.
    """

    kind: EnrolmentKind
    ends: date | None
    known: bool
    asks_ends: bool
    previous: Enrolment | None
    this_year: tuple[Enrolment, ...]


def open_unit(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UserError("unit-unknown", "没有这个单位。", "请刷新单位列表后再试。")
    if unit.state_code != UnitState.OPEN:
        raise UserError("unit-not-open", "这个单位还没有开户。", "请先审核开户。")
    return unit


def check_plans(scheme: Scheme, plans: PlanShares) -> None:
    if not plans:
        raise UserError("plans", "还没有选保障项目。", "请至少选一项。", "plans")
    if len({key for key, _shares in plans}) < len(plans):
        raise UserError("plans", "同一个保障项目选了两次。", "请只选一次,填好份数。", "plans")
    for key, shares in plans:
        if shares < 1:
            raise UserError(
                "shares", f"“{scheme.plan(key).short_name}”的份数须大于零。", "请改正份数。", key
            )


def check_workers(at_work: int, women: int | None) -> None:
    if at_work <= 0 or (women is not None and not 0 <= women <= at_work):
        raise UserError(
            "at-work", "在职职工人数或女职工人数不对。", "请照单位填报的人数填写。", "at_work"
        )


def basis_of(
    session: Session, unit: Unit, year: int, scheme: Scheme, told: tuple[str | None, date | None]
) -> Basis:
    """Settle kind and last covered day; `told` is what the clerk said of them."""
    kind, ends = told
    earlier = [one for one in queries.of_unit(session, unit.id) if one.state_code != CaseState.VOID]
    this_year = tuple(one for one in earlier if one.year == year)
    joined = [
        one
        for one in earlier  # what came finished from last year's books was never approved here
        if one.approved_at is not None or one.state_code == CaseState.FINISHED
    ]
    settled = _kind(kind, joined, this_year)
    if settled is EnrolmentKind.ADDITION and not this_year:
        raise UserError(
            "nothing-to-add-to",
            f"“{unit.name}”{year}年度还没有申请,不能中途增员。",
            "请选“续保”或“首次”。",
            "kind",
        )
    if settled is not EnrolmentKind.ADDITION and this_year:
        raise UserError(
            "already-applied",
            f"“{unit.name}”{year}年度已经办过申请。",
            "再增加的人员请选“中途增员”。",
            "kind",
        )
    if settled is EnrolmentKind.FIRST and joined:
        raise UserError(
            "not-a-new-unit",
            f"“{unit.name}”以前办理过,不是新增单位。",
            "请选“续保”或“中途增员”。",
            "kind",
        )
    known = _last_covered(joined) if settled is EnrolmentKind.RENEWAL else None
    if ends is not None:
        _check_ends(settled, ends, known, year)
    return Basis(
        settled,
        known or ends,
        known is not None,
        settled is EnrolmentKind.RENEWAL and hangs_on_end(scheme),
        joined[0] if joined else None,
        this_year,
    )


def _check_ends(kind: EnrolmentKind, ends: date, known: date | None, year: int) -> None:
    """A last covered day belongs to a renewal, to its ledger, and to a year next to the drive's."""
    if kind is not EnrolmentKind.RENEWAL:
        raise UserError(
            "ends-not-asked",
            f"“{label(kind)}”没有要续的原保障,不填原保障的最后一天。",
            "请去掉这个日期;确有原保障的,请选“续保”。",
            "ends",
        )
    if known is not None and ends != known:
        raise UserError(
            "ends-differs",
            f"台账中这个单位的保障到{chinese_date(known)},与所填的不同。",
            "请照台账办理;台账有错的,请先更正。",
            "ends",
        )
    if abs(ends.year - year) > 1:
        raise UserError(
            "ends-year",
            f"{chinese_date(ends)}不会是{year}年度续保的原保障最后一天。",
            "请照单位上一期的确认书填写。",
            "ends",
        )


def require_end(basis: Basis) -> None:
    if basis.asks_ends and basis.ends is None:
        raise UserError(
            "ends-missing",
            "没有填原保障的最后一天。",
            "请照单位上一期的确认书填写;首次参加的单位请选“首次”。",
            "ends",
        )


def require_same_plans(session: Session, basis: Basis, plans: PlanShares) -> None:
    """Within a unit plans and shares are the same for everyone."""
    if basis.kind is not EnrolmentKind.ADDITION or not basis.this_year:
        return
    first = basis.this_year[-1]
    held = {record.plan_key: plan.shares for plan, record in queries.plans_of(session, first.id)}
    if dict(plans) != held:
        raise UserError(
            "plans-differ",
            "中途增员的项目和份数须与本单位已办理的相同。",
            "请选与原申请相同的项目和份数。",
            "plans",
        )


def gap_words(ends: date | None, first: date | None) -> str:
    """Days without cover between the old one and the new one, in words; empty where there are none.

    A renewal that leaves days uncovered is nothing that a rule refuses, but is to be seen.
    """
    if ends is None or first is None:
        return ""
    days = (first - ends).days - 1
    if days <= 0:
        return ""
    return (
        f"原保障到{chinese_date(ends)},新保障从{chinese_date(first)}起,"
        f"中间{days}天没有保障,请核对原保障的最后一天"
    )


def hangs_on_end(scheme: Scheme) -> bool:
    """Whether a renewal is judged by the last day of the cover it renews."""
    by_window = any(window.ends_by is not None for window in scheme.windows)
    return by_window or scheme.coverage.renewal is not None


def asked_by(desk: Desk, unit: Unit, basis: Basis, plans: PlanShares, year: int) -> Application:
    """The application before anyone is listed: what each person comes to, and whether in time."""
    return Application(
        people=0,
        plans=tuple(key for key, _shares in plans),
        women=0,
        ends=basis.ends,
        new_unit=basis.kind is EnrolmentKind.FIRST,
        at=desk.local(),
        unit_kind=unit.kind_code,
        division=division_of(unit.employer_code) or division_of(unit.union_code),
        plan_shares=plans,
        renewal=basis.kind is EnrolmentKind.RENEWAL,
        addition=basis.kind is EnrolmentKind.ADDITION,
        year=year,
    )


def _kind(
    told: str | None, joined: Sequence[Enrolment], this_year: Sequence[Enrolment]
) -> EnrolmentKind:
    if told is not None:
        try:
            return EnrolmentKind(told)
        except ValueError:
            words = "、".join(label(kind) for kind in EnrolmentKind)
            raise UserError(
                "kind-unknown", f"没有“{told}”这种申请。", f"请选:{words}。", "kind"
            ) from None
    if this_year:
        return EnrolmentKind.ADDITION
    return EnrolmentKind.RENEWAL if joined else EnrolmentKind.FIRST


def _last_covered(earlier: Sequence[Enrolment]) -> date | None:
    ends = [one.until_on for one in earlier if one.until_on is not None]
    return last_day(max(ends)) if ends else None
