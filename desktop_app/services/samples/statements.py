"""Bank statements in five invented layouts (演示), in the style of those that large banks give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop_app.domain.money import yuan
from desktop_app.domain.tables import Cell
from desktop_app.services.samples.layouts import Page
from desktop_app.services.samples.workbooks import workbook_bytes

KINDS = (".xlsx", ".xls", ".csv")
ACCOUNT, NAME = "9990001234567890123", "演示县总工会(演示)"
OPENING_FEN = 1_000_000


class SampleLine(NamedTuple):
    """One line of the invented account; `fen` in is positive, two of them look the same."""

    at: datetime
    fen: int
    name: str
    account: str
    memo: str
    balance_fen: int
    reference: str


class Layout(NamedTuple):
    """How one invented bank lays its statements out."""

    key: str
    title: str
    rows: Callable[[Sequence[SampleLine]], list[list[Cell]]]
    heading: int  # the row of its heading, from 1


_LINES = (
    (0, "09:12:33", 860_000, "演示县第一小学(演示)", "9990002000000000011", "会费 86人"),
    (0, "10:05:02", 120_000, "演示县水利站(演示)", "9990002000000000029", "互助会费"),
    (0, "15:40:10", -1_050, "演示银行", "", "手续费"),
    (2, "08:59:59", 60_000, "演示镇中心小学(演示)", "9990002000000000037", "会费"),
    (2, "08:59:59", 60_000, "演示镇中心小学(演示)", "9990002000000000037", "会费"),
    (3, "11:30:00", 2_400_000, "演示县财政国库(演示)", "9990002000000000045", "代缴四十所学校会费"),
    (5, "14:20:45", -300_000, "演示县职工(演示)", "9990002000000000053", "互助金"),
    (8, "09:00:01", 43_200, "演示县水利站(演示)", "9990002000000000029", "补缴会费"),
    (8, "16:15:30", -60_000, "演示镇中心小学(演示)", "9990002000000000037", "退回多缴会费"),
    (20, "23:59:00", 1_234, "演示银行", "", "结息"),
)


def sample_lines(first: date) -> tuple[SampleLine, ...]:
    """The invented account's lines from a day on."""
    lines, held = [], OPENING_FEN
    for number, (days, clock, fen, name, account, memo) in enumerate(_LINES, 1):
        held += fen
        at = datetime.fromisoformat(f"{first + timedelta(days)} {clock}")
        lines.append(SampleLine(at, fen, name, account, memo, held, f"YS{first:%y%m}{number:06d}"))
    return tuple(lines)


def make_statements(folder: Path, first: date) -> tuple[Path, ...]:
    """Write the same month in every layout and kind of file."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = sample_lines(first)
    made = []
    for layout in LAYOUTS:
        page = Page(layout.title, layout.rows(lines), heading=(layout.heading, layout.heading))
        for kind in KINDS:
            path = folder / f"{layout.title}{kind}"
            path.write_bytes(workbook_bytes(kind, [page]))
            made.append(path)
    return tuple(made)


def _side(line: SampleLine, sign: int) -> str:
    return yuan(abs(line.fen)) if line.fen * sign > 0 else ""


def _both_sides(lines: Sequence[SampleLine]) -> list[list[Cell]]:
    """Money in and out in columns of their own, beside a mark of the side."""
    head: list[Cell] = [
        *("凭证号", "本方账号", "对方账号", "交易时间", "借/贷", "借方发生额", "贷方发生额"),
        *("对方行号", "摘要", "用途", "对方单位名称", "余额", "个性化信息"),
    ]
    rows: list[list[Cell]] = [["演示甲银行(演示)账户明细"], head]
    for line in lines:
        mark = "贷" if line.fen > 0 else "借"
        rows.append(
            [
                "0",
                ACCOUNT,
                line.account,
                f"{line.at:%Y-%m-%d %H:%M:%S}",
                mark,
                _side(line, -1),
                _side(line, 1),
                "",
                "转账",
                line.memo,
                line.name,
                yuan(line.balance_fen),
                "",
            ]
        )
    return rows


def _numbered(lines: Sequence[SampleLine]) -> list[list[Cell]]:
    """Numbers of the bank and of its customer; the account in every row."""
    head: list[Cell] = [
        *("账号", "账户名称", "交易时间", "借方发生额(支取)", "贷方发生额(收入)", "余额", "币种"),
        *("对方户名", "对方账号", "对方开户机构", "记账日期", "摘要", "备注"),
        *("账户明细编号-交易流水号", "企业流水号", "凭证种类", "凭证号"),
    ]
    rows = [head]
    for line in lines:
        sides: list[Cell] = [-line.fen / 100, 0.0] if line.fen < 0 else [0.0, line.fen / 100]
        rows.append(
            [
                ACCOUNT,
                NAME,
                f"{line.at:%Y%m%d %H:%M:%S}",
                *sides,
                line.balance_fen / 100,
                "人民币元",
                line.name,
                line.account,
                "",
                f"{line.at:%Y%m%d}",
                "转账",
                line.memo,
                line.reference,
                "",
                "",
                "",
            ]
        )
    return rows


def _newest_first(lines: Sequence[SampleLine]) -> list[list[Cell]]:
    """Titles above, sums below, the newest line first."""
    came = sum(line.fen for line in lines if line.fen > 0)
    went = -sum(line.fen for line in lines if line.fen < 0)
    last = lines[0].at.date() + timedelta(30)
    rows: list[list[Cell]] = [
        ["演示丙银行(演示)对账单"],
        ["账号:", ACCOUNT, "", "户名:", NAME],
        [f"起止日期:{lines[0].at.date()}至{last}", "", "", "币种:人民币"],
        [
            "交易日期",
            "交易时间",
            "收入金额",
            "支出金额",
            "账户余额",
            "对方账号",
            "对方户名",
            "交易用途",
        ],
    ]
    for line in reversed(lines):
        rows.append(
            [
                line.at.date(),
                f"{line.at:%H:%M:%S}",
                _side(line, 1),
                _side(line, -1),
                yuan(line.balance_fen),
                line.account,
                line.name,
                line.memo,
            ]
        )
    rows += [["合计", "", yuan(came), yuan(went)], ["打印柜员:演示", "", "第1页 共1页"]]
    return rows


def _signed(lines: Sequence[SampleLine]) -> list[list[Cell]]:
    """One signed amount; payer and payee both named, headings in two languages."""
    head: list[Cell] = [
        *("交易类型[ Transaction Type ]", "付款人名称[ Payer's Name ]"),
        *("付款人账号[ Debit Account No. ]", "收款人名称[ Payee's Name ]"),
        *("收款人账号[ Payee's Account Number ]", "交易日期[ Transaction Date ]"),
        *("交易时间[ Transaction time ]", "交易金额[ Trade Amount ]"),
        *("交易后余额[ After-transaction balance ]", "交易流水号[ Transaction reference number ]"),
        *("用途[ Purpose ]", "附言[ Remark ]"),
    ]
    rows: list[list[Cell]] = [["查询账号[ Inquirer account number ]:", ACCOUNT], head]
    for line in lines:
        own, other = [NAME, ACCOUNT], [line.name, line.account]
        rows.append(["来账", *other, *own] if line.fen > 0 else ["往账", *own, *other])
        rows[-1] += [f"{line.at:%Y%m%d}", f"{line.at:%H:%M:%S}", yuan(line.fen)]
        rows[-1] += [yuan(line.balance_fen), line.reference, line.memo, ""]
    return rows


def _marked(lines: Sequence[SampleLine]) -> list[list[Cell]]:
    """One amount beside a mark of its side, with the sums of each page."""
    rows: list[list[Cell]] = [
        ["演示戊银行(演示)分户账"],
        ["户名", NAME, "账号", ACCOUNT],
        ["交易日期", "摘要", "借贷标志", "交易金额", "余额", "对方账号", "对方户名", "附言"],
        ["承前页", "", "", "", yuan(OPENING_FEN)],
    ]
    for line in lines:
        rows.append(
            [
                f"{line.at:%Y年%m月%d日}",
                "转账",
                "贷" if line.fen > 0 else "借",
                yuan(abs(line.fen)),
                yuan(line.balance_fen),
                line.account,
                line.name,
                line.memo,
            ]
        )
    rows += [["过次页", "", "", "", yuan(lines[-1].balance_fen)]]
    return rows


LAYOUTS = (
    Layout("both-sides", "演示甲银行流水", _both_sides, 2),
    Layout("numbered", "演示乙银行流水", _numbered, 1),
    Layout("newest-first", "演示丙银行流水", _newest_first, 4),
    Layout("signed", "演示丁银行流水", _signed, 2),
    Layout("marked", "演示戊银行流水", _marked, 3),
)
