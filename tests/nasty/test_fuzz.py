"""Spoiled workbooks are rows or one sentence, in time, and the reader goes on to the next."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.rosters.rosters import read_roster
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import SECONDS, WorkbookReader
from tests.nasty.cases import GOOD, HEAD, under
from tests.nasty.mutations import mutant
from tests.nasty.written import xlsx

ON = date(2026, 12, 1)
SENTENCES = {"file-damaged", "file-not-a-workbook", "file-password", "file-too-large"}
MANY = int(os.environ.get("FUZZ_COUNT", "20000"))
FIRST = int(os.environ.get("FUZZ_FIRST", "1000"))
_GRACE = 5.0  # seconds beyond the reader's own clock


def fuzz(first: int, count: int, folder: Path) -> tuple[Counter[str], float, int]:
    """What became of so many mutants, the longest one's seconds and its seed."""
    became: Counter[str] = Counter()
    longest, slowest = 0.0, 0
    path = folder / "花名册.xlsx"
    with WorkbookReader() as reader:
        for seed in range(first, first + count):
            path.write_bytes(mutant(seed))
            started = time.monotonic()
            became[answer(reader, path, seed)] += 1
            took = time.monotonic() - started
            assert took < SECONDS + _GRACE, seed
            if took > longest:
                longest, slowest = took, seed
        path.write_bytes(xlsx(under(HEAD, GOOD)))
        assert len(reader.read(path).sheets[0].lines) == 2
    return became, longest, slowest


def answer(reader: WorkbookReader, path: Path, seed: int) -> str:
    try:
        workbook = reader.read(path)
    except FileError as error:
        refused = error.code
    else:
        report = read_roster(workbook, scheme=None, on=ON)
        assert report.rows_read == len(report.accepted) + report.rejected + report.skipped, seed
        return "people" if report.accepted else "rows"
    assert refused in SENTENCES, seed
    return refused if reader.child.process_id else f"{refused}, the child died"


def test_sixty_spoiled_workbooks_are_rows_or_one_sentence(tmp_path: Path) -> None:
    became, _longest, _slowest = fuzz(1, 60, tmp_path)
    assert became.total() == 60
    assert became["people"] > 0 < became["file-damaged"]


@pytest.mark.soak
def test_fuzz_of_very_many_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """FUZZ_COUNT and FUZZ_FIRST choose how many and the first seed."""
    became, longest, slowest = fuzz(FIRST, MANY, tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{MANY}: {dict(became)}; longest {longest:.1f} s (seed {slowest})\n")
    assert became.total() == MANY
