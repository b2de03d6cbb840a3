"""`print batch-...`: a kept batch of prints, form by form, for whoever feeds a printer himself."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from db.codes import PrintPartState, PrintReason
from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group, Parser
from desktop_app.documents.kinds import FormOf, keys_of
from desktop_app.errors import FileError, UserError
from desktop_app.exchange.files import disk_faults
from desktop_app.services.views.print_batches import OF_BATCH, RunLine, RunView

if TYPE_CHECKING:
    from desktop_app.services.services import Services

_ON_WAY, _FURTHER = keys_of(FormOf.CASE), keys_of(FormOf.CASE, further=True)
_USUAL = _ON_WAY[:3]
_REASONS = tuple(reason.value for reason in PrintReason if reason is not PrintReason.FIRST)


def add_to(group: Group) -> None:
    begin = group.add("batch-begin", _begin, "记下要打印的一批:几家单位的单据,按这个顺序")
    begin.add_argument("units", type=words.count, nargs="+", metavar="UNIT")
    add_forms(begin)
    begin.add_argument("--copies", type=words.count, default=1, metavar="N", help="每张几份")
    begin.add_argument(
        "--reason", choices=_REASONS, default=PrintReason.EXTRA.value, metavar="REASON",
        help=f"以前打印过的为什么再打:{'、'.join(_REASONS)}",
    )  # fmt: skip
    following = _on_batch(group.add("batch-next", _next, "这一批的下一张存为PDF,交给打印机"))
    following.add_argument("folder", type=words.path, metavar="DIR")
    done = _on_part(group.add("batch-done", _done, "这一张已打印,记入打印登记"))
    done.add_argument("--printer", default="", metavar="NAME")
    _on_part(group.add("batch-back", _back, "打印机没有收下这一张,放回去等着"))
    behind = _on_batch(group.add("batch-behind", _behind, "卡纸、中断后从最后一张好的后面接着打"))
    behind.add_argument(
        "--good", default="", metavar="NUMBER", help="最后一张好的编号;一张都没有就不写"
    )
    behind.add_argument("--printer", default="", metavar="NAME")
    _on_batch(group.add("batch-end", _end, "剩下的不打了"))
    group.add("batch-left", _show_last, "本机最后一批打到了哪里")


def add_forms(parser: Parser) -> None:
    """Which forms a batch of units' forms is of."""
    parser.add_argument(
        "--form", choices=(*_ON_WAY, *_FURTHER), action="append", metavar="FORM",
        help=f"可写几次,不写的是{'、'.join(_USUAL)};还有{'、'.join((*_ON_WAY[3:], *_FURTHER))}",
    )  # fmt: skip


def forms_of(options: Namespace) -> tuple[str, ...]:
    return tuple(options.form or _USUAL)


def _on_batch(parser: Parser) -> Parser:
    parser.add_argument("batch", type=words.count, metavar="BATCH")
    return parser


def _on_part(parser: Parser) -> Parser:
    _on_batch(parser).add_argument("place", type=words.count, metavar="PLACE")
    return parser


def _begin(options: Namespace) -> Answer:
    with at_desk(options) as services:
        plan = services.print_batches.plan(tuple(options.units), forms_of(options))
        forms = tuple(
            (line.enrolment_id, line.form_key)
            for line in plan.lines
            if line.enrolment_id is not None and not line.refusal
        )
        refused = [line for line in plan.lines if line.refusal]
        batch = services.print_runs.begin(forms, options.copies, options.reason).value
        answer = _answer(services.print_runs.get(batch))
    told = tuple(f"{line.unit}  {line.form_label}  {line.refusal}" for line in refused)
    return Answer({**answer.document, "refused": refused}, (*answer.lines, *told))


def _next(options: Namespace) -> Answer:
    """A form that may not be printed any more is told and left out, like in the window."""
    refused: list[RunLine] = []
    told: list[str] = []
    with at_desk(options) as services:
        with disk_faults(options.folder):
            options.folder.mkdir(parents=True, exist_ok=True)
        for line in _waiting(services, options.batch):
            try:
                issued = services.print_runs.send(options.batch, line.place).value
            except UserError as error:
                if isinstance(error, FileError) or error.code in OF_BATCH:
                    raise
                refused.append(line)
                told.append(f"{line.unit}  {line.form_label}  {error.message}")
                continue
            file = services.prints.save_in(issued, options.folder)
            number = services.prints.number_of(issued)
            document = {"batch": options.batch, "place": line.place, "number": number, "file": file}
            here = f"第{line.place}张  {number}  {file}"
            return Answer({**document, "refused": refused}, (*told, here))
        if refused:  # nothing else waits: it is not offered again as something that was cut
            services.print_runs.end(options.batch)
        answer = _answer(services.print_runs.get(options.batch))
    return Answer({**answer.document, "refused": refused}, (*answer.lines, *told))


def _waiting(services: Services, batch_id: int) -> list[RunLine]:
    lines = services.print_runs.get(batch_id).lines
    return [line for line in lines if line.state == PrintPartState.WAITS]


def _done(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.print_runs.printed(options.batch, options.place, options.printer)
        return _answer(services.print_runs.get(options.batch))


def _back(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.print_runs.take_back(options.batch, options.place)
        return _answer(services.print_runs.get(options.batch))


def _behind(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.print_runs.go_on_behind(options.batch, options.good, options.printer)
        return _answer(services.print_runs.get(options.batch))


def _end(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.print_runs.end(options.batch)
        return _answer(services.print_runs.get(options.batch))


def _show_last(options: Namespace) -> Answer:
    with at_desk(options) as services:
        run = services.print_runs.last()
    return _answer(run) if run is not None else Answer({"batch": None}, ("本机还没有批量打印过。",))


def _answer(run: RunView) -> Answer:
    """Counted, and each form in its order."""
    how = "已结束" if run.ended else "没有打完"
    told = [f"第{run.id}批:{len(run.lines)}张,还有{run.left}张,{how}"]
    told += [
        f"{line.place}  {line.unit}  {line.form_label}  {line.number}  {line.state_label}"
        for line in run.lines
    ]
    return Answer({"batch": run, "left": run.left}, tuple(told))
