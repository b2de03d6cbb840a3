"""What a case tells while it waits: one sum everywhere, days without cover, what to do instead."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from db.models.acts import ChangeLog
from desktop_app.errors import UserError
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, draft, local, opened_unit, use_scheme
from tests.services.walks import walked

KEY, WINDOW, LATER = "anyang-2023", "2022-11-21 09:30", "2023-04-03 09:00"
FEE = "plans.hospital.fee_fen"


def test_a_fee_corrected_during_review_is_told_everywhere_at_once(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    before = staff.reviewer.enrolments.get(walk.id)
    assert before.total_fen is not None
    staff.head.schemes.confirm_figure(FEE, 6_000, "更正的通知")
    view = staff.reviewer.enrolments.get(walk.id)
    assert view.quote is not None
    assert view.total_fen == view.due_fen == view.quote.total_fen == 60_000
    assert [line.due_fen for line in view.plans] == [60_000]
    (row,) = staff.clerk.units.list_units(staff.clerk.schemes.current_year())
    assert row.due_fen == 60_000
    walk.approved()
    assert staff.clerk.enrolments.get(walk.id).total_fen == 60_000


@pytest.mark.both_databases
def test_whatever_changes_what_people_pay_is_in_the_log_and_the_kept_quote(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.head.schemes.confirm_figure(FEE, 6_000, "更正的通知")
    walk.approved()
    logged = changes(staff, "enrolment_plan")
    assert logged[("fee_fen", 5_000)] == 6_000
    assert logged[("due_fen", 50_000)] == 60_000
    assert changes(staff, "enrolment")[("total_fen", 50_000)] == 60_000
    people = staff.clerk.rosters.list_people(walk.id)
    kept = staff.document("SELECT content FROM enrolment_quote ORDER BY id DESC LIMIT 1")
    assert {one.contribution_fen for one in people} == {head["fen"] for head in kept["heads"]}
    assert {one.contribution_fen for one in people} == {6_000}
    assert changes(staff, "enrollee") == {}


def changes(staff: Staff, table: str) -> dict[tuple[str, object], object]:
    """What the log says: field and old value, and the new one."""
    with staff.database.reading() as uow:
        rows = uow.session.scalars(select(ChangeLog).where(ChangeLog.table_name == table))
        return {(row.field.rpartition(":")[2], row.old): row.new for row in rows}


def test_what_was_approved_stays_and_void_cases_are_left_alone(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.run("UPDATE enrolment SET state_code = 'void'")
    staff.head.schemes.confirm_figure(FEE, 6_000, "更正的通知")
    assert staff.value("SELECT total_fen FROM enrolment WHERE id = :id", id=walk.id) != 60_000


@pytest.fixture
def unit(staff: Staff) -> int:
    use_scheme(staff, KEY, WINDOW, 2023)
    return opened_unit(staff)


def test_days_without_cover_before_a_renewal_are_told(staff: Staff, unit: int) -> None:
    told = staff.clerk.previews.start(unit, draft(KEY, kind="renewal", ends=date(2022, 6, 30)))
    assert told.warnings == (
        "原保障到2022年6月30日,新保障从2023年1月1日起,中间184天没有保障,请核对原保障的最后一天",
    )
    told = staff.clerk.previews.start(unit, draft(KEY, kind="renewal", ends=date(2022, 12, 31)))
    assert told.warnings == ()


@pytest.mark.parametrize(
    ("kind", "ends", "code"),
    [
        ("renewal", date(1999, 1, 1), "ends-year"),
        ("renewal", date(2025, 1, 1), "ends-year"),
        ("first", date(2022, 12, 31), "ends-not-asked"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(
    staff: Staff, unit: int, kind: str, ends: date, code: str
) -> None:
    with refused(staff, code):
        staff.clerk.previews.start(unit, draft(KEY, kind=kind, ends=ends))
    with refused(staff, code):
        staff.clerk.enrolments.start(unit, draft(KEY, kind=kind, ends=ends))


def test_a_unit_whose_application_was_never_approved_joins_for_the_first_time(
    staff: Staff, unit: int
) -> None:
    case_of(staff, KEY, unit_id=unit)
    staff.run("UPDATE enrolment SET state_code = 'returned', year = 2022")
    staff.clock.at = local(LATER)
    with pytest.raises(UserError) as caught:
        staff.clerk.enrolments.start(unit, draft(KEY))
    assert caught.value.code == "new-unit-closed"
    told = staff.clerk.previews.start(unit, draft(KEY))
    assert told.kind == "first"


@pytest.mark.both_databases
def test_a_refused_notice_says_what_helps(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "beijing")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "payment-notice")
    assert caught.value.remedy == "请直接办理下一步。"
    with refused(staff, "not-yet-printable") as caught:
        staff.run("UPDATE enrolment SET due_fen = 100")
        staff.clerk.prints.issue(walk.id, "payment-notice")
    assert "收款账户" in caught.value.message
    assert "前面的步骤" not in caught.value.remedy
