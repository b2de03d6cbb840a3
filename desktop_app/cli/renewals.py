"""`renewal`: a unit renewed by last year's list, and the lists sent out to be corrected."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.enrolments import case_answer
from desktop_app.cli.parser import Group
from desktop_app.errors import UserError
from desktop_app.services.drafts import EnrolmentDraft


def add_to(commands: Group) -> None:
    group = commands.group("renewal", "按上年名单续保")
    shown = group.add("show", _show, "看上年名单里谁能续保,不存入")
    shown.add_argument("unit", type=words.count, metavar="UNIT")
    start = group.add("start", _start, "按上年名单开始本年度申请")
    start.add_argument("unit", type=words.count, metavar="UNIT")
    start.add_argument(
        "--plan", type=words.plan, action="append", metavar="PLAN[:SHARES]", help="不写时照上年"
    )
    start.add_argument("--at-work", type=words.count, metavar="N", help="不写时照单位资料")
    start.add_argument("--women", type=words.count, metavar="N")
    start.add_argument(
        "--leaver", type=words.count, action="append", default=[], metavar="MEMBER", help="离开的人"
    )
    start.add_argument("--ends", type=words.day, metavar="DATE", help="原保障的最后一天")
    saved = group.add("export", _export, "存出预填的名单,一家一份")
    saved.add_argument("folder", type=words.path, metavar="DIR")
    saved.add_argument("units", type=words.count, nargs="*", metavar="UNIT", help="不写时为全部")


def _show(options: Namespace) -> Answer:
    with at_desk(options) as services:
        plan = services.renewals.plan(options.unit)
    head = f"{plan.unit_name}:{plan.from_year}年度{len(plan.people)}人,可续保{plan.able}人。"
    lines = [
        f"  {one.member_id}  {one.name}  {one.refusal or one.note}"
        for one in plan.people
        if one.refusal or one.note
    ]
    return Answer({"plan": plan, "able": plan.able}, (head, *lines))


def _start(options: Namespace) -> Answer:
    with at_desk(options) as services:
        plan = services.renewals.plan(options.unit)
        at_work = plan.at_work if options.at_work is None else options.at_work
        if at_work is None:
            raise UserError(
                "at-work", "单位资料里没有在职人数。", "请加上 --at-work N。", "at_work"
            )
        draft = EnrolmentDraft(
            handling="on-behalf",
            plans=tuple(options.plan or ((key, shares) for key, _name, shares in plan.plans)),
            at_work=at_work,
            women=plan.women if options.women is None else options.women,
            ends=options.ends,
        )
        case = services.renewals.start(options.unit, draft, tuple(options.leaver)).value
        return case_answer(services.enrolments.get(case))


def _export(options: Namespace) -> Answer:
    with at_desk(options) as services:
        saved = services.renewals.save_rosters(tuple(options.units), options.folder).value
    skipped = tuple(f"没有上年名单:{name}" for name in saved["skipped"])
    return Answer(saved, (f"存出{len(saved['files'])}份。", *saved["files"], *skipped))
