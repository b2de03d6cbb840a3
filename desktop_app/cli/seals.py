"""`seal`: the journal of uses of a seal."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.services.drafts import SealDraft
from desktop_app.services.views.seals import SealLine


def add_to(commands: Group) -> None:
    group = commands.group("seal", "用印登记")
    record = group.add("record", _record, "登记一次用印:哪些单据、哪枚印章、谁申请、谁保管")
    record.add_argument(
        "numbers", nargs="*", metavar="NUMBER", help="单据编号;写业务号就是这份申请的全部单据"
    )
    record.add_argument("--batch", type=words.count, metavar="BATCH", help="这一批打印的全部单据")
    record.add_argument("--seal", required=True, metavar="TEXT", help="印章名称")
    record.add_argument("--copies", type=words.count, default=1, metavar="N", help="每张几份")
    record.add_argument("--on", type=words.day, required=True, metavar="DATE")
    record.add_argument("--asked-by", required=True, metavar="NAME")
    record.add_argument("--kept-by", required=True, metavar="NAME")
    void = group.add("void", _void, "作废登记错的一条,写明原因")
    void.add_argument("use", type=words.count, metavar="USE")
    void.add_argument("--reason", required=True, metavar="TEXT")
    listed = group.add("list", _list, "列出用印登记")
    listed.add_argument("--to", type=words.path, metavar="FILE", help="同时存为表格文件")


def _record(options: Namespace) -> Answer:
    with at_desk(options) as services:
        numbers = tuple(options.numbers)
        if options.batch is not None:
            numbers += services.seals.numbers_of_batch(options.batch)
        draft = SealDraft(
            numbers, options.seal, options.copies, options.on, options.asked_by, options.kept_by
        )
        use = services.seals.record(draft).value
    return Answer({"use": use}, (f"已登记用印{use}。",))


def _void(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.seals.void(options.use, options.reason)
    return Answer({"use": options.use}, (f"用印登记{options.use}已作废。",))


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = services.seals.list_uses()
        saved = services.seals.export(options.to) if options.to is not None else None
    told = tuple(map(_told, lines)) or ("还没有用印登记。",)
    return Answer({"uses": lines, "file": saved}, told)


def _told(line: SealLine) -> str:
    void = f"  作废:{line.void_for}" if line.void_for else ""
    who = f"{line.asked_by}申请,{line.kept_by}保管"
    return f"{line.id}  {line.used_on}  {line.seal}  {line.prints_text}  {who}{void}"
