"""A batch of prints cut at random instants: every form comes out once, in order, and is counted."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.faults.acts import county
from tests.services.desks import Staff, people
from tests.services.walks import Walk

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills are of Linux"),
]
ROOT = Path(__file__).resolve().parents[2]
UNITS, FORMS, PATIENCE = 4, ("payment-notice", "application", "member-list"), 120.0
SPREAD = 0.2  # seconds: between two sheets
REGISTER = text(
    "SELECT f.number, c.copy_no, c.reason_code FROM print_copy c"
    " JOIN issued_form f ON f.id = c.issued_form_id ORDER BY f.id"
)


def prepare(folder: Path) -> int:
    """An office with a batch that is begun; gives the batch."""
    staff = county.prepare(folder)
    cases = []
    for number in range(UNITS):
        walk = Walk(staff, f"第{number}厂(演示)", rows=people(2, start=2 * number), at_work=2)
        walk.women = None
        walk.start()
        for step in (walk.roster, walk.submitted, walk.approved):
            step()
        cases.append(walk.id)
    forms = [(case, form) for case in cases for form in FORMS]
    batch = staff.clerk.print_runs.begin(forms, 1, "extra").value
    staff.database.close()
    return batch


def cut(folder: Path, tray: Path, chance: random.Random) -> bool:
    """Print on and be killed at an instant behind the next sheet or two; whether it was."""
    command = [sys.executable, "-m", "tests.faults.press", str(folder), str(tray)]
    sheets, until = len(come_out(tray)) + chance.randint(1, 2), time.monotonic() + PATIENCE
    with subprocess.Popen(command, cwd=ROOT) as program:
        while program.poll() is None and len(come_out(tray)) < sheets:
            assert time.monotonic() < until, "nothing comes out"
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, SPREAD))
        cut_off = program.poll() is None
        program.kill()
        program.wait(PATIENCE)
    return cut_off


def come_out(tray: Path) -> list[str]:
    return tray.read_text().split() if tray.exists() else []


def look_and_name_the_last(staff: Staff, batch: int, tray: Path) -> None:
    """What a clerk does after a cut: the sheet on top of the tray is the last good one."""
    numbers = come_out(tray)
    staff.clerk.print_runs.go_on_behind(batch, numbers[-1] if numbers else "", "演示打印机")
    printed = [
        one.number for one in staff.clerk.print_runs.get(batch).lines if one.state == "printed"
    ]
    assert printed == numbers


def test_killed_at_any_instant_a_batch_loses_and_repeats_none(tmp_path: Path) -> None:
    folder, tray = tmp_path / "office", tmp_path / "tray"
    batch, chance, cuts = prepare(folder), random.Random(1), 0
    while cut(folder, tray, chance):
        cuts += 1
        staff = county.opened(folder)
        look_and_name_the_last(staff, batch, tray)
        ended = staff.clerk.print_runs.get(batch).ended
        staff.database.close()
        if ended:
            break
    staff = county.opened(folder)
    lines = staff.clerk.print_runs.get(batch).lines
    with staff.database.reading() as uow:
        register = [tuple(row) for row in uow.session.execute(REGISTER)]
    assert county.common_faults(staff) == []
    staff.database.close()
    assert cuts  # how many depends on how fast the machine is
    assert come_out(tray) == [line.number for line in lines]
    assert len(set(come_out(tray))) == UNITS * len(FORMS)
    assert register == [(line.number, 1, "first") for line in lines]
