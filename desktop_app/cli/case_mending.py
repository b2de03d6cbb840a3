"""`enrolment`: what was entered wrongly put right, taken back or made void."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop_app.cli import words
from desktop_app.cli.parser import Group, Parser

if TYPE_CHECKING:
    from desktop_app.services.services import Services

Act = Callable[["Services", Namespace], Any]
OnCase = Callable[[Group, str, Act, str], Parser]  # a command that does one thing to a case


def add_to(group: Group, on_case: OnCase) -> None:
    remove = on_case(
        group,
        "remove",
        lambda s, o: s.mending.remove_people(o.enrolment, tuple(o.lines), o.reason),
        "把读错的人从名单中撤出",
    )
    remove.add_argument("lines", type=words.positive, nargs="+", metavar="LINE", help="名单行号")
    drop = on_case(
        group,
        "drop-row",
        lambda s, o: s.mending.drop_parked(o.enrolment, o.batch, o.row, o.reason),
        "放弃一行待补正的名单",
    )
    drop.add_argument("batch", type=words.count, metavar="BATCH")
    drop.add_argument("row", type=words.count, metavar="ROW")
    mend = on_case(
        group,
        "mend-row",
        lambda s, o: s.parked.mend(o.enrolment, o.batch, o.row, dict(o.cell)),
        "改正一行待补正的名单并存入",
    )
    mend.add_argument("batch", type=words.count, metavar="BATCH")
    mend.add_argument("row", type=words.count, metavar="ROW")
    mend.add_argument(
        "--cell", nargs=2, action="append", required=True, metavar=("FIELD", "TEXT"),
        help="如 identity 999999198001010011",
    )  # fmt: skip
    workers = on_case(
        group,
        "workers",
        lambda s, o: s.mending.set_workers(o.enrolment, o.at_work, o.women, o.reason),
        "改正在职人数",
    )
    workers.add_argument("--at-work", type=words.count, required=True, metavar="N")
    workers.add_argument("--women", type=words.count, metavar="N")
    back = on_case(
        group,
        "send-back",
        lambda s, o: s.mending.send_back(o.enrolment, o.reason),
        "把已审核的申请退回到名单",
    )
    on_case(group, "undo", lambda s, o: s.undo.undo(o.enrolment), "撤销自己刚办的一步")
    on_case(group, "take-back", lambda s, o: s.undo.withdraw_submission(o.enrolment), "取回提交")
    void = on_case(group, "void", lambda s, o: s.mending.void(o.enrolment, o.reason), "作废申请")
    effective = on_case(group, "correct-effective", _correct_effective, "更正登记错的生效日")
    effective.add_argument("on", type=words.day, metavar="DATE")
    effective.add_argument("--document", default="", metavar="TEXT", help="计划书文号也写错时")
    effective.add_argument(
        "--void-printed", action="store_true", help="印有原来生效日的单据作废,重新打印"
    )
    funding = on_case(
        group,
        "correct-funding",
        lambda s, o: s.mending.correct_funding(o.enrolment, words.charges(o.charge), o.reason),
        "更正登记错的列支渠道,缴费、办结以后也可以;各方应出的金额不变",
    )
    funding.add_argument(
        "--charge",
        nargs=3,
        action="append",
        required=True,
        metavar=("PAYER", "CHANNEL", "FEN"),
        help="谁出、改从哪里列支、多少分,可写多次;没有写到的一方不变",
    )
    for mending in (remove, drop, workers, back, void, effective, funding):
        mending.add_argument("--reason", required=True, metavar="TEXT")


def _correct_effective(services: Services, options: Namespace) -> Any:
    return services.mending.correct_effective(
        options.enrolment,
        options.on,
        options.reason,
        options.document,
        void_printed=options.void_printed,
    )
