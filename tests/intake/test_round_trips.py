"""Rows written by another program and read back are the same rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import FileError
from desktop_app.intake.frames import HEAD, pack_rows, unpack_rows
from desktop_app.intake.grids import grids_of
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.texts import rows_of
from desktop_app.intake.workbooks import WorkbookReader

RARE = "䶮㛃𬭎堃·𠮷"
NAMES = st.text(st.sampled_from("张王李赵欧阳阿依古丽" + RARE), min_size=1, max_size=8)
NUMBERS = st.from_regex(r"0{0,3}[0-9]{1,14}|999999[0-9]{11}[0-9X]", fullmatch=True)
PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="_")
TEXTS = st.text(PRINTED, max_size=20).map(str.strip)
GB18030 = TEXTS.filter(lambda text: text.encode("gb18030", "ignore").decode("gb18030") == text)
FLOATS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4))


def read_here(data: bytes) -> list[list[tuple[object, ...]]]:
    """Through everything that both processes do, without the pipe between them."""
    sheets = []
    for grid in grids_of(data)[1]:
        rows: list[tuple[object, ...]] = []
        for chunk in grid.chunks:
            frame = pack_rows(chunk.first_row, chunk.rows, chunk.hidden)
            rows.extend(unpack_rows(frame[HEAD.size :]).rows)
        sheets.append(rows)
    return sheets


def _trimmed(rows: list[tuple[object, ...]]) -> list[list[object]]:
    """Without the blanks at the end of rows and of the sheet, which no file has to keep."""
    trimmed = [list(row) for row in rows]
    for row in trimmed:
        while row and row[-1] is None:
            row.pop()
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


ROWS = st.lists(
    st.tuples(NAMES, NUMBERS, st.none() | TEXTS, st.none() | FLOATS | st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 9), st.integers(1, 5))
def test_an_xlsx_comes_back_cell_by_cell(
    rows: list[tuple[object, ...]], top: int, left: int
) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row, start=left):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    (read,) = read_here(buffer.getvalue())
    blank: list[tuple[object, ...]] = [()] * (top - 1)
    expected = blank + [
        (None,) * (left - 1) + tuple(value if value != "" else None for value in row)
        for row in rows
    ]
    assert _trimmed(read) == _trimmed(expected)


TEXT_ROWS = st.lists(st.tuples(NAMES, NUMBERS, GB18030), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    TEXT_ROWS,
    st.sampled_from(["gb18030", "utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\r\n", "\n"]),
)
def test_a_text_file_comes_back_in_every_usual_encoding(
    rows: list[tuple[str, ...]], encoding: str, separator: str, line_end: str
) -> None:
    heading = ("姓名", "身份证号", "备注")
    others = ",;\t|".replace(separator, "")
    # A remark full of other separators could be read two ways by anyone.
    table = [
        heading,
        *((*row[:2], row[2].translate(dict.fromkeys(map(ord, others)))) for row in rows),
    ]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows(table)
    (read,) = read_here(buffer.getvalue().encode(encoding))
    assert read == [tuple(cell or None for cell in row) for row in table]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_is_rows_or_one_refusal(text: str) -> None:
    try:
        answer: object = {type(cell) for row in rows_of(text) for cell in row}
    except Refusal as refused:
        answer = refused.reason
    assert answer in ({str}, set(), "quotes")


def _whole() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张三", "999999199001011234"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WHOLE = _whole()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_rows_or_one_refusal(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        (rows,) = read_here(bytes(broken))
    except Refusal:
        return
    assert _trimmed(rows) == [["姓名", "身份证号"], ["张三", "999999199001011234"]]


def _whole_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for row in range(30):
        sheet.write(row, 0, f"职工{row}")
        sheet.write(row, 1, row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WHOLE_XLS = _whole_xls()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(WHOLE_XLS) - 1), st.sampled_from([0, 1, 0x7F, 0xFF])),
        min_size=1,
        max_size=8,
    )
)
def test_a_damaged_xls_is_rows_or_one_sentence_and_costs_no_child(
    changes: list[tuple[int, int]], tmp_path: Path, reader: WorkbookReader
) -> None:
    broken = bytearray(WHOLE_XLS)
    for place, value in changes:
        broken[place] = value
    path = tmp_path / "a.xls"
    path.write_bytes(bytes(broken))
    try:
        answer = reader.read(path).kind
    except FileError as error:
        answer = error.code
    sentences = {"file-damaged", "file-not-a-workbook", "file-password", "file-too-large"}
    assert answer in sentences | {"xls", "csv"}
