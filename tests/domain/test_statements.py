"""Bank statements: any layout to lines of money, every row accounted for, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.issues import Severity
from desktop_app.domain.money import yuan
from desktop_app.domain.statements.balances import check_chain
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.statement_cells import (
    NotReadError,
    read_amount,
    read_moment,
    read_number,
    read_side,
    read_time,
)
from desktop_app.domain.statements.statement_words import FIELD_NAMES, checked_fields, fields_of
from desktop_app.domain.statements.statements import (
    StatementReport,
    read_statement,
    statement_document,
)
from desktop_app.domain.tables import Cell, CellError, Line, Sheet, Workbook
from desktop_app.errors import UserError

TODAY = date(2026, 11, 27)
HEAD = ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "摘要", "流水号")
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2026-03-01", "1,000.00", "", "1,000.00", "甲校(演示)", "会费", "A1"),
    ("2026-03-02", "", "20.00", "980.00", "演示银行", "手续费", "A2"),
    ("2026-03-03", "500.00", "", "1,480.00", "乙校(演示)", "会费", "A3"),
)


def sheet(
    *rows: tuple[Cell, ...], name: str | None = "流水", hidden: bool = False, unseen: int = 0
) -> Sheet:
    lines = (Line(row, cells, row == unseen) for row, cells in enumerate(rows, 1))
    return Sheet(name, tuple(lines), hidden)


def read(*sheets: Sheet, chosen: Mapping[str, str] | None = None) -> StatementReport:
    book = Workbook("流水.xlsx", "xlsx", sheets)
    return read_statement(book, chosen or {}, today=TODAY)


def of(*rows: tuple[Cell, ...], chosen: Mapping[str, str] | None = None) -> StatementReport:
    return read(sheet(*rows), chosen=chosen)


def money(report: StatementReport) -> list[int]:
    return [line.amount_fen for line in report.lines]


def codes(report: StatementReport, least: Severity = Severity.INFO) -> list[str]:
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
    return [one.code for one in report.findings if order.index(one.severity) >= order.index(least)]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,234.56", 123456),
        ("￥1,234.50", 123450),
        ("¥ 12", 1200),
        ("人民币12.3元", 1230),
        ("-12.00", -1200),
        ("－12.00", -1200),
        ("−12.00", -1200),
        ("12.00-", -1200),
        ("(1,234.00)", -123400),
        ("（5.00）", -500),
        ("+5.00", 500),
        ("12.00CR", 1200),
        ("12.00 DR", -1200),
        ("CNY 100.00", 10000),
        ("-¥5.00", -500),
        ("¥-5.00", -500),
        (".50", 50),
        ("0.5000", 50),
        (12.34, 1234),
        (0.1 + 0.2, 30),
        (100, 10000),
        (-7.5, -750),
        ("", None),
        ("-", None),
        ("——", None),
        (None, None),
    ],
)
def test_an_amount_is_read_in_whatever_way_a_bank_writes_it(cell: Cell, fen: int | None) -> None:
    assert read_amount(cell) == fen


@pytest.mark.parametrize(
    "cell",
    ["1,23.00", "1234,56", "12.345", 12.345, "一百元", "1.5万", "-5-", "(5.00)-", "1E+3", True,
     date(2026, 3, 1), CellError("#N/A"), "#N/A", 1e15, float("inf"), "12 34 5 x"],
)  # fmt: skip
def test_what_is_no_amount_is_not_made_one(cell: Cell) -> None:
    with pytest.raises(NotReadError):
        read_amount(cell)


@given(st.integers(-(10**13), 10**13))
def test_every_amount_that_is_printed_is_read_back(fen: int) -> None:
    text = yuan(abs(fen))
    written = [yuan(fen), f"{yuan(fen)}元"]
    if fen < 0:
        written += [f"({text})", f"{text}-", f"-¥{text}", f"{text}DR"]
    assert {read_amount(one) for one in written} == {fen}


@given(st.integers(-(10**12), 10**12))
def test_every_amount_of_a_numeric_cell_is_read_back(fen: int) -> None:
    assert read_amount(fen / 100) == fen


MOMENT = (date(2026, 3, 1), time(10, 22, 33))


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("20260301", (MOMENT[0], None)),
        (20260301.0, (MOMENT[0], None)),
        (20260301, (MOMENT[0], None)),
        ("2026-03-01", (MOMENT[0], None)),
        ("2026-3-1", (MOMENT[0], None)),
        ("2026/03/01", (MOMENT[0], None)),
        ("2026.03.01", (MOMENT[0], None)),
        ("2026年3月1日", (MOMENT[0], None)),
        ("2026 年 3 月 1 日", (MOMENT[0], None)),
        ("2026 年 3 月 1 日 10:22:33", MOMENT),
        ("2026-03-01 10:22:33", MOMENT),
        ("2026-03-01T10:22:33", MOMENT),
        ("2026-03-01-10.22.33", MOMENT),
        ("2026-03-01 10:22:33.000", MOMENT),
        ("20260301102233", MOMENT),
        ("20260301 102233", MOMENT),
        ("20260301 10:22:33", MOMENT),
        ("2026年3月1日10时22分33秒", MOMENT),
        ("2026/3/1 10:22", (MOMENT[0], time(10, 22))),
        (date(2026, 3, 1), (MOMENT[0], None)),
        (datetime(2026, 3, 1), (MOMENT[0], None)),
        (datetime(2026, 3, 1, 10, 22, 33, 500), MOMENT),
        ("26-03-01", None),
        ("03/01/2026", None),
        ("2026-02-30", None),
        ("2026-03-01 25:00:00", None),
        (46082.0, None),
        ("", None),
        (None, None),
        (True, None),
        (CellError("#REF!"), None),
        ("合计", None),
    ],
)
def test_a_moment_is_read_in_whatever_way_a_bank_writes_it(
    cell: Cell, moment: tuple[date, time | None] | None
) -> None:
    assert read_moment(cell) == moment


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("10:22:33", time(10, 22, 33)),
        ("102233", time(10, 22, 33)),
        (92233, time(9, 22, 33)),
        ("10.22.33", time(10, 22, 33)),
        ("10时22分33秒", time(10, 22, 33)),
        (time(10, 22, 33, 5), time(10, 22, 33)),
        (datetime(1899, 12, 31, 10, 22), time(10, 22)),
        ("10:22", time(10, 22)),
        ("25:00", None),
        ("上午", None),
        (None, None),
    ],
)
def test_a_time_is_read(cell: Cell, read: time | None) -> None:
    assert read_time(cell) == read


@pytest.mark.parametrize(
    ("cell", "side"), [("贷", 1), (" 收入 ", 1), ("CR", 1), ("借方", -1), ("D", -1), ("转", None)]
)
def test_a_side_is_read(cell: Cell, side: int | None) -> None:
    assert read_side(cell) == side


def test_a_number_of_which_the_end_is_lost_is_not_used() -> None:
    assert read_number("6210 0000 0000 0001") == "6210000000000001"
    assert read_number(123456789012.0) == "123456789012"
    assert read_number("-") is None
    for cell in (1.23e17, "1.23E+17", CellError("#N/A")):
        with pytest.raises(NotReadError):
            read_number(cell)


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("交易日期[ Transaction Date ]", {"day"}),
        ("贷方发生额(收入)", {"in"}),
        ("借方发生额/元(支取)", {"out"}),
        ("借方发生额(收入)", {"in", "out"}),
        ("收入/支出", {"in", "out"}),
        ("收入(元)", {"in"}),
        ("收/支", {"side"}),
        ("金额(元)", {"amount"}),
        ("对方帐号", {"account"}),
        ("收(付)方名称", {"name"}),
        ("贷方笔数", set()),
        ("柜员号", set()),
        (5, set()),
        ("余额" * 40, set()),
    ],
)
def test_a_heading_stands_for_its_fields(title: Cell, fields: set[str]) -> None:
    assert set(fields_of(title)) == fields


def test_every_field_has_a_name() -> None:
    for field in FIELD_NAMES:
        checked_fields({"x": field})


@pytest.mark.parametrize(
    ("said", "code"),
    [({"a": "money"}, "column-field"), ({"a": "in", "b": "in"}, "column-twice")],
)
def test_a_choice_that_makes_no_sense_is_refused(said: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as refusal:
        checked_fields(said)
    assert refusal.value.code == code


def test_several_columns_may_be_memos() -> None:
    assert checked_fields({"a": "memo", "b": "memo"})


def test_a_plain_statement_is_read_whole() -> None:
    report = of(HEAD, *ROWS)
    assert money(report) == [100_000, -2_000, 50_000]
    assert report.lines[0] == BankLine(
        date(2026, 3, 1), 100_000, None, 100_000, "甲校(演示)", None, "会费", "A1", "流水", 2
    )
    assert (report.rows_read, report.skipped, report.refused) == (3, 0, ())
    assert codes(report) == []
    assert not report.blocked


def test_titles_above_say_whose_account_it_is_and_which_days() -> None:
    number, name = "1234567890123", "演示县总工会"
    for told in (
        (("账号:", number, None, "户名：", name), ("起始日期:2026-03-01  截止日期:2026-03-31",)),
        ((f"账  号:{number}  账户名称:{name}",), (5, "查询时间段", "20260301-20260331")),
        (("账号", number), ("户名", name), ("起止日期:2026年3月1日至2026年3月31日",)),
    ):
        report = of(("演示银行账户明细",), *told, (), HEAD, *ROWS)
        assert tuple(report.titles) == (
            "1234567890123", "演示县总工会", date(2026, 3, 1), date(2026, 3, 31),
        )  # fmt: skip
        assert len(report.lines) == 3


def test_rows_that_are_no_lines_are_told_with_their_numbers() -> None:
    report = of(
        ("演示银行",),
        HEAD,
        ROWS[0],
        (None,) * 7,
        HEAD,
        ROWS[1],
        ("", "", "", "", "", "续上行附言", ""),
        ROWS[2],
        ("2026-03-31", "0.00", "", "1,480.00", "", "结息", ""),
        ("2026-03-31", "1,500.00", "", "", "", "本月合计", ""),
        ("合计", "1,500.00", "20.00", "", "", "", ""),
        ("期末余额:1,480.00",),
        ("打印时间:2026-04-01 10:00:00", "", "第1页 共1页"),
        ("",),
    )
    assert money(report) == [100_000, -2_000, 50_000]
    assert [(one.row, one.code) for one in report.findings] == [
        (4, "blank-row"),
        (5, "title-row"),
        (7, "note-row"),
        (10, "total-row"),
        (11, "total-row"),
        (12, "total-row"),
        (13, "note-row"),
        (9, "no-money"),
    ]
    assert report.rows_read == len(report.lines) + len(report.refused) + report.skipped == 11


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("46082", "5.00", "", "", "", "", ""), "day"),
        (("", "5.00", "", "", "", "", ""), "day"),
        ((CellError("#N/A"), "5.00", "", "", "", "", ""), "day"),
        (("2026-03-04", "五元", "", "", "", "", ""), "amount"),
        (("2026-03-04", CellError("#REF!"), "", "", "", "", ""), "amount"),
        (("2026-03-04", "5.00", "5.00", "", "", "", ""), "both-sides"),
        (("2026-03-04", "", "", "1,480.00", "", "", ""), "amount-missing"),
        (("2026-11-28", "5.00", "", "", "", "", ""), "day-late"),
        (("2031-01-01", "5.00", "", "", "", "", ""), "day-late"),
        (("1999-12-31", "5.00", "", "", "", "", ""), "day-early"),
        (("0026-11-21", "5.00", "", "", "", "", ""), "day-early"),
        (("2026-03-04", "5.00", "", "", "", "合计", ""), "total-unclear"),
        (("", "5.00", "", "", "丙校(演示)", "累计", "A4"), "day"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_at_its_address(
    row: tuple[Cell, ...], code: str
) -> None:
    report = of(HEAD, *ROWS, row)
    assert money(report) == [100_000, -2_000, 50_000]
    assert [(one.row, one.codes) for one in report.refused] == [(5, (code,))]
    assert codes(report, Severity.ERROR) == [code]
    assert report.blocked
    assert report.rows_read == 4


def test_a_line_of_today_and_one_of_the_first_year_are_read() -> None:
    row = ("5.00", "", "", "丙校(演示)", "", "")
    report = of(HEAD, ("2000-01-01", *row), ("2026-11-27", *row))
    assert (money(report), report.blocked) == ([500, 500], False)


def test_a_day_that_cannot_be_is_told_with_its_row() -> None:
    report = of(HEAD, *ROWS, ("2031-01-01", "5.00", "", "", "", "", ""))
    [finding] = report.findings
    assert (finding.row, finding.field) == (5, "day")
    assert finding.message == "第5行 “交易日期”是2031-01-01,晚于今天,请照银行对账单改正"


@pytest.mark.parametrize("memo", ["合计", "总计:", "累计", "本月合计", "小计"])
@pytest.mark.parametrize("told", [("丙校(演示)", ""), ("", "A4")])
def test_a_payment_whose_memo_is_a_word_of_sums_is_a_line(memo: str, told: tuple[str, str]) -> None:
    report = of(HEAD, *ROWS, ("2026-03-04", "5.00", "", "", told[0], memo, told[1]))
    assert money(report) == [100_000, -2_000, 50_000, 500]
    assert (report.lines[3].memo, report.skipped, codes(report)) == (memo, 0, [])


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "1,500.00", "20.00", "", "", "", ""),
        ("", "1,500.00", "", "", "合计", "", ""),
        ("", "1,500.00", "", "", "共3笔", "合计", ""),
        ("2026-03-31", "1,500.00", "20.00", "", "", "合计", ""),
        ("2026-03-31", "1,500.00", "", "", "本日合计", "", ""),
        ("2026-03-31", "", "", "980.00", "", "承前页", ""),
        ("合计", "1,500.00", "", "", "丙校(演示)", "", "A4"),
    ],
)
def test_sums_are_passed_by_and_told(row: tuple[Cell, ...]) -> None:
    report = of(HEAD, *ROWS, row)
    assert money(report) == [100_000, -2_000, 50_000]
    assert codes(report) == ["total-row"]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("收入金额(万元)", "B列收入金额写的是“收入金额(万元)”"),
        ("收入(美元)", "B列收入金额写的是“收入(美元)”"),
        ("贷方发生额[USD]", "B列收入金额写的是“贷方发生额[USD]”"),
    ],
)
def test_amounts_that_are_not_yuan_by_their_heading_keep_the_file_out(
    title: str, place: str
) -> None:
    report = of(("交易日期", title, "对方户名"), ("2026-03-01", "5.00", "甲校(演示)"))
    [finding] = report.findings
    assert report.blocked
    assert finding.message == f"{place},这里只读以人民币元计的流水,请从银行按元重新下载"


@pytest.mark.parametrize("said", ["USD", "美元", "美元户", "港币", "欧元"])
def test_another_currency_in_its_column_or_above_keeps_the_file_out(said: str) -> None:
    head = ("交易日期", "收入金额", "币种", "对方户名")
    report = of(head, ("2026-03-01", "5", "人民币", "甲"), ("2026-03-01", "6", said, "乙"))
    [finding] = report.findings
    assert (finding.code, finding.row, report.blocked) == ("other-unit", 3, True)
    assert finding.message.startswith(f"第3行 币种写的是“{said}”")
    above = of((f"币种:{said}",), HEAD, *ROWS)
    assert codes(above, Severity.ERROR) == ["other-unit"]


@pytest.mark.parametrize("said", ["万元", "人民币万元", "千元"])
def test_another_unit_above_keeps_the_file_out(said: str) -> None:
    for told in ((f"(单位:{said})",), ("金额单位", said)):
        assert codes(of(told, HEAD, *ROWS), Severity.ERROR) == ["other-unit"]


@pytest.mark.parametrize("said", ["人民币", "人民币元", "CNY", "RMB", "元", "156", "", None])
def test_yuan_by_whatever_name_are_read(said: str | None) -> None:
    head = ("交易日期", "收入金额(元)", "币种", "对方户名")
    report = of((f"币种:{said}", "单位:元"), head, ("2026-03-01", "5.00", said, "甲校(演示)"))
    assert (money(report), codes(report)) == ([500], [])


def test_what_is_damaged_beside_the_money_is_told_and_not_used() -> None:
    head = (*HEAD, "对方账号")
    report = of(
        head,
        (*ROWS[0][:6], 1.23e17, "6.2E+17"),
        ("2026-03-02", "", "20.00", "x", CellError("#N/A"), "", "", "6210"),
    )
    assert [(one.account, one.reference) for one in report.lines] == [(None, None), ("6210", None)]
    assert report.lines[1].balance_fen is None
    assert sorted(codes(report)) == ["balance", "cell-error", "number-damaged", "number-damaged"]
    assert not report.blocked


def test_one_signed_amount_is_read_by_its_sign() -> None:
    report = of(("日期", "金额", "摘要"), ("20260301", "5.00", ""), ("20260302", "-3.00", ""))
    assert money(report) == [500, -300]


def test_an_amount_with_a_side_is_read_by_its_side() -> None:
    head = ("日期", "借贷标志", "交易金额", "摘要")
    report = of(head, ("20260301", "贷", "5.00", ""), ("20260302", "借", "3.00", ""))
    assert money(report) == [500, -300]
    assert codes(of(head, ("20260301", "转", "5.00", ""))) == ["side"]
    assert codes(of(head, ("20260301", "贷", "", ""))) == ["amount-missing"]
    assert codes(of(head, ("20260301", "贷", "五元", ""))) == ["amount"]


def test_amounts_without_a_minus_are_asked_about_unless_balances_tell() -> None:
    head = ("日期", "金额", "余额")
    rows = (("20260301", "5.00", ""), ("20260302", "3.00", ""))
    report = of(head, *rows)
    assert codes(report, Severity.ERROR) == ["column-unclear"]
    assert [one.letters for one in report.questions] == [("B",)]
    for said in ("in", "amount"):
        assert money(of(head, *rows, chosen={"金额": said})) == [500, 300]
    assert money(of(head, *rows, chosen={"金额": "out"})) == [-500, -300]
    told = of(head, ("20260301", "5.00", "15.00"), ("20260302", "3.00", "18.00"))
    assert (money(told), codes(told)) == ([500, 300], [])


@pytest.mark.parametrize(
    ("balances", "amounts"),
    [
        (("105.00", "102.00", "100.00"), [500, -300, -200]),  # the minus says 借 once more
        (("105.00", "108.00", "110.00"), [500, 300, 200]),  # the minus is a reversal
    ],
)
def test_a_minus_beside_a_side_goes_by_the_balances(
    balances: tuple[str, ...], amounts: list[int]
) -> None:
    head = ("日期", "收/支", "金额", "余额")
    rows = (("20260301", "收", "5.00"), ("20260302", "支", "-3.00"), ("20260303", "支", "-2.00"))
    told = of(head, *((*row, held) for row, held in zip(rows, balances, strict=True)))
    assert (money(told), codes(told, Severity.ERROR)) == (amounts, [])
    asked = of(head, *((*row, "") for row in rows))
    assert codes(asked, Severity.ERROR) == ["column-unclear"]
    assert money(of(head[:3], *rows, chosen={"收/支": ""})) == [500, -300, -200]
    assert money(of(head[:3], *rows, chosen={"金额": "amount"})) == [500, 300, 200]


def test_a_reversal_in_its_own_column_takes_money_back() -> None:
    assert money(of(HEAD, ("2026-03-01", "-5.00", "", "", "", "冲正", ""))) == [-500]


def test_a_heading_of_two_lines_is_read() -> None:
    report = of(
        ("交易日期", "摘要", "发生额", None, "余额"),
        (None, None, "借方", "贷方", None),
        ("2026-03-01", "会费", None, "5.00", "5.00"),
    )
    assert money(report) == [500]


def test_who_paid_and_who_was_paid_go_by_the_sign() -> None:
    head = ("交易日期", "交易金额", "付款人名称", "付款人账号", "收款人名称", "收款人账号")
    report = of(
        head,
        ("20260301", "5.00", "甲校(演示)", "6210", "演示县总工会", "9900"),
        ("20260301", "-3.00", "演示县总工会", "9900", "乙校(演示)", "6220"),
    )
    assert [(one.name, one.account) for one in report.lines] == [
        ("甲校(演示)", "6210"),
        ("乙校(演示)", "6220"),
    ]


def test_day_and_time_may_stand_in_one_column_or_in_two() -> None:
    one = of(("交易时间", "收入"), ("2026-03-01 10:22:33", "5.00"))
    two = of(("交易日期", "交易时间", "收入"), ("20260301", "102233", "5.00"))
    full = of(("记账日期", "交易时间", "收入"), ("20260302", "2026-03-01 10:22:33", "5.00"))
    clock = of(("记账日期", "交易时间", "收入"), ("20260301", "10:22:33", "5.00"))
    both = of(("交易日期", "交易时间", "收入"), ("20260301", "2026-03-01 10:22:33", "5.00"))
    for report in (one, two, full, clock, both):
        assert [(line.day, line.time) for line in report.lines] == [MOMENT]


def test_two_columns_for_one_field_are_asked_about() -> None:
    head = ("交易日期", "收入", "支出", "交易流水号", "核心流水号")
    row = ("20260301", "5.00", "", "A1", "B1")
    report = of(head, row)
    assert [(one.field, one.letters) for one in report.questions] == [("reference", ("D", "E"))]
    assert (report.lines, report.rows_read) == ((), 0)
    [finding] = report.findings
    assert finding.message == "D列“交易流水号”、E列“核心流水号”都可能是“流水号”,请指明用哪一列"
    for said in ({"核心流水号": "reference"}, {"交易流水号": ""}):
        assert [line.reference for line in of(head, row, chosen=said).lines] == ["B1"]


def test_two_columns_of_one_title_are_told_apart_by_their_letters() -> None:
    head = ("交易日期", "金额", "金额", "摘要")
    row = ("20260301", "5.00", "9.00", "")
    assert [one.key for one in of(head, row).columns][1:3] == ["@B", "@C"]
    assert money(of(head, row, chosen={"@B": "in", "@C": ""})) == [500]


def test_a_heading_of_unknown_words_is_chosen_from() -> None:
    rows = (("哪天", "多少钱", "谁"), ("20260301", "5.00", "甲校(演示)"))
    report = of(*rows)
    assert codes(report) == ["header-not-found"]
    assert of(("账号", "1234567890123"), *rows).titles.account == "1234567890123"
    assert [(one.letter, one.title, one.samples) for one in report.columns] == [
        ("A", "哪天", ("20260301",)),
        ("B", "多少钱", ("5.00",)),
        ("C", "谁", ("甲校(演示)",)),
    ]
    said = of(*rows, chosen={"哪天": "day", "多少钱": "in", "谁": "name"})
    assert [(line.amount_fen, line.name) for line in said.lines] == [(500, "甲校(演示)")]


def test_columns_without_a_heading_are_named_by_their_letters() -> None:
    rows = (("20260301", "5.00", "x"), ("20260302", "6.00", "y"))
    assert money(of(*rows, chosen={"@A": "day", "@B": "in"})) == [500, 600]
    assert money(of(("流水",), *rows, chosen={"@A": "day", "@B": "in"})) == [500, 600]
    assert codes(of(*rows, chosen={"@A": "day"})) == ["header-not-found"]


def test_a_column_of_both_sides_is_asked_about() -> None:
    report = of(("日期", "收入/支出"), ("20260301", "-5.00"))
    assert [one.letters for one in report.questions] == [("B",)]
    assert money(
        of(("日期", "收入/支出"), ("20260301", "-5.00"), chosen={"收入/支出": "amount"})
    ) == [-500]


def test_what_is_chosen_beyond_the_columns_of_a_file_is_left() -> None:
    assert money(of(HEAD, *ROWS, chosen={"@Z": "memo", "别的": "time"})) == [
        100_000,
        -2_000,
        50_000,
    ]


def test_the_document_counts_and_sums_both_sides() -> None:
    document = statement_document(of(HEAD, *ROWS, ("合计",)))
    assert document["in"] == {"lines": 2, "fen": 150_000}
    assert document["out"] == {"lines": 1, "fen": 2_000}
    assert (document["rows_read"], document["accepted"], document["skipped"]) == (4, 3, 1)
    assert (document["first_day"], document["last_day"]) == (date(2026, 3, 1), date(2026, 3, 3))
    assert document["balances"] == [{"checked": 2, "breaks": 0, "newest_first": False}]


def test_a_file_without_anything_says_so() -> None:
    assert [one.message for one in of().findings] == ["文件里没有内容,请检查是否拿错了文件"]
    assert codes(of(("说明",), ("没有流水",))) == ["header-not-found"]
    assert codes(of(HEAD)) == ["no-rows"]
    assert codes(of(HEAD, ("合计",))) == ["total-row", "no-rows"]


def test_every_sheet_is_read_and_what_is_not_is_told() -> None:
    report = read(
        sheet(HEAD, *ROWS[:2], name="一"),
        sheet(HEAD, ROWS[2], name="二", unseen=2),
        sheet(("说明", "这是说明"), name="说明"),
        sheet(HEAD, *ROWS, name="旧", hidden=True),
        sheet(("备注",), name="空", hidden=True),
        sheet(name="白"),
    )
    assert money(report) == [100_000, -2_000, 50_000]
    assert [(one.sheet, one.code) for one in report.findings] == [
        ("二", "hidden-rows"),
        ("旧", "hidden-sheet"),
        ("说明", "sheet-unread"),
    ]


def test_statements_of_two_accounts_in_a_file_are_refused() -> None:
    head = (*HEAD, "账号")
    report = of(head, (*ROWS[0], "1111111111"), (*ROWS[1], "2222222222"))
    assert codes(report, Severity.ERROR) == ["several-accounts"]
    assert of(head, (*ROWS[0], "1111111111")).titles.account == "1111111111"
    both = read(
        sheet(("账号", "1111111111"), HEAD, *ROWS, name="一"),
        sheet(("账号", "2222222222"), HEAD, *ROWS, name="二"),
    )
    assert codes(both, Severity.ERROR) == ["several-accounts"]


def test_rows_that_look_the_same_are_two_and_told() -> None:
    row = ("2026-03-01", "5.00", "", "", "甲校(演示)", "会费", "")
    report = of(HEAD, row, row)
    assert money(report) == [500, 500]
    assert [one.message for one in report.findings] == ["第2、3行完全相同,按2笔算,请核对"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_balance_that_does_not_follow_is_told_at_its_row(newest_first: bool) -> None:
    rows = [ROWS[0], (*ROWS[1][:3], "981.00", *ROWS[1][4:]), ROWS[2]]
    report = of(HEAD, *(rows[::-1] if newest_first else rows))
    breaks = [one for one in report.findings if one.code == "balance-break"]
    assert [one.row for one in breaks] == ([3, 2] if newest_first else [3, 4])[: len(breaks)]
    assert breaks[0].message.startswith("第3行 余额接不上:照上一笔应是980.00,这一行是981.00")
    assert not report.blocked
    [chain] = report.chains
    assert (chain.newest_first, chain.checked, len(chain.breaks)) == (newest_first, 2, 2)


def test_many_breaks_are_told_in_one_sentence_at_the_end() -> None:
    rows = (("2026-03-01", "5.00", "", f"{at * at}.00", "", "", f"{at}") for at in range(40))
    told = [one.message for one in of(HEAD, *rows).findings if one.code == "balance-break"]
    assert len(told) == 21
    assert "另有" in told[-1]


def test_sides_that_the_balances_speak_against_are_asked_about() -> None:
    head = ("交易日期", "借方", "贷方", "余额")
    rows = (
        ("20260301", "5.00", "", "105.00"),
        ("20260302", "", "3.00", "102.00"),
        ("20260303", "1.00", "", "103.00"),
    )
    assert codes(of(head, *rows), Severity.ERROR) == ["sides-swapped"]
    report = of(head, *rows, chosen={"借方": "in", "贷方": "out"})
    assert (money(report), codes(report)) == ([500, -300, 100], [])


@given(
    st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=30),
    st.integers(-(10**10), 10**10),
    st.booleans(),
)
def test_balances_of_a_true_statement_hold_in_either_order(
    amounts: list[int], start: int, newest_first: bool
) -> None:
    lines, held = [], start
    for fen in amounts:
        held += fen
        lines.append(BankLine(date(2026, 3, 1), fen, balance_fen=held))
    chain = check_chain(lines[::-1] if newest_first else lines)
    assert (chain.breaks, chain.checked) == ((), max(len(lines) - 1, 0))
    assert chain.holds is (len(lines) > 1)


@given(st.lists(st.lists(st.text(max_size=12) | st.none() | st.floats(), max_size=8), max_size=25))
def test_whatever_stands_in_a_file_every_row_is_accounted_for(rows: list[list[Cell]]) -> None:
    report = of(HEAD, *map(tuple, rows))
    assert report.rows_read == len(report.lines) + len(report.refused) + report.skipped
