"""Every generated roster sent back with remarks reads again as it did, but for what was mended."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.rosters.letters import EXPLANATIONS, Letter, remarks_on
from desktop_app.domain.rosters.rosters import RosterReport, read_roster
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Workbook
from desktop_app.intake.letters import Written, written
from desktop_app.intake.workbooks import WorkbookReader
from desktop_app.services.rosters.roster_checks import names_by_row
from tests.domain.rosters import number
from tests.domain.schemes import scheme_named
from tests.intake.conftest import ChildHere
from tests.nasty.cases import Case
from tests.nasty.of_codes import OF_CODES
from tests.nasty.of_formats import OF_FORMATS
from tests.nasty.of_layouts import OF_LAYOUTS
from tests.nasty.written import strict_xlsx, xlsx

ON = datetime.date(2026, 12, 1)
CASES = [
    case
    for case in (*OF_CODES, *OF_LAYOUTS, *OF_FORMATS)
    if all(row is not None for _, row, _, _ in case.told)
]
FORMULA_LIKE = st.builds(
    str.__add__,
    st.sampled_from(("=", "+", "-", "@", "\t", "=cmd|' /C calc'!", "=HYPERLINK(", "_x003D_")),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12),
).filter(str.strip)  # a blank cell may come back empty


@pytest.fixture(scope="module")
def here() -> WorkbookReader:
    reader = WorkbookReader()
    reader.child = ChildHere()
    return reader


def judged(workbook: Workbook, scheme: Scheme | None = None) -> RosterReport:
    return read_roster(workbook, scheme=scheme, on=ON)


def sent(reader: WorkbookReader, path: Path, report: RosterReport) -> tuple[Path, Written]:
    """The letter, lying beside the file."""
    remarks = remarks_on(report.findings, names_by_row(report))
    made = written(reader, path, Letter("名单需更正的内容", ("说明",), ON, remarks))
    target = path.with_name("需更正.xlsx")
    target.write_bytes(made.data)
    return target, made


def facts(report: RosterReport) -> tuple[object, ...]:
    """Counts and findings; a file without sheets' names gets one, and its letter tells a sheet."""
    found = [
        (one.row, one.column, one.code, one.message)
        for one in report.findings
        if one.code != "letter-sheet"
    ]
    return report.rows_read, len(report.accepted), report.rejected, sorted(found, key=str)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_roster_sent_back_reads_as_it_came(
    case: Case, here: WorkbookReader, tmp_path: Path
) -> None:
    path = tmp_path / f"花名册{case.suffix}"
    path.write_bytes(case.write(case.pages))
    scheme = scheme_named(case.scheme) if case.scheme else None
    before = judged(here.read(path), scheme)
    letter, made = sent(here, path, before)
    after = judged(here.read(letter), scheme)
    assert facts(after) == facts(before)
    assert [one.sheet for one in after.findings if one.code == "letter-sheet"] == [EXPLANATIONS]
    # openpyxl, which copies, does not open a strict workbook
    assert made.same_looks is (case.write is xlsx)
    with zipfile.ZipFile(letter) as parts:
        assert not any(b"<f" in parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_a_strict_workbook_is_among_them() -> None:
    assert any(case.write is strict_xlsx for case in CASES)


def test_what_is_mended_is_told_no_more_and_the_rest_as_before(
    here: WorkbookReader, tmp_path: Path
) -> None:
    case = next(one for one in OF_FORMATS if one.write is xlsx)
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(case.write(case.pages))
    before = judged(here.read(path))
    letter, made = sent(here, path, before)
    assert sent(here, path, before)[1].data == made.data  # the same file, the same letter
    bad = next(one for one in before.findings if one.code == "identity-damaged")
    book = openpyxl.load_workbook(letter)
    book[str(bad.sheet)][f"{bad.column}{bad.row}"] = number(sequence=777)
    book.save(letter)
    after = judged(here.read(letter))
    left = [one for one in before.findings if one is not bad]
    assert [one for one in after.findings if one.code != "letter-sheet"] == left
    assert len(after.accepted) == len(before.accepted) + 1
    again, _ = sent(here, letter, after)  # a letter about a letter: one sheet of explanations
    names = openpyxl.load_workbook(again).sheetnames
    assert [name for name in names if name.startswith(EXPLANATIONS)] == [EXPLANATIONS]
    mended = openpyxl.load_workbook(again)[str(bad.sheet)][f"{bad.column}{bad.row}"]
    assert mended.comment is None
    assert mended.fill.fill_type is None


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(FORMULA_LIKE, min_size=2, max_size=5), st.booleans())
def test_text_like_a_formula_goes_and_comes_back_as_the_text_it_was(
    here: WorkbookReader, tmp_path: Path, texts: list[str], as_workbook: bool
) -> None:
    rows = [("姓名", "身份证号", "备注"), *(("王", "1", text) for text in texts)]
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook_of(rows) if as_workbook else text_of(rows))
    before = here.read(path)
    letter, _ = sent(here, path, judged(before))
    after = here.read(letter)
    assert [line.cells for line in after.sheets[0].lines] == [
        line.cells for line in before.sheets[0].lines
    ]
    sheet = openpyxl.load_workbook(letter).worksheets[0]
    for row in sheet.iter_rows(min_row=2, min_col=3):
        for cell in row:
            assert cell.data_type in ("s", "n")  # n: nothing in it
            like = isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t"))
            assert bool(cell.quotePrefix) is like


def workbook_of(rows: list[tuple[str, ...]]) -> bytes:
    """As a unit has it in Excel: text, whatever it begins with."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(at, column)
            cell.value = text
            cell.data_type = "s"
    book.save(target)
    return target.getvalue()


def text_of(rows: list[tuple[str, ...]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8-sig")
