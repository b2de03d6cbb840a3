"""Shapes of rosters: headings, blank rows, totals, signatures, several sheets."""

from __future__ import annotations

import pytest

from desktop_app.domain.rosters.headings import field_of, find_heading
from desktop_app.domain.rosters.repairs import Changes
from desktop_app.domain.tables import Cell, Line, Sheet, column_letter
from tests.domain.rosters import HEAD, check, check_rows, number, sheet, told

GOOD = (1.0, "覃世芳", number(), "19900001111")
MORE = (2.0, "李四", number(sequence=3), "19900001112")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("姓名", "name"),
        ("姓  名", "name"),
        ("姓\n名", "name"),
        ("*姓名", "name"),
        ("姓名(必填)", "name"),
        ("参保人姓名", "name"),
        ("职工姓名", "name"),
        ("会员姓名：", "name"),
        ("身份证号码\n(18位)", "identity"),
        ("公民身份号码", "identity"),
        ("证件号码", "identity"),
        ("居民身份证", "identity"),
        ("手机", "phone"),
        ("联系电话", "phone"),
        ("社保卡号", "bank_card"),
        ("险种", "plans"),
        ("ＮＯ.", "number"),
        ("单位", "unit"),
        ("工资", None),
        ("姓" * 70, None),
        (5.0, None),
        (None, None),
    ],
)
def test_headings_are_known_by_the_words_units_use(text: Cell, field: str | None) -> None:
    assert field_of(text) == field


def test_a_heading_below_title_rows_is_found() -> None:
    report = check(
        sheet(("演示单位职工名单",), ("单位:演示单位", None, "联系电话:", "0718"), HEAD, GOOD)
    )
    assert told(report) == []
    assert report.accepted[0].row == 4


def test_a_title_line_with_a_phone_label_does_not_move_the_columns() -> None:
    report = check(sheet(("联系电话", "0718"), HEAD, GOOD))
    assert report.accepted[0].phone == "19900001111"


@pytest.mark.parametrize(
    ("head", "name_at"),
    [
        (("被保障职工姓名", "职工身份证件号", "本人手机"), 0),
        (("紧急联系人姓名", "保障对象姓名", "身份证有效期", "身份证编号"), 1),
        (("配偶姓名", "姓名", "身份证地址", "身份证号", "配偶身份证号"), 1),
    ],
)
def test_longer_words_are_known_unless_they_are_about_somebody_else(
    head: tuple[str, ...], name_at: int
) -> None:
    heading = find_heading(sheet(head).lines)
    assert heading is not None
    assert heading.columns["name"] == name_at
    assert "有效" not in head[heading.columns["identity"]]
    assert "地址" not in head[heading.columns["identity"]]


def test_a_long_sentence_is_no_heading() -> None:
    assert (
        find_heading(sheet(("请填写姓名", "请按证件填写本人的身份证号码,不要填写他人的")).lines)
        is None
    )


def test_a_heading_of_two_merged_lines_is_found() -> None:
    report = check(
        sheet(
            ("序号", "参保人信息", None, "联系方式"),
            (None, "姓名", "身份证号", None),
            GOOD,
        )
    )
    assert told(report) == []
    assert report.accepted[0].phone == "19900001111"


def test_a_heading_of_two_lines_may_be_repeated() -> None:
    head = (("序号", "参保人信息", None, "联系方式"), (None, "姓名", "身份证号", None))
    report = check(sheet(*head, GOOD, *head, MORE))
    assert told(report) == [(4, None, "title-row"), (5, None, "title-row")]
    assert [person.phone for person in report.accepted] == ["19900001111", "19900001112"]


def test_a_heading_of_two_words_alone_is_one_wherever_they_stand() -> None:
    short = ("姓名", "身份证号")
    report = check(sheet(short, GOOD[1:3], short, MORE[1:3]))
    assert told(report) == [(3, None, "title-row")]
    assert len(report.accepted) == 2
    split = (("姓名", "其他"), (None, "身份证号"))
    assert len(check(sheet(*split, GOOD[1:3])).accepted) == 1


def test_words_under_a_merged_heading_belong_to_it() -> None:
    report = check(
        sheet(
            ("序号", "姓名", "身份证号", "其他"),
            (None, None, None, "手机号"),
            GOOD,
        )
    )
    assert told(report) == []
    assert report.accepted[0].phone == "19900001111"


def test_a_row_of_a_person_is_not_taken_for_a_second_heading_line() -> None:
    heading = find_heading(sheet(("姓名", "身份证号", "项目"), ("李四", "", "项目")).lines)
    assert heading is not None
    assert heading.below == 1


def test_a_heading_at_the_very_end_has_no_people() -> None:
    report = check(sheet(("名单",), HEAD))
    assert told(report) == [(None, None, "no-rows")]
    assert report.rows_read == 0


def test_a_heading_beyond_the_first_thirty_lines_is_not_looked_for() -> None:
    rows = [("说明",)] * 30
    assert told(check(sheet(*rows, HEAD, GOOD))) == [(None, None, "header-not-found")]
    assert len(check(sheet(*rows[1:], HEAD, GOOD)).accepted) == 1


@pytest.mark.parametrize("sheets", [(), (sheet(),), (sheet(("姓名", "电话"), ("李四", "1")),)])
def test_a_file_without_a_heading_says_so(sheets: tuple[Sheet, ...]) -> None:
    report = check(*sheets)
    assert told(report) == [(None, None, "header-not-found")]
    assert report.findings[0].sheet is None


def test_blank_rows_between_people_are_counted_those_around_them_are_not() -> None:
    report = check_rows((), GOOD, (), (None, "  ", ""), MORE, (), (None,))
    assert told(report) == [(4, None, "blank-row"), (5, None, "blank-row")]
    assert (report.rows_read, report.skipped) == (4, 2)


def test_rows_that_the_reader_left_out_are_blank_rows() -> None:
    lines = (Line(1, HEAD), Line(2, GOOD), Line(5, MORE))
    report = check(Sheet("名单", lines))
    assert told(report) == [(3, None, "blank-row"), (4, None, "blank-row")]
    assert report.rows_read == 4


def test_a_very_long_run_of_blank_rows_gets_one_finding() -> None:
    lines = (Line(1, HEAD), Line(2, GOOD), Line(1_000_000, MORE))
    report = check(Sheet("名单", lines))
    assert told(report) == [(3, None, "blank-row")]
    assert "第3至999999行" in report.findings[0].message
    assert (report.rows_read, report.skipped) == (999_999, 999_997)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((3.0, None, None, None), "blank-row"),
        (("3", "", "", ""), "blank-row"),
        (("合计", None, None, None), "total-row"),
        ((None, "合 计", None, "2人"), "total-row"),
        ((None, "小计:", "2人", None), "total-row"),
        (("总计", None, 2.0, None), "total-row"),
        ((None, "本页合计", 999999.0, None), None),
        (("单位负责人:", None, "经办人:王", None), "title-row"),
        (("填表人：王", None, None, None), "title-row"),
        ((None, None, None, "(盖章)"), "title-row"),
        (("经办人:", "王五", None, None), "title-row"),
        ((None, "共2人", None, None), "total-row"),
        ((None, None, "单位(盖章):", None), "title-row"),
        (("说明:请如实填写", None, None, None), "title-row"),
        (HEAD, "title-row"),
        (("一车间", None, None, None), "title-row"),
        ((None, None, None, "见附件"), "title-row"),
    ],
)
def test_rows_that_carry_no_person_are_skipped_by_name(
    row: tuple[Cell, ...], code: str | None
) -> None:
    report = check_rows(GOOD, row, MORE)
    if code is None:
        assert report.rejected == 1
    else:
        assert told(report) == [(3, None, code)]
        assert (len(report.accepted), report.skipped) == (2, 1)


@pytest.mark.parametrize(
    "row",
    [
        (3.0, "王五", None, None),
        (None, "王五", None, None),
        (3.0, None, None, "19900001111"),
        (3.0, "王五", None, None, "说明:身份证待补"),
    ],
)
def test_a_person_without_identity_is_refused_not_skipped(row: tuple[Cell, ...]) -> None:
    report = check_rows(GOOD, row)
    assert (report.rejected, report.skipped) == (1, 0)
    assert "identity-missing" in report.refused[0].codes


def test_a_row_filled_only_by_its_number_and_unit_is_blank() -> None:
    head = ("序号", "单位", "姓名", "身份证号")
    people = ((1.0, "甲", "覃世芳", number()), (2.0, 5.0, None, None))
    assert told(check(sheet(head, *people))) == [(3, None, "blank-row")]
    people = ((1.0, "甲", "覃世芳", number()), (2.0, "甲", None, None))
    assert told(check(sheet(head, *people))) == [(3, None, "blank-row")]


def test_a_second_block_may_order_its_columns_otherwise() -> None:
    report = check(sheet(HEAD, GOOD, ("身份证号", "手机号", "姓名"), (MORE[2], MORE[3], MORE[1])))
    assert told(report) == [(3, None, "title-row")]
    assert [person.name for person in report.accepted] == ["覃世芳", "李四"]


def test_a_row_shorter_than_the_heading_is_read() -> None:
    assert told(check_rows(("1", "覃世芳", number()))) == []


def test_every_visible_sheet_with_a_heading_is_read_and_no_hidden_one() -> None:
    report = check(
        sheet(HEAD, GOOD, name="一"),
        sheet(("说明",), ("请填写",), name="说明"),
        sheet(HEAD, MORE, name="旧", hidden=True),
        sheet(HEAD, MORE, name="二"),
    )
    assert [
        (one.sheet, *place) for one, place in zip(report.findings, told(report), strict=True)
    ] == [("旧", 1, None, "hidden-sheet")]
    assert "“旧”" in report.findings[0].message
    assert [(person.sheet, person.row) for person in report.accepted] == [("一", 2), ("二", 2)]


def test_a_hidden_sheet_without_people_is_not_worth_a_word() -> None:
    lists = sheet(("男",), ("女",), name="选项", hidden=True)
    empty = sheet(HEAD, (None, " "), name="空", hidden=True)
    assert told(check(sheet(HEAD, GOOD), lists, empty)) == []


def test_people_on_a_sheet_without_a_heading_are_not_left_out_without_a_word() -> None:
    bare = sheet(("二车间",), MORE, name="二")
    report = check(sheet(HEAD, GOOD, name="一"), bare)
    assert told(report) == [(2, "C", "sheet-unread")]
    assert "“二”" in report.findings[0].message
    assert [person.sheet for person in report.accepted] == ["一"]
    assert [code for *_at, code in told(check(bare))] == ["header-not-found"]
    notes = sheet(("电话", "13800138000"), ("账号", "6222020000012345678"), name="说明")
    assert told(check(sheet(HEAD, GOOD), notes)) == []


def test_people_beside_the_others_are_not_left_out_without_a_word() -> None:
    twice = sheet(("花名册",), (*HEAD, *HEAD), (*GOOD, *MORE), (*GOOD[:3], None))
    report = check(twice)
    assert told(report)[0] == (2, "G", "people-beside")
    assert [person.row for person in report.accepted] == [3]
    two_lines = sheet(
        ("男职工", None, "女职工", None), ("姓名", "身份证号") * 2, (*GOOD[1:3], *MORE[1:3])
    )
    assert told(check(two_lines)) == [(2, "D", "people-beside")]
    spouse = sheet((*HEAD, "配偶姓名", "身份证号"), (*GOOD, *MORE[1:3]))
    assert told(check(spouse)) == []
    empty = sheet((*HEAD, *HEAD), GOOD, (*MORE, None, " "))
    assert told(check(empty)) == []


def test_people_in_hidden_rows_are_read_and_said_once() -> None:
    shown = sheet(HEAD, *((None, f"覃世{c}", number(sequence=at)) for at, c in enumerate("芳英华")))
    lines = tuple(Line(one.row, one.cells, one.row in (1, 3, 4)) for one in shown.lines)
    report = check(Sheet("名单", (*lines, Line(5, (None, "合计"), True), Line(6, (), True))))
    assert told(report) == [(3, None, "hidden-rows"), (5, None, "total-row")]
    assert "第3至4行" in report.findings[0].message
    assert "2人" in report.findings[0].message
    assert (len(report.accepted), report.skipped) == (3, 1)


def test_hidden_rows_are_left_where_somebody_says_so_and_are_accounted_for() -> None:
    shown = sheet(HEAD, *((None, f"覃世{c}", number(sequence=at)) for at, c in enumerate("芳英华")))
    lines = tuple(Line(one.row, one.cells, one.row in (1, 3, 4)) for one in shown.lines)
    book = Sheet("名单", (*lines, Line(5, (None, "合计"), True), Line(6, (), True)))
    report = check(book, changes=Changes(hidden_rows=False))
    assert told(report) == [(3, None, "hidden-rows"), (5, None, "total-row")]
    assert "第3至4行" in report.findings[0].message
    assert "2行按选择没有读入" in report.findings[0].message
    assert [person.row for person in report.accepted] == [2]
    assert (report.rows_read, report.skipped) == (4, 3)


def test_a_hidden_sheet_is_read_where_somebody_says_so() -> None:
    gone = sheet(("旧名单",), HEAD, MORE, name="旧", hidden=True)
    report = check(sheet(HEAD, GOOD, name="一"), gone, changes=Changes(hidden_sheets=True))
    assert told(report) == [(2, None, "hidden-sheet")]
    assert "已按选择读入" in report.findings[0].message
    assert [(person.sheet, person.row) for person in report.accepted] == [("一", 2), ("旧", 3)]


def test_a_file_whose_only_list_is_hidden_says_so() -> None:
    notes, gone = sheet(("说明",), name="说明"), sheet(HEAD, MORE, name="旧", hidden=True)
    assert [code for *_at, code in told(check(notes, gone))] == ["header-not-found", "hidden-sheet"]
    assert "“旧”" in check(notes, gone).findings[0].message
    assert len(check(notes, gone, changes=Changes(hidden_sheets=True)).accepted) == 1


def test_one_empty_sheet_beside_a_full_one_is_no_fault() -> None:
    assert told(check(sheet(HEAD, GOOD), sheet(HEAD, name="空"))) == []


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_the_spreadsheet_does(index: int, letters: str) -> None:
    assert column_letter(index) == letters
