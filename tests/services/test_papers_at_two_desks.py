"""Two desks that file pages of the same list or case at once: neither counts without the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.codes import PaperState
from desktop_app.services.papers import receptions
from tests.paper_scans import as_pdf, pages_of
from tests.services.desks import Staff
from tests.services.test_money_at_two_desks import Meanwhile, meanwhile
from tests.services.test_receptions import long_list, paper_state, pdf_of
from tests.services.walks import Walk, walked

__all__ = ["long_list", "meanwhile"]


@pytest.mark.both_databases
def test_a_list_whose_pages_come_in_at_two_desks_at_once_is_back(
    staff: Staff, tmp_path: Path, meanwhile: Meanwhile, long_list: Walk
) -> None:
    pages = pages_of(pdf_of(staff, long_list, "member-list"), 150)
    desk = staff.clerk.receptions
    first = desk.read_scan(as_pdf(pages[:2], tmp_path / "前.pdf"))
    rest = desk.read_scan(as_pdf(pages[2:], tmp_path / "后.pdf"))
    other = meanwhile(receptions, "pages_in", lambda: staff.reviewer.receptions.receive_scan(rest))
    desk.receive_scan(first)
    assert other.result(20) == "done"
    assert paper_state(staff, long_list, "member-list") == PaperState.STAMPED


@pytest.mark.both_databases
def test_the_last_two_papers_at_two_desks_at_once_move_their_case_on(
    staff: Staff, tmp_path: Path, meanwhile: Meanwhile
) -> None:
    walk, desk = walked(staff, "printed"), staff.clerk.receptions
    before = walk.step
    scans = [
        desk.read_scan(
            as_pdf(pages_of(pdf_of(staff, walk, form), 150), tmp_path / f"{form}.pdf", 150)
        )
        for form in ("application", "member-list", "confirmation")
    ]
    desk.receive_scan(scans[0])
    other = meanwhile(
        receptions, "mark_back", lambda: staff.reviewer.receptions.receive_scan(scans[1])
    )
    desk.receive_scan(scans[2])
    assert other.result(20) == "done"
    assert walk.step != before
