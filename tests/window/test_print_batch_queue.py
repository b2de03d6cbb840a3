"""A batch that is stopped and taken up again: a real print queue gets every form once, in order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zxingcpp

from db.models.papers import IssuedForm
from tests.faults import test_press
from tests.faults.acts import county
from tests.paper_scans import pages_of
from tests.print_queue import PrintQueue

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]
DPI, PATIENCE = 200, 120.0


def press(office: Path, queue: PrintQueue, stop_behind: int) -> None:
    command = [sys.executable, "-m", "tests.window.press_program", str(office), str(stop_behind)]
    here = {**os.environ, **queue.environment, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, cwd=ROOT, env=here, check=True, timeout=PATIENCE)


def wait_for(queue: PrintQueue, jobs: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(queue.jobs) < jobs:
        assert time.monotonic() < until, f"{len(queue.jobs)} of {jobs} printed"
        time.sleep(0.05)


def codes_on(job: bytes) -> set[str]:
    """What the printed pages say they are."""
    return {
        code.text.rpartition("/")[0]
        for page in pages_of(job, DPI)
        for code in zxingcpp.read_barcodes(page)
    }


def test_a_cancelled_and_resumed_batch_reaches_the_printer_in_order(
    tmp_path: Path, queue: PrintQueue
) -> None:
    office = tmp_path / "office"
    batch = test_press.prepare(office)
    press(office, queue, stop_behind=3)
    staff = county.opened(office)
    run = staff.clerk.print_runs.get(batch)
    staff.database.close()
    sheets = len(run.lines)
    assert 0 < run.left < sheets
    assert not run.ended
    press(office, queue, stop_behind=sheets)
    wait_for(queue, sheets)
    staff = county.opened(office)
    run = staff.clerk.print_runs.get(batch)
    with staff.database.reading() as uow:
        wanted = [uow.session.get_one(IssuedForm, line.issued_id).code for line in run.lines]
    staff.database.close()
    assert (run.ended, run.left) == (True, 0)
    assert [codes_on(job) for job in queue.jobs] == [{code} for code in wanted]


def test_forms_beside_the_way_reach_the_printer_in_order_and_again_behind_a_jam(
    tmp_path: Path, queue: PrintQueue
) -> None:
    office = tmp_path / "office"
    usual = test_press.prepare(office)
    staff = county.opened(office)
    runs = staff.clerk.print_runs
    cases = list(dict.fromkeys(line.enrolment_id for line in runs.get(usual).lines))[:2]
    forms = [(case, form) for case in cases for form in ("file-index", "correction-request")]
    batch = runs.begin(forms, 1, "extra").value
    staff.database.close()
    press(office, queue, stop_behind=len(forms))
    wait_for(queue, len(forms))
    staff = county.opened(office)
    lines = staff.clerk.print_runs.get(batch).lines
    with staff.database.reading() as uow:
        wanted = [uow.session.get_one(IssuedForm, line.issued_id).code for line in lines]
    assert staff.clerk.print_runs.go_on_behind(batch, lines[1].number, "").value == 2
    staff.database.close()
    press(office, queue, stop_behind=len(forms))
    wait_for(queue, len(forms) + 2)
    assert len(set(wanted)) == len(forms)
    assert [codes_on(job) for job in queue.jobs] == [{code} for code in (*wanted, *wanted[2:])]
