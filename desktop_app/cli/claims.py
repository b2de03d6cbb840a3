"""`claim`: registered, its papers, facts and amount, its steps, what is decided and paid."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.codes import PaperState
from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.facts import read_facts
from desktop_app.cli.parser import Group, Parser
from desktop_app.domain.money import yuan
from desktop_app.services.drafts import ClaimDraft

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.views.claims import ClaimView
    from desktop_app.services.views.worksheets import WorksheetView

_STATES = [PaperState.MISSING.value, PaperState.KEPT.value, PaperState.SEEN.value]
_Act = Callable[["Services", Namespace], Any]


def add_to(commands: Group) -> None:
    group = commands.group("claim", "申领")
    group.add("list", _list, "列出申领")
    find = group.add("find", _find, "事件当天谁有哪些保障")
    find.add_argument("text", metavar="TEXT", help="姓名、首字母或身份证后四位")
    find.add_argument("--on", type=words.day, required=True, metavar="DATE")
    _add_register(group)
    _claim(group, "show", lambda _services, _options: None, "显示申领")
    paper = _claim(
        group,
        "paper",
        lambda s, o: s.claims.set_paper(o.claim, o.paper, o.state, o.file),
        "登记一份资料",
    )
    paper.add_argument("paper", metavar="PAPER")
    paper.add_argument("state", choices=_STATES, help="待补、复印件已收、原件核对退回")
    paper.add_argument("--file", type=words.path, metavar="FILE")
    amount = _claim(
        group, "amount", lambda s, o: s.claims.type_amount(o.claim, o.fen), "登记申领金额"
    )
    amount.add_argument("fen", type=words.positive, metavar="FEN")
    figure = _claim(group, "figure", _figure, "按事实核算金额,逐步说明")
    figure.add_argument("--facts", type=words.path, metavar="FILE.json", help="事件的事实")
    _claim(group, "next", lambda s, o: s.claims.move_on(o.claim), "下一步")
    back = _claim(
        group, "return", lambda s, o: s.claim_decisions.send_back(o.claim, o.reason), "退回"
    )
    back.add_argument("--reason", required=True, metavar="TEXT")
    decide = _claim(
        group,
        "decide",
        lambda s, o: s.claims.decide(o.claim, o.fen, o.on, o.above),
        "登记省办决定",
    )
    decide.add_argument("fen", type=words.count, metavar="FEN")
    decide.add_argument("on", type=words.day, metavar="DATE")
    decide.add_argument("--above", action="store_true", help="核定多于申领,核对过确实如此")
    arrive = _claim(
        group, "arrive", lambda s, o: s.claim_decisions.record_arrival(o.claim, o.on), "登记到账日"
    )
    arrive.add_argument("on", type=words.day, metavar="DATE")
    pay = _claim(group, "pay", lambda s, o: s.claim_decisions.pay(o.claim, o.on), "登记拨付或清算")
    pay.add_argument("on", type=words.day, metavar="DATE")
    _add_refuse(group)
    _add_more(group)


def _add_more(group: Group) -> None:
    number = _claim(
        group,
        "number",
        lambda s, o: s.claim_mending.enter_number(o.claim, o.number),
        "登记业务号",
    )
    number.add_argument("number", metavar="NUMBER")
    receipt = _claim(group, "receipt", _receipt, "开出收件回执,一页两联")
    receipt.add_argument("--to", type=words.path, metavar="FILE", help="同时存为PDF")
    sheet = _claim(group, "worksheet", _issue_worksheet, "开出核算单")
    sheet.add_argument("--to", type=words.path, metavar="FILE", help="同时存为PDF")
    void = _claim(
        group, "void", lambda s, o: s.claim_mending.void(o.claim, o.reason), "作废,决定以前"
    )
    void.add_argument("--reason", required=True, metavar="TEXT")


def _receipt(services: Services, options: Namespace) -> None:
    _saved(services, services.claim_prints.issue_receipt(options.claim).value, options.to)


def _issue_worksheet(services: Services, options: Namespace) -> None:
    _saved(services, services.claim_prints.issue_worksheet(options.claim).value, options.to)


def _saved(services: Services, issued: int, file: Path | None) -> None:
    if file is not None:
        services.prints.save_pdf(issued, file)


def _add_refuse(group: Group) -> None:
    refuse = _claim(
        group,
        "refuse",
        lambda s, o: s.claim_decisions.refuse(o.claim, o.rule, o.reason, o.on),
        "登记不予办理,写明所依据的规定",
    )
    refuse.add_argument("on", type=words.day, metavar="DATE")
    refuse.add_argument("--rule", required=True, metavar="TEXT", help="规定的原文")
    refuse.add_argument("--reason", required=True, metavar="TEXT")


def _add_register(group: Group) -> None:
    register = group.add("register", _register, "登记申领;查无此人时写姓名")
    register.add_argument("--plan", required=True, metavar="PLAN")
    register.add_argument("--on", type=words.day, required=True, metavar="DATE", help="事件日期")
    person = register.add_mutually_exclusive_group(required=True)
    person.add_argument("--member", type=words.count, metavar="MEMBER")
    person.add_argument("--person", metavar="NAME")
    register.add_argument("--identity", metavar="NUMBER", help="查无此人时的证件号码")
    register.add_argument("--fen", type=words.positive, metavar="FEN", help="申领金额")
    register.add_argument("--facts", type=words.path, metavar="FILE.json", help="事件的事实")
    register.add_argument(
        "--again", action="store_true", help="此人同日同项目已有申领,这是另一件事"
    )


def _figure(services: Services, options: Namespace) -> None:
    services.claims.figure(options.claim, read_facts(options.facts) if options.facts else None)


def _claim(group: Group, name: str, act: _Act, text: str) -> Parser:
    """A command that does one thing to a claim and answers with the whole claim."""

    def run(options: Namespace) -> Answer:
        with at_desk(options) as services:
            act(services, options)
            return _told(services.claims.get(options.claim))

    parser = group.add(name, run, text)
    parser.add_argument("claim", type=words.count, metavar="CLAIM")
    return parser


def _told(claim: ClaimView) -> Answer:
    amount = "未登记" if claim.claimed_fen is None else f"{yuan(claim.claimed_fen)}元"
    lines = [
        f"{claim.id}  {claim.number}  {claim.person}  {claim.plan}  {claim.step_label}",
        f"申领金额{amount} {'须交纸质资料' if claim.on_paper else ''}".rstrip(),
        claim.cover,
        *([f"注意:{claim.owed}"] if claim.owed else []),
        *_numbers(claim),
        *(f"  {paper.key}  {paper.label}  {paper.state_label}" for paper in claim.papers),
        *_worksheet(claim.worksheet),
        *(f"  缺:{one.message.rstrip('。')}。{one.remedy}" for one in claim.missing),
    ]
    return Answer({"claim": claim}, tuple(lines))


def _numbers(claim: ClaimView) -> list[str]:
    lines = [f"业务号{claim.business_no}"] if claim.business_no else []
    lines += [f"收件回执{claim.receipt.number}"] if claim.receipt else []
    return lines + ([f"作废:{claim.voided}"] if claim.voided else [])


def _worksheet(sheet: WorksheetView | None) -> list[str]:
    if sheet is None:
        return []
    amount = "算不出" if sheet.fen is None else f"{yuan(sheet.fen)}元"
    mark = "(估算,待核对)" if sheet.open_labels else "(估算)" if sheet.estimate else ""
    lines = [f"核算 {amount}{mark}", *(f"  {step.text}  {step.clause}" for step in sheet.steps)]
    return lines + [f"  {text} 待核对" for text in sheet.open_labels]


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        rows = services.claims.list_claims()
    return Answer(
        rows, tuple(f"{r.id}  {r.number}  {r.person}  {r.plan}  {r.step_label}" for r in rows)
    )


def _find(options: Namespace) -> Answer:
    with at_desk(options) as services:
        people = services.claims.find_covered(options.text, options.on)
    lines = []
    for person in people:
        plans = "、".join(text for _key, text in person.plans) or "当天无保障"
        lines.append(f"{person.member_id}  {person.name}  {person.unit}  {plans}")
    return Answer(people, tuple(lines) or ("查无此人。",))


def _register(options: Namespace) -> Answer:
    draft = ClaimDraft(
        plan_key=options.plan,
        event_on=options.on,
        member_id=options.member,
        person_name=options.person or "",
        identity_no=options.identity,
        claimed_fen=options.fen,
        facts=read_facts(options.facts) if options.facts else None,
        again=options.again,
    )
    with at_desk(options) as services:
        return _told(services.claims.get(services.claims.register(draft).value))
