"""Pages of papers that had gone from view before they were named by their paper: back they come."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.services.desks import Staff
from tests.services.test_receptions import note_of, scans_of, sheets, take
from tests.services.walks import Walk, walked

MIGRATION: Any = importlib.import_module("db.migrations.versions.0030_pages_of_papers")
PROOF = "insurance-proof"


def put_back(staff: Staff) -> None:
    with staff.database.writing() as uow:
        MIGRATION.put_back(uow.session.connection())
        uow.commit()


@pytest.fixture
def walk(staff: Staff, tmp_path: Path) -> Walk:
    """A proof of three pages as the program before left it: only the last stands."""
    made = walked(staff, "roster")
    take(staff, sheets(tmp_path, "ONE", "TWO", "THREE"))
    pages = [page.id for page in staff.clerk.receptions.tray()]
    staff.clerk.receptions.assign_to_case(pages, made.id, PROOF)
    staff.run(
        "UPDATE enrolment_paper SET pages = 1, attachment_id ="
        " (SELECT max(attachment_id) FROM scanned_page) WHERE paper_key = 'insurance-proof'"
    )
    staff.run("UPDATE scanned_page SET paper_key = NULL")
    assert scans_of(staff, made, PROOF) == [("证明-3.pdf", 1)]
    return made


@pytest.mark.both_databases
def test_the_pages_before_the_last_are_the_proof_s_again(staff: Staff, walk: Walk) -> None:
    put_back(staff)
    assert scans_of(staff, walk, PROOF) == [(f"证明-{at}.pdf", 1) for at in (1, 2, 3)]
    assert note_of(staff, walk, PROOF) == "3页"
    assert staff.clerk.receptions.tray() == ()


@pytest.mark.both_databases
def test_pages_whose_place_another_file_took_wait_for_a_person(staff: Staff, walk: Walk) -> None:
    walk.proof()
    put_back(staff)
    assert len(staff.clerk.receptions.tray()) == 3
    assert [pages for _name, pages in scans_of(staff, walk, PROOF)] == [1]


def test_pages_of_which_nothing_tells_the_paper_wait_for_a_person(staff: Staff, walk: Walk) -> None:
    staff.run("DELETE FROM change_log WHERE table_name = 'scanned_page'")
    put_back(staff)
    assert len(staff.clerk.receptions.tray()) == 2
    assert scans_of(staff, walk, PROOF) == [("证明-3.pdf", 1)]
