"""`rules working-days`: the latest day that leaves so many working days before a date."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.working_days import (
    MOST_DAYS,
    WorkCalendar,
    calendar_from,
    latest_day_before,
)
from desktop_app.paths import resource_path

_UNSIGNED = "没有登录,按程序自带的工作日历计算;要按本机构的,请加上 --user 和 --password-file。"


def work_calendar() -> WorkCalendar:
    """The calendar that the program carries."""
    file = resource_path("calendar", "workdays.toml")
    return calendar_from(file.read_text("utf-8"), file.name)


def calendar_of(options: Namespace) -> tuple[WorkCalendar, tuple[str, ...]]:
    """The calendar to count by: the office's where one is opened, else the carried one.

    A folder that was named without signing in is not opened; a note says so.
    """
    if getattr(options, "office", None) is None:
        return work_calendar(), ()
    if not getattr(options, "user", None):
        return work_calendar(), (_UNSIGNED,)
    with at_desk(options) as services:
        return services.calendars.in_force(), ()


def add_to(group: Group) -> None:
    parser = group.add("working-days", _working_days, "某日之前至少若干个工作日的最迟日期")
    parser.add_argument("--before", type=words.day, required=True, metavar="DATE")
    parser.add_argument("--count", type=words.count, required=True, metavar="N")


def _working_days(options: Namespace) -> Answer:
    if options.count > MOST_DAYS or options.before.year < 1900:
        raise UsageError(f"工作日天数应在0到{MOST_DAYS}之间,日期应在1900年之后。", "请核对。")
    calendar, unsigned = calendar_of(options)
    found = latest_day_before(options.before, options.count, calendar)
    document = {
        "date": found.date,
        "last_working_day": found.last_working_day,
        "assumed_years": found.assumed_years,
    }
    notes = (*unsigned, found.warning) if found.warning else unsigned
    return Answer(document, tuple(step.text for step in found.steps), notes=notes)
