"""A unit's own workbook with remarks: what stays of it, what stays behind, what is marked."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from desktop_app.domain.rosters.letters import EXPLANATIONS, HEADING, Letter, Remark
from desktop_app.errors import FileError
from desktop_app.intake import letter_files
from desktop_app.intake.letters import packed, unpacked, written
from desktop_app.intake.workbooks import WorkbookReader
from tests.intake.test_locked import PASSWORD, lock

ON = datetime.date(2026, 12, 1)
WRONG = Remark("职工 '一'", 3, "B", "王丽", "身份证号应为18位", "请核对后改正", wrong=True)
ALSO = Remark("职工 '一'", 3, "B", "王丽", "所在地区没有", "", wrong=False)
LOOK = Remark("职工 '一'", 4, "C", "=李", "手机号不对", "请核对", wrong=False)
ROW = Remark("隐藏", 1, None, "", "工作表是隐藏的", "", wrong=False)
LETTER = Letter("一小:名单", ("原文件:一.xlsx",), ON, (WRONG, ALSO, LOOK, ROW))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook with everything that a unit's may have."""
    book, place = Workbook(), tmp_path / "一.xlsx"
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "职工 '一'"
    for row in (
        ("某某小学花名册", None, None, None),
        ("姓名", "证件", "手机", "计算"),
        ("王丽", 1.5e17, "1380", "=1+1"),
        ("=李", "000123", "网页", '=WEBSERVICE("http://x")'),
    ):
        sheet.append(row)
    sheet["A4"].data_type = "s"
    sheet["A1"].font, sheet["B2"].fill = (
        Font(bold=True, size=20),
        PatternFill("solid", fgColor="00FF00"),
    )
    sheet["C4"].hyperlink = "http://x/"
    sheet["B3"].comment = Comment("单位自己的批注", "张会计")
    sheet["A2"].comment = Comment("留着", "张会计")
    sheet.merge_cells("A1:D1")
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "A3"
    sheet.protection.sheet = True
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(picture, "PNG")
    sheet.add_image(Image(picture), "F1")
    sheet.add_table(Table(displayName="t", ref="A2:D4"))
    add_rules(sheet)
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "姓名"
    book.defined_names["外部"] = DefinedName("外部", attr_text="[1]表!$A$1")
    book.custom_doc_props.append(StringProperty(name="密级", value="内部"))
    book.save(place)
    return place


def add_rules(sheet: Worksheet) -> None:
    """One of each kind that stays within the workbook, one that does not."""
    for formula in ('"男,女"', "[1]表!$A$1"):
        rule = DataValidation("list", formula1=formula)
        rule.add("C3")
        sheet.add_data_validation(rule)
    red = PatternFill("solid", bgColor="FF0000")
    sheet.conditional_formatting.add("A3", FormulaRule(formula=["[1]表!A1>1"], fill=red))
    sheet.conditional_formatting.add("B3", FormulaRule(formula=["COUNTIF(B:B,B3)>1"], fill=red))


def letter_of(reader: WorkbookReader, path: Path, letter: Letter = LETTER) -> Workbook:
    made = written(reader, path, letter)
    assert made.same_looks
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    assert isinstance(book, Workbook)
    return book


def test_the_units_rows_and_formats_stay_and_what_runs_or_links_does_not(
    path: Path, each_reader: WorkbookReader
) -> None:
    data = written(each_reader, path, LETTER).data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        everything = b"".join(map(parts.read, names))
    assert not [name for name in names if "media" in name or "external" in name or "custom" in name]
    for gone in (b"<f>", b"http://x", b"[1]", b"WEBSERVICE", "密级".encode()):
        assert gone not in everything
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["职工 '一'"]
    assert (sheet["A1"].font.b, sheet["B2"].fill.fgColor.rgb) == (True, "0000FF00")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet.column_dimensions["B"].width, sheet.freeze_panes) == (33, "A3")
    assert not sheet.protection.sheet
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"男,女"']
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B3"]
    assert list(sheet.tables) == ["t"]
    assert book["隐藏"].sheet_state == "hidden"
    assert sheet["A2"].comment.text == "留着"


def test_bad_cells_are_filled_and_commented_and_take_text(
    path: Path, reader_here: WorkbookReader
) -> None:
    book = letter_of(reader_here, path)
    sheet = book["职工 '一'"]
    wrong, look = sheet["B3"], sheet["C4"]
    assert wrong.comment.text.splitlines()[:2] == [
        "身份证号应为18位,请核对后改正。",
        "所在地区没有。",
    ]
    assert "单位自己的批注" in wrong.comment.text
    assert (wrong.fill.fgColor.rgb, look.fill.fgColor.rgb) == ("00FFC7CE", "00FFF2CC")
    assert (wrong.value, wrong.number_format) == (1.5e17, "@")
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].quotePrefix) == ("=李", "s", True)
    assert book["隐藏"]["A1"].comment is not None


def test_the_explanations_say_where_who_what_and_how_and_lead_to_the_cell(
    path: Path, reader_here: WorkbookReader
) -> None:
    sheet = letter_of(reader_here, path)[EXPLANATIONS]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    at = rows.index(HEADING)
    assert rows[at + 1 :] == [
        ("须改正", "职工 '一' 第3行 B列", "王丽", "身份证号应为18位", "请核对后改正"),
        ("请核对", "职工 '一' 第3行 B列", "王丽", "所在地区没有", None),
        ("请核对", "职工 '一' 第4行 C列", "=李", "手机号不对", "请核对"),
        ("请核对", "隐藏 第1行", None, "工作表是隐藏的", None),
    ]
    links = [sheet.cell(at + row, 2).hyperlink for row in range(2, 6)]
    assert [link.location if link else None for link in links] == [
        "'职工 ''一'''!B3", "'职工 ''一'''!B3", "'职工 ''一'''!C4", None,
    ]  # fmt: skip


def test_the_roster_is_what_one_sees_first(path: Path, reader_here: WorkbookReader) -> None:
    book = letter_of(reader_here, path)
    assert book.active.title == "职工 '一'"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [
        True, False, None,
    ]  # fmt: skip


def test_a_letter_about_a_letter_takes_the_old_marks_off_and_leaves_the_units_comment(
    path: Path, reader_here: WorkbookReader
) -> None:
    path.write_bytes(written(reader_here, path, LETTER).data)
    book = letter_of(reader_here, path, Letter("一小", (), ON, ()))
    sheet = book["职工 '一'"]
    assert sheet["B3"].comment.text == "单位自己的批注"
    assert sheet["B3"].fill.fill_type is None
    assert sheet["C4"].comment is None
    assert [row[0] for row in book[EXPLANATIONS].iter_rows(min_row=4, values_only=True)] == [
        "没有查出要更正的内容。"
    ]


def test_merged_cells_are_marked_at_their_first(path: Path, reader_here: WorkbookReader) -> None:
    title = Remark("职工 '一'", 1, "C", "", "标题", "", wrong=True)
    sheet = letter_of(reader_here, path, Letter("一小", (), ON, (title,)))["职工 '一'"]
    assert sheet["A1"].comment.text == "标题。"


def test_a_locked_file_is_marked_and_the_letter_locked_with_what_is_asked(
    tmp_path: Path, reader: WorkbookReader
) -> None:
    path = lock(tmp_path / "花名册.xlsx", PASSWORD)
    reader.unlock(path, PASSWORD)
    target = tmp_path / "需更正.xlsx"
    target.write_bytes(written(reader, path, Letter("一小", (), ON, ()), "另一个 2026").data)
    with pytest.raises(FileError) as refused:
        reader.read(target)
    assert refused.value.code == "file-password"
    reader.unlock(target, "另一个 2026")
    workbook = reader.read(target)
    assert [sheet.name for sheet in workbook.sheets] == ["Sheet", EXPLANATIONS]
    assert workbook.sheets[0].lines[1].cells == ("王丽", "000123")


def test_a_file_that_is_gone_meanwhile_is_said_to_be(
    tmp_path: Path, each_reader: WorkbookReader
) -> None:
    with pytest.raises(FileError) as refused:
        written(each_reader, tmp_path / "没有.xlsx", LETTER)
    assert refused.value.code == "file-missing"


def test_a_sheet_formatted_to_its_last_row_is_written_anew_where_a_copy_has_no_room(
    path: Path, reader_here: WorkbookReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(reader_here, path, LETTER).same_looks
    monkeypatch.setattr(letter_files, "MOST_COPIED", 100)
    made = written(reader_here, path, LETTER)
    assert not made.same_looks
    sheet = openpyxl.load_workbook(io.BytesIO(made.data)).worksheets[0]
    assert sheet.max_row == openpyxl.load_workbook(path).worksheets[0].max_row


def test_a_unit_may_have_a_sheet_called_like_ours(
    path: Path, tmp_path: Path, reader_here: WorkbookReader
) -> None:
    book = openpyxl.load_workbook(path)
    book.create_sheet(EXPLANATIONS).append(["姓名", "证件"])
    book.save(path)
    names = letter_of(reader_here, path).sheetnames
    assert names[-2:] == [EXPLANATIONS, f"{EXPLANATIONS}1"]


def test_a_letter_reaches_the_child_as_it_is() -> None:
    assert unpacked(packed(LETTER)) == LETTER
