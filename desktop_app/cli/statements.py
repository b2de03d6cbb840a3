"""`statement`: bank statements of the office's own account, checked before any office exists."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import read_password
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

_MARKS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}


def add_to(commands: Group) -> None:
    group = commands.group("statement", "银行流水:本机构账户的对账单")
    check = group.add("check", _check, "先看流水读得对不对:不用机构数据,什么都不保存")
    check.add_argument("files", type=words.path, nargs="+", metavar="FILE")
    add_columns(check)
    add_password(check)


def add_columns(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        action="append",
        type=words.column,
        metavar="TITLE=FIELD",
        help="表头是TITLE的一列当作FIELD(如 金额=in;=后面空着是不用);没有表头或两列同名的写@和列标,"
        f"如 @C=out。FIELD可以是:{'、'.join(f'{key} {name}' for key, name in FIELD_NAMES.items())}",
    )


def add_password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--opens-with", metavar="PATH|-", help="文件有打开密码的,密码写在这个文件里;-为标准输入"
    )


def chosen(options: Namespace) -> dict[str, str]:
    """What was said of columns; refused where a field is unknown."""
    said = dict(options.column or ())
    checked_fields(said)
    return said


def _check(options: Namespace) -> Answer:
    # heavy: the workbook reader
    from desktop_app.intake.workbooks import WorkbookReader  # noqa: PLC0415

    said = chosen(options)
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
        report = read_statement(reader.read(file), said)
    except Exception as error:
        known = explain(error)
        if known is None:
            raise
        return Answer(
            {"file": file.name, **_unread(known)},
            (f"《{file.name}》:{known.message}{known.remedy}",),
            STORE,
        )
    return Answer(
        {"file": file.name, **statement_document(report)},
        tuple(report_lines(file.name, report)),
        REFUSED if report.blocked else 0,
    )


def _unread(known: UserError) -> dict[str, object]:
    finding = Finding(None, None, None, known.code, Severity.ERROR, known.message + known.remedy)
    return {"rows_read": 0, "accepted": 0, "refused": 0, "skipped": 0, "findings": [finding]}


def report_lines(name: str, report: StatementReport) -> list[str]:
    """The report as short text."""
    told = [
        f"《{name}》:读入{report.rows_read}行,流水{len(report.lines)}笔,"
        f"待改{len(report.refused)},跳过{report.skipped}。"
    ]
    came = [line.amount_fen for line in report.lines if line.amount_fen > 0]
    went = [-line.amount_fen for line in report.lines if line.amount_fen < 0]
    told.append(f"收入{len(came)}笔{yuan(sum(came))}元,支出{len(went)}笔{yuan(sum(went))}元。")
    for one in report.findings:
        place = " · ".join(filter(None, (one.sheet, one.column and f"{one.column}列")))
        told.append(f"{_MARKS[one.severity]}  {place}  {one.message}")
    return told
