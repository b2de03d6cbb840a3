"""Own money and its paper: a statement in, matched, receipts, a batch printed, scanned, packed.

By mouse, and by keyboard alone; soak, some minutes each:
`pytest -n0 -m soak --timeout 0 tests/window/test_money_and_paper.py`.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from db.codes import CaseState, Role
from desktop_app.services.services import Services
from tests.print_queue import PrintQueue
from tests.window import desk, money_in, money_office, paper_round
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.money_office import (
    EXACT,
    FIRST,
    FIRST_FEN,
    MISSING_FEN,
    OVER,
    SCHOOLS,
    SHORT,
    STRANGE_FEN,
    STRANGER,
    THEN,
    TOO_MUCH_FEN,
    TREASURY,
    TWICE,
    UNITS,
)
from tests.window.office_ledger import case_of

pytestmark = [pytest.mark.integration, pytest.mark.soak, pytest.mark.xdist_group("window")]

NAMES = tuple(one.name for one in UNITS)
BACK = {STRANGER: "付错了单位", TWICE.name: "重复缴费", OVER.name: "多缴"}
BACK_FEN = STRANGE_FEN + TWICE.due_fen + TOO_MUCH_FEN
DUE_FEN = sum(one.due_fen for one in UNITS)
FORMS = 3 * len(UNITS)
RECEIPTS = {name: f"YS2027{at:04d}" for at, name in enumerate(NAMES, start=1)}


@pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"])
def test_the_banks_money_and_the_drives_paper_come_to_their_end(
    start_clerk: StartClerk, tmp_path: Path, queue: PrintQueue, hands: type[Clerk]
) -> None:
    office, today = tmp_path / "office", date.today()
    money_office.make_office(office, tmp_path, today)
    first = money_office.write_statement(tmp_path / "对账单.xlsx", FIRST, today, 0)
    then = money_office.write_statement(tmp_path / "补缴.xlsx", THEN, today, FIRST_FEN)
    clerk = start_clerk(office, hands, printer=queue.environment)
    desk.sign_in(clerk, desk.CLERK)
    _book(clerk, first)
    _book_what_was_short(clerk, then)
    _arrive(clerk)
    for name, number in RECEIPTS.items():
        money_in.record_receipt(clerk, name, number)
    money_in.look_at_tie(clerk, "已全部对平")
    stack = _print(clerk, queue, tmp_path / "扫描.pdf")
    paper_round.file_stack(clerk, stack, f"归入 {FORMS} 页,待归 1 页")
    paper_round.set_old_paper_aside(clerk, TWICE.name)
    for name in NAMES:
        paper_round.finish(clerk, name)
    paper_round.put_in_box(clerk, EXACT.name, len(UNITS), "1")
    package = paper_round.pack(clerk, len(UNITS), tmp_path / "U盘")
    assert clerk.close_window() == 0
    _verify(package)
    with money_office.signed_in(office, Role.REVIEWER) as signed:
        _check_money(signed.services)
        _check_paper(signed.services)
        assert signed.services.audits.verify_chain().ok
        assert signed.services.audits.verify_attachments().ok


def _book(clerk: Clerk, statement: Path) -> None:
    """What is certain at once, the rest by hand; what pays for nothing goes back."""
    money_in.read_statement(clerk, statement, len(FIRST), first=True)
    clerk.turn_to("认款")
    money_in.book_certain(clerk, 1)
    schools = tuple(one.name for one in SCHOOLS)
    money_in.book(clerk, TREASURY, "正好分完。", units=schools, left=5)
    money_in.book(clerk, SHORT.name, f"“{SHORT.name}”还欠 100.00 元", left=4)
    money_in.book(clerk, OVER.name, "余款 50.00 元", left=3)
    money_in.book(clerk, TWICE.name, "这家付了 2 笔", left=2)
    money_in.set_aside(clerk, TWICE.name, BACK[TWICE.name], left=1)
    money_in.set_aside(clerk, STRANGER, BACK[STRANGER], left=0)
    for payer, why in BACK.items():
        money_in.ask_refund(clerk, payer, why)
    money_in.look_at_tie(clerk, "未缴 100.00")


def _book_what_was_short(clerk: Clerk, statement: Path) -> None:
    money_in.read_statement(clerk, statement, len(THEN), first=False)
    clerk.turn_to("认款")
    clerk.turn_to("待认款")
    money_in.book_certain(clerk, len(THEN))


def _arrive(clerk: Clerk) -> None:
    """Somebody else says of all money that it came, and that what went back is back."""
    desk.change_to(clerk, desk.REVIEWER)
    money_in.open_report(clerk, "认款")
    clerk.turn_to("余款")
    for payer in BACK:
        money_in.refund_arrived(clerk, payer)
    for name in NAMES:
        money_in.confirm_money(clerk, name)
    desk.change_to(clerk, desk.CLERK)


def _print(clerk: Clerk, queue: PrintQueue, target: Path) -> Path:
    """The batch jams in its middle; one form of it is void behind it, and its paper stays about."""
    paper_round.open_batch(clerk, EXACT.name, FORMS)
    last_good = paper_round.print_until_it_jams(clerk, queue)
    papers = paper_round.print_the_rest(clerk, queue, last_good, FORMS)
    assert len(papers) == FORMS
    anew = paper_round.print_anew(clerk, queue, TWICE.name, paper_round.LIST)
    stack, pages = paper_round.scan([*papers, anew], target)
    assert pages == FORMS + 1
    return stack


def _verify(package: Path) -> None:
    """By the small program in it, which knows nothing of this one."""
    verifier = [sys.executable, "-I", str(package / "verify.py")]
    done = subprocess.run(verifier, capture_output=True, check=False, env={"PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stdout.decode()
    scan = next(path for path in (package / "案卷").rglob("*.pdf"))
    scan.write_bytes(scan.read_bytes()[:-1])
    done = subprocess.run(verifier, capture_output=True, check=False, env={"PYTHONUTF8": "1"})
    assert done.returncode != 0
    assert scan.name in done.stdout.decode()


def _check_money(services: Services) -> None:
    """What the bank says came in is what units paid and what went back, to the fen."""
    lines = services.statements.list_lines()
    came = sum(one.amount_fen for one in lines)
    assert came == FIRST_FEN + MISSING_FEN == DUE_FEN + BACK_FEN
    booked = services.matching.list_booked()
    assert sum(one.line.fen for one in booked) == came
    assert sum(part.fen for one in booked for part in one.parts) == DUE_FEN
    assert not services.matching.proposals().proposals
    left = services.remainders.list_remainders()
    assert {one.payer_name for one in left} == set(BACK)
    assert sum(one.left_fen + one.waiting_fen for one in left) == 0
    for unit in UNITS:
        case = case_of(services, unit.name)
        assert (case.due_fen, case.paid_fen) == (unit.due_fen, unit.due_fen)


def _check_paper(services: Services) -> None:
    files = services.archive_shelves.list_files()
    assert {one.unit for one in files} == set(NAMES)
    assert {(one.box_no, one.shelf) for one in files} == {("1", "三排二层")}
    for unit in UNITS:
        case = case_of(services, unit.name)
        assert case.state == CaseState.FINISHED
        stamped = [form for form in case.forms if form.stamped]
        assert len(stamped) == 3
