"""The province's number of a case: every one that was given stays, one is in force."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models.enrolments import BusinessNumber
from desktop_app.errors import UserError
from tests.services.desks import TODAY, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked


def numbers(staff: Staff, enrolment_id: int) -> list[tuple[str, bool]]:
    """All numbers of a case in turn, and whether each is in force."""
    query = select(BusinessNumber).where(BusinessNumber.enrolment_id == enrolment_id)
    with staff.database.reading() as uow:
        rows = uow.session.scalars(query.order_by(BusinessNumber.id)).all()
    return [(row.number, row.voided_at is None) for row in rows]


def test_a_wrong_number_is_voided_and_kept_when_the_right_one_comes(staff: Staff) -> None:
    own = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.enter(own.id, "hb7")
    staff.clerk.business_numbers.follow(own.id, 10, 50_000, "HB8")
    assert numbers(staff, own.id) == [("HB7", False), ("HB8", True)]
    assert staff.clerk.enrolments.get(own.id).business_no == "HB8"


def test_the_same_number_told_again_is_one_number(staff: Staff) -> None:
    own = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.follow(own.id, 10, 50_000, "HB8")
    staff.clerk.business_numbers.follow(own.id, 9, 45_000, " hb8 ")
    assert numbers(staff, own.id) == [("HB8", True)]


def test_a_second_number_is_a_correction_and_says_so(staff: Staff) -> None:
    walk = walked(staff, "number")
    known = f"HB{walk.id:06d}"
    for number, remedy in (
        ("HB-2", "登记错的请用“更正业务号”改为HB-2。"), (known, "没有改动,不用再登记。"),
    ):  # fmt: skip
        with refused(staff, "business-number-entered") as caught:
            staff.clerk.business_numbers.enter(walk.id, number)
        assert caught.value.message == f"这份申请已登记业务号{known}。"
        assert caught.value.remedy == remedy


@pytest.mark.both_databases
def test_a_number_taken_back_leaves_none_in_force(staff: Staff) -> None:
    own = Walk(staff, handling="by-unit").start()
    staff.clerk.business_numbers.follow(own.id, 10, 50_000, "HB8")
    staff.clerk.business_numbers.follow(own.id, 10, 50_000, "")
    assert numbers(staff, own.id) == [("HB8", False)]
    assert staff.clerk.enrolments.get(own.id).business_no is None


def test_a_finished_case_takes_no_other_number_people_or_paper(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    with refused(staff, "case-closed"):
        staff.clerk.business_numbers.enter(walk.id, "HB9")
    with refused(staff, "case-closed"):
        walk.proof()


def test_a_finished_case_of_the_unit_itself_keeps_what_was_told(staff: Staff) -> None:
    own = Walk(staff, at_work=20, women=None, handling="by-unit").start()
    staff.clerk.business_numbers.follow(own.id, 20, 100_000, "HB1")
    staff.clerk.enrolments.submit(own.id)
    own.approved()
    staff.reviewer.enrolments.set_effective(own.id, TODAY, "演示1号")
    own.pay(100_000, 20)
    staff.clerk.payments.confirm(own.id, TODAY)
    own.stamped()
    own.proof()
    staff.clerk.archives.record_receipt(own.id, "演示1", TODAY, 100_000)
    staff.clerk.archives.finish(own.id)
    with refused(staff, "case-closed"):
        staff.clerk.business_numbers.follow(own.id, 19, 95_000, "HB2")
    assert numbers(staff, own.id) == [("HB1", True)]


@pytest.mark.both_databases
def test_what_the_system_shows_is_laid_beside_the_list_in_words(staff: Staff) -> None:
    walk = walked(staff, "approved", rows=people(10, women=2))
    staff.clerk.business_numbers.enter(walk.id, "hb7", 9, walk.due_fen - 5_000)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.system_people, view.system_fen) == (9, walk.due_fen - 5_000)
    assert view.system_differs == ("省系统9人,名单10人,少1人;省系统450.00元,名单500.00元,少50.00元")
    (line,) = staff.head.ties.tie().lines
    assert line.state == "differs"
    assert line.open[0] == view.system_differs
    staff.clerk.business_numbers.record_system(walk.id, 10, None)
    assert staff.clerk.enrolments.get(walk.id).system_differs == ""
    staff.clerk.business_numbers.record_system(walk.id, 11, walk.due_fen + 5_000)
    assert staff.clerk.enrolments.get(walk.id).system_differs == (
        "省系统11人,名单10人,多1人;省系统550.00元,名单500.00元,多50.00元"
    )
    staff.clerk.business_numbers.correct(walk.id, "HB8", "抄错一位")  # it was read under another
    assert staff.clerk.enrolments.get(walk.id).system_differs == ""


def test_nothing_looked_up_and_no_number_are_refused(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "business-number-none"):
        staff.clerk.business_numbers.record_system(walk.id, 10, None)
    staff.clerk.business_numbers.enter(walk.id, "hb7")
    assert staff.clerk.enrolments.get(walk.id).system_differs == ""
    with refused(staff, "system-figures"):
        staff.clerk.business_numbers.record_system(walk.id, None, None)
    for count, fen in ((10**9, None), (None, 10**18)):
        with pytest.raises(UserError):
            staff.clerk.business_numbers.record_system(walk.id, count, fen)
