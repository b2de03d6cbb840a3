"""`payment`: bank slips recorded, money that arrived, went back or is asked back."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.case_mending import OnCase
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group, Parser
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentDraft, PaymentPart

if TYPE_CHECKING:
    from desktop_app.services.services import Services


def _return_payment(services: Services, options: Namespace) -> Any:
    """Only a payment of the case that is named: another unit's money stays where it is."""
    view = services.enrolments.get(options.enrolment)
    if options.payment not in {one.id for one in view.payments}:
        raise UserError(
            "payment-unknown",
            f"这份申请没有编号为{options.payment}的缴费。",
            "请用 enrolment show 看这份申请的各笔缴费。",
        )
    return services.payments.return_(options.payment, options.reason)


def add_to(group: Group, on_case: OnCase) -> None:
    record = on_case(group, "record", _record, "登记银行回单")
    _add_slip(record)
    shared = group.add("record-shared", _record_shared, "登记一笔缴几份申请的转账")
    shared.add_argument(
        "--part",
        type=words.part,
        action="append",
        required=True,
        metavar="ENROLMENT:FEN[:PEOPLE]",
        help="每份申请的编号、分数和人数,有几份写几次",
    )
    _add_slip(shared)
    _add_returned(group, on_case)
    _add_refunds(group, on_case)


def _add_slip(record: Parser) -> None:
    record.add_argument("--fen", type=words.positive, required=True, metavar="FEN")
    record.add_argument("--people", type=words.positive, metavar="N")
    record.add_argument("--paid-on", type=words.day, required=True, metavar="DATE")
    record.add_argument("--payer", required=True, metavar="TEXT", help="付款户名")
    record.add_argument("--payer-account", metavar="TEXT")
    record.add_argument("--person", action="store_true", help="从个人账户付的")
    record.add_argument("--slip", type=words.path, metavar="FILE", help="银行回单")
    record.add_argument("--slip-no", metavar="TEXT")
    record.add_argument(
        "--again", action="store_true", help="同一张回单或回单号已登记过,这是另一笔转账"
    )


def _add_returned(group: Group, on_case: OnCase) -> None:
    returned = on_case(group, "return", _return_payment, "退回一笔缴费")
    returned.add_argument("payment", type=words.count, metavar="PAYMENT")
    returned.add_argument("--reason", required=True, metavar="TEXT")
    part = on_case(
        group,
        "take-part-out",
        lambda s, o: s.payments.take_part_out(o.enrolment, o.payment, o.reason),
        "一笔转账不再缴这份申请,钱留在那笔转账上;缴别的申请的部分不动",
    )
    part.add_argument("payment", type=words.count, metavar="PAYMENT")
    part.add_argument("--reason", required=True, metavar="TEXT")
    confirm = on_case(
        group, "confirm", lambda s, o: s.payments.confirm(o.enrolment, o.on), "登记到账"
    )
    confirm.add_argument("on", type=words.day, metavar="DATE")


def _add_refunds(group: Group, on_case: OnCase) -> None:
    ask = on_case(
        group,
        "refund",
        lambda s, o: s.refunds.ask(o.enrolment, o.fen, o.on, o.reason),
        "申请退费:多缴的钱退给付款单位",
    )
    ask.add_argument("--fen", type=words.positive, required=True, metavar="FEN")
    arrived = on_case(
        group,
        "refund-arrived",
        lambda s, o: s.refunds.arrive(o.enrolment, o.on),
        "登记退费已退到付款单位",
    )
    for parser in (ask, arrived):
        parser.add_argument("--on", type=words.day, required=True, metavar="DATE")
    cancel = on_case(
        group,
        "refund-cancel",
        lambda s, o: s.refunds.cancel(o.enrolment, o.reason),
        "撤回还没有到账的退费申请",
    )
    for parser in (ask, cancel):
        parser.add_argument("--reason", required=True, metavar="TEXT")


def _record(services: Services, options: Namespace) -> None:
    services.payments.record(options.enrolment, _draft(options))


def _record_shared(options: Namespace) -> Answer:
    parts = tuple(PaymentPart(*part) for part in options.part)
    with at_desk(options) as services:
        made = services.payments.record_shared(parts, _draft(options)).value
        cases = [services.enrolments.get(part.enrolment_id) for part in parts]
    lines = (f"{one.id}  {one.unit_name}  {one.step_label}  {one.difference}" for one in cases)
    return Answer({"payment": made, "enrolments": cases}, tuple(line.rstrip() for line in lines))


def _draft(options: Namespace) -> PaymentDraft:
    return PaymentDraft(
        amount_fen=options.fen,
        people=options.people,
        paid_on=options.paid_on,
        payer_name=options.payer,
        payer_is_person=options.person,
        payer_account=options.payer_account,
        slip=options.slip,
        slip_no=options.slip_no,
        again=options.again,
    )
