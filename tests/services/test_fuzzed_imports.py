"""Spoiled rosters read into a case: all of a file's good rows are stored or none is."""

from __future__ import annotations

import os

import pytest

from desktop_app.errors import UserError
from tests.nasty.mutations import mutant
from tests.services.desks import Staff
from tests.services.walks import Walk

MANY = int(os.environ.get("FUZZ_STORED", "500"))
STORED = ("member", "enrollee", "enrolment_plan")


def stored(staff: Staff) -> dict[str, int]:
    counts = staff.counts()
    return {name: counts[name] for name in STORED}


def read_in(staff: Staff, walk: Walk, seed: int) -> int:
    """How many people a mutant brought; whatever it was, the ledger holds just these more."""
    path = staff.papers / "花名册.xlsx"
    path.write_bytes(mutant(seed))
    before, people = stored(staff), staff.clerk.enrolments.get(walk.id).people
    try:
        brought = staff.clerk.rosters.carry_out(staff.clerk.rosters.plan_file(walk.id, path).value)
    except UserError:
        assert stored(staff) == before, seed
        return 0
    after = stored(staff)
    assert after["enrollee"] - before["enrollee"] == brought.value, seed
    assert staff.clerk.enrolments.get(walk.id).people == people + brought.value, seed
    return brought.value


def fuzz(staff: Staff, first: int, count: int) -> int:
    walk = Walk(staff).start()
    brought = sum(read_in(staff, walk, seed) for seed in range(first, first + count))
    assert staff.clerk.enrolments.get(walk.id).people == brought
    return brought


def test_spoiled_rosters_are_stored_whole_or_not_at_all(staff: Staff) -> None:
    assert fuzz(staff, 1, 15) > 0


@pytest.mark.soak
def test_fuzz_of_many_imports(staff: Staff) -> None:
    """FUZZ_STORED chooses how many."""
    assert fuzz(staff, 100_000, MANY) > 0
