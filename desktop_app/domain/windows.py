"""Whether an application comes in time: windows to the minute, closures, days before an end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.coverage import DAYS_BEFORE, period
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.scheme_cover import Closure, Renewal, Window
from desktop_app.domain.schemes.scheme_model import Scheme
from desktop_app.domain.working_days import LatestDay, WorkCalendar, latest_day_before

RENEWAL, NEW_PEOPLE, NEW_UNIT = "renewal", "new-people", "new-unit"
_MINUTE = datetime.timedelta(minutes=1)
_KINDS = {RENEWAL: "续保", NEW_PEOPLE: "新参加职工", NEW_UNIT: "新增单位"}


@dataclass(frozen=True, slots=True)
class TimeAnswer:
    """Whether the time fits; `steps` say by which rule."""

    problems: tuple[Problem, ...] = ()
    to_confirm: tuple[str, ...] = ()
    steps: tuple[RuleStep, ...] = ()


def is_open(window: Window, at: datetime.datetime) -> bool:
    """Whether a local time lies in the window; its first and last minute are inside."""
    after = window.opens_at is None or at >= window.opens_at
    return after and (window.closes_at is None or at < window.closes_at + _MINUTE)


def judge_time(
    scheme: Scheme,
    kind: str,
    *,
    at: datetime.datetime | None,
    ends: datetime.date | None,
    calendar: WorkCalendar,
) -> TimeAnswer:
    """Judge when an application comes.

    Args:
        scheme: whose windows and closures.
        kind: renewal, new-people or new-unit.
        at: the local time; None judges no window, but closures of the whole period stand.
        ends: the last covered day of the cover that is renewed.
        calendar: for the days before a renewal inside the period.
    """
    shut = _closure(scheme, kind, at)
    if shut is not None:
        problem = Problem(f"{kind}-closed", Severity.ERROR, shut.text.rstrip("。"))
        return TimeAnswer((problem,), steps=(_step(shut.source, kind, at, "closed", shut.text),))
    renewal = _renewal_of(scheme, ends)
    if ends is not None and renewal is not None:
        return _before_end(renewal, ends, at, calendar)
    if at is None:
        return TimeAnswer()
    return _windows(scheme, kind, at, ends)


def _closure(scheme: Scheme, kind: str, at: datetime.datetime | None) -> Closure | None:
    whole = period(scheme.coverage)
    day = at.date() if at is not None else whole.first if whole is not None else None
    if day is None:
        return None
    for closure in scheme.closures:
        if kind in closure.kinds and closure.first <= day <= closure.last:
            return closure
    return None


def _renewal_of(scheme: Scheme, ends: datetime.date | None) -> Renewal | None:
    """The rule for covers that end inside the period, where this one does."""
    whole = period(scheme.coverage)
    if ends is None or whole is None or not whole.first <= ends <= whole.last:
        return None
    return scheme.coverage.renewal


def latest_renewal(renewal: Renewal, ends: datetime.date, calendar: WorkCalendar) -> LatestDay:
    """The latest day a cover that ends inside the period can be renewed on."""
    return latest_day_before(ends, renewal.working_days_before.value or 0, calendar)


def renew_by(scheme: Scheme, ends: datetime.date, calendar: WorkCalendar) -> datetime.date | None:
    """The last day on which a cover can be renewed; None where the scheme sets no such day."""
    renewal = _renewal_of(scheme, ends)
    if renewal is None or renewal.working_days_before.open:
        return None
    return latest_renewal(renewal, ends, calendar).date


def _before_end(
    renewal: Renewal,
    ends: datetime.date,
    at: datetime.datetime | None,
    calendar: WorkCalendar,
) -> TimeAnswer:
    latest = latest_renewal(renewal, ends, calendar)
    unknown = (DAYS_BEFORE,) if renewal.working_days_before.open else ()
    problems = []
    if at is not None and at.date() > latest.date:
        message = f"原保障到{chinese_date(ends)}满期,最迟应在{chinese_date(latest.date)}办理续保"
        problems.append(Problem("renewal-late", Severity.ERROR, message))
    if latest.warning:
        problems.append(Problem("calendar-year-missing", Severity.WARNING, latest.warning))
    return TimeAnswer(tuple(problems), unknown, latest.steps)


def _windows(
    scheme: Scheme, kind: str, at: datetime.datetime, ends: datetime.date | None
) -> TimeAnswer:
    windows = [window for window in scheme.windows if kind in window.kinds]
    if not windows:
        return _deadline(scheme, kind, at)
    fitting = [window for window in windows if _takes(window, ends)]
    if not fitting:
        last = max(window.ends_by for window in windows if window.ends_by is not None)
        message = f"集中办理只收{chinese_date(last)}前满期的续保"
        return TimeAnswer((Problem("window-kind", Severity.ERROR, message),))
    for window in fitting:
        if is_open(window, at):
            return TimeAnswer(steps=(_step(window.source, kind, at, "open", window.text),))
    message = f"不在{_KINDS[kind]}的办理时间内:{fitting[0].text}".rstrip("。")
    step = _step(fitting[0].source, kind, at, "closed", fitting[0].text)
    return TimeAnswer((Problem("window-closed", Severity.ERROR, message),), steps=(step,))


def _takes(window: Window, ends: datetime.date | None) -> bool:
    return ends is None or window.ends_by is None or ends <= window.ends_by


def _deadline(scheme: Scheme, kind: str, at: datetime.datetime) -> TimeAnswer:
    """A drive's last day, which is inside; without one any time will do."""
    drives = [drive for drive in scheme.drives if drive.closes_on is not None]
    last = _latest(drive.closes_on for drive in drives)
    if last is None:
        return TimeAnswer()
    source = next(drive.source for drive in drives if drive.closes_on == last)
    text = f"办理期限为{chinese_date(last)}。"
    if at.date() <= last:
        return TimeAnswer(steps=(_step(source, kind, at, "open", text),))
    problem = Problem("window-closed", Severity.ERROR, f"办理期限{chinese_date(last)}已过")
    return TimeAnswer((problem,), steps=(_step(source, kind, at, "closed", text),))


def _latest(days: Iterable[datetime.date | None]) -> datetime.date | None:
    return max((day for day in days if day is not None), default=None)


def _step(source: str, kind: str, at: datetime.datetime | None, output: str, text: str) -> RuleStep:
    moment = at.isoformat(sep=" ", timespec="minutes") if at is not None else ""
    return RuleStep("window", source, f"{kind} {moment}".strip(), output, text)
