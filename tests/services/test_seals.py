"""用印登记: one line for all prints of a case or a batch; a wrong one is void and stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from desktop_app.services.drafts import SealDraft
from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.walks import walked

DRAFT = SealDraft((), "明山县演示工会章", 2, TODAY, " 周演示 ", "吴演示")


@pytest.mark.both_databases
def test_a_case_s_prints_are_recorded_in_one_act_and_exported(staff: Staff) -> None:
    walk = walked(staff, "printed")
    seals, number = staff.clerk.seals, f"hb{walk.id:06d}"
    use = seals.record(replace(DRAFT, numbers=(number, "sq-a-2027-00001"))).value
    (line,) = seals.list_uses()
    assert (line.id, line.copies, line.asked_by, line.kept_by) == (use, 2, "周演示", "吴演示")
    assert line.numbers == ("MD-A-2027-00001", "QR-A-2027-00001", "SQ-A-2027-00001")
    assert (line.units, line.void_for) == ((walk.name,), "")
    assert line.prints_text == "MD-A-2027-00001、QR-A-2027-00001等3张"
    target = staff.papers / "用印登记.xlsx"
    seals.export(target)
    rows = list(load_workbook(target).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[-1][:2] == (TODAY.isoformat(), "明山县演示工会章")


@pytest.mark.both_databases
def test_a_batch_s_prints_are_those_it_printed(staff: Staff) -> None:
    walk = walked(staff, "printed")
    assert staff.clerk.seals.numbers_of_batch(1) == ()
    forms = ((walk.id, "application"), (walk.id, "member-list"))
    batch = staff.clerk.print_runs.begin(forms, 1, "extra").value
    staff.clerk.print_runs.send(batch, 1)
    assert staff.clerk.seals.numbers_of_batch(batch) == ("SQ-A-2027-00001",)


@pytest.mark.both_databases
def test_a_wrong_line_is_void_with_its_reason_and_stays(staff: Staff) -> None:
    walked(staff, "printed")
    seals = staff.clerk.seals
    use = seals.record(replace(DRAFT, numbers=("SQ-A-2027-00001",))).value
    seals.void(use, "登记重了")
    assert [line.void_for for line in seals.list_uses()] == ["登记重了"]
    with refused(staff, "seal-void"):
        seals.void(use, "再来一次")
    with refused(staff, "seal-unknown"):
        seals.void(999, "没有的")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"numbers": ()}, "form-unknown"),
        ({"numbers": ("SQ-A-2027-09999",)}, "form-unknown"),
        ({"used_on": TODAY + timedelta(days=1)}, "date"),
        ({"copies": 0}, "seal-copies"),
        ({"seal": " "}, "reason-missing"),
    ],
)
def test_what_cannot_be_is_refused(staff: Staff, more: dict[str, object], code: str) -> None:
    walked(staff, "printed")
    with refused(staff, code):
        staff.clerk.seals.record(replace(DRAFT, **({"numbers": ("SQ-A-2027-00001",)} | more)))  # type: ignore[arg-type]


def test_a_void_print_takes_no_seal(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    staff.clerk.prints.void(issued, "打错")
    with refused(staff, "form-not-valid"):
        staff.clerk.seals.record(replace(DRAFT, numbers=("SQ-A-2027-00001",)))
