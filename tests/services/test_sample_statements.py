"""Five invented banks' layouts: each is read back from every kind of file without a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.statements.statements import StatementReport, read_statement
from desktop_app.intake.workbooks import WorkbookReader
from desktop_app.services.money.statement_drafts import StatementDraft
from desktop_app.services.samples.statements import (
    ACCOUNT,
    KINDS,
    LAYOUTS,
    NAME,
    Layout,
    make_statements,
    sample_lines,
)
from tests.services.desks import Staff

MARCH = date(2026, 3, 1)
TIMES, REFERENCES = {"marked"}, {"numbered", "signed"}  # who lacks the first, who has the second


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("statements")
    assert len(make_statements(made, MARCH)) == 15
    return made


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as made:
        yield made


def read(reader: WorkbookReader, path: Path) -> StatementReport:
    report = read_statement(reader.read(path), today=date(2026, 4, 30))
    assert report.rows_read == len(report.lines) + len(report.refused) + report.skipped
    return report


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_every_layout_is_read_back_line_for_line(
    folder: Path, reader: WorkbookReader, layout: Layout, kind: str
) -> None:
    report = read(reader, folder / f"{layout.title}{kind}")
    assert (report.questions, report.refused, report.blocked) == ((), (), False)
    found = [(one.day, one.amount_fen, one.balance_fen, one.name) for one in report.in_time]
    wanted = sample_lines(MARCH)
    assert found == [(one.at.date(), one.fen, one.balance_fen, one.name) for one in wanted]
    assert [one.account or "" for one in report.in_time] == [one.account for one in wanted]
    assert all(one.memo in read_.memo for one, read_ in zip(wanted, report.in_time, strict=True))
    times = [one.at.time() for one in wanted if layout.key not in TIMES]
    assert [one.time for one in report.in_time if one.time] == times
    references = [one.reference for one in wanted if layout.key in REFERENCES]
    assert [one.reference for one in report.in_time if one.reference] == references
    [chain] = report.chains
    assert (chain.checked, chain.breaks) == (len(wanted) - 1, ())
    assert report.titles.account == ACCOUNT
    assert {one.code for one in report.findings} <= {"total-row", "note-row"}


def test_what_a_file_says_of_its_account_is_found(folder: Path, reader: WorkbookReader) -> None:
    report = read(reader, folder / "演示丙银行流水.xls")
    assert tuple(report.titles) == (ACCOUNT, NAME, MARCH, date(2026, 3, 31))


@pytest.mark.both_databases
def test_the_same_month_in_every_layout_is_one_month(staff: Staff, folder: Path) -> None:
    """Fifteen files of five layouts have the same lines; each is stored once, in any order."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name[::-1]):
        stored = staff.clerk.statements.store_file(StatementDraft(path, new_account=True)).value
        assert (stored["lines"], stored["again"]) == (10, 0)
    lines = staff.clerk.statements.list_lines()
    wanted = sample_lines(MARCH)
    assert [(one.day, one.amount_fen) for one in lines] == [
        (one.at.date(), one.fen) for one in wanted
    ]


def test_files_are_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    for path in make_statements(tmp_path, MARCH):
        assert path.read_bytes() == (folder / path.name).read_bytes()
