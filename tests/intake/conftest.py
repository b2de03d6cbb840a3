"""One reader for all files of a run, as the program keeps one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app.intake.workbooks import WorkbookReader


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as opened:
        yield opened
