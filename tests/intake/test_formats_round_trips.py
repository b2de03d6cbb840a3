"""The same rows in every format come back the same, and where xlrd reads too it sees them too."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.tables import Cell, CellError
from tests.intake.second_reader import plain, xlrd_cells
from tests.intake.test_round_trips import NAMES, NUMBERS, TEXTS, read_here
from tests.nasty.pages import Page
from tests.nasty.records import xls_95, xlsb
from tests.nasty.tagged import ods, web_page, xml_2003
from tests.nasty.written import strict_xlsx, xls, xlsx

DAYS = st.dates(datetime.date(1904, 1, 2), datetime.date(2099, 12, 31))
FLOATS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4) + 0.0)
ERRORS = st.sampled_from(["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"]).map(CellError)
# Text that only looks like something else stays text: zeros, 18 digits, formulas, dates, errors.
ODD_TEXTS = st.sampled_from(
    ["0012", "'0012", "999999199001011234", "=1+1", "=HYPERLINK(1)", "+8613800138000", "@x", "-1",
     "1990-01-31", "4.2E+17", "TRUE", "<b>&amp;", '引"号"', "a,b;c\td", "第一\n第二", "𠮷野·䶮",
     "１２３", "  ".join("两格")]
)  # fmt: skip
CELLS = st.none() | NAMES | NUMBERS | TEXTS | ODD_TEXTS | FLOATS | DAYS | ERRORS | st.booleans()
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=10)
TYPED = {"xlsx": xlsx, "strict": strict_xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "xml": xml_2003}


def seen(rows: list[tuple[object, ...]]) -> dict[tuple[int, int], object]:
    """Every cell with a value by row and column."""
    return {
        (row, column): value
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if (value := plain(cell)) is not None
    }


@pytest.mark.parametrize("kind", TYPED)
@settings(max_examples=20, deadline=None)
@given(rows=ROWS)
def test_typed_cells_come_back_as_they_were(kind: str, rows: list[list[Cell]]) -> None:
    (read,) = read_here(TYPED[kind]([Page(rows)]))
    assert seen(read) == seen([tuple(row) for row in rows])


OLD = st.none() | ODD_TEXTS.filter(lambda text: "𠮷" not in text) | FLOATS | DAYS | ERRORS
GBK = TEXTS.filter(lambda text: text.encode("gbk", "ignore").decode("gbk") == text)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(OLD | GBK | NUMBERS, min_size=1, max_size=6), min_size=1, max_size=10))
def test_a_workbook_of_excel_95_comes_back_in_its_code_page(rows: list[list[Cell]]) -> None:
    (read,) = read_here(xls_95([Page(rows)]))
    assert seen(read) == seen([tuple(row) for row in rows])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(NAMES | NUMBERS | TEXTS | ODD_TEXTS, min_size=1, max_size=6), min_size=1),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_the_texts_of_a_web_page_come_back(rows: list[list[Cell]], encoding: str) -> None:
    (read,) = read_here(web_page([Page(rows)], encoding))
    assert seen(read) == seen([tuple(row) for row in rows])


@pytest.mark.parametrize("write", [xls, xls_95])
@settings(max_examples=12, deadline=None)
@given(rows=st.lists(st.lists(OLD | GBK | NUMBERS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_xlrd_sees_the_same_in_what_is_read_as_xls(
    write: Callable[[list[Page]], bytes], rows: list[list[Cell]]
) -> None:
    data = write([Page(rows)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xls"
        path.write_bytes(data)
        theirs = {(row, column): value for (_, row, column), value in xlrd_cells(path).items()}
    (read,) = read_here(data)
    assert seen(read) == theirs
