"""A batch of prints with forms beside a case's way: each of its case, in order."""

from __future__ import annotations

import pytest

from desktop_app.services.views.print_batches import BatchLine, BatchPlan
from tests.services.desks import TODAY, YEAR, Staff, people, unit_draft
from tests.services.refusals import refused
from tests.services.test_offers import finished
from tests.services.test_print_runs import PRINTER, put_out, register, states
from tests.services.walks import Walk, walked

FIRST, SECOND = "甲厂(演示)", "乙厂(演示)"


def two(staff: Staff, until: str) -> tuple[Walk, Walk]:
    other = people(10, start=100, women=2)
    return walked(staff, until, name=FIRST), walked(staff, until, name=SECOND, rows=other)


def plan(staff: Staff, walks: tuple[Walk, ...], *forms: str) -> BatchPlan:
    before = staff.counts()
    made = staff.clerk.print_batches.plan([walk.unit_id for walk in walks], forms)
    assert staff.counts() == before
    return made


def wanted(lines: tuple[BatchLine, ...]) -> list[tuple[int, str]]:
    return [(line.enrolment_id or 0, line.form_key) for line in lines if not line.refusal]


def begun(staff: Staff, forms: list[tuple[int, str]], copies: int = 1) -> int:
    return staff.clerk.print_runs.begin(forms, copies, "extra").value


@pytest.fixture
def renewing(staff: Staff) -> tuple[Walk, Walk]:
    """Two units with a case of the year before; the drive is that of the next."""
    walks = two(staff, "confirmed")
    staff.head.schemes.set_year(YEAR + 1)
    return walks


def test_a_plan_offers_the_forms_beside_the_way_by_their_titles(staff: Staff) -> None:
    assert plan(staff, (), "refund-request").further == (
        ("file-index", "卷内目录"),
        ("refund-request", "会费退费申请"),
        ("renewal-notice", "续保通知"),
        ("correction-request", "会员信息更正申请"),
    )


@pytest.mark.both_databases
def test_forms_of_both_sorts_are_printed_in_the_units_order(staff: Staff) -> None:
    walks = two(staff, "approved")
    forms = wanted(plan(staff, walks, "correction-request", "application", "file-index").lines)
    assert forms == [
        (walk.id, key)
        for walk in walks
        for key in ("application", "file-index", "correction-request")
    ]
    batch = begun(staff, forms)
    lines = staff.clerk.print_runs.get(batch).lines
    assert [line.form_label for line in lines[1:3]] == ["卷内目录", "会员信息更正申请"]
    numbers = put_out(staff, batch, range(1, 7))
    assert [number[:2] for number in numbers] == ["SQ", "JN", "GZ"] * 2
    run = staff.clerk.print_runs.get(batch)
    assert (run.ended, [line.pages for line in run.lines]) == (True, [1] * 6)
    assert [(number, no) for number, no, _why in register(staff)] == [
        (number, 1) for number in sorted(numbers)
    ]


def test_a_unit_that_a_form_is_not_for_is_left_out_with_the_reason(staff: Staff) -> None:
    walks = two(staff, "confirmed")
    staff.clerk.refunds.ask(walks[1].id, 10_000, TODAY, "多缴了")
    nobody = staff.clerk.units.register(unit_draft("还没申请的厂(演示)")).value
    units = [walk.unit_id for walk in walks] + [nobody]
    lines = staff.clerk.print_batches.plan(units, ("refund-request",)).lines
    assert [(line.unit, line.refusal, line.remedy) for line in lines] == [
        (FIRST, "没有登记了还没到账的退费。", "请先按F7登记申请退费。"),
        (SECOND, "", ""),
        ("还没申请的厂(演示)", "今年还没有申请。", "请先在单位页面办理新的申请。"),
    ]
    batch = begun(staff, wanted(lines))
    (number,) = put_out(staff, batch, range(1, 2))
    assert number.startswith("TF-A-")
    assert staff.clerk.print_runs.get(batch).ended


@pytest.mark.both_databases
def test_behind_a_jam_the_same_forms_come_out_under_the_same_numbers(
    staff: Staff, renewing: tuple[Walk, Walk]
) -> None:
    lines = plan(staff, renewing, "renewal-notice").lines
    batch = begun(staff, wanted(lines), copies=2)
    numbers = put_out(staff, batch, range(1, 3))
    assert staff.clerk.print_runs.go_on_behind(batch, numbers[0], PRINTER).value == 1
    assert states(staff, batch) == ["printed", "waits"]
    assert put_out(staff, batch, range(2, 3)) == numbers[1:]
    assert register(staff) == [
        (numbers[0], 1, "first"), (numbers[0], 2, "extra"),
        (numbers[1], 1, "first"), (numbers[1], 2, "extra"),
        (numbers[1], 3, "jam"), (numbers[1], 4, "extra"),
    ]  # fmt: skip
    (again, _other) = plan(staff, renewing, "renewal-notice").lines
    assert (again.number, again.pages, again.copies) == (numbers[0], 1, 2)


def test_a_form_that_was_cut_is_named_before_the_next_one_goes(
    staff: Staff, renewing: tuple[Walk, Walk]
) -> None:
    batch = begun(staff, [(walk.id, "renewal-notice") for walk in renewing])
    staff.clerk.print_runs.send(batch, 1)
    with refused(staff, "batch-unsure"):
        staff.clerk.print_runs.send(batch, 2)
    assert staff.clerk.print_runs.go_on_behind(batch, "", PRINTER).value == 2
    assert len(put_out(staff, batch, range(1, 3))) == 2


def test_a_form_whose_reason_has_gone_is_refused_and_the_next_one_is_printed(
    staff: Staff,
) -> None:
    walks = two(staff, "confirmed")
    for walk in walks:
        staff.clerk.refunds.ask(walk.id, 10_000, TODAY, "多缴了")
    batch = begun(staff, [(walk.id, "refund-request") for walk in walks])
    staff.reviewer.refunds.arrive(walks[0].id, TODAY)
    with refused(staff, "not-yet-printable"):
        staff.clerk.print_runs.send(batch, 1)
    assert len(put_out(staff, batch, range(2, 3))) == 1


@pytest.mark.both_databases
def test_renewal_is_told_to_units_of_the_year_before_that_have_not_begun(
    staff: Staff, renewing: tuple[Walk, Walk]
) -> None:
    first, second = renewing
    Walk(staff, unit_id=second.unit_id, rows=second.rows).start()
    young = Walk(staff, "新厂(演示)", rows=people(10, start=200, women=2)).start()
    staff.run("UPDATE enrolment SET state_code = 'void' WHERE id = :i", i=young.id)
    lines = plan(staff, (first, second, young), "renewal-notice").lines
    assert [(line.enrolment_id, line.refusal) for line in lines] == [
        (first.id, ""),
        (None, f"{YEAR + 1}年度已经有申请,不用再通知续保。"),
        (None, f"{YEAR}年度没有申请,不能通知续保。"),
    ]


def test_renewal_is_told_by_the_application_of_the_whole_unit_not_by_added_people(
    staff: Staff,
) -> None:
    walk = walked(staff, "confirmed")
    finished(staff, walk)
    more = Walk(staff, unit_id=walk.unit_id, at_work=12, kind="addition").start()
    staff.head.schemes.set_year(YEAR + 1)
    (line,) = plan(staff, (walk,), "renewal-notice").lines
    assert line.enrolment_id == walk.id
    staff.run("UPDATE enrolment SET state_code = 'void' WHERE id = :i", i=walk.id)
    (line,) = plan(staff, (walk,), "renewal-notice").lines
    assert line.enrolment_id == more.id


def test_a_unit_that_has_ended_or_is_not_covered_yet_is_not_told_to_renew(staff: Staff) -> None:
    early, ended = two(staff, "number")
    staff.head.schemes.set_year(YEAR + 1)
    staff.run("UPDATE unit SET state_code = 'ended' WHERE id = :i", i=ended.unit_id)
    lines = plan(staff, (early, ended), "renewal-notice").lines
    assert [line.refusal for line in lines] == [
        "登记生效日以后才知道保障到哪一天。",
        "这家单位已经终止,不用通知续保。",
    ]


def test_the_forms_on_the_way_are_still_of_the_drives_year(
    staff: Staff, renewing: tuple[Walk, Walk]
) -> None:
    lines = plan(staff, renewing[:1], "application", "renewal-notice", "file-index").lines
    assert [(line.form_key, line.refusal) for line in lines] == [
        ("application", "今年还没有申请。"),
        ("file-index", "今年还没有申请。"),
        ("renewal-notice", ""),
    ]


def test_a_form_beside_the_way_hinders_no_taking_back(staff: Staff) -> None:
    walk = walked(staff, "approved")
    before = staff.reviewer.undo.offer(walk.id)
    put_out(staff, begun(staff, [(walk.id, "correction-request")]), range(1, 2))
    assert staff.reviewer.undo.offer(walk.id) == before
    put_out(staff, begun(staff, [(walk.id, "application")]), range(1, 2))
    assert staff.reviewer.undo.offer(walk.id) != before


def test_a_batch_takes_forms_of_cases_alone(staff: Staff) -> None:
    walk = walked(staff, "approved")
    for key in ("diploma", "supplement", "field-sheet"):
        with refused(staff, "form-unknown"):
            begun(staff, [(walk.id, key)])
        with refused(staff, "form-unknown"):
            plan(staff, (walk,), key)


def test_the_register_tells_a_forms_number_and_pages(staff: Staff) -> None:
    walk = walked(staff, "approved")
    issued = staff.clerk.forms.issue("correction-request", walk.id).value
    sheet = staff.clerk.prints.get(issued)
    assert (sheet.id, sheet.number, sheet.pages) == (
        issued, staff.clerk.prints.number_of(issued), 1,
    )  # fmt: skip
