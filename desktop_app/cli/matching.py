"""`match`: money on the bank's statements, looked at, booked as what it pays for, taken back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.codes import BankMark
from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group, Parser
from desktop_app.domain.dates import clock_text
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.services.drafts import PaymentPart

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.views.matching import Matches, MatchLine


_Act = Callable[["Services", Namespace], Any]
_PART = "ENROLMENT:FEN[:PEOPLE]"


def add_to(commands: Group) -> None:
    group = commands.group("match", "认款:银行流水里的钱缴的是哪份申请")
    group.add("list", _list, "还没有认的进账,各缴哪份申请,为什么")
    group.add("booked", _booked, "已经认的进账,各登记成什么")
    group.add("arriving", _arriving, "按流水已缴齐、等确认到账的申请,各是哪天的钱")
    certain = group.add("certain", _certain, "登记能认准的几笔;不写 --line 时登记全部")
    certain.add_argument("--line", type=words.count, action="append", metavar="LINE")
    book = group.add("book", _book, "登记一笔流水缴哪几份申请")
    book.add_argument("line", type=words.count, metavar="LINE", help="list 给出的编号")
    book.add_argument(
        "--part",
        type=words.part,
        action="append",
        required=True,
        metavar=_PART,
        help="每份申请的编号、分数和人数,有几份写几次",
    )
    book.add_argument("--person", action="store_true", help="从个人账户付的")
    link = group.add("link", _link, "一笔流水就是已按回单登记的那笔缴费")
    link.add_argument("line", type=words.count, metavar="LINE")
    link.add_argument("payment", type=words.count, metavar="PAYMENT")
    undo = group.add("undo", _undo, "撤回一笔流水的认款")
    undo.add_argument("line", type=words.count, metavar="LINE")
    aside = group.add("set-aside", _set_aside, "一笔流水不缴任何申请,留着退给付款人")
    aside.add_argument("line", type=words.count, metavar="LINE")
    mark, unmark = _add_marks(group)
    for parser in (book, aside, mark):
        parser.add_argument("--again", action="store_true", help="可能已按回单登记过,这是另一笔钱")
    for parser in (undo, aside, unmark):
        parser.add_argument("--reason", required=True, metavar="TEXT")
    _add_remainders(group)


def _add_marks(group: Group) -> tuple[Parser, Parser]:
    """What is no contribution and nobody's to have back; what was done with a line."""
    group.add("marked", _marked, "其他款项:不是缴费、也不用退的流水")
    mark = group.add("mark", _mark, "一笔流水(进账或出账)不是缴费,也不用退:利息、手续费等")
    mark.add_argument(
        "--kind", choices=[*map(str, BankMark)], required=True,
        help="、".join(f"{kind} {label(kind)}" for kind in BankMark),
    )  # fmt: skip
    mark.add_argument("--note", default="", metavar="TEXT", help="是什么款项;other 必须写")
    unmark = group.add("unmark", _unmark, "撤回一笔记为其他款项的流水")
    told = group.add("history", _history, "一笔流水的经过:谁在什么时候登记、撤回,为什么")
    for parser in (mark, unmark, told):
        parser.add_argument("line", type=words.count, metavar="LINE")
    return mark, unmark


def _add_remainders(group: Group) -> None:
    """Money of transfers that pays for nothing, or for too little."""
    group.add("left", _left, "余款:没有缴任何申请的钱,退到哪一步")
    use = _remainder(group, "use-left", "余款缴别的申请", lambda s, o: s.remainders.use(
        o.payment, tuple(PaymentPart(*part) for part in o.part)))  # fmt: skip
    use.add_argument("--part", type=words.part, action="append", required=True, metavar=_PART)
    ask = _remainder(group, "refund-left", "申请退余款给付款人",
                     lambda s, o: s.remainders.refund(o.payment, o.on, o.reason))  # fmt: skip
    arrived = _remainder(group, "left-arrived", "登记余款已退到付款人",
                         lambda s, o: s.remainders.arrive(o.payment, o.on))  # fmt: skip
    for parser in (ask, arrived):
        parser.add_argument("--on", type=words.day, required=True, metavar="DATE")
    cancel = _remainder(group, "cancel-left", "撤回还没有到账的退余款申请",
                        lambda s, o: s.remainders.cancel(o.payment, o.reason))  # fmt: skip
    for parser in (ask, cancel):
        parser.add_argument("--reason", required=True, metavar="TEXT")


def _remainder(group: Group, name: str, text: str, act: _Act) -> Parser:
    """A command that does one thing to a transfer and answers with all remainders."""

    def run(options: Namespace) -> Answer:
        with at_desk(options) as services:
            act(services, options)
            return _remainders(services)

    parser = group.add(name, run, text)
    parser.add_argument("payment", type=words.count, metavar="PAYMENT")
    return parser


def _left(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _remainders(services)


def _remainders(services: Services) -> Answer:
    found = services.remainders.list_remainders()
    lines = (
        f"{one.payment_id}  {one.paid_on.isoformat()}  {one.payer_name}  {yuan(one.fen)}元:"
        f"余{yuan(one.left_fen)}元,退费未到账{yuan(one.waiting_fen)}元,已退{yuan(one.back_fen)}元"
        for one in found
    )
    return Answer({"remainders": found}, tuple(lines))


def _arriving(options: Namespace) -> Answer:
    with at_desk(options) as services:
        found = services.matching.list_arriving()
    lines = (
        f"{one.enrolment_id}  {one.unit_name}  {yuan(one.fen)}元  {one.on.isoformat()}"
        f"{'  ' + one.refusal + one.remedy if one.refusal else ''}"
        for one in found
    )
    return Answer({"arriving": found}, tuple(lines))


def _set_aside(options: Namespace) -> Answer:
    with at_desk(options) as services:
        made = services.matching.set_aside(options.line, options.reason, options.again).value
        return _answer(services.matching.proposals(), made)


def _mark(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.matching.mark(options.line, BankMark(options.kind), options.note, options.again)
        return _all_marked(services)


def _unmark(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.matching.unmark(options.line, options.reason)
        return _all_marked(services)


def _marked(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _all_marked(services)


def _all_marked(services: Services) -> Answer:
    found = services.matching.list_marked()
    lines = (
        f"{one.line.id}  {one.line.day.isoformat()}  {yuan(one.line.fen)}元  {one.line.payer_name}"
        f"  {one.line.memo}  {one.mark_label}  {one.user}  {one.note}".rstrip()
        for one in found
    )
    return Answer({"marked": found}, tuple(lines))


def _history(options: Namespace) -> Answer:
    with at_desk(options) as services:
        found = services.matching.history(options.line)
    lines = (f"{clock_text(one.at)}  {one.user}  {one.what}  {one.note}".rstrip() for one in found)
    return Answer({"history": found}, tuple(lines))


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _answer(services.matching.proposals())


def _booked(options: Namespace) -> Answer:
    with at_desk(options) as services:
        found = services.matching.list_booked()
    lines = (
        f"{one.line.id}  {one.line.day.isoformat()}  {yuan(one.line.fen)}元  {one.line.payer_name}"
        f"  {'、'.join(part.unit_name for part in one.parts) or '不是缴费'}  {one.state_label}"
        for one in found
    )
    return Answer({"booked": found}, tuple(lines))


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
        made = services.matching.book(options.line, parts, options.person, options.again).value
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
    for same in one.may_be:
        units = "、".join(same.unit_names)
        told.append(f"  可能是缴费{same.payment_id} {same.day.isoformat()} {units}".rstrip())
    return [*told, *(f"  {reason}" for reason in one.reasons)]
