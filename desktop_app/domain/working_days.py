"""Working days by the yearly notices, make-up Saturdays included; counting back from a day."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.rule_steps import RuleStep
from desktop_app.errors import UserError

_ONE_DAY = datetime.timedelta(days=1)
WEEKEND = (5, 6)
# Holidays with a fixed date, all that can be known of a year before its notice comes out
# (全国年节及纪念日放假办法, as of 2025).
FIXED = frozenset(((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))
MOST_DAYS = 2000
_CLAUSE = "民法典第二百零一条:开始的当日不计入"


@dataclass(frozen=True, slots=True)
class YearDays:
    """One year's notice: days off (weekend days among them) and weekend days worked."""

    off: frozenset[datetime.date]
    worked: frozenset[datetime.date]
    source: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    years: Mapping[int, YearDays] = field(default_factory=dict)

    def knows(self, year: int) -> bool:
        return year in self.years

    def is_working(self, day: datetime.date) -> bool:
        """Whether people work that day; a year without its notice: weekdays but fixed holidays."""
        known = self.years.get(day.year)
        if known is None:
            return day.weekday() not in WEEKEND and (day.month, day.day) not in FIXED
        return day in known.worked or (day.weekday() not in WEEKEND and day not in known.off)

    def with_year(self, year: int, days: YearDays) -> WorkCalendar:
        """The calendar with a year's notice added or replaced."""
        return WorkCalendar({**self.years, year: days})


@dataclass(frozen=True, slots=True)
class LatestDay:
    """The answer to a count back.

    Args:
        date: the latest day after which enough working days lie; it may be a day off.
        last_working_day: the last day people work on up to that day.
        assumed_years: years without a notice, where weekends and fixed holidays were taken.
        steps: how it came about.
    """

    date: datetime.date
    last_working_day: datetime.date
    assumed_years: tuple[int, ...]
    steps: tuple[RuleStep, ...]

    @property
    def warning(self) -> str | None:
        return _warning(self.assumed_years) if self.assumed_years else None


def latest_day_before(before: datetime.date, count: int, calendar: WorkCalendar) -> LatestDay:
    """The latest day with at least `count` working days strictly between it and `before`.

    Raises:
        UserError: `working-days` where the count is negative or leads out of the calendar.
    """
    if not 0 <= count <= MOST_DAYS or before.year < 1900:
        raise UserError("working-days", f"工作日天数应在0到{MOST_DAYS}之间。", "请核对天数和日期。")
    asked: set[int] = set()
    day, left = before - _ONE_DAY, count
    while left:
        asked.add(day.year)
        left -= calendar.is_working(day)
        day -= _ONE_DAY
    last = day
    while not calendar.is_working(last):
        asked.add(last.year)
        last -= _ONE_DAY
    asked.add(last.year)
    assumed = tuple(sorted(year for year in asked if not calendar.knows(year)))
    return LatestDay(day, last, assumed, (_step(before, count, day, calendar, assumed),))


def _step(
    before: datetime.date,
    count: int,
    day: datetime.date,
    calendar: WorkCalendar,
    assumed: tuple[int, ...],
) -> RuleStep:
    notices = [
        calendar.years[year].source for year in (day.year, before.year) if year in calendar.years
    ]
    text = f"{chinese_date(before)}之前至少{count}个工作日,最迟为{chinese_date(day)}。"
    return RuleStep(
        "working-days",
        ";".join(dict.fromkeys((_CLAUSE, *notices))),
        f"{before.isoformat()} −{count}",
        day.isoformat(),
        text + (_warning(assumed) if assumed else ""),
    )


def _warning(years: tuple[int, ...]) -> str:
    listed = "、".join(str(year) for year in years)
    return f"{listed}年的放假安排没有录入,按周末和固定节日推算,请录入通知后再核对。"


def calendar_from(text: str, name: str | None = None) -> WorkCalendar:
    """Read a calendar file's text.

    Raises:
        UserError: `calendar-invalid`, naming the year and what is wrong with it.
    """
    try:
        tables = tomllib.loads(text).get("years", [])
        years = {table["year"]: _year(table, name) for table in tables}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise _invalid(f"写法不对:{error}", name) from error
    if not years or len(years) != len(tables):
        raise _invalid("没有年份,或同一年写了两次", name)
    return WorkCalendar(years)


def _year(table: Mapping[str, object], name: str | None) -> YearDays:
    year, source = table["year"], table["source"]
    off, worked = _days(table["off"], year), _days(table["worked"], year)
    if off is None or worked is None or not isinstance(source, str) or not source.strip():
        raise _invalid(f"{year}年的日期或依据不对", name)
    if off & worked or any(day.weekday() not in WEEKEND for day in worked):
        raise _invalid(f"{year}年的补班日应是周末,且不在放假日内", name)
    return YearDays(off, worked, source)


def _days(values: object, year: object) -> frozenset[datetime.date] | None:
    if not isinstance(values, list):
        return None
    days = frozenset(day for day in values if type(day) is datetime.date and day.year == year)
    return days if len(days) == len(values) else None


def _invalid(what: str, name: str | None) -> UserError:
    return UserError(
        "calendar-invalid", f"工作日历{what}。", "请对照当年放假通知改正后再试。", name
    )
