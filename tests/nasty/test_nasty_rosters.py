"""Generated rosters of every code, layout and format through the door of `roster check --json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.intake import workbooks
from desktop_app.intake.workbooks import WorkbookReader
from tests.cli.desk import has_chinese, run
from tests.nasty.cases import Case
from tests.nasty.of_codes import OF_CODES
from tests.nasty.of_formats import OF_FORMATS
from tests.nasty.of_layouts import OF_LAYOUTS

CASES = (*OF_CODES, *OF_LAYOUTS, *OF_FORMATS)
ON = "2026-12-01"
# Told by an office's ledger only, by the file's bytes only, or by the scheme of one place.
ELSEWHERE = {
    "duplicate-elsewhere", "file-password", "file-damaged", "file-not-a-workbook", "file-too-large",
}  # fmt: skip
CODES = {
    "name-missing", "name-characters", "name-unencodable", "identity-missing", "identity-length",
    "identity-characters", "identity-check-digit", "identity-birth-date", "identity-damaged",
    "identity-15-digits", "identity-region", "sex-mismatch", "birth-mismatch",
    "duplicate-in-file", "duplicate-elsewhere", "age-below", "age-above", "phone", "bank-card",
    "formula-error", "plan-not-allowed", "shares", "cleaned", "blank-row", "total-row",
    "title-row", "file-password", "file-damaged", "file-not-a-workbook", "file-too-large",
    "header-not-found", "no-rows", "column-guessed", "hidden-rows", "hidden-sheet",
    "sheet-unread", "people-beside",
}  # fmt: skip


@pytest.fixture(scope="module")
def kept() -> Iterator[WorkbookReader]:
    """One child for all of them; each command would start its own."""
    with WorkbookReader() as reader:
        # each command closes the reader that it is lent; this one is to outlive them
        close, reader.close = reader.close, lambda: None  # type: ignore[method-assign]
        yield reader
        reader.close = close  # type: ignore[method-assign]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_roster_is_told_as_the_rules_say(
    case: Case, kept: WorkbookReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "WorkbookReader", lambda: kept)
    path = tmp_path / f"花名册{case.suffix}"
    path.write_bytes(case.write(case.pages))
    scheme = ("--scheme", case.scheme) if case.scheme else ()
    done = run("roster", "check", path, "--on", ON, *scheme)
    found = done.document
    told = [(one["sheet"], one["row"], one["column"], one["code"]) for one in found["findings"]]
    assert sorted(told, key=str) == sorted(case.findings, key=str)
    assert (found["accepted"], found["rejected"], found["skipped"]) == case.counts
    assert found["rows_read"] == sum(case.counts)
    assert done.code == (4 if any(row is None for _, row, _, _ in case.told) else 0)
    assert all(has_chinese(one["message"]) for one in found["findings"])


def test_every_code_is_met_and_no_title_twice() -> None:
    assert len(CASES) == len({case.title for case in CASES}) >= 60
    assert {code for case in CASES for *_, code in case.told} == CODES - ELSEWHERE
