"""红冲重开: both receipts and the one in red stay in the book; numbers are unique."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models.payments import DuesReceipt
from desktop_app.services.drafts import ReissueDraft
from tests.services.desks import TODAY, Staff, people
from tests.services.refusals import refused
from tests.services.walks import Walk, walked


@pytest.fixture
def walk(staff: Staff) -> Walk:
    found = walked(staff, "stamped")
    staff.clerk.archives.record_receipt(found.id, "演示00001", TODAY, found.due_fen)
    return found


def draft(walk: Walk, **more: object) -> ReissueDraft:
    plain = ReissueDraft("演示红00001", "演示00002", TODAY, walk.due_fen, "抬头写错")
    return replace(plain, **more)  # type: ignore[arg-type]


def book(staff: Staff) -> list[tuple[str, str, str | None, int | None]]:
    with staff.database.reading() as uow:
        rows = uow.session.scalars(select(DuesReceipt).order_by(DuesReceipt.id)).all()
    return [(one.number, one.state_code, one.red_no, one.replaces_id) for one in rows]


@pytest.mark.both_databases
def test_the_new_receipt_counts_and_the_old_one_stays_with_its_red_number(
    staff: Staff, walk: Walk
) -> None:
    scan = staff.picture("票据.png")
    new = staff.clerk.receipts.reissue(walk.id, draft(walk), scan).value
    (first, second) = book(staff)
    assert first == ("演示00001", "replaced", "演示红00001", None)
    assert second == ("演示00002", "valid", None, new - 1)
    assert staff.clerk.enrolments.history(walk.id)[-1].note == (
        "票据演示00001红冲(红票演示红00001),重开演示00002:抬头写错"
    )
    paper = next(
        one for one in staff.clerk.enrolments.get(walk.id).papers if one.key == "dues-receipt"
    )
    assert paper.state == "kept"
    (line,) = staff.head.ties.tie().lines
    assert (line.state, line.receipt_fen) == ("tied", walk.due_fen)


def test_a_finished_case_is_reissued_and_again(staff: Staff, walk: Walk) -> None:
    staff.clerk.archives.finish(walk.id)
    staff.clerk.receipts.reissue(walk.id, draft(walk))
    papers = staff.clerk.enrolments.get(walk.id).papers
    assert next(one for one in papers if one.key == "dues-receipt").note == "号码已登记"
    staff.clerk.receipts.reissue(walk.id, draft(walk, red_no="演示红2", number="演示00003"))
    assert [one[1] for one in book(staff)] == ["replaced", "replaced", "valid"]


def test_after_a_refund_it_is_given_for_what_is_left(staff: Staff) -> None:
    walk = walked(staff, "number", rows=people(10, women=2))
    walk.pay(walk.due_fen, 10)
    walk.confirmed()
    walk.staff.clerk.archives.record_receipt(walk.id, "演示00001", TODAY, walk.due_fen)
    staff.clerk.refunds.ask(walk.id, 5_000, TODAY, "1人不参加")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "receipt-amount") as caught:
        staff.clerk.receipts.reissue(walk.id, draft(walk))
    assert caught.value.message == "票据金额500.00元与已缴金额减去退费450.00元不符。"
    staff.clerk.receipts.reissue(walk.id, draft(walk, amount_fen=45_000))
    (line,) = staff.head.ties.tie().lines
    assert line.receipt_fen == line.kept_fen == 45_000


def test_a_first_receipt_after_a_refund_is_for_what_is_left(staff: Staff) -> None:
    walk = walked(staff, "confirmed", rows=people(10, women=2))
    staff.clerk.refunds.ask(walk.id, 5_000, TODAY, "1人不参加")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "receipt-amount"):
        staff.clerk.archives.record_receipt(walk.id, "演示00001", TODAY, walk.due_fen)
    staff.clerk.archives.record_receipt(walk.id, "演示00001", TODAY, 45_000)
    staff.clerk.archives.void_receipt(walk.id, "号码抄错")
    staff.clerk.archives.record_receipt(walk.id, "演示00011", TODAY, 45_000)
    (line,) = staff.head.ties.tie().lines
    assert line.receipt_fen == line.kept_fen == 45_000


def test_where_all_money_went_back_the_receipt_in_red_stands_alone(
    staff: Staff, walk: Walk
) -> None:
    staff.clerk.refunds.ask(walk.id, walk.due_fen, TODAY, "不参加了")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "receipt-not-due"):
        staff.clerk.receipts.reissue(walk.id, draft(walk, amount_fen=0))
    staff.clerk.receipts.reissue(walk.id, draft(walk, number="", amount_fen=0))
    assert book(staff) == [("演示00001", "replaced", "演示红00001", None)]
    assert staff.clerk.enrolments.history(walk.id)[-1].note == (
        "票据演示00001红冲(红票演示红00001),钱已全部退还,不再开票:抬头写错"
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"red_no": " "}, "receipt-number"),
        ({"number": ""}, "receipt-number"),
        ({"number": "演示00001"}, "receipt-exists"),
        ({"red_no": "演示00001"}, "receipt-exists"),
        ({"red_no": "演示9", "number": "演示9"}, "receipt-exists"),
        ({"issued_on": TODAY + timedelta(days=1)}, "date"),
        ({"issued_on": TODAY - timedelta(days=1)}, "date"),
        ({"amount_fen": 1}, "receipt-amount"),
        ({"reason": " "}, "reason-missing"),
    ],
)
def test_what_cannot_be_right_is_refused_whole(
    staff: Staff, walk: Walk, more: dict[str, object], code: str
) -> None:
    with refused(staff, code):
        staff.clerk.receipts.reissue(walk.id, draft(walk, **more))


def test_a_red_number_is_no_number_for_another_receipt(staff: Staff, walk: Walk) -> None:
    staff.clerk.receipts.reissue(walk.id, draft(walk))
    with refused(staff, "receipt-exists"):
        staff.clerk.receipts.reissue(walk.id, draft(walk, red_no="演示红00001", number="演示5"))
    other = walked(staff, "confirmed", name="乙厂(演示)", rows=people(10, women=2, start=50))
    with refused(staff, "receipt-exists"):
        staff.clerk.archives.record_receipt(other.id, "演示红00001", TODAY, other.due_fen)


def test_without_a_receipt_there_is_nothing_to_flush(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    with refused(staff, "receipt-none"):
        staff.clerk.receipts.reissue(walk.id, draft(walk))
