"""`calendar`: the years of the work calendar, seen and set at the office."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.calendar_years import YearDraft, text_of_year
from desktop_app.domain.dates import CHINA

if TYPE_CHECKING:
    from desktop_app.services.offices.calendar_views import YearView


def add_to(commands: Group) -> None:
    group = commands.group("calendar", "工作日历:各年的放假和补班安排")
    group.add("list", _list, "列出各年:程序自带、本机构录入或更正、未录入")
    show = group.add("show", _show, "显示一年;不加 --json 时可存为文件发给别处")
    show.add_argument("year", type=words.positive, metavar="YEAR")
    put = group.add("set", _set, "负责人录入或更正一年,写明依据")
    put.add_argument("year", type=words.positive, metavar="YEAR")
    put.add_argument(
        "--off", type=words.days, metavar="DATES", help="放假:2027-01-01,2027-02-05..2027-02-11"
    )
    put.add_argument("--worked", type=words.days, metavar="DATES", help="补班的周末,写法同上")
    put.add_argument("--source", metavar="TEXT", help="依据的通知")
    put.add_argument("--file", type=words.path, metavar="FILE", help="工作日历文件,代替前三项")
    put.add_argument("--replace", action="store_true", help="工作日数反常也整年替换")


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        years = services.calendars.list_years()
    return Answer(
        {"years": years},
        tuple(
            f"{one.year}  {one.state_label}  工作日{one.working_days}天  {one.source}".rstrip()
            for one in years
        ),
    )


def _show(options: Namespace) -> Answer:
    with at_desk(options) as services:
        view = services.calendars.get_year(options.year)
    return _answer(view)


def _set(options: Namespace) -> Answer:
    typed = [options.off, options.worked, options.source]
    if options.file is not None and any(one is not None for one in typed):
        raise UsageError("--file 不能与 --off、--worked、--source 同时使用。", "请只用一种。")
    if options.file is None and (options.off is None or options.source is None):
        raise UsageError("缺少 --off 和 --source,或 --file。", "用法见:calendar set --help")
    with at_desk(options) as services:
        if options.file is not None:
            draft = services.calendars.read_file(options.file, options.year)
        else:
            worked = options.worked or ()
            draft = YearDraft(options.year, options.off, worked, options.source)
        services.calendars.set_year(draft, replace=options.replace)
        view = services.calendars.get_year(options.year)
    return _answer(view)


def _answer(view: YearView) -> Answer:
    """The lines are the file's own form, all words for people behind its comment sign."""
    line = view.line
    draft = YearDraft(line.year, view.off, view.worked, line.source)
    about = [f"{line.year}年 {line.state_label},工作日{line.working_days}天"]
    if line.set_at is not None:
        about.append(f"{line.set_by} {line.set_at.astimezone(CHINA):%Y-%m-%d}")
    about += [f"与程序自带的不同:{one}" for one in view.against_carried]
    lines = (*(f"# {one}" for one in about), *text_of_year(draft).splitlines())
    return Answer({"year": view}, lines, notes=_notes(view))


def _notes(view: YearView) -> tuple[str, ...]:
    if view.line.state == "missing":
        return (f"{view.line.year}年未录入,请对照国务院办公厅通知;这里只列固定节日。",)
    return tuple(f"请核对:{one}。" for one in view.doubts)
