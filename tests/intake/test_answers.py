"""The province's failure list becomes rows that can be matched to the people who were sent."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.tables import Cell, CellError, Line, Sheet, Workbook
from desktop_app.errors import FileError
from desktop_app.intake.answers import AnswerRow, answers_in, read_answers
from desktop_app.intake.workbooks import WorkbookReader


def _workbook(*rows: tuple[Cell, ...], hidden: bool = False) -> Workbook:
    lines = tuple(Line(number, cells) for number, cells in enumerate(rows, start=1))
    return Workbook("失败名单.xlsx", "xlsx", (Sheet("失败人员", lines, hidden),))


HEADING = ("序号", "参保人姓名", "身份证号", "手机号", "失败原因")


def test_a_failure_list_is_read_with_its_addresses(tmp_path: Path, reader: WorkbookReader) -> None:
    book = openpyxl.Workbook()
    book.active.title = "失败人员"
    book.active.append(["失败人员名单(演示)"])
    book.active.append(HEADING)
    book.active.append([1, "张䶮", "99999919900101123x", 19900000001, "已在其他单位参保"])
    book.active.append([2, " 阿依·古丽 ", "'999999199001011234", None, "身份信息不符"])
    book.active.append(["合计", None, None, None, None])
    book.save(tmp_path / "失败.xlsx")
    expected = (
        AnswerRow("失败人员", 3, "张䶮", "99999919900101123X", "已在其他单位参保", "19900000001"),
        AnswerRow("失败人员", 4, "阿依·古丽", "999999199001011234", "身份信息不符"),
    )
    assert read_answers(tmp_path / "失败.xlsx", reader=reader) == expected
    assert read_answers(tmp_path / "失败.xlsx") == expected


@pytest.mark.parametrize(
    "heading",
    [
        ("姓名", "证件号码", "原因"),
        ("会员姓名", "身 份 证 号", "失败\n原因"),
        ("*姓名", "身份证号码:", "错误信息"),
    ],
)
def test_headings_have_several_names(heading: tuple[str, ...]) -> None:
    (row,) = answers_in(_workbook(heading, ("张三", "1", "查无此人")))
    assert (row.name, row.identity, row.reason) == ("张三", "1", "查无此人")


def test_a_rounded_number_is_no_identity() -> None:
    (row,) = answers_in(_workbook(HEADING, (1.0, "张三", 9.99999199001011e17, None, "重复")))
    assert row.identity is None


def test_repeated_headings_totals_and_short_lines_are_no_people() -> None:
    broken = CellError("#N/A")
    person = (1, "张三", "1", None, "重复")
    others = (HEADING, ("合计", "共1人"), (), ("制表",), (2, broken, broken, None, broken))
    rows = answers_in(_workbook(HEADING, person, *others))
    assert [row.row for row in rows] == [2]


def test_a_hidden_sheet_is_not_an_answer() -> None:
    with pytest.raises(FileError) as refused:
        answers_in(_workbook(HEADING, (1, "张三", "1", None, "重复"), hidden=True))
    assert (refused.value.code, refused.value.where) == ("header-not-found", "失败名单.xlsx")


def test_a_list_without_the_reasons_is_refused() -> None:
    with pytest.raises(FileError, match="表头"):
        answers_in(_workbook(("姓名", "身份证号"), ("张三", "1")))


def test_nobody_failed_is_an_answer_too() -> None:
    assert answers_in(_workbook(HEADING)) == ()
