"""Whom a proof of insurance names: workbooks of several layouts, pages of text."""

from __future__ import annotations

import pytest

from desktop_app.domain.identity import longer_form
from desktop_app.domain.proofs.page_texts import TextLine, TextPage, TextWord
from desktop_app.domain.proofs.proof_numbers import fits, names_agree, number_of, read_number
from desktop_app.domain.proofs.proof_values import ProofPerson
from desktop_app.domain.proofs.proofs import people_of_pages, people_of_workbook
from desktop_app.domain.tables import Cell, CellError, Sheet, Workbook
from tests.domain.rosters import number, sheet

ONE, TWO, THREE = number(), number(sequence=3), number("19850203", 12)


def hidden(identity: str, seen: int = 3) -> str:
    return identity[:seen] + "*" * (14 - seen) + identity[-4:]


def people(*sheets: Sheet) -> tuple[ProofPerson, ...]:
    return people_of_workbook(Workbook("证明.xlsx", "xlsx", sheets))


def named(*rows: tuple[Cell, ...]) -> list[tuple[str, str]]:
    return [(one.name, one.number) for one in people(sheet(*rows))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (ONE, ONE),
        (f" {ONE} ", ONE),
        ("99999919900101123x", "99999919900101123X"),
        ("999999900101123", longer_form("999999900101123")),
        ("100200300400500", ""),  # fifteen digits without a date are another office's number
        ("999***********1234", "999***********1234"),
        ("999＊＊＊＊＊＊＊＊＊＊＊1234", "999***********1234"),
        ("999XXXXXXXXXXX1234", "999***********1234"),
        ("999xxxxxxxxxxx123x", "999***********123X"),
        ("999999****1234", "999999****1234"),
        ("**************1234", "**************1234"),
        ("****************34", ""),  # two digits tell nobody
        ("138****1234", ""),  # a telephone
        ("13900001111", ""),
        ("2026年12月", ""),
        ("张三", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_with_stars_for_what_is_hidden(text: str, read: str) -> None:
    assert read_number(text) == read


def test_of_a_number_that_a_spreadsheet_rounded_the_sure_digits_stay() -> None:
    assert number_of(999999199005060000.0) == "99999919900506****"
    assert number_of("9.99999E+17") == "99999" + "*" * 13
    assert number_of("1.5E+3") == ""
    assert number_of(CellError("#N/A")) == ""
    assert number_of(1234567890123456.0) == ""
    assert number_of(None) == ""


def test_a_masked_number_fits_whoever_has_what_is_seen_of_it() -> None:
    assert fits(hidden(ONE), ONE)
    assert fits(f"999999****{ONE[-4:]}", ONE)  # fewer stars than it hides
    assert fits(ONE, ONE)
    assert not fits(hidden(ONE), TWO)
    assert not fits(f"999999****{TWO[-4:]}", ONE)
    assert not fits(ONE, TWO)


def test_a_masked_name_agrees_with_a_name_of_the_same_characters() -> None:
    assert names_agree("张*", "张三")
    assert names_agree("*三", "张三")
    assert names_agree("张*丰", "张三丰")
    assert names_agree("向·扎西", "向扎西")
    assert not names_agree("张*", "李三")
    assert not names_agree("张三", "张四")


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "身份证号"), ("覃世芳", ONE), ("李四", TWO)),
        (
            ("湖北省社会保险缴纳证明", None, None),
            ("单位名称:演示水厂", None, None),
            ("序号", "姓名", "社会保障号码"),
            (1.0, "覃世芳", ONE),
            (2.0, "李 四", TWO),
            (None, "合计", "2人"),
            ("经办人:王五", None, "2026-12-01"),
        ),
        (  # two people beside each other
            ("序号", "姓名", "公民身份号码", "序号", "姓名", "公民身份号码"),
            ("1", "覃世芳", ONE, "2", "李四", TWO),
        ),
        (  # the head again on every printed page, and other columns there
            ("姓名", "证件号码", "险种"),
            ("覃世芳", ONE, "医疗"),
            ("第2页", None, None),
            ("证件号码", "姓名", "险种"),
            (TWO, "李四", "医疗"),
        ),
        (  # a line for each month and insurance
            ("姓名", "身份证号", "费款所属期", "险种"),
            *(
                (name, identity, month, kind)
                for month in ("202611", "202612")
                for kind in ("养老保险", "医疗保险")
                for name, identity in (("覃世芳", ONE), ("李四", TWO))
            ),
        ),
    ],
)
def test_whatever_the_layout_each_person_is_read_once(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert named(*rows) == [("覃世芳", ONE), ("李四", TWO)]


def test_the_lines_of_a_person_are_counted_and_the_first_is_named() -> None:
    rows = [("姓名", "身份证号", "月份"), *(("覃世芳", hidden(ONE), f"{m}月") for m in (1, 2, 3))]
    [one] = people(sheet(*rows))
    assert (one.number, one.where, one.rows) == (hidden(ONE), "第2行", 3)


def test_a_person_of_a_further_sheet_is_named_with_it_and_hidden_sheets_are_not_read() -> None:
    rows = (("姓名", "身份证号"), ("李四", TWO))
    found = people(
        sheet(("姓名", "身份证号"), ("覃世芳", ONE), name="一月"),
        sheet(*rows, name="二月"),
        sheet(("姓名", "身份证号"), ("王五", THREE), name="底稿", hidden=True),
    )
    assert [(one.name, one.where) for one in found] == [
        ("覃世芳", "“一月”第2行"),
        ("李四", "“二月”第2行"),
    ]


def test_the_insurance_office_s_own_number_tells_people_of_one_name_apart() -> None:
    rows = (("社保编号", "姓名", "缴费月份"), *(
        (social, "张伟", month) for month in ("202611", "202612") for social in ("9001", "9002")
    ))  # fmt: skip
    found = people(sheet(*rows))
    assert [(one.name, one.number, one.social, one.rows) for one in found] == [
        ("张伟", "", "9001", 2),
        ("张伟", "", "9002", 2),
    ]


def test_an_error_cell_is_nobody_s_number() -> None:
    error = CellError("#N/A")
    found = people(
        sheet(("姓名", "个人编号", "身份证号"), ("张伟", error, None), ("张伟", error, error))
    )
    assert [(one.name, one.number, one.social) for one in found] == [("张伟", "", "")] * 2


def test_a_column_of_numbers_that_are_none_is_the_office_s_own() -> None:
    [one] = people(sheet(("姓名", "社会保障号"), ("张伟", "1002003")))
    assert (one.number, one.social) == ("", "1002003")


def test_what_the_proof_says_of_a_stopped_insurance_is_kept() -> None:
    head = ("姓名", "身份证号", "参保状态")
    good, stopped = ("覃世芳", ONE, "正常参保"), ("李四", TWO, "暂停缴费")
    rows = (head, good, stopped, good)
    assert [(one.name, one.stopped) for one in people(sheet(*rows))] == [
        ("覃世芳", ""),
        ("李四", "暂停缴费"),
    ]
    [alone] = people(sheet(("姓名", "状态"), ("覃世芳", "停保")))
    assert alone.stopped == "停保"


def test_names_alone_are_as_many_people_as_one_month_has() -> None:
    months = (("姓名", "月份"), ("张伟", "11月"), ("张伟", "11月"), ("李四", "11月"),
              ("张伟", "12月"), ("张伟", "12月"), ("李四", "12月"))  # fmt: skip
    assert [one.name for one in people(sheet(*months))] == ["张伟", "张伟", "李四"]
    plain = (("序号", "姓名"), (1.0, "张伟"), (2.0, "张伟"), (3.0, "李四"))
    assert [one.name for one in people(sheet(*plain))] == ["张伟", "张伟", "李四"]


def test_masked_names_and_rows_without_a_name_are_kept_where_they_have_a_number() -> None:
    rows = (("姓名", "身份证号"), ("张*", ONE), (None, TWO), ("参保", None), ("#N/A", None),
            ("李*", None), ("*", None))  # fmt: skip
    assert named(*rows) == [("张*", ONE), ("", TWO), ("李*", "")]


def test_a_file_without_a_heading_names_nobody() -> None:
    assert named(("工资表",), ("覃世芳", ONE)) == []
    assert named() == []


def page(*lines: tuple[tuple[float, str], ...], number: int = 1) -> TextPage:
    """Lines of (left edge, text); a character is ten points wide."""
    made = (TextLine(tuple(TextWord(x, x + 10 * len(t), t) for x, t in line)) for line in lines)
    return TextPage(number, tuple(made))


def on_pages(*pages: TextPage) -> list[tuple[str, str, str]]:
    return [(one.name, one.number, one.where) for one in people_of_pages(pages)]


HEAD = ((0.0, "序号"), (50.0, "姓名"), (150.0, "社会保障号码"), (400.0, "参保状态"))


def test_pages_are_read_by_the_columns_of_their_heading() -> None:
    first = page(
        ((100.0, "社会保险缴纳证明"),),
        HEAD,
        ((0.0, "1"), (50.0, "覃"), (70.0, "芳"), (150.0, hidden(ONE)), (400.0, "正常参保")),
    )
    second = page(((0.0, "2"), (50.0, "李四"), (150.0, hidden(TWO)), (400.0, "正常")), number=2)
    assert on_pages(first, second) == [
        ("覃芳", hidden(ONE), "第1页第3行"),
        ("李四", hidden(TWO), "第2页第1行"),
    ]


def test_pages_with_names_alone_are_read_by_their_heading_too() -> None:
    head = ((0.0, "个人编号"), (100.0, "姓名"), (200.0, "险种"))
    one = page(head, ((0.0, "900100"), (100.0, "张伟"), (200.0, "医疗保险")))
    [found] = people_of_pages((one,))
    assert (found.name, found.number, found.social) == ("张伟", "", "900100")


def test_pages_without_a_heading_are_read_number_by_number() -> None:
    lines = (
        ((0.0, "单位名称 演示水厂 参保3人"),),
        ((0.0, "1"), (50.0, "覃世芳"), (100.0, "女"), (150.0, ONE), (400.0, "正常参保")),
        ((0.0, f"2、李四{TWO}职工"), (400.0, "王"), (420.0, "五"), (450.0, hidden(THREE))),
    )
    assert on_pages(page(*lines)) == [
        ("覃世芳", ONE, "第1页第2行"),
        ("李四", TWO, "第1页第3行"),
        ("王五", hidden(THREE), "第1页第3行"),
    ]


def test_a_name_behind_its_number_is_taken_where_none_stands_before() -> None:
    lines = (((0.0, ONE), (200.0, "覃世芳"), (300.0, TWO), (500.0, "李四")), ((0.0, THREE),))
    assert [one[:2] for one in on_pages(page(*lines))] == [("覃世芳", ONE), ("李四", TWO)]


def test_pages_without_people_name_nobody() -> None:
    assert on_pages(page(((0.0, "社会保险缴纳证明"),), ((0.0, "共3人"),))) == []
    assert on_pages() == []
