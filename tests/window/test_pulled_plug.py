"""Own money and its paper with the plug pulled in between: nothing lost, in part, or twice.

Soak; it takes some minutes: `pytest -n0 -m soak --timeout 0 tests/window/test_pulled_plug.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import zxingcpp
from sqlalchemy import text

from db.codes import CaseState, Role
from desktop_app.documents.codes import read_code
from desktop_app.services.services import Services
from desktop_app.services.views.print_batches import RunView
from tests.paper_scans import pages_of
from tests.print_queue import PrintQueue
from tests.window import desk, money_in, money_office, paper_round
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.money_office import (
    EXACT,
    FIRST,
    OVER,
    SCHOOLS,
    SHORT,
    TREASURY,
    TWICE,
    UNITS,
    came,
)
from tests.window.office_ledger import case_of
from tests.window.pulled_plug import Plug

pytestmark = [pytest.mark.integration, pytest.mark.soak, pytest.mark.xdist_group("window")]

NAMES = tuple(one.name for one in UNITS)
CERTAIN = (EXACT, SHORT, OVER, TWICE)
LINES = (*(came(one.due_fen, one) for one in CERTAIN), FIRST[1])
FORMS, COPIES = 3 * len(UNITS), 2
DUE_FEN = sum(one.due_fen for one in UNITS)
AT_PRINTER = 0.1  # of a start of the program: between two sheets
CODES = text("SELECT code, number FROM issued_form")
COPIES_OF = text(
    "SELECT f.number, count(*) FROM print_copy c JOIN issued_form f ON f.id = c.issued_form_id"
    " GROUP BY f.number"
)

Count = Callable[[Services], int]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_plug_that_is_pulled_again_and_again_costs_nothing(
    start_clerk: StartClerk, tmp_path: Path, queue: PrintQueue, seed: int
) -> None:
    office, today = tmp_path / "office", date.today()
    money_office.make_office(office, tmp_path, today)
    statement = money_office.write_statement(tmp_path / "对账单.xlsx", LINES, today, 0)
    clerk = start_clerk(office, printer=queue.environment)
    plug = Plug(clerk, tmp_path, seed)
    plug.sit_down()
    _bring_money_in(plug, statement)
    money_in.look_at_tie(clerk, "已全部对平")
    papers = _print(plug, queue)
    _bring_paper_back(plug, papers, tmp_path / "扫描.pdf")
    _verify(_pack(plug, tmp_path / "U盘"))
    assert clerk.close_window() == 0
    with money_office.signed_in(office, Role.REVIEWER) as signed:
        _check(signed.services)
        with signed.desk.database.reading() as uow:
            copies = dict(tuple(row) for row in uow.session.execute(COPIES_OF))
    assert copies == dict.fromkeys(copies, COPIES)
    assert len(copies) == FORMS
    assert {"reading", "storing", "certain", "by hand", "printing", "filing"} <= set(plug.cuts)


def _bring_money_in(plug: Plug, statement: Path) -> None:
    clerk = plug.clerk
    money_in.drop_statement(clerk, statement)
    assert plug.pull("reading", _lines) == 0
    store = partial(money_in.store_statement, clerk, statement, len(LINES), first=True)
    plug.until_done("storing", store, _all_or_none(_lines, len(LINES)))
    plug.until_done("certain", partial(_say_certain, clerk), _all_or_none(_booked, len(CERTAIN)))
    arrive = partial(_money_arrives, clerk.office)
    plug.until_done("by hand", partial(_share_out, clerk), _all_are_booked, arrive)


def _money_arrives(office: Path) -> None:
    """Somebody else says that it came, and the receipts are written."""
    with money_office.signed_in(office, Role.REVIEWER) as signed:
        for name in NAMES:
            case = case_of(signed.services, name)
            signed.services.payments.confirm(case.id, date.today())
    with money_office.signed_in(office, Role.CLERK) as signed:
        for at, unit in enumerate(UNITS, start=1):
            case = case_of(signed.services, unit.name)
            signed.services.archives.record_receipt(
                case.id, f"YS2027{at:04d}", date.today(), unit.due_fen
            )


def _say_certain(clerk: Clerk) -> None:
    money_in.open_report(clerk, money_in.MATCHING)
    money_in.say_certain(clerk, len(CERTAIN))


def _share_out(clerk: Clerk) -> None:
    money_in.open_report(clerk, money_in.MATCHING)
    schools = tuple(one.name for one in SCHOOLS)
    money_in.share_out(clerk, TREASURY, "正好分完。", schools)


def _print(plug: Plug, queue: PrintQueue) -> list[bytes]:
    """What lies in the tray in the end; behind each cut the clerk looks at the sheet on top."""
    clerk, run = plug.clerk, None
    paper_round.open_batch(clerk, EXACT.name, FORMS)
    clerk.press("打印")
    while run is None or not run.ended:
        wanted = min(len(queue.jobs) + plug.chance.randint(2, 8), FORMS)
        clerk.until(partial(_have_come, queue, wanted), "the next forms", paper_round.SLOW)
        found = plug.pull("printing", _run_and_numbers, AT_PRINTER)
        assert isinstance(found, tuple)
        run, numbers = found
        queue.settle()
        _go_on(clerk, run, numbers[code_on(queue.jobs[-1])])
    assert [numbers[code_on(job)] for job in queue.jobs] == [one.number for one in run.lines]
    return queue.jobs


def _go_on(clerk: Clerk, run: RunView, on_top: str) -> None:
    if run.ended:
        return
    paper_round.choose_all(clerk, EXACT.name)
    clerk.press("接着打上一批")
    if run.unsure is None:
        clerk.press("打印")
        return
    clerk.see("它有没有印好还不知道")
    clerk.fill(paper_round.LAST_GOOD, on_top)
    clerk.press("从最后一张好的后面接着打")


def _have_come(queue: PrintQueue, wanted: int) -> bool | None:
    return len(queue.jobs) >= wanted or None


def _bring_paper_back(plug: Plug, papers: list[bytes], target: Path) -> None:
    clerk = plug.clerk
    stack, pages = paper_round.scan(papers, target)
    assert pages == FORMS
    drop = partial(paper_round.drop_stack, clerk, stack)
    close_others = partial(_finish_others, clerk.office)
    plug.until_done("filing", drop, _all_or_none(_stamped, FORMS), close_others)
    paper_round.file_stack(clerk, stack, f"以前收过 {FORMS} 页")
    close = partial(paper_round.tick_and_finish, clerk, NAMES[0])
    plug.until_done("finishing", close, lambda now: _finished(now) == len(NAMES))
    paper_round.put_in_box(clerk, EXACT.name, len(UNITS), "1")


def _finish_others(office: Path) -> None:
    with money_office.signed_in(office, Role.CLERK) as signed:
        for name in NAMES[1:]:
            signed.services.archives.finish(case_of(signed.services, name).id)


def _pack(plug: Plug, folder: Path) -> Path:
    folder.mkdir()
    plug.until_done("packing", partial(_write, plug.clerk, folder), lambda _now: _packages(folder))
    [package] = folder.iterdir()
    return package


def _write(clerk: Clerk, folder: Path) -> None:
    desk.to_list(clerk)
    clerk.press("收盖章件")
    paper_round.write_package(clerk, len(UNITS), folder)


def _packages(folder: Path) -> list[Path]:
    """Whole ones; what a cut left of one lies hidden until the next try."""
    return [one for one in folder.iterdir() if not one.name.startswith(".")]


def _verify(package: Path) -> None:
    verifier = [sys.executable, "-I", str(package / "verify.py")]
    done = subprocess.run(verifier, capture_output=True, check=False, env={"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stdout.decode()


def code_on(job: bytes) -> str:
    """The code of the one form that was printed; each of its pages carries it."""
    read = [one.text for page in pages_of(job, 200) for one in zxingcpp.read_barcodes(page)]
    [code] = {code.whole for code in map(read_code, read) if code is not None}
    return code


def _all_or_none(count: Count, wanted: int) -> Count:
    def look(services: Services) -> int:
        found = count(services)
        assert found in (0, wanted), f"{found} of {wanted}"
        return found

    return look


def _lines(services: Services) -> int:
    return len(services.statements.list_lines())


def _booked(services: Services) -> int:
    return len(services.matching.list_booked())


def _all_are_booked(services: Services) -> bool:
    return _booked(services) == len(LINES)


def _stamped(services: Services) -> int:
    cases = (case_of(services, name) for name in NAMES)
    return sum(form.stamped for case in cases for form in case.forms)


def _finished(services: Services) -> int:
    return sum(case_of(services, name).state == CaseState.FINISHED for name in NAMES)


def _run_and_numbers(services: Services) -> tuple[RunView, dict[str, str]]:
    run = services.print_runs.last()
    assert run is not None
    with services.audits.desk.database.reading() as uow:
        return run, dict(tuple(row) for row in uow.session.execute(CODES))


def _check(services: Services) -> None:
    """To the fen: what the bank says came in is what units owe, each line booked once."""
    booked = services.matching.list_booked()
    came_fen = sum(one.amount_fen for one in services.statements.list_lines())
    assert came_fen == sum(part.fen for one in booked for part in one.parts) == DUE_FEN
    assert not services.matching.proposals().proposals
    assert not services.remainders.list_remainders()
    tie = services.ties.tie()
    assert tie.free_lines == 0
    assert [one.unit for one in tie.open_lines] == []
    for unit in UNITS:
        case = case_of(services, unit.name)
        assert (case.due_fen, case.paid_fen, case.state) == (
            unit.due_fen, unit.due_fen, CaseState.FINISHED,
        )  # fmt: skip
        assert len(case.payments) == 1
    files = services.archive_shelves.list_files()
    assert Counter(one.unit for one in files) == Counter(NAMES)
    assert services.audits.verify_chain().ok
    assert services.audits.verify_attachments().ok
