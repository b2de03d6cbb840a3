"""`receive`: a stamped paper by its code or number, or a scan of many; `tray` what has no place."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.intake.lying_files import SCAN_ENDS
from desktop_app.services.views.receptions import ReceivedPaper, TrayPage


def add_to(commands: Group) -> None:
    receive = commands.add("receive", _receive, "盖章件收回:单据的码、编号,或扫描文件")
    receive.add_argument("what", metavar="CODE|NUMBER|FILE")
    tray = commands.group("tray", "扫描后没有归处的页")
    tray.add("list", _list, "列出待归页").add_argument("--aside", action="store_true")
    place = tray.add("place", _place, "把一页归到单据,或归到申请的一种材料")
    place.add_argument("page", type=words.count, metavar="PAGE")
    place.add_argument("form", metavar="CODE|NUMBER|PAPER")
    place.add_argument("--enrolment", type=words.count, metavar="ENROLMENT")
    aside = tray.add("set-aside", _set_aside, "搁置不属于任何申请的页")
    aside.add_argument("page", type=words.count, nargs="+", metavar="PAGE")
    turn = tray.add("turn", _turn, "把待归页向右转,以后都这样放着")
    turn.add_argument("page", type=words.count, nargs="+", metavar="PAGE")
    turn.add_argument(
        "--by", type=words.count, default=90, metavar="DEGREES", help="90、180 或 270"
    )
    tray.add("bring-back", _bring_back, "把搁置的页都放回待归页")


def _receive(options: Namespace) -> Answer:
    with at_desk(options) as services:
        receptions = services.receptions
        if not _is_file(options.what):
            paper = receptions.get(receptions.receive(options.what).value)
            return Answer({"paper": paper, "scan": None}, (line_of(paper),))
        groups = receptions.read_scan(words.path(options.what))
        scan = receptions.result(receptions.receive_scan(groups).value)
    head = f"共{scan.pages}页,归入{scan.filed}页,待归{scan.tray}页,以前收过{scan.again}页"
    return Answer({"paper": None, "scan": scan}, (head, *map(line_of, scan.papers)))


def line_of(paper: ReceivedPaper) -> str:
    if paper.filed_with:
        part = "" if paper.stamped else f",收到{paper.pages}/{paper.pages_of}页"
        return f"{paper.unit}  {paper.label}已归入{paper.filed_with}{part}"
    state = "已收回" if paper.stamped else f"收到{paper.pages}/{paper.pages_of}页"
    left = f",还缺{'、'.join(paper.missing)}" if paper.missing else ",已收齐"
    return f"{paper.unit}  {paper.label}{state}({paper.back}/{paper.of}){left}"


def _is_file(what: str) -> bool:
    return Path(what).suffix.lower() in SCAN_ENDS or Path(what).is_file()


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        pages = services.receptions.tray(options.aside)
    return Answer({"pages": pages}, tuple(map(_page_line, pages)) or ("没有待归页。",))


def _page_line(page: TrayPage) -> str:
    return f"{page.id}  {page.file_name}第{page.page_no}页  {page.why}"


def _place(options: Namespace) -> Answer:
    with at_desk(options) as services:
        receptions = services.receptions
        if options.enrolment is None:
            form = receptions.assign((options.page,), options.form).value
            paper = receptions.get(form)
            return Answer({"paper": paper}, (line_of(paper),))
        receptions.assign_to_case((options.page,), options.enrolment, options.form)
        return Answer({"page": options.page, "enrolment": options.enrolment}, ("已归入。",))


def _set_aside(options: Namespace) -> Answer:
    with at_desk(options) as services:
        pages = services.receptions.set_aside(tuple(options.page)).value
    return Answer({"pages": pages}, (f"已搁置{pages}页。",))


def _turn(options: Namespace) -> Answer:
    with at_desk(options) as services:
        pages = services.receptions.turn(tuple(options.page), options.by).value
    return Answer({"pages": pages}, (f"已转{pages}页。",))


def _bring_back(options: Namespace) -> Answer:
    with at_desk(options) as services:
        pages = services.receptions.bring_back().value
    return Answer({"pages": pages}, (f"已放回{pages}页。",))
