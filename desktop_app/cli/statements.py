"""`statement`: bank statements of the office's own account, checked, stored, listed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, part, read_password, today
from desktop_app.cli.parser import Group
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.money import yuan
from desktop_app.domain.statements.statement_words import FIELD_NAMES, checked_fields
from desktop_app.domain.statements.statements import (
    StatementReport,
    read_statement,
    statement_document,
)
from desktop_app.errors import REFUSED, STORE, UserError, explain

if TYPE_CHECKING:
    from desktop_app.intake.workbooks import WorkbookReader
    from desktop_app.services.money.statement_drafts import StatementDraft
    from desktop_app.services.views.statements import LineView, StatementPlan

_MARKS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}
_ANSWERS = ("new", "known")


def add_to(commands: Group) -> None:
    group = commands.group("statement", "银行流水:本机构账户的对账单")
    check = group.add("check", _check, "先看流水读得对不对:不用机构数据,什么都不保存")
    check.add_argument("files", type=words.path, nargs="+", metavar="FILE")
    _add_columns(check)
    _add_password(check)
    _add_file(group.add("preview", _preview, "看读入会怎样:新的、已有的和看不准的,不存入"))
    imported = group.add("import", _import, "读入流水:整份存入,已有的不重复")
    _add_file(imported)
    imported.add_argument(
        "--doubtful", choices=_ANSWERS, help="看不准的几笔都当作新的(new)或已有的(known)"
    )
    imported.add_argument(
        "--line",
        action="append",
        type=_line_answer,
        default=[],
        metavar="SHEET!ROW=new|known",
        help="看不准的一笔是新的还是已有的,如 流水!7=new;文本文件没有表名,写 7=new",
    )
    imported.add_argument(
        "--again", action="store_true", help="另一个账户也有同样的流水,确是两个账户各有这几笔"
    )
    listed = group.add("list", _list, "已存入的流水")
    listed.add_argument("--account", default="", metavar="NUMBER")
    listed.add_argument("--from", dest="first", type=words.day, metavar="DATE")
    listed.add_argument("--to", dest="last", type=words.day, metavar="DATE")
    files = group.add("files", _files, "读入过的流水文件和各账户")
    files.add_argument("--account", default="", metavar="NUMBER")
    back = group.add(
        "take-back", _take_back, "撤回读入错了的流水;已登记成缴费、记为其他款项的不能撤"
    )
    back.add_argument("statement", type=words.count, metavar="STATEMENT", help="files 给出的编号")
    back.add_argument("--reason", required=True, metavar="TEXT")


def _add_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=words.path, metavar="FILE")
    parser.add_argument(
        "--account", default="", metavar="NUMBER", help="本机构的账号(文件里没有写时)"
    )
    parser.add_argument("--new-account", action="store_true", help="第一次读入这个账户的流水")
    days = parser.add_mutually_exclusive_group()
    days.add_argument(
        "--whole-days",
        action="store_true",
        default=None,
        help="文件按整天下载:第一天和最后一天都是全的;不写时照这个账户上次的",
    )
    days.add_argument("--part-days", dest="whole_days", action="store_false", help="不一定是整天的")
    _add_columns(parser)
    _add_password(parser)


def _add_columns(parser: ArgumentParser) -> None:
    fields = "、".join(f"{key} {name}" for key, name in FIELD_NAMES.items())
    parser.add_argument(
        "--column",
        action="append",
        type=words.column,
        metavar="TITLE=FIELD",
        help="表头是TITLE的一列当作FIELD(如 金额=in;=后面空着是不用);没有表头或两列同名的写@和列标,"
        f"如 @C=out。FIELD可以是:{fields}",
    )


def _add_password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--opens-with", metavar="PATH|-", help="文件有打开密码的,密码写在这个文件里;-为标准输入"
    )


def _line_answer(text: str) -> tuple[tuple[str | None, int], str]:
    place, _, answer = text.rpartition("=")
    sheet, _, row = place.rpartition("!")
    if answer not in _ANSWERS or not row.strip().isdecimal():
        raise ArgumentTypeError(f"“{text}”请写成 流水!7=new 这样。")
    return (sheet.strip() or None, int(row)), answer


def _draft(options: Namespace) -> StatementDraft:
    # heavy: the services
    from desktop_app.services.money.statement_drafts import StatementDraft  # noqa: PLC0415

    return StatementDraft(
        options.file,
        options.account,
        options.new_account,
        tuple(options.column) if options.column else None,
        options.whole_days,
        getattr(options, "doubtful", None) or "",
        tuple(getattr(options, "line", ())),
        again=getattr(options, "again", False),
    )


def _preview(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.opens_with:
            services.locked_files.unlock(options.file, read_password(options.opens_with))
        plan = services.statements.plan_file(_draft(options))
    return Answer(
        {"plan": plan},
        tuple(_plan_lines(plan)),
        REFUSED if plan.unclear or plan.elsewhere_file else 0,
    )


def _import(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.opens_with:
            services.locked_files.unlock(options.file, read_password(options.opens_with))
        with part(options, "store"):
            stored = services.statements.store_file(_draft(options)).value
    text = f"已存入:流水{stored['lines']}笔,其中新的{stored['new']}笔。"
    if stored["again"]:
        text = "这份文件以前已经读入,什么也没有改动。"
    return Answer({"stored": stored}, (text,))


def _plan_lines(plan: StatementPlan) -> list[str]:
    told = [
        f"《{plan.file_name}》:新的{plan.new}笔,已有{plan.known}笔,看不准{plan.doubtful}笔。"
        f"新的收入{yuan(plan.new_in_fen)}元,支出{yuan(plan.new_out_fen)}元。"
    ]
    told += [f"还不能存入:{plan.unclear}。"] if plan.unclear else []
    told += [f"{plan.elsewhere}{plan.elsewhere_remedy}"] if plan.elsewhere else []
    for line in plan.lines:
        if line.standing == "doubtful":
            place = f"{line.sheet}!{line.row}" if line.sheet else str(line.row)
            told.append(
                f"看不准  {place}  {line.day}  {yuan(line.amount_fen)}  {line.name}  像 {line.like}"
            )
    return told + _finding_lines(plan.findings)


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = services.statements.list_lines(options.account, options.first, options.last)
        gaps = services.statements.list_gaps()
    told = tuple(f"提醒  {gap.text},可能还有流水没有读入" for gap in gaps)
    return Answer({"lines": lines, "gaps": gaps}, (*map(_line_text, lines), *told))


def _line_text(line: LineView) -> str:
    held = "" if line.balance_fen is None else f"余额{yuan(line.balance_fen)}"
    state = "已登记" if line.used else line.mark_label
    told = f"{line.id}  {line.day}  {yuan(line.amount_fen)}  {line.name}  {line.memo}  {held}"
    return f"{told}  {state}".rstrip()


def _files(options: Namespace) -> Answer:
    with at_desk(options) as services:
        files = services.statements.list_statements(options.account)
        accounts = services.statements.list_accounts()
    told = [f"账户  {one.number}  {one.name}  {one.lines}笔" for one in accounts]
    told += [
        f"{one.id}  《{one.file_name}》  {one.first_on}至{one.last_on}  {one.lines}笔,"
        f"新的{one.new_lines}笔  {one.state_label}  {one.note}".rstrip()
        for one in files
    ]
    return Answer({"files": files, "accounts": accounts}, tuple(told))


def _take_back(options: Namespace) -> Answer:
    with at_desk(options) as services:
        gone = services.statements.take_back(options.statement, options.reason).value
    return Answer({"lines": gone}, (f"已撤回,去掉{gone}笔。",))


def _check(options: Namespace) -> Answer:
    # heavy: the workbook reader
    from desktop_app.intake.workbooks import WorkbookReader  # noqa: PLC0415

    said = dict(options.column or ())
    checked_fields(said)
    password = read_password(options.opens_with) if options.opens_with else None
    answers: list[Answer] = []
    with WorkbookReader() as reader:
        for file in options.files:
            if password is not None:
                reader.unlock(file, password)
            answers.append(_of_file(reader, file, said))
    return Answer(
        {"files": [one.document for one in answers]},
        tuple(line for one in answers for line in one.lines),
        max(one.exit_code for one in answers),
    )


def _of_file(reader: WorkbookReader, file: Path, said: dict[str, str]) -> Answer:
    try:
        report = read_statement(reader.read(file), said, today=today())
    except Exception as error:
        known = explain(error)
        if known is None:
            raise
        told = f"《{file.name}》:{known.message}{known.remedy}"
        return Answer({"file": file.name, **_unread(known)}, (told,), STORE)
    return Answer(
        {"file": file.name, **statement_document(report)},
        tuple(_report_lines(file.name, report)),
        REFUSED if report.blocked else 0,
    )


def _unread(known: UserError) -> dict[str, object]:
    finding = Finding(None, None, None, known.code, Severity.ERROR, known.message + known.remedy)
    return {"rows_read": 0, "accepted": 0, "refused": 0, "skipped": 0, "findings": [finding]}


def _report_lines(name: str, report: StatementReport) -> list[str]:
    came = [line.amount_fen for line in report.lines if line.amount_fen > 0]
    went = [-line.amount_fen for line in report.lines if line.amount_fen < 0]
    told = [
        f"《{name}》:读入{report.rows_read}行,流水{len(report.lines)}笔,"
        f"待改{len(report.refused)},跳过{report.skipped}。",
        f"收入{len(came)}笔{yuan(sum(came))}元,支出{len(went)}笔{yuan(sum(went))}元。",
    ]
    return told + _finding_lines(report.findings)


def _finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    told = []
    for one in findings:
        place = " · ".join(filter(None, (one.sheet, one.column and f"{one.column}列")))
        told.append(f"{_MARKS[one.severity]}  {place}  {one.message}")
    return told
