"""What we read of the generated rosters is what was written, and what a second reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_app.intake.workbooks import WorkbookReader
from tests.intake.conftest import ChildHere
from tests.intake.second_reader import Cells, openpyxl_cells, our_cells, plain, xlrd_cells
from tests.nasty.cases import Case
from tests.nasty.of_codes import OF_CODES
from tests.nasty.of_formats import OF_FORMATS
from tests.nasty.of_layouts import OF_LAYOUTS
from tests.nasty.pages import Page
from tests.nasty.records import xls_95
from tests.nasty.written import xls, xlsx

SECOND = {xlsx: openpyxl_cells, xls: xlrd_cells, xls_95: xlrd_cells}
CASES = [case for case in (*OF_CODES, *OF_LAYOUTS, *OF_FORMATS) if case.named]


def written(pages: Iterable[Page]) -> Cells:
    return {
        (page.name, row + 1, column + 1): plain(cell)
        for page in pages
        for row, column, cell in page.cells()
        if plain(cell) is not None
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_two_readers_see_every_cell_that_was_written(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xls"
    path.write_bytes(case.write(case.pages))
    reader = WorkbookReader()
    reader.child = ChildHere()
    ours = our_cells(reader.read(path))
    assert ours == written(case.pages)
    # a case's writer may be of any format; only some have a second reader
    second = SECOND.get(case.write)  # type: ignore[call-overload]
    if second is not None:
        assert second(path) == ours
