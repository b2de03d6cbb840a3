"""Odd and broken files of public test suites: rows or one sentence, and two readers agree."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop_app.errors import FileError
from desktop_app.intake.workbooks import WorkbookReader, read_workbook
from tests.intake.second_reader import openpyxl_cells, our_cells, xlrd_cells

FOLDER = Path(__file__).parents[1] / "data" / "spreadsheets"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix not in {".md", ""})

REFUSED = {
    "calamine_issue_594_dos.ods": "file-damaged",  # 17 thousand million cells
    "poi_poc-xmlbomb-empty.xlsx": "file-damaged",
    "poi_poc-xmlbomb.xlsx": "file-damaged",
    "poi_protected_passtika.xlsb": "file-password",
    "poi_xor-encryption-abc.xls": "file-password",
}

# What the second reader cannot do, so that only we say what stands there.
SECOND_READER_FAILS = {
    "calamine_issue_174.xlsx",  # openpyxl takes more than 40 s
    "calamine_issue_530.xlsx",  # openpyxl wants a part that the file does not need
    "poi_SimpleStrict.xlsx",  # openpyxl does not know Strict Open XML and shows no sheet
    "poi_sample.strict.xlsx",
    "calamine_issue_385.xls",  # behind the password that Excel itself tries; xlrd opens none
}
# A span of [h]:mm:ss: we give it as shown, xlrd as a date of 1900.
DIFFERENT_ON_PURPOSE = {("calamine_date.xls", ("Sheet1", 3, 1)): "255:10:10"}


PASSWORDS = {"poi_protected_passtika.xlsb": "tika", "poi_xor-encryption-abc.xls": "abc"}


def _expected_code(name: str) -> str | None:
    return REFUSED.get(name) or ("file-damaged" if "clusterfuzz" in name else None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_answered_in_time_with_rows_or_one_sentence(
    path: Path, each_reader: WorkbookReader
) -> None:
    started = time.monotonic()
    expected = _expected_code(path.name)
    if expected is None:
        workbook = each_reader.read(path)
        assert workbook.file_name == path.name
        assert workbook.sheets
        for sheet in workbook.sheets:
            assert [line.row for line in sheet.lines] == list(range(1, len(sheet.lines) + 1))
    else:
        with pytest.raises(FileError) as refused:
            each_reader.read(path)
        assert refused.value.code == expected
        assert refused.value.where == path.name
        assert str(refused.value).count("。") == 1
        assert refused.value.remedy.endswith("。")
    assert time.monotonic() - started < 20


def test_the_corpus_is_there() -> None:
    assert len(FILES) == 67


READABLE = [path for path in FILES if _expected_code(path.name) is None]
OTHER_READERS = {
    ".xlsx": openpyxl_cells,
    ".xlsm": openpyxl_cells,
    ".xls": xlrd_cells,
    ".et": xlrd_cells,
}


@pytest.mark.parametrize(
    "path",
    [p for p in READABLE if p.suffix in OTHER_READERS and p.name not in SECOND_READER_FAILS],
    ids=lambda path: path.name,
)
def test_a_second_reader_sees_the_same_cells_at_the_same_places(
    path: Path, each_reader: WorkbookReader
) -> None:
    ours = our_cells(each_reader.read(path))
    theirs = OTHER_READERS[path.suffix](path)
    for (name, place), value in DIFFERENT_ON_PURPOSE.items():
        if name == path.name:
            assert ours[place] == value
            theirs[place] = value
    assert ours == theirs


def test_strict_open_xml_is_read_too(each_reader: WorkbookReader) -> None:
    cells = our_cells(each_reader.read(FOLDER / "poi_SimpleStrict.xlsx"))
    assert cells["Sheet1", 1, 1] == "test"
    assert cells["Sheet Number 2", 7, 3] == 3.0


@pytest.mark.parametrize("kind", ["ods", "xlsb"])
def test_dates_of_1904_are_the_same_in_every_kind_of_file(
    kind: str, each_reader: WorkbookReader
) -> None:
    def values(name: str) -> list[object]:
        cells = our_cells(each_reader.read(FOLDER / name))
        return [cells[key] for key in sorted(cells)]

    assert values(f"sheetjs_1904.{kind}") == values("sheetjs_1904.xlsx")


def test_a_workbook_that_wps_wrote_as_xml_is_read_like_its_xls(each_reader: WorkbookReader) -> None:
    as_xml = our_cells(each_reader.read(FOLDER / "sheetjs_wps_write.xml"))
    assert as_xml == xlrd_cells(FOLDER / "sheetjs_wps_write.xls")


def test_a_panic_of_the_parser_leaves_the_reader_usable() -> None:
    panicking = FOLDER / "poi_clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls"
    with WorkbookReader() as reader:
        with pytest.raises(FileError):
            reader.read(panicking)
        assert reader.read(FOLDER / "poi_chinese-provinces.xls").sheets[0].lines


def test_a_hidden_sheet_is_marked(each_reader: WorkbookReader) -> None:
    sheets = each_reader.read(FOLDER / "poi_TwoSheetsOneHidden.xlsx").sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet1", True), ("Sheet2", False)]


def test_one_file_needs_no_reader_kept_open() -> None:
    assert read_workbook(FOLDER / "sheetjs_wps_fn.et").kind == "xls"
