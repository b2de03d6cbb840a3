"""Money is confirmed by somebody who booked none of it, whatever act it was booked by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.board import Mark
from tests.services.desks import TODAY, Staff, transfer
from tests.services.refusals import refused
from tests.services.test_matching import came, statement, whole
from tests.services.test_shared_payments import DUE, school


@pytest.mark.both_databases
def test_who_booked_an_earlier_part_from_a_remainder_confirms_none_of_it(staff: Staff) -> None:
    first, second = school(staff, 1), school(staff, 2)
    [line] = statement(staff, came("600.00", "第1小学(演示)"))
    payment = staff.reviewer.matching.book(line, whole(first)).value
    staff.clerk.remainders.use(payment, (PaymentPart(second.id, 10_000),))
    rest = replace(transfer(DUE - 10_000, None, staff.slip()), payer_name="第2小学(演示)")
    staff.head.payments.record(second.id, rest)
    staff.reviewer.enrolments.set_effective(second.id, TODAY, "演示1号")
    for desk in (staff.clerk, staff.reviewer, staff.head):
        assert desk.enrolments.get(second.id).missing[0].code == "same-person"
        with refused(staff, "same-person"):
            desk.payments.confirm(second.id, TODAY)
        waiting = {one.id for one in desk.board.list_lines() if Mark.WAITING in one.marks}
        assert second.unit_id not in waiting


def test_who_booked_money_that_went_back_may_confirm_what_came_instead(staff: Staff) -> None:
    walk = school(staff, 1)
    draft = transfer(DUE, 10, staff.slip())
    staff.clerk.payments.return_(staff.clerk.payments.record(walk.id, draft).value, "户名写错")
    staff.head.payments.record(walk.id, transfer(DUE, 10, staff.slip()))
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    board = {one.id: one for one in staff.clerk.board.list_lines()}
    assert Mark.WAITING in board[walk.unit_id].marks
    staff.clerk.payments.confirm(walk.id, TODAY)
    assert staff.clerk.enrolments.get(walk.id).payments[-1].confirmed_on == TODAY
