"""Forms go onto paper through a real print queue, from their preview and as a set of a unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.services.views.enrolments import EnrolmentView
from tests.paper_scans import pages_of
from tests.print_queue import QUEUE, PrintQueue
from tests.window import desk, main_job
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.office_ledger import case_of, open_ledger

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("window"),
    pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"]),
]

UNIT = "明山县人民医院(演示)"
PRINTED = (main_job.CONFIRMATION, main_job.NOTICE, main_job.APPLICATION, main_job.MEMBER_LIST)
A4 = "210×297"
DPI, DARK = 150, 128
NEAR = 3  # dots of these by which the ink on paper may lie beside that of the kept page


def test_what_is_printed_is_the_kept_form_at_full_size_and_counted(
    start_clerk: StartClerk, office: Path, hands: type[Clerk], queue: PrintQueue
) -> None:
    clerk = start_clerk(office, hands, queue.environment)
    desk.sign_in(clerk, desk.CLERK)
    desk.find_unit(clerk, UNIT)
    _print_next_twice(clerk)
    _wait_for(clerk, queue, jobs=1)
    _print_the_set(clerk)
    _wait_for(clerk, queue, jobs=len(PRINTED))
    clerk.key("Escape")
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, UNIT)
        issued = {one.label: one for one in case.forms}
        assert issued[main_job.CONFIRMATION].copies == 2
        kept = [_kept(case, title) for title in PRINTED]
        pdfs = [services.prints.read_pdf(one) for one in kept]
    assert len(queue.jobs) == len(PRINTED)
    for job, sizes, pdf in zip(queue.jobs, queue.pages(), pdfs, strict=True):
        assert set(sizes) == {A4}
        for paper, page in zip(pages_of(job, DPI), pages_of(pdf, DPI), strict=True):
            beside = [abs(a - b) for a, b in zip(_ink(paper), _ink(page), strict=True)]
            assert max(beside) <= NEAR


def _print_next_twice(clerk: Clerk) -> None:
    """The blue button issues the confirmation; its preview prints it."""
    clerk.press("下一步:打印")
    clerk.see("出具后编号和内容固定")
    clerk.key("Return")
    clerk.see("第1页,共", patience=30)
    clerk.choose("打印机", QUEUE)
    clerk.enter_field("份数")
    clerk.key("ctrl+a")
    clerk.write("2")
    clerk.until(lambda: clerk.text_of("份数") == "2 份" or None, "two copies")
    clerk.shot("print-dialog")
    clerk.press("打印")
    clerk.see("下一步:登记盖章件收回")


def _print_the_set(clerk: Clerk) -> None:
    """All that is printed of a unit, one after another."""
    clerk.key("ctrl+p")
    clerk.has_keys("批量打印")
    clerk.tick("以前打印过的也再打印")
    clerk.shot("print-set")
    clerk.press("打印")
    clerk.see("已完成 3 张")
    clerk.shot("print-set-done")


def _wait_for(clerk: Clerk, queue: PrintQueue, jobs: int) -> None:
    clerk.until(lambda: len(queue.jobs) >= jobs or None, f"{jobs} printed")


def _kept(case: EnrolmentView, title: str) -> int:
    return next(one.issued_id for one in case.forms if one.label == title and one.issued_id)


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is printed, in dots."""
    box = page.point(lambda grey: 255 if grey < DARK else 0).getbbox()
    assert box is not None
    return box
