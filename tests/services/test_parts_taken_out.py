"""One case's part of a transfer taken out: its money is left over, the other parts stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.services.drafts import PaymentPart
from tests.services.desks import TODAY, Staff, transfer
from tests.services.refusals import refused
from tests.services.test_matching import came, left, statement, whole
from tests.services.test_shared_payments import DUE, line, pay, payment_state, school, schools

WHY = "认错了单位"


@pytest.mark.both_databases
def test_a_wrong_part_goes_out_once_another_is_confirmed(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    first.confirmed()
    with refused(staff, "payment-confirmed"):
        staff.clerk.payments.return_(payment, WHY)
    assert second.step == "province"
    assert staff.clerk.payments.take_part_out(second.id, payment, WHY).value == DUE
    view = staff.clerk.enrolments.get(second.id)
    assert (second.step, view.paid_fen, view.payments) == ("payment", 0, ())
    note = staff.clerk.enrolments.history(second.id)[-1].note
    assert note == "退出认款500.00元(整笔1,000.00元):认错了单位"
    assert line(staff, first) == (DUE, "agrees", True)
    assert left(staff) == [(DUE, 0, 0)]
    assert not staff.clerk.undo.offer(second.id).may
    staff.clerk.remainders.use(payment, whole(second))  # rightly this time
    second.confirmed()
    assert payment_state(staff, payment) == ("agrees", True)


def test_a_case_that_agrees_without_the_part_moves_on(staff: Staff) -> None:
    first, second = school(staff, 1), school(staff, 2)
    [bank] = statement(staff, came("600.00", "第1小学(演示)"))
    payment = staff.clerk.matching.book(bank, whole(first)).value
    first.confirmed()
    staff.clerk.remainders.use(payment, (PaymentPart(second.id, 10_000),))
    own = replace(transfer(DUE, 10, staff.slip()), payer_name="第2小学(演示)")
    staff.clerk.payments.record(second.id, own)
    assert second.step == "payment"
    staff.clerk.payments.take_part_out(second.id, payment, WHY)
    assert (second.step, line(staff, second)) == ("province", (DUE, "agrees", False))
    staff.clerk.remainders.refund(payment, TODAY, "多缴")
    assert left(staff) == [(0, 10_000, 0)]


def test_only_a_part_that_is_there_and_did_not_arrive_goes_out_and_with_a_reason(
    staff: Staff,
) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    third = school(staff, 3)
    with refused(staff, "reason-missing"):
        staff.clerk.payments.take_part_out(second.id, payment, " ")
    for case, paid in ((third.id, payment), (second.id, 999)):
        with refused(staff, "payment-unknown"):
            staff.clerk.payments.take_part_out(case, paid, WHY)
    first.confirmed()
    with refused(staff, "payment-confirmed"):
        staff.clerk.payments.take_part_out(first.id, payment, WHY)
    third.pay(DUE, 10)
    [own] = staff.clerk.enrolments.get(third.id).payments
    staff.clerk.payments.return_(own.id, "付错")
    with refused(staff, "payment-unknown"):
        staff.clerk.payments.take_part_out(third.id, own.id, WHY)
