"""A bad list is repaired, stored, written back to the unit, and its correction taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.services.samples.shapes import SampleUnit
from tests.window import desk, mended_list, new_unit
from tests.window.clerk import Clerk
from tests.window.conftest import StartClerk
from tests.window.keyboard import KeyboardClerk
from tests.window.office_ledger import case_of, open_ledger
from tests.window.sizes import unit_of

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("window"),
    pytest.mark.parametrize("hands", [Clerk, KeyboardClerk], ids=["mouse", "keyboard"]),
]

OTHER_SEED = 78  # no unit of the sample county


def test_a_bad_list_is_repaired_stored_and_its_correction_taken_in(
    start_clerk: StartClerk, office: Path, tmp_path: Path, hands: type[Clerk]
) -> None:
    unit = unit_of(30, tmp_path / "sent", OTHER_SEED)
    bad = mended_list.write_bad_list(tmp_path / "花名册.xlsx", unit.workers)
    clerk = start_clerk(office, hands)
    name = _begin(clerk, unit)
    mended_list.drop_list(clerk, bad, "可用 28 人")
    mended_list.decide_repairs(clerk, "空格")
    clerk.see("可用 28 人")
    mended_list.type_number(clerk, unit.workers[0].identity)
    clerk.see("可用 29 人")
    letter = mended_list.save_letter(clerk, bad)
    clerk.shot("letter-saved")
    clerk.press("存入")
    clerk.see("1 人待补")
    mended_list.answer_letter(letter, unit.workers)
    mended_list.drop_list(clerk, letter, "可用 ")
    clerk.shot("correction")
    clerk.press("存入")
    clerk.see("30 人在内")
    mended_list.drop_list(clerk, letter, "没有新的人")
    clerk.shot("the-same-again")
    clerk.key("Escape")
    assert clerk.close_window() == 0
    with open_ledger(office) as services:
        case = case_of(services, name)
        assert (case.people, case.parked) == (30, 0)
        listed = {one.name for one in services.rosters.list_people(case.id)}
        assert listed == {one.name for one in unit.workers}


def _begin(clerk: Clerk, unit: SampleUnit) -> str:
    """A unit of the clerk's with an application that waits for its list."""
    desk.sign_in(clerk, desk.CLERK)
    new_unit.register(clerk, unit)
    desk.change_to(clerk, desk.REVIEWER)
    new_unit.open_unit(clerk, unit.name)
    desk.change_to(clerk, desk.CLERK)
    new_unit.start_case(clerk, unit)
    return f"{unit.name}分校"
