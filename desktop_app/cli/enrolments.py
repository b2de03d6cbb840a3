"""`enrolment` and `payment`: one unit's application from its start to the money."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.codes import EnrolmentKind, Handling
from desktop_app.cli import case_mending, case_payments, case_reads, words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group, Parser
from desktop_app.domain.money import yuan
from desktop_app.domain.payments import due_text
from desktop_app.services.drafts import EnrolmentDraft

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.views.enrolments import EnrolmentView, PaymentLine, RefundLine

_Act = Callable[["Services", Namespace], Any]


def add_to(commands: Group) -> None:
    group = commands.group("enrolment", "单位的申请")
    _add_start(group)
    listed = group.add("list", _list, "列出申请")
    listed.add_argument("--year", type=words.positive, metavar="YEAR")
    _case(group, "show", lambda _services, _options: None, "显示申请")
    _case(group, "submit", lambda s, o: s.enrolments.submit(o.enrolment), "提交审核")
    approve = _case(group, "approve", _approve, "审核通过,签阅和上年名单的差异")
    approve.add_argument(
        "--difference",
        metavar="DIGEST",
        help="看过的差异的摘要(见 roster difference);不写时为现在的",
    )
    returned = _case(
        group, "return", lambda s, o: s.enrolments.return_(o.enrolment, o.reason), "退回"
    )
    returned.add_argument("--reason", required=True, metavar="TEXT")
    _add_marks(group)
    _add_numbers(group)
    effective = _case(
        group,
        "effective",
        lambda s, o: s.enrolments.set_effective(o.enrolment, o.on, o.document),
        "登记生效日",
    )
    effective.add_argument("on", type=words.day, metavar="DATE")
    effective.add_argument("--document", required=True, metavar="TEXT", help="计划书文号")
    _add_papers(group)
    _add_drafting(group)
    case_mending.add_to(group, _case)
    case_reads.add_to(group)
    payments = commands.group("payment", "缴费")
    case_payments.add_to(payments, _case)


def _add_numbers(group: Group) -> None:
    number = _case(
        group,
        "number",
        lambda s, o: s.business_numbers.enter(o.enrolment, o.number, o.people, o.fen),
        "登记业务号",
    )
    number.add_argument("number", metavar="NUMBER")
    shown = _case(
        group,
        "system",
        lambda s, o: s.business_numbers.record_system(o.enrolment, o.people, o.fen),
        "登记上级系统显示的人数和金额,与名单核对",
    )
    for parser in (number, shown):
        parser.add_argument("--people", type=words.count, metavar="N", help="系统显示的人数")
        parser.add_argument("--fen", type=words.positive, metavar="FEN", help="系统显示的金额(分)")
    correct = _case(
        group,
        "correct-number",
        lambda s, o: s.business_numbers.correct(o.enrolment, o.number, o.reason),
        "更正业务号",
    )
    correct.add_argument("number", metavar="NUMBER")
    correct.add_argument("--reason", required=True, metavar="TEXT")


def _approve(services: Services, options: Namespace) -> None:
    """Sign the difference that was looked at, or the one there is now."""
    signed = options.difference
    if signed is None:
        now = services.differences.of_case(options.enrolment)
        signed = None if now is None else now.digest
    services.enrolments.approve(options.enrolment, signed)


def _add_marks(group: Group) -> None:
    mark = _case(
        group,
        "mark",
        lambda s, o: s.reviews.mark(o.enrolment, tuple(o.lines), o.reason),
        "审核时标记要退回的人",
    )
    mark.add_argument("--reason", required=True, metavar="TEXT")
    unmark = _case(
        group,
        "unmark",
        lambda s, o: s.reviews.unmark(o.enrolment, tuple(o.lines)),
        "去掉退回标记",
    )
    for one in (mark, unmark):
        one.add_argument("lines", type=words.positive, nargs="+", metavar="LINE", help="名单行号")


def _add_start(group: Group) -> None:
    start = group.add("start", _start, "为单位开始本年度申请")
    start.add_argument("unit", type=words.count, metavar="UNIT")
    start.add_argument(
        "--plan", type=words.plan, action="append", required=True, metavar="PLAN[:SHARES]"
    )
    start.add_argument("--at-work", type=words.count, required=True, metavar="N")
    start.add_argument("--women", type=words.count, metavar="N")
    start.add_argument("--handling", choices=[one.value for one in Handling], default="on-behalf")
    start.add_argument(
        "--kind",
        choices=[one.value for one in EnrolmentKind],
        help="首次、续保、中途增员;不写时照台账",
    )
    start.add_argument(
        "--ends", type=words.day, metavar="DATE", help="原保障的最后一天(台账没有时)"
    )


def _add_papers(group: Group) -> None:
    attach = _case(
        group,
        "attach",
        lambda s, o: s.enrolments.attach_paper(o.enrolment, o.paper, o.file),
        "收一份材料",
    )
    attach.add_argument("paper", metavar="PAPER", help="如 insurance-proof")
    attach.add_argument("file", type=words.path, metavar="FILE")
    follow = _case(
        group,
        "follow",
        lambda s, o: s.business_numbers.follow(o.enrolment, o.people, o.fen, o.number),
        "单位自办的申请:登记人数、金额和业务号",
    )
    follow.add_argument("--people", type=words.positive, required=True, metavar="N")
    follow.add_argument("--fen", type=words.count, required=True, metavar="FEN")
    follow.add_argument("--number", required=True, metavar="NUMBER")


def _add_drafting(group: Group) -> None:
    plans = _case(
        group,
        "set-plans",
        lambda s, o: s.drafting.set_plans(o.enrolment, tuple(o.plans)),
        "改草稿的项目和份数",
    )
    plans.add_argument("plans", type=words.plan, nargs="+", metavar="PLAN[:SHARES]")
    funding = _case(
        group,
        "set-funding",
        lambda s, o: s.drafting.set_funding(o.enrolment, words.charges(o.charge)),
        "填草稿的列支渠道,各渠道之和须等于应出的金额",
    )
    funding.add_argument(
        "--charge",
        nargs=3,
        action="append",
        default=[],
        metavar=("PAYER", "CHANNEL", "FEN"),
        help="谁出、从哪里列支、多少分,可写多次;不写为未写明",
    )


def _case(group: Group, name: str, act: _Act, text: str) -> Parser:
    """A command that does one thing to a case and answers with the whole case."""

    def run(options: Namespace) -> Answer:
        with at_desk(options) as services:
            act(services, options)
            return case_answer(services.enrolments.get(options.enrolment))

    parser = group.add(name, run, text)
    parser.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    return parser


def case_answer(case: EnrolmentView) -> Answer:
    due = "待核对" if case.due_fen is None else due_text(case.due_fen, case.total_fen)
    lines = [
        f"{case.id}  {case.unit_name}  {case.year}年度  {case.step_label}",
        f"{case.people}人,应缴{due},已缴{yuan(case.paid_fen)}元 {case.difference}".rstrip(),
        case.participation,
        *(f"  {step.text}" for step in (case.quote.steps if case.quote else ())),
        *(_payment_text(one) for one in case.payments),
        *(f"  退费{yuan(one.fen)}元  {_refund_text(one)}" for one in case.refunds),
        *(f"  {case.words.receipt}{one.text}" for one in case.receipts.lines),
        f"下一步:{case.next_label}",
        *(f"  缺:{one.message.rstrip('。')}。{one.remedy}" for one in case.missing),
    ]
    return Answer({"enrolment": case}, tuple(filter(None, lines)))


def _payment_text(one: PaymentLine) -> str:
    more = " ".join(filter(None, (one.state_label, one.whole_text, one.payer_differs)))
    return f"  缴费{one.id}  {yuan(one.amount_fen)}元  {more}"


def _refund_text(one: RefundLine) -> str:
    arrived = f"{one.arrived_on.isoformat()}到账" if one.arrived_on else "未到账"
    return f"{one.asked_on.isoformat()}申请,{arrived}"


def _start(options: Namespace) -> Answer:
    with at_desk(options) as services:
        draft = EnrolmentDraft(
            handling=options.handling,
            plans=tuple(options.plan),
            at_work=options.at_work,
            women=options.women,
            kind=options.kind,
            ends=options.ends,
        )
        case = services.enrolments.start(options.unit, draft).value
        return case_answer(services.enrolments.get(case))


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        year = options.year or services.schemes.current_year()
        rows = services.enrolments.list_enrolments(year)
    return Answer(
        rows, tuple(f"{row.id}  {row.unit_name}  {row.step_label}  {row.people}人" for row in rows)
    )
