"""What an application comes to: time, people and money judged together, with its steps."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.domain.additions import added_cover, judge_addition
from desktop_app.domain.contributions import Contribution, Head, Part, PlanLine, contribution_of
from desktop_app.domain.coverage import FIRST_MONTH, Cover, CoverAnswer, cover_for
from desktop_app.domain.eligibility import UnitFacts, judge_unit
from desktop_app.domain.figures import share_limit_key
from desktop_app.domain.issues import Problem, Severity, has_error
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.fee_classes import Crowd, crowds_of, judge_crowds
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.windows import NEW_PEOPLE, NEW_UNIT, RENEWAL, TimeAnswer, judge_time
from desktop_app.domain.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class Application:
    """What a unit asks for.

    Args:
        people: everyone who joins.
        plans: ids of the plans chosen.
        women: the women among them.
        shares: shares per person of each plan, where `plan_shares` does not say otherwise.
        ends: the last covered day of the unit's cover so far.
        new_unit: whether the unit joins for the first time.
        at: the local time of the application; None judges no window.
        unit_kind: code of the unit's kind.
        division: the unit's division code, as far as its credit codes tell one.
        plan_shares: shares per person by plan.
        renewal: a renewal whose last covered day no rule asks for.
        addition: people taken after the unit's application of the period.
        year: the drive's year; None stands for all drives of the scheme.
        classes: people of whom a class with a fee of its own is told; they count among `people`.
    """

    people: int
    plans: tuple[str, ...]
    women: int | None = None
    shares: int = 1
    ends: datetime.date | None = None
    new_unit: bool = False
    at: datetime.datetime | None = None
    unit_kind: str | None = None
    plan_shares: tuple[tuple[str, int], ...] = ()
    renewal: bool = False
    addition: bool = False
    year: int | None = None
    division: str | None = None
    classes: tuple[Crowd, ...] = ()

    @property
    def kind(self) -> str:
        if self.new_unit:
            return NEW_UNIT
        return RENEWAL if self.renewal or self.ends is not None else NEW_PEOPLE

    @property
    def by_plan(self) -> dict[str, int]:
        """Shares per person of every plan chosen."""
        return dict.fromkeys(self.plans, self.shares) | dict(self.plan_shares)


@dataclass(frozen=True, slots=True)
class Quote:
    """The answer; with `to_confirm` the amounts are an estimate that nobody may be asked for."""

    ok: bool
    problems: tuple[Problem, ...]
    to_confirm: tuple[str, ...]
    months: int
    coverage: Cover | None
    total_fen: int | None
    parts: tuple[Part, ...]
    steps: tuple[RuleStep, ...]
    lines: tuple[PlanLine, ...] = ()
    heads: tuple[Head, ...] = ()

    @property
    def estimate(self) -> bool:
        return bool(self.to_confirm)


def cover_by_rule(scheme: Scheme, found: Quote) -> Cover | None:
    """The cover that the scheme's rule gives; None where a plan document or a figure has to."""
    by_document = scheme.coverage.kind == "from-plan-document"
    return None if by_document or FIRST_MONTH in found.to_confirm else found.coverage


def quote(scheme: Scheme, asked: Application, calendar: WorkCalendar) -> Quote:
    """Judge an application and work out what it comes to; refused ones have no amount."""
    cover, money = figured(scheme, asked)
    time = _time(scheme, asked, cover, calendar)
    shares = _over_limit(scheme, asked)
    crowds = _crowds(scheme, asked)
    problems = (
        *judge_unit(scheme.eligibility, UnitFacts(asked.unit_kind, asked.division)),
        *_plan_problems(scheme, asked),
        *judge_crowds(scheme, asked.plans, crowds, asked.unit_kind),
        *shares.values(),
        *cover.problems,
        *time.problems,
    )
    refused = has_error(problems)
    if refused:
        money = Contribution(None, (), (), money.to_confirm, heads=money.heads)
    open_limits = _open_limits(scheme, asked)
    return Quote(
        ok=not refused and money.total_fen is not None,
        problems=problems,
        to_confirm=_once((*money.to_confirm, *cover.to_confirm, *time.to_confirm, *open_limits)),
        months=cover.months,
        coverage=cover.cover,
        total_fen=money.total_fen,
        parts=money.parts,
        steps=(*cover.steps, *time.steps, *money.steps),
        lines=money.lines,
        heads=money.heads,
    )


def figured(scheme: Scheme, asked: Application) -> tuple[CoverAnswer, Contribution]:
    """Cover and money of an application, whether it is taken or not."""
    cover = cover_for(scheme.coverage, asked.ends, asked.year)
    if asked.addition:
        cover = added_cover(scheme.coverage.additions, cover, asked.at)
    money = contribution_of(
        scheme,
        _crowds(scheme, asked),
        plans=asked.plans,
        shares=asked.by_plan,
        months=cover.months if cover.in_year else None,
    )
    return cover, money


def _time(
    scheme: Scheme, asked: Application, cover: CoverAnswer, calendar: WorkCalendar
) -> TimeAnswer:
    if cover.in_year and not cover.months:
        return TimeAnswer()  # nothing is renewed for this period
    if asked.addition:
        judged = judge_addition(scheme.coverage.additions)
        if judged is not None:
            return judged
    if asked.year is not None:
        drives = tuple(drive for drive in scheme.drives if drive.year == asked.year)
        scheme = replace(scheme, drives=drives)
    return judge_time(scheme, asked.kind, at=asked.at, ends=asked.ends, calendar=calendar)


def _plan_problems(scheme: Scheme, asked: Application) -> list[Problem]:
    problems = []
    for plan in map(scheme.plan, asked.plans):
        if plan.women_only and asked.women is None:
            message = f"“{plan.short_name}”按女职工人数计,请写女职工人数"
            problems.append(Problem("women-missing", Severity.ERROR, message))
        if plan.with_plan is not None and plan.with_plan not in asked.plans:
            other = scheme.plan(plan.with_plan).short_name
            message = f"“{plan.short_name}”随“{other}”一并参加,不能单独选"
            problems.append(Problem("plan-not-allowed", Severity.ERROR, message))
    return problems


def _over_limit(scheme: Scheme, asked: Application) -> dict[str, Problem]:
    """Share limits that are passed, by the figure's key."""
    found = {}
    for plan in map(scheme.plan, asked.plans):
        limit = plan.share_limit(asked.unit_kind).value
        if limit is not None and asked.by_plan[plan.id] > limit:
            key = share_limit_key(plan.id, _limit_kind(scheme, plan.id, asked))
            message = f"“{plan.short_name}”每人每年限购{limit}份"
            found[key] = Problem("shares", Severity.ERROR, message)
    return found


def _limit_kind(scheme: Scheme, plan_id: str, asked: Application) -> str:
    kind = asked.unit_kind
    return kind if kind is not None and kind in scheme.plan(plan_id).share_limits else "default"


def _open_limits(scheme: Scheme, asked: Application) -> list[str]:
    """Keys of the limits to be confirmed on which more than one share hangs."""
    found = []
    for plan in map(scheme.plan, asked.plans):
        limit, wanted = plan.share_limit(asked.unit_kind), asked.by_plan[plan.id]
        if limit.open and wanted > max(1, limit.value or 0):
            found.append(share_limit_key(plan.id, _limit_kind(scheme, plan.id, asked)))
    return found


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _crowds(scheme: Scheme, asked: Application) -> tuple[Crowd, ...]:
    """The people by the class that their fee goes by."""
    whole = Crowd(asked.people, asked.women or 0)
    return crowds_of(scheme, asked.plans, asked.unit_kind, whole, asked.classes)
