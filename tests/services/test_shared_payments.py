"""One transfer for several cases: each has its part of it, and what befalls one leaves the others.

Whatever is done in whatever order, what the cases hold is what came in less what went back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.board import Mark
from tests.services.desks import TODAY, Staff, people, transfer
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

TREASURY = "明山县财政国库支付中心(演示)"
DUE = 50_000  # of each school: ten people


def school(staff: Staff, number: int, until: str = "number") -> Walk:
    rows = people(10, start=20 * number, women=2)
    return walked(staff, until, name=f"第{number}小学(演示)", rows=rows)


def schools(staff: Staff, count: int = 2) -> list[Walk]:
    return [school(staff, number) for number in range(1, count + 1)]


def parts(walks: Sequence[Walk], fen: Sequence[int] = ()) -> tuple[PaymentPart, ...]:
    amounts = fen or [DUE] * len(walks)
    return tuple(
        PaymentPart(walk.id, amount, 10) for walk, amount in zip(walks, amounts, strict=True)
    )


def pay(staff: Staff, walks: Sequence[Walk], fen: Sequence[int] = (), **more: object) -> int:
    told = parts(walks, fen)
    more = {"payer_name": TREASURY, "slip": staff.slip()} | more
    draft = replace(transfer(sum(one.fen for one in told), None, None), **more)  # type: ignore[arg-type]
    return staff.clerk.payments.record_shared(told, draft).value


def line(staff: Staff, walk: Walk) -> tuple[int, str, bool]:
    """The case's newest payment: its part, its state, whether it arrived."""
    payment = staff.clerk.enrolments.get(walk.id).payments[-1]
    return payment.amount_fen, payment.state, payment.confirmed_on is not None


def payment_state(staff: Staff, payment: int) -> tuple[object, bool]:
    state = staff.value("SELECT state_code FROM payment WHERE id = :id", id=payment)
    on = staff.value("SELECT confirmed_on FROM payment WHERE id = :id", id=payment)
    return state, on is not None


def test_one_transfer_pays_for_two_units_each_its_own_amount(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    for walk in (first, second):
        view = staff.clerk.enrolments.get(walk.id)
        assert (view.step_key, view.paid_fen, view.difference) == ("province", DUE, "")
        assert (view.payments[0].amount_fen, view.payments[0].people) == (DUE, 10)
        assert view.payments[0].whole_text == "整笔1,000.00元,缴2份申请"
        note = staff.clerk.enrolments.history(walk.id)[-2].note
        assert note.startswith("登记缴费500.00元、10人(整笔1,000.00元);付款户名")
    assert payment_state(staff, payment) == ("agrees", False)


def test_what_does_not_agree_of_one_unit_holds_that_unit_alone(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second), (DUE, DUE - 5_000))
    assert (first.step, line(staff, first)) == ("province", (DUE, "agrees", False))
    assert (second.step, line(staff, second)) == ("payment", (DUE - 5_000, "differs", False))
    assert payment_state(staff, payment) == ("differs", False)
    second.pay(5_000, None)  # the rest came by itself
    assert second.step == "province"
    assert payment_state(staff, payment) == ("agrees", False)


def test_the_arrival_of_one_units_part_is_not_that_of_the_others(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    first.confirmed()
    assert (line(staff, first)[2], line(staff, second)[2]) == (True, False)
    assert payment_state(staff, payment) == ("agrees", False)
    assert (first.step, second.step) == ("confirmation", "province")
    first.printed()  # whose paper says the day on which its own money came
    second.confirmed()
    assert payment_state(staff, payment) == ("agrees", True)


def test_who_recorded_the_whole_confirms_none_of_it(staff: Staff) -> None:
    first, second = schools(staff)
    pay(staff, (first, second))
    for walk in (first, second):
        staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
        assert staff.clerk.enrolments.get(walk.id).missing[0].code == "same-person"
        with refused(staff, "same-person"):
            staff.clerk.payments.confirm(walk.id, TODAY)
    waiting = {one.id for one in staff.clerk.board.list_lines() if Mark.WAITING in one.marks}
    assert not waiting & {first.unit_id, second.unit_id}


def test_a_refund_of_one_units_part_leaves_the_others_money(staff: Staff) -> None:
    first, second = schools(staff)
    pay(staff, (first, second))
    for walk in (first, second):
        walk.confirmed()
    with refused(staff, "refund-too-much"):
        staff.clerk.refunds.ask(first.id, DUE + 1, TODAY, "不办了")
    staff.clerk.refunds.ask(first.id, DUE, TODAY, "不办了")
    views = [staff.clerk.enrolments.get(walk.id) for walk in (first, second)]
    assert [view.paid_fen for view in views] == [0, DUE]
    assert [len(view.refunds) for view in views] == [1, 0]
    board = {one.id: one for one in staff.clerk.board.list_lines()}
    assert Mark.REFUND in board[first.unit_id].marks
    assert Mark.REFUND not in board[second.unit_id].marks
    with refused(staff, "refund-none"):
        staff.reviewer.refunds.arrive(second.id, TODAY)
    staff.clerk.refunds.ask(second.id, 10_000, TODAY, "退2人")
    staff.clerk.refunds.cancel(second.id, "不退了")
    staff.reviewer.refunds.arrive(first.id, TODAY)
    staff.reviewer.mending.void(first.id, "单位不办了")
    with refused(staff, "payment-counted"):
        staff.reviewer.mending.void(second.id, "单位不办了")
    assert staff.clerk.enrolments.get(second.id).paid_fen == DUE


def test_a_transfer_goes_back_whole_and_every_unit_waits_for_its_money(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    staff.clerk.payments.return_(payment, "付款单位的明细写错了")
    for walk in (first, second):
        view = staff.clerk.enrolments.get(walk.id)
        assert (walk.step, view.paid_fen, view.payments[0].state) == ("payment", 0, "returned")
        assert staff.clerk.enrolments.history(walk.id)[-1].note == (
            "退回缴费500.00元(整笔1,000.00元):付款单位的明细写错了"
        )
    pay(staff, (first, second))
    assert (first.step, second.step) == ("province", "province")


def test_a_transfer_of_which_a_part_arrived_does_not_go_back_whole(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second))
    first.confirmed()
    with refused(staff, "payment-confirmed") as caught:
        staff.clerk.payments.return_(payment, "退")
    assert caught.value.message == (
        "这笔转账还缴了别家的钱,2份申请里有1份已经确认到账,不能整笔退回。"
    )
    offers = {one.key: one for one in staff.clerk.corrections.list_offers(second.id)}
    assert not offers["payment"].may


def test_the_board_adds_up_to_the_transfers_to_the_fen(staff: Staff) -> None:
    walks = schools(staff, 3)
    pay(staff, walks)
    for walk in walks:
        walk.confirmed()
    staff.run(
        "UPDATE enrolment SET people = people - 2, due_fen = due_fen - 10000,"
        " total_fen = total_fen - 10000 WHERE id = :id",
        id=walks[0].id,
    )
    staff.clerk.refunds.ask(walks[0].id, 10_000, TODAY, "退2人")
    board = staff.clerk.board.board()
    units = sum(one.paid_fen for one in staff.clerk.board.list_lines())
    cases = sum(staff.clerk.enrolments.get(walk.id).paid_fen for walk in walks)
    came = staff.clerk.tallies.count().payments_fen
    assert came == 3 * DUE
    assert [units, cases, board.paid.fen] == [came - 10_000] * 3
    assert board.paid.units == 3


def test_a_slip_that_comes_later_takes_every_case_of_its_transfer_on(staff: Staff) -> None:
    first, second = schools(staff)
    pay(staff, (first, second), slip=None)
    assert (first.step, second.step) == ("payment", "payment")
    staff.clerk.enrolments.attach_paper(first.id, "bank-slip", staff.slip())
    assert (first.step, second.step) == ("province", "province")
    for walk in (first, second):  # it moved both: neither is taken back alone
        offer = staff.clerk.undo.offer(walk.id)
        assert not offer.may
        assert "同一笔转账" in offer.why_not


def test_a_slip_is_said_to_stand_with_all_the_cases_it_is_for(staff: Staff) -> None:
    first, second, third = schools(staff, 3)
    slip = staff.slip()
    pay(staff, (first, second), slip=slip, slip_no="A-1")
    with refused(staff, "slip-again") as caught:
        third.pay(DUE, 10, slip_no="A-1")
    assert "等2份申请2026年12月1日的缴费1,000.00元上" in caught.value.message


@pytest.mark.parametrize(
    ("told", "whole", "code"),
    [
        ((DUE, DUE - 1), 2 * DUE, "parts-differ"),
        ((DUE, 0), DUE, "amount"),
    ],
)
def test_parts_that_do_not_make_up_the_whole_are_refused(
    staff: Staff, told: tuple[int, int], whole: int, code: str
) -> None:
    walks = schools(staff)
    with refused(staff, code):
        staff.clerk.payments.record_shared(parts(walks, told), transfer(whole, None, None))


@pytest.mark.both_databases
def test_a_case_is_named_once_and_a_unit_that_may_not_pay_is_named(staff: Staff) -> None:
    first = school(staff, 1)
    early = school(staff, 2, "submitted")
    with refused(staff, "part-twice"):
        staff.clerk.payments.record_shared(parts((first, first)), transfer(2 * DUE, None, None))
    with refused(staff, "not-due") as caught:
        pay(staff, (first, early))
    assert caught.value.message.startswith("“第2小学(演示)”:")


def test_a_slip_recorded_for_one_case_and_taken_back_leaves_the_shared_one(staff: Staff) -> None:
    first, second = schools(staff)
    payment = pay(staff, (first, second), (DUE, DUE - 5_000))
    second.pay(5_000, None)
    staff.clerk.undo.undo(second.id)
    assert (second.step, line(staff, first)) == ("payment", (DUE, "agrees", False))
    assert [one.state for one in staff.clerk.enrolments.get(second.id).payments] == [
        "differs", "void",
    ]  # fmt: skip
    assert payment_state(staff, payment) == ("differs", False)


def test_a_person_is_found_paid_by_the_part_of_his_own_unit(staff: Staff) -> None:
    first, second = schools(staff)
    pay(staff, (first, second), (DUE, DUE - 5_000))
    found = [staff.clerk.search.find(walk.rows[0][1]) for walk in (first, second)]
    assert ["已缴" in hits[0].detail for hits in found] == [True, False]


def _share(staff: Staff, walks: list[Walk], _fen: int) -> None:
    pay(staff, walks[:2])


def _share_off(staff: Staff, walks: list[Walk], fen: int) -> None:
    pay(staff, walks, (fen, DUE, DUE))


def _return(staff: Staff, walks: list[Walk], fen: int) -> None:
    payments = staff.clerk.enrolments.get(walks[0].id).payments
    if payments:
        staff.clerk.payments.return_(payments[fen % len(payments)].id, "退")


WAYS: dict[str, Callable[[Staff, list[Walk], int], object]] = {
    "share": _share,
    "share-off": _share_off,
    "pay": lambda _staff, walks, fen: walks[0].pay(fen, None),
    "confirm": lambda staff, walks, _fen: staff.reviewer.payments.confirm(walks[0].id, TODAY),
    "return": _return,
    "ask": lambda staff, walks, fen: staff.clerk.refunds.ask(walks[0].id, fen, TODAY, "多缴"),
    "arrive": lambda staff, walks, _fen: staff.reviewer.refunds.arrive(walks[0].id, TODAY),
    "cancel": lambda staff, walks, _fen: staff.clerk.refunds.cancel(walks[0].id, "不退了"),
    "undo": lambda staff, walks, _fen: staff.clerk.undo.undo(walks[0].id),
}
OFTEN = ("share", "pay", "confirm", "confirm", "ask", "ask")  # what the others need first
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*sorted(WAYS), *OFTEN]),
        st.integers(0, 2),
        st.sampled_from((1, 5_000, DUE)),
    ),
    min_size=12,
    max_size=30,
)


def _check_sums(staff: Staff, walks: list[Walk]) -> None:
    """Cases against transfers, by the screen's figures and by SQL that shares nothing with them."""
    came = staff.clerk.tallies.count().payments_fen
    asked = int(str(staff.value("SELECT coalesce(sum(fen), 0) FROM refund")))
    views = [staff.clerk.enrolments.get(walk.id) for walk in walks]
    assert sum(view.paid_fen for view in views) == came - asked
    for view in views:
        arrived = sum(one.amount_fen for one in view.payments if one.confirmed_on)
        assert 0 <= sum(one.fen for one in view.refunds) <= arrived
    uneven = (
        "SELECT count(*) FROM payment p WHERE p.amount_fen <> (SELECT sum(a.fen)"
        " FROM payment_allocation a WHERE a.payment_id = p.id)"
    )
    early = (
        "SELECT count(*) FROM payment p WHERE (p.confirmed_on IS NULL) <> EXISTS (SELECT 1"
        " FROM payment_allocation a WHERE a.payment_id = p.id AND a.confirmed_on IS NULL)"
    )
    over = (
        "SELECT count(*) FROM payment_allocation a WHERE a.fen < (SELECT coalesce(sum(r.fen), 0)"
        " FROM refund r WHERE r.payment_id = a.payment_id AND r.enrolment_id = a.enrolment_id)"
    )
    assert [staff.value(one) for one in (uneven, early, over)] == [0, 0, 0]


@settings(
    max_examples=3, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(acts=ACTS)
def test_whatever_is_done_the_cases_hold_what_came_less_what_went_back(
    counting: tuple[Staff, list[Walk]], acts: list[tuple[str, int, int]]
) -> None:
    staff, walks = counting
    for number in range(len(walks) + 1, len(walks) + 4):  # three new ones beside those of before
        walks.append(school(staff, number))
        staff.reviewer.enrolments.set_effective(walks[-1].id, TODAY, "演示1号")
    for act, which, fen in acts:
        order = [*walks[-3:][which:], *walks[-3:][:which]]
        try:
            WAYS[act](staff, order, fen)
        except UserError:
            continue  # refused: nothing of it is stored
        _check_sums(staff, walks)


@pytest.fixture
def counting(staff: Staff) -> tuple[Staff, list[Walk]]:
    return staff, []
