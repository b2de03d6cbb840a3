"""Coverage periods: from a plan document, fixed, yearly; renewal inside the year; events."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop_app.domain.dates import add_months, chinese_date, last_day
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.domain.schemes.scheme_cover import Additions, Coverage

FIRST_MONTH = "coverage.first_month"
YEAR_MONTHS = "coverage.renewal.year_months"
DAYS_BEFORE = "coverage.renewal.working_days_before"


@dataclass(frozen=True, slots=True)
class Cover:
    """Covered days, both inside; printed from 0时 of the first to 24时 of the last."""

    first: datetime.date
    last: datetime.date

    @property
    def end(self) -> datetime.date:
        """The day after the last, exclusive."""
        return self.last + datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CoverAnswer:
    """What an application would be covered for.

    Args:
        cover: None where nothing is left to cover, or the date is not known yet.
        months: months the contribution runs.
        in_year: whether it renews a cover that ends inside the period.
        to_confirm: keys of the open figures it hangs on.
        problems: what stands against it.
        steps: how it came about.
    """

    cover: Cover | None
    months: int
    in_year: bool = False
    to_confirm: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    steps: tuple[RuleStep, ...] = ()


def period(coverage: Coverage, year: int | None = None) -> Cover | None:
    """The scheme's whole period; None where it hangs on a plan document or an unknown month."""
    if coverage.first is not None:
        return _from(coverage.first, coverage.months)
    month = coverage.first_month.value if coverage.first_month is not None else None
    if month is None or year is None:
        return None
    return _from(datetime.date(year, month, 1), coverage.months)


def _from(first: datetime.date, months: int) -> Cover:
    return Cover(first, last_day(add_months(first, months)))


def cover_for(
    coverage: Coverage, ends: datetime.date | None = None, year: int | None = None
) -> CoverAnswer:
    """What an application covers.

    Args:
        coverage: the scheme's rule.
        ends: the last covered day of the unit's cover so far, where it has one.
        year: the year of a yearly period.
    """
    whole = period(coverage, year)
    figure = coverage.first_month
    unknown = (FIRST_MONTH,) if figure is not None and figure.open else ()
    if whole is None or ends is None or ends < whole.first or coverage.renewal is None:
        steps = (_plain(coverage, whole),)
        return CoverAnswer(whole, coverage.months, to_confirm=unknown, steps=steps)
    return _inside(coverage, whole, ends)


def _inside(coverage: Coverage, whole: Cover, ends: datetime.date) -> CoverAnswer:
    if ends > whole.last:
        message = f"原保障到{chinese_date(ends)}才满期,这一期不用续保"
        return CoverAnswer(None, 0, problems=(Problem("already-covered", Severity.ERROR, message),))
    first = add_months(ends.replace(day=1), 1)
    months = (whole.end.year - first.year) * 12 + whole.end.month - first.month
    renewal = coverage.renewal
    source = renewal.source if renewal is not None else coverage.source
    given = ends.isoformat()
    if months <= 0:
        text = f"原保障到{chinese_date(ends)}满期,本期没有应续缴的月份。"
        return CoverAnswer(
            None, 0, in_year=True, steps=(RuleStep("renewal-months", source, given, "0", text),)
        )
    cover = Cover(first, whole.last)
    text = (
        f"原保障到{chinese_date(ends)}满期,当月视为在保,从{chinese_date(first)}零时起续保,"
        f"续缴{months}个月。"
    )
    step = RuleStep("renewal-months", source, given, str(months), text)
    return CoverAnswer(cover, months, in_year=True, steps=(step,))


def _plain(coverage: Coverage, cover: Cover | None = None) -> RuleStep:
    output = f"{cover.first.isoformat()}/{cover.last.isoformat()}" if cover is not None else ""
    return RuleStep("coverage", coverage.source, coverage.kind, output, coverage.text)


def addition_from(
    additions: Additions, joined_on: datetime.date, whole: Cover
) -> datetime.date | None:
    """The first covered day of someone taken in mid-period; None where none is given here.

    None stands for a plan document's own date, for schemes that take nobody in mid-period, and
    where no day of the period is left.
    """
    if additions.allowed == "never" or additions.starts == "plan-document":
        return None
    first = {
        "period": whole.first,
        "next-day": joined_on + datetime.timedelta(days=1),
        "next-month": add_months(joined_on.replace(day=1), 1),
    }[additions.starts]
    first = max(first, whole.first)
    return first if first <= whole.last else None


def last_covered(
    coverage: Coverage, event: str, on: datetime.date, cover: Cover
) -> datetime.date | None:
    """The last covered day after a move, retirement or death; None where no source says.

    The way in for whoever records such an event: what the scheme's file says of it is read,
    checked and shown, and comes out here as a day.
    """
    rule = coverage.events.get(event)
    effect = rule.effect if rule is not None else "to-confirm"
    if effect == "to-confirm":
        return None
    if effect == "ends":
        return min(max(on, cover.first), cover.last)
    if effect == "ends-with-month":
        return min(last_day(add_months(on.replace(day=1), 1)), cover.last)
    return cover.last  # continues, or goes with the person to the new unit
