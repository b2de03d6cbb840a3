"""Two desks at the same money at once: the second waits, and then sees what the first did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from desktop_app.errors import UserError
from desktop_app.services.money import statements
from desktop_app.services.money.statement_drafts import StatementDraft
from tests.services.desks import Staff
from tests.services.test_matching import came, statement, statement_file

Meanwhile = Callable[[object, str, Callable[[], object]], Future[str]]


def said(act: Callable[[], object]) -> str:
    try:
        act()
    except UserError as refusal:
        return refusal.code
    return "done"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Meanwhile]:
    """Let another desk begin an act right after a function that the first desk's act calls."""
    with ThreadPoolExecutor(1) as pool:

        def let(module: object, name: str, act: Callable[[], object]) -> Future[str]:
            real, told = getattr(module, name), Future[str]()

            def then(*args: object) -> object:
                found = real(*args)
                monkeypatch.setattr(module, name, real)
                other = pool.submit(said, act)
                other.add_done_callback(lambda done: told.set_result(done.result()))
                wait([other], timeout=0.5)  # it may have to wait for this desk
                return found

            monkeypatch.setattr(module, name, then)
            return told

        yield let


def test_a_statement_taken_back_leaves_a_line_that_another_file_has_just_met(
    staff: Staff, meanwhile: Meanwhile
) -> None:
    one, two = came("500.00", "第1小学(演示)", "42"), came("700.00", "第2小学(演示)", "43")
    statement(staff, one)
    [first] = staff.clerk.statements.list_statements()
    back = meanwhile(
        statements,
        "store_lines",
        lambda: staff.reviewer.statements.take_back(first.id, "重读"),
    )
    staff.clerk.statements.store_file(
        StatementDraft(statement_file(staff, one, two), doubtful="known")
    )
    assert back.result(10) == "done"
    assert [line.amount_fen for line in staff.clerk.statements.list_lines()] == [50_000, 70_000]
