"""`opening`: last year's books taken over when an office begins (期初建账)."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, part
from desktop_app.cli.parser import Group, Parser
from desktop_app.services.views.openings import OpeningDraft, OpeningPlan

if TYPE_CHECKING:
    from desktop_app.services.openings.openings import OpeningService


def add_to(commands: Group) -> None:
    group = commands.group("opening", "期初建账:导入上年的单位和名单")
    _books(group.add("check", _check, "只看会导入什么,不存入"))
    imported = group.add("import", _import, "导入:合格的全部存入,有错的待补正")
    _books(imported)
    group.add("last", _last, "最近一次导入,能不能撤回")
    back = group.add("take-back", _take_back, "撤回导入错了的旧账")
    back.add_argument("books", metavar="OPERATION", help="last 给出的编号")
    back.add_argument("--reason", required=True, metavar="TEXT")
    group.add("waiting", _waiting, "列出以前导入时待补正的行")


def _books(command: Parser) -> None:
    command.add_argument(
        "files", type=words.path, nargs="+", metavar="FILE|DIR", help="单位表、名单,或它们的文件夹"
    )
    command.add_argument("--year", type=words.year, required=True, metavar="YEAR", help="哪个年度")
    command.add_argument(
        "--first", type=words.day, metavar="DATE", help="保障第一天(文件里没有写时)"
    )
    command.add_argument(
        "--plan",
        type=words.plan,
        action="append",
        default=[],
        metavar="PLAN[:SHARES]",
        help="参加的项目(文件里没有写时)",
    )
    command.add_argument(
        "--corrections", type=words.path, metavar="FILE", help="把待补正的行另存为表格"
    )


def _draft(options: Namespace) -> OpeningDraft:
    return OpeningDraft(options.year, tuple(options.files), options.first, tuple(options.plan))


def _planned(options: Namespace, openings: OpeningService) -> tuple[list[int], OpeningPlan]:
    """Plan the files named; their mistakes go into a workbook where one is asked for."""
    with part(options, "plan"):
        ids = openings.plan_files(_draft(options)).value
    if options.corrections:
        openings.save_corrections(ids, options.corrections)
    return ids, openings.plan_view(ids)


def _check(options: Namespace) -> Answer:
    with at_desk(options) as services:
        ids, plan = _planned(options, services.openings)
        with part(options, "drop"):
            services.openings.drop_plan(ids)
    return Answer({"plan": plan}, _lines(plan))


def _import(options: Namespace) -> Answer:
    with at_desk(options) as services:
        ids, plan = _planned(options, services.openings)
        with part(options, "carry-out"):
            stored = services.openings.carry_out(ids).value
    done = (
        f"已存入:单位{stored['units']}家,名单{stored['cases']}份,人员{stored['people']}人。"
        if any(stored.values())
        else "这些文件里没有新的内容,什么也没有改动。"
    )
    return Answer({"stored": stored, "plan": plan}, (*_lines(plan), done))


def _last(options: Namespace) -> Answer:
    with at_desk(options) as services:
        books = services.opening_undo.newest()
    if books is None:
        return Answer({"books": None}, ("没有可撤回的导入。",))
    line = f"{books.operation}  {books.year}年度  单位{books.units}家  人员{books.people}人"
    return Answer({"books": books}, (line, books.why_not or "可以撤回。"))


def _take_back(options: Namespace) -> Answer:
    with at_desk(options) as services:
        back = services.opening_undo.take_back(options.books, options.reason).value
    text = f"已撤回:单位{back['units']}家,名单{back['cases']}份,人员{back['people']}人。"
    return Answer({"taken_back": back}, (text,))


def _waiting(options: Namespace) -> Answer:
    with at_desk(options) as services:
        rows = services.openings.list_waiting()
    return Answer(rows, tuple(f"《{r.file}》{r.sheet} {r.reason}" for r in rows))


def _lines(plan: OpeningPlan) -> tuple[str, ...]:
    head = (
        f"{plan.year}年度:新单位{plan.new_units}家,新名单{plan.new_people}人,"
        f"已有{plan.known_people}人,待补正{plan.rejected}行。"
    )
    notes = tuple(f"  {unit.name}:{unit.note}" for unit in plan.units if unit.note)
    told = tuple(
        f"  《{one.file}》{one.finding.sheet or ''} {one.finding.message}"
        for one in plan.findings
        if one.finding.severity.value != "info"
    )
    return (head, *notes, *told)
