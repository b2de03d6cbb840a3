"""`board`, `chase` and `call`: the drive's numbers, whom to call, and the calls made."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.services.board.progress import progress_text
from desktop_app.services.drafts import CallDraft
from desktop_app.services.views.board import MARK_LABELS, Mark, Slice, UnitLine

_CHASED = (Mark.UNREPORTED, Mark.UNPAID, Mark.UNSTAMPED)
_KINDS = [mark.value for mark in _CHASED]
_ABOUT = [*_KINDS, "other"]


def add_to(commands: Group) -> None:
    board = commands.add("board", _board, "工作台:等我处理、快到期、要更正和各片区进度")
    marks = ", ".join(f"{mark.value} {text}" for mark, text in MARK_LABELS.items())
    board.add_argument(
        "--list",
        dest="mark",
        choices=[mark.value for mark in Mark],
        metavar="MARK",
        help=f"列出一个数背后的单位:{marks}",
    )
    board.add_argument("--area", metavar="TEXT", default="", help="只列这个片区")
    chase = commands.add("chase", _chase, "催办名单:未报、未缴、未盖章的单位和发给单位的话")
    chase.add_argument("--about", choices=_KINDS, default="", metavar="ABOUT")
    chase.add_argument("--area", metavar="TEXT", default="")
    group = commands.group("call", "与单位的联系")
    log = group.add("log", _log, "登记一次联系")
    log.add_argument("unit", type=words.count, metavar="UNIT")
    log.add_argument(
        "--about", choices=_ABOUT, required=True, metavar="ABOUT", help="、".join(_ABOUT)
    )
    log.add_argument("--outcome", metavar="TEXT", help="结果")
    log.add_argument("--with", dest="spoke_with", metavar="TEXT", help="接电话的人")
    log.add_argument("--phone", metavar="TEXT")
    log.add_argument("--again", type=words.day, metavar="DATE", help="约好再联系的日期")
    listed = group.add("list", _list, "一家单位的联系记录")
    listed.add_argument("unit", type=words.count, metavar="UNIT")


def _board(options: Namespace) -> Answer:
    with at_desk(options) as services:
        report = services.board.report()
    if options.mark:
        wanted = Slice(options.mark, area=options.area)
        rows = tuple(line for line in report.lines if wanted.holds(line))
        return Answer(_plain(rows), tuple(_line(row) for row in rows) or ("没有单位。",))
    board = report.board
    counts = (board.waiting, board.due, board.mend, *board.chase)
    lines = [f"{count.label}  {count.units}家" for count in counts]
    lines += [
        f"{area.area or '全县'}  应办{area.active} 未报{area.unreported} 已报{area.reported}"
        f" {board.paid_word}{area.paid} 办结{area.finished}"
        for area in (*board.areas, board.whole)
    ]
    return Answer({"board": board, "text": progress_text(board)}, (*lines, progress_text(board)))


def _plain(rows: tuple[UnitLine, ...]) -> list[dict[str, object]]:
    """The lines with their marks in a fixed order."""
    return [
        {name: getattr(row, name) for name in row.__slots__} | {"marks": sorted(row.marks)}
        for row in rows
    ]


def _line(row: UnitLine) -> str:
    due = f"  {row.due_text}" if row.due_text else ""
    return f"{row.id}  {row.name}  {row.step_label}  已报{row.reported}人 已缴{row.paid}人{due}"


def _chase(options: Namespace) -> Answer:
    with at_desk(options) as services:
        rows = services.chase.list_rows(options.about, options.area)
    return Answer(
        rows,
        tuple(f"{r.unit_id}  {r.about_label}  {r.area}  {r.unit}  {r.owes}" for r in rows)
        or ("没有要催办的单位。",),
    )


def _log(options: Namespace) -> Answer:
    draft = CallDraft(
        options.about, options.outcome, options.spoke_with, options.phone, options.again
    )
    with at_desk(options) as services:
        made = services.calls.log(options.unit, draft).value
        call = next(line for line in services.calls.list_calls(options.unit) if line.id == made)
    return Answer({"call": call}, (f"已登记联系:{call.about_label}",))


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        calls = services.calls.list_calls(options.unit)
    return Answer(
        calls,
        tuple(
            f"{call.at:%Y-%m-%d}  {call.who}  {call.about_label}  {call.outcome}".rstrip()
            for call in calls
        )
        or ("还没有联系过。",),
    )
