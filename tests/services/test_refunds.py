"""Money of a case that is too much: asked back, arrived, and nothing ends unaccounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.test_submissions import failed, failures
from tests.services.walks import Walk, walked

WHY = "省办退回1人,会费退还单位"


@pytest.fixture
def late(staff: Staff, tmp_path: Path) -> Walk:
    """Ten people paid and arrived; then the province refuses one of them."""
    walk = walked(staff, "approved")
    staff.clerk.submissions.export(walk.id, tmp_path)
    for step in ("number", "paid", "confirmed"):
        getattr(walk, step)()
    path = failures(staff, [failed(walk.rows[2], "重复参保")])
    staff.clerk.submission_answers.read_failures(walk.id, path)
    staff.clerk.sent_back.withdraw(walk.id, (3,), "不再参加")
    return walk


def to_the_end(walk: Walk, *, receipt: bool = True) -> None:
    walk.printed()
    walk.stamped()
    if receipt:
        walk.staff.clerk.archives.record_receipt(walk.id, "演示7", TODAY, 45_000)


def test_a_late_answer_leaves_too_much_and_the_case_does_not_end_before_it_is_asked_back(
    staff: Staff, late: Walk
) -> None:
    view = staff.clerk.enrolments.get(late.id)
    assert (view.due_fen, view.paid_fen, view.overpaid_fen) == (45_000, 50_000, 5_000)
    to_the_end(late)
    missing = staff.clerk.enrolments.get(late.id).missing
    assert [(one.code, one.message) for one in missing] == [
        ("overpaid", "已到账的钱比应缴多50.00元")
    ]
    with refused(staff, "overpaid"):
        staff.clerk.archives.finish(late.id)
    staff.clerk.refunds.ask(late.id, 5_000, TODAY, WHY)
    view = staff.clerk.enrolments.get(late.id)
    assert (view.missing, view.overpaid_fen, view.difference) == ((), 0, "")
    [line] = view.refunds
    assert (line.fen, line.payer_name, line.asked_on, line.arrived_on) == (
        5_000, "明山县演示水厂(演示)", TODAY, None,
    )  # fmt: skip
    assert staff.clerk.enrolments.history(late.id)[-1].note == (
        f"申请退费,退给明山县演示水厂(演示)50.00元:{WHY}"
    )
    assert staff.clerk.archives.finish(late.id).value
    staff.reviewer.refunds.arrive(late.id, TODAY)
    view = staff.clerk.enrolments.get(late.id)
    assert (view.state, view.refunds[0].arrived_on) == ("finished", TODAY)
    assert staff.head.audits.verify_chain().ok


def test_the_arrival_is_said_by_another_person(staff: Staff, late: Walk) -> None:
    staff.clerk.refunds.ask(late.id, 5_000, TODAY, WHY)
    with refused(staff, "same-person"):
        staff.clerk.refunds.arrive(late.id, TODAY)
    for on in (date(2026, 11, 30), date(2026, 12, 2)):
        with refused(staff, "date"):
            staff.reviewer.refunds.arrive(late.id, on)
    staff.reviewer.refunds.arrive(late.id, TODAY)
    with refused(staff, "refund-none"):
        staff.reviewer.refunds.arrive(late.id, TODAY)


@pytest.mark.parametrize(
    ("fen", "on", "why", "code"),
    [
        (0, TODAY, WHY, "amount"),
        (50_001, TODAY, WHY, "refund-too-much"),
        (5_000, TODAY, " ", "reason-missing"),
        (5_000, date(2026, 11, 30), WHY, "date"),
        (5_000, date(2026, 12, 2), WHY, "date"),
    ],
)
def test_what_cannot_be_asked_back_is_refused(
    staff: Staff, late: Walk, fen: int, on: date, why: str, code: str
) -> None:
    with refused(staff, code):
        staff.clerk.refunds.ask(late.id, fen, on, why)


def test_one_refund_waits_at_a_time_and_may_be_taken_back(staff: Staff, late: Walk) -> None:
    staff.clerk.refunds.ask(late.id, 4_000, TODAY, WHY)
    with refused(staff, "refund-waits"):
        staff.clerk.refunds.ask(late.id, 1_000, TODAY, WHY)
    staff.clerk.refunds.cancel(late.id, "金额写错了")
    assert staff.clerk.enrolments.get(late.id).refunds == ()
    removed = "SELECT count(*) FROM change_log WHERE table_name = 'refund' AND field = '*'"
    assert staff.value(removed) == 1
    with refused(staff, "refund-none"):
        staff.clerk.refunds.cancel(late.id, "没有了")
    staff.clerk.refunds.ask(late.id, 5_000, TODAY, WHY)


@pytest.mark.both_databases
def test_nothing_is_asked_back_before_it_arrived(staff: Staff) -> None:
    walk = walked(staff, "paid")
    with refused(staff, "refund-nothing"):
        staff.clerk.refunds.ask(walk.id, 5_000, TODAY, WHY)


def test_money_of_several_transfers_goes_back_the_newest_first(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(20_000, 4)
    walk.pay(30_000, 6, slip_no="演示0002")
    walk.confirmed()
    staff.clerk.refunds.ask(walk.id, 40_000, TODAY, "单位不办了")
    assert [line.fen for line in staff.clerk.enrolments.get(walk.id).refunds] == [30_000, 10_000]
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    staff.clerk.refunds.ask(walk.id, 10_000, TODAY, "单位不办了")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "refund-nothing"):
        staff.clerk.refunds.ask(walk.id, 1, TODAY, WHY)


def test_a_case_whose_money_came_back_whole_may_be_void(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    with refused(staff, "payment-counted"):
        staff.reviewer.mending.void(walk.id, "单位不办了")
    staff.clerk.refunds.ask(walk.id, 50_000, TODAY, "单位不办了")
    with refused(staff, "payment-counted"):
        staff.reviewer.mending.void(walk.id, "单位不办了")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    staff.reviewer.mending.void(walk.id, "单位不办了")
    assert staff.clerk.enrolments.get(walk.id).state == "void"


def test_the_board_counts_what_is_left_and_does_not_ask_for_it_again(
    staff: Staff, late: Walk
) -> None:
    to_the_end(late)
    staff.clerk.refunds.ask(late.id, 5_000, TODAY, WHY)
    board = staff.clerk.board.board()
    assert board.paid.fen == 45_000
    assert all("多" not in row.note for row in board.rows)


def test_the_corrections_offer_a_refund_where_money_arrived(staff: Staff) -> None:
    walk = walked(staff, "paid")
    offers = {one.key: one for one in staff.clerk.corrections.list_offers(walk.id)}
    assert not offers["refund"].may
    walk.confirmed()
    offers = {one.key: one for one in staff.clerk.corrections.list_offers(walk.id)}
    assert offers["refund"].may
