"""`archive list`, `handover`, `place`, `lend`, `back`: finished files, and who has them."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.services.drafts import LoanDraft
from desktop_app.services.views.archives import ShelfLine


def add_to(group: Group) -> None:
    """Into the group `archive`."""
    shown = group.add("list", _list, "列出办结的档案:盒号、柜位、借阅")
    shown.add_argument("--year", type=words.year)
    shown.add_argument("--lent", action="store_true", help="只要借出的")
    shown.add_argument("--overdue", action="store_true", help="只要过期没有还的")
    handover = group.add("handover", _handover, "一个年度或一盒的档案移交清单,存成表格文件")
    handover.add_argument("year", type=words.year, metavar="YEAR")
    handover.add_argument("file", type=words.path, metavar="FILE")
    handover.add_argument("--box", metavar="BOX", help="只要这一盒")
    place = group.add("place", _place, "登记档案放在哪一盒、哪个柜位")
    place.add_argument("files", nargs="+", metavar="FILE", help="档案号")
    place.add_argument("--box", default="", metavar="BOX")
    place.add_argument("--shelf", default="", metavar="SHELF")
    lend = group.add("lend", _lend, "借出一卷")
    lend.add_argument("file", metavar="FILE")
    lend.add_argument("--to", required=True, metavar="NAME")
    lend.add_argument("--of", default="", metavar="UNIT", help="借阅人的单位")
    lend.add_argument("--for", dest="purpose", required=True, metavar="TEXT", help="用途")
    lend.add_argument("--due", type=words.day, required=True, metavar="DATE", help="应还日期")
    group.add("back", _back, "借出的一卷归还").add_argument("file", metavar="FILE")


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = services.archive_shelves.list_files(options.year)
    if options.lent or options.overdue:
        lines = tuple(
            one for one in lines if one.loan and (one.loan.overdue_days or not options.overdue)
        )
    return Answer({"files": lines}, tuple(map(line_of, lines)) or ("没有这样的档案。",))


def line_of(line: ShelfLine) -> str:
    place = " ".join(part for part in (line.box_no and f"{line.box_no}号盒", line.shelf) if part)
    told = f"{line.number}  {line.unit}  {place or '还没有装盒'}"
    if line.loan is None:
        return told
    late = f",过期{line.loan.overdue_days}天" if line.loan.overdue_days else ""
    return f"{told}  {line.loan.borrower}借出,{line.loan.due_on}应还{late}"


def _handover(options: Namespace) -> Answer:
    with at_desk(options) as services:
        saved = services.archive_shelves.export_handover(options.file, options.year, options.box)
    return Answer({"file": saved}, (f"已存:{saved}",))


def _place(options: Namespace) -> Answer:
    with at_desk(options) as services:
        count = services.archive_shelves.place(
            tuple(options.files), options.box, options.shelf
        ).value
    return Answer({"files": count}, (f"已登记{count}卷的位置。",))


def _lend(options: Namespace) -> Answer:
    draft = LoanDraft(options.to, options.purpose, options.due, options.of)
    with at_desk(options) as services:
        loan = services.archive_shelves.lend(options.file, draft).value
    return Answer({"loan": loan}, (f"已借出,{options.due}应还。",))


def _back(options: Namespace) -> Answer:
    with at_desk(options) as services:
        loan = services.archive_shelves.take_back(options.file).value
    return Answer({"loan": loan}, ("已归还。",))
