"""What is told of a statement, each with its address and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.money import yuan
from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.statements.balances import Chain
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.statement_headings import Question
from desktop_app.domain.statements.statement_rows import Row
from desktop_app.domain.statements.statement_units import OtherUnit
from desktop_app.domain.statements.statement_words import FIELD_NAMES

_SKIPPED = {
    "total-row": "合计、余额行,已跳过",
    "title-row": "表头,已跳过",
    "note-row": "没有日期和金额,已跳过",
    "no-money": "金额是零,已跳过",
}
_MOST_BREAKS = 20  # told one by one
_SIDES_UNKNOWN = (
    "的金额都没有负号,看不出是收入还是支出,请指明:全是收入选“收入金额”,确是带正负号的选“金额”"
)


def no_heading(*, filled: bool) -> Finding:
    if not filled:
        return _file("header-not-found", "文件里没有内容,请检查是否拿错了文件")
    return _file(
        "header-not-found",
        "没有找到流水的表头,表头里要有日期和金额(或收入、支出),请指明哪一列是什么",
    )


def nothing() -> Finding:
    return _file("no-rows", "表头下面没有流水,请检查是否拿错了文件")


def sheet_unread(sheet: str | None) -> Finding:
    text = "这张表没有流水的表头,没有读入,请核对"
    return Finding(sheet, None, None, "sheet-unread", Severity.WARNING, text)


def hidden_sheet(sheet: str | None) -> Finding:
    text = "隐藏的表里有流水,没有读入;要用的请先取消隐藏"
    return Finding(sheet, None, None, "hidden-sheet", Severity.WARNING, text)


def hidden_rows(sheet: str | None, rows: Sequence[int]) -> Finding:
    text = f"从第{rows[0]}行起有{len(rows)}行是隐藏的,也读了,请核对"
    return Finding(sheet, rows[0], None, "hidden-rows", Severity.WARNING, text)


def several_accounts(accounts: Mapping[str, int]) -> Finding:
    told = "、".join(accounts)
    return _file("several-accounts", f"文件里有几个账户的流水({told}),请按账户分开下载后再读")


def skipped(sheet: str | None, row: int, code: str) -> Finding:
    return Finding(sheet, row, None, code, Severity.INFO, f"第{row}行 {_SKIPPED[code]}")


def blank(sheet: str | None, first: int, last: int) -> Finding:
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    return Finding(sheet, first, None, "blank-row", Severity.INFO, f"{rows} 空行,已跳过")


def other_unit(one: OtherUnit) -> Finding:
    place = f"第{one.row}行 " if one.row else ""
    column = f"{one.letter}列" if one.letter and not one.row else ""
    said = f"{place}{column}{one.field}写的是“{one.said}”"
    text = f"{said},这里只读以人民币元计的流水,请从银行按元重新下载"
    return Finding(one.sheet, one.row, one.letter, "other-unit", Severity.ERROR, text)


def question(sheet: str | None, asked: Question, placed: Sequence[Placed]) -> Finding:
    titles = {one.letter: one.title for one in placed}
    columns = "、".join(f"{at}列“{titles.get(at, '')}”" for at in asked.letters)
    if asked.field == "amount" and len(asked.letters) == 1:
        text = f"{columns}{_SIDES_UNKNOWN}"
    elif len(asked.letters) == 1:
        text = f"{columns}看不出是收入、支出还是带正负号的金额,请指明"
    else:
        name = FIELD_NAMES[asked.field].split("(")[0]
        text = f"{columns}都可能是“{name}”,请指明用哪一列"
    return Finding(sheet, None, asked.letters[0], "column-unclear", Severity.ERROR, text)


def of_row(row: Row) -> Iterator[Finding]:
    for field, problem in row.problems:
        text = f"第{row.line.row}行 {problem.message}"
        at = (row.line.sheet, row.line.row, None)
        yield Finding(*at, problem.code, problem.severity, text, field)


def of_twins(lines: Sequence[BankLine]) -> Iterator[Finding]:
    """Lines that nothing tells apart: each is counted."""
    seen: defaultdict[BankLine, list[int]] = defaultdict(list)
    for line in lines:
        seen[line._replace(row=0)].append(line.row)
    for line, rows in seen.items():
        if len(rows) > 1:
            told = "、".join(map(str, rows))
            text = f"第{told}行完全相同,按{len(rows)}笔算,请核对"
            yield Finding(line.sheet, rows[0], None, "identical-rows", Severity.WARNING, text)


def of_chain(sheet: str | None, chain: Chain, *, sides_said: bool) -> Iterator[Finding]:
    if chain.swapped and not sides_said:
        text = "按余额看,收入和支出两边是反的,请指明哪一列是收入、哪一列是支出"
        yield Finding(sheet, None, None, "sides-swapped", Severity.ERROR, text)
        return
    for one in chain.breaks[:_MOST_BREAKS]:
        line = one.line
        text = (
            f"第{line.row}行 余额接不上:照上一笔应是{yuan(one.expected_fen)},"
            f"这一行是{yuan(line.balance_fen or 0)},请看是否少了行"
        )
        yield Finding(sheet, line.row, None, "balance-break", Severity.WARNING, text, "balance")
    left = len(chain.breaks) - _MOST_BREAKS
    if left > 0:
        text = f"另有{left}行余额接不上,请从银行重新下载"
        yield Finding(sheet, None, None, "balance-break", Severity.WARNING, text, "balance")


def _file(code: str, text: str) -> Finding:
    return Finding(None, None, None, code, Severity.ERROR, text)
