"""Forms of many units at once: the plan tells each form's fate and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.services.papers.print_batches import PORTION
from desktop_app.services.views.print_batches import BatchLine
from tests.services.desks import Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

TWO = ("application", "member-list")
OTHERS = people(10, start=100, women=2)


def planned(staff: Staff, units: tuple[int, ...], forms: tuple[str, ...]) -> list[BatchLine]:
    before = staff.counts()
    lines = staff.clerk.print_batches.plan(units, forms).lines
    assert staff.counts() == before
    return list(lines)


@pytest.mark.both_databases
def test_each_units_forms_stand_together_in_the_order_asked_for(staff: Staff) -> None:
    first = walked(staff, "approved", name="甲厂(演示)")
    second = walked(staff, "approved", name="乙厂(演示)", rows=OTHERS)
    lines = planned(staff, (second.unit_id, first.unit_id), ("member-list", "application"))
    assert [(line.unit, line.form_key) for line in lines] == [
        ("乙厂(演示)", "application"), ("乙厂(演示)", "member-list"),
        ("甲厂(演示)", "application"), ("甲厂(演示)", "member-list"),
    ]  # fmt: skip
    assert [line.enrolment_id for line in lines] == [second.id, second.id, first.id, first.id]
    assert {(line.issued_id, line.number, line.pages, line.refusal) for line in lines} == {
        (None, "", 0, "")
    }


def test_a_form_printed_before_tells_its_number_pages_and_copies(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    staff.clerk.prints.record_copy(issued, "first", "办公室")
    (line,) = planned(staff, (walk.unit_id,), ("application",))
    assert (line.issued_id, line.number, line.pages, line.copies) == (
        issued, "SQ-A-2027-00001", 1, 1,
    )  # fmt: skip
    assert staff.clerk.prints.number_of(issued) == line.number


def test_a_kept_form_is_named_by_its_number_and_its_unit(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "approved", name="甲/乙厂(演示)")
    issued = staff.clerk.prints.issue(walk.id, "application").value
    kept = Path(staff.clerk.prints.save_in(issued, tmp_path))
    assert kept == tmp_path / "SQ-A-2027-00001 甲_乙厂(演示).pdf"
    assert kept.read_bytes() == staff.clerk.prints.read_pdf(issued)


def test_what_cannot_be_printed_says_why_and_what_to_do(staff: Staff) -> None:
    early = walked(staff, "submitted")
    nothing = staff.clerk.units.register(unit_draft("还没申请的厂(演示)")).value
    lines = planned(staff, (early.unit_id, nothing), ("application",))
    assert [(line.refusal, line.remedy) for line in lines] == [
        ("审核通过后才能打印。", "请先完成前面的步骤。"),
        ("今年还没有申请。", "请先在单位页面办理新的申请。"),
    ]
    assert lines[1].enrolment_id is None


def test_a_void_application_counts_as_none(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.reviewer.mending.void(walk.id, "填错了")
    (line,) = planned(staff, (walk.unit_id,), ("application",))
    assert line.refusal == "今年还没有申请。"


def test_the_plan_offers_the_forms_of_the_scheme_and_counts_its_portions(staff: Staff) -> None:
    walk = Walk(staff).start()
    steps: list[tuple[int, int]] = []
    units = (walk.unit_id,) * (2 * PORTION + 3)
    plan = staff.clerk.print_batches.plan(
        units, (), lambda done, whole: steps.append((done, whole))
    )
    assert plan.forms[0] == ("payment-notice", "职工互助保障会费缴费通知单")
    assert plan.lines == ()
    assert steps == [(PORTION, 203), (2 * PORTION, 203), (203, 203)]


def test_an_unknown_form_or_unit_is_refused(staff: Staff) -> None:
    walk = Walk(staff).start()
    with refused(staff, "form-unknown"):
        staff.clerk.print_batches.plan((walk.unit_id,), ("diploma",))
    with refused(staff, "unit-unknown"):
        staff.clerk.print_batches.plan((999,), TWO)
