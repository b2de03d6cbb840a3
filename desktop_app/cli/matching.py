"""`match`: money on the bank's statements, looked at, booked as what it pays for, taken back."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.money import yuan
from desktop_app.services.drafts import PaymentPart

if TYPE_CHECKING:
    from desktop_app.services.views.matching import Matches, MatchLine


def add_to(commands: Group) -> None:
    group = commands.group("match", "认款:银行流水里的钱缴的是哪份申请")
    group.add("list", _list, "还没有认的进账,各缴哪份申请,为什么")
    certain = group.add("certain", _certain, "登记能认准的几笔;不写 --line 时登记全部")
    certain.add_argument("--line", type=words.count, action="append", metavar="LINE")
    book = group.add("book", _book, "登记一笔流水缴哪几份申请")
    book.add_argument("line", type=words.count, metavar="LINE", help="list 给出的编号")
    book.add_argument(
        "--part",
        type=words.part,
        action="append",
        required=True,
        metavar="ENROLMENT:FEN[:PEOPLE]",
        help="每份申请的编号、分数和人数,有几份写几次",
    )
    book.add_argument("--person", action="store_true", help="从个人账户付的")
    link = group.add("link", _link, "一笔流水就是已按回单登记的那笔缴费")
    link.add_argument("line", type=words.count, metavar="LINE")
    link.add_argument("payment", type=words.count, metavar="PAYMENT")
    undo = group.add("undo", _undo, "撤回一笔流水的认款")
    undo.add_argument("line", type=words.count, metavar="LINE")
    undo.add_argument("--reason", required=True, metavar="TEXT")


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _answer(services.matching.proposals())


def _certain(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = options.line
        if lines is None:
            found = services.matching.proposals().proposals
            lines = [line.id for one in found if one.certain for line in one.lines]
        booked = services.matching.book_certain(tuple(lines)).value if lines else 0
    return Answer({"booked": booked}, (f"登记了{booked}笔。",))


def _book(options: Namespace) -> Answer:
    parts = tuple(PaymentPart(*part) for part in options.part)
    with at_desk(options) as services:
        made = services.matching.book(options.line, parts, options.person).value
        return _answer(services.matching.proposals(), made)


def _link(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.matching.link(options.line, options.payment)
        return _answer(services.matching.proposals(), options.payment)


def _undo(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.matching.undo(options.line, options.reason)
        return _answer(services.matching.proposals())


def _answer(found: Matches, payment: int | None = None) -> Answer:
    lines = [text for one in found.proposals for text in _told(one)]
    lines.append(f"合计{yuan(found.fen)}元,可认{yuan(found.booked_fen)}元。")
    return Answer({"matches": found, "payment": payment}, tuple(lines))


def _told(one: MatchLine) -> list[str]:
    sure = "能认准" if one.certain else "须人工核对"
    told = []
    for line in one.lines:
        money = f"{line.day.isoformat()}  {yuan(line.fen)}元"
        told.append(f"{line.id}  {money}  {line.payer_name}  {line.memo}".rstrip())
    told.append(f"  {one.state_label},{sure}")
    told += [f"  缴{part.enrolment_id} {part.unit_name} {yuan(part.fen)}元" for part in one.parts]
    if one.remainder_fen:
        told.append(f"  还余{yuan(one.remainder_fen)}元")
    if one.payment is not None:
        told.append(f"  已登记的缴费{one.payment}")
    return [*told, *(f"  {reason}" for reason in one.reasons)]
