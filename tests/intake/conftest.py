"""Readers for all files of a run: through the child as in the program, and within this process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator

import pytest

from desktop_app.intake import worker
from desktop_app.intake.children import Child
from desktop_app.intake.frames import HEAD, REFUSED, read_note
from desktop_app.intake.refusals import Refusal
from desktop_app.intake.workbooks import WorkbookReader


class ChildHere(Child):
    """The child's work without the child, where a debugger and the coverage can see it."""

    def ask(
        self, request: dict[str, str], seconds: float, beat: Callable[[], None]
    ) -> Iterator[tuple[bytes, bytes]]:
        with tempfile.TemporaryFile() as answers:
            worker._answer(request, answers.fileno())
            answers.seek(0)
            while head := answers.read(HEAD.size):
                kind, length = HEAD.unpack(head)
                body = answers.read(length)
                if kind == REFUSED:
                    raise Refusal(read_note(body)["reason"])
                beat()
                yield kind, body


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as opened:
        yield opened


@pytest.fixture(scope="session")
def reader_here() -> WorkbookReader:
    here = WorkbookReader()
    here.child = ChildHere()
    return here


@pytest.fixture(params=["reader", "reader_here"])
def each_reader(request: pytest.FixtureRequest) -> WorkbookReader:
    chosen: WorkbookReader = request.getfixturevalue(request.param)
    return chosen
