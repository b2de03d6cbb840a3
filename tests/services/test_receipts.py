"""红冲重开: both receipts and the one in red stay in the book; numbers are unique."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models.payments import DuesReceipt
from desktop_app.domain.money import yuan
from desktop_app.services.drafts import ReissueDraft
from tests.services.desks import TODAY, Staff, people, transfer
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, use_scheme
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


OWN_FUND = (  # whose scheme has no paper of the receipt: scheme, its day, its year
    ("anyang-2023", "2022-11-21 09:30", 2023),
    ("pinghu", "2023-11-20 10:00", 2024),
    ("yongding", "2026-02-02 10:00", 2026),
)


def arrived(staff: Staff, scheme: str, at: str, year: int) -> Walk:
    use_scheme(staff, scheme, at, year)
    walk = case_of(staff, scheme)
    if scheme == "anyang-2023":
        walk.proof()
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    due, on = staff.clerk.enrolments.get(walk.id).due_fen, staff.clock.today()
    assert not staff.clerk.enrolments.get(walk.id).receipts.may_record  # no money, no receipt
    slip = transfer(due, 10, staff.picture("回单.png"), paid_on=on)
    staff.clerk.payments.record(walk.id, slip)
    assert not staff.clerk.enrolments.get(walk.id).receipts.may_record  # nobody confirmed it
    staff.reviewer.payments.confirm(walk.id, on)
    return walk


@pytest.mark.parametrize(("scheme", "at", "year"), OWN_FUND)
def test_a_scheme_without_a_paper_of_it_shows_offers_and_keeps_the_receipt(
    staff: Staff, scheme: str, at: str, year: int
) -> None:
    walk, today = arrived(staff, scheme, at, year), staff.clock.today()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.receipts.may_record, view.receipts.fen) == (True, view.due_fen)
    assert "dues-receipt" not in {paper.key for paper in view.papers}
    fen = view.receipts.fen
    staff.clerk.archives.record_receipt(walk.id, "演示1", today, fen, staff.slip())
    draft = ReissueDraft("演示红1", "演示2", today, fen, "抬头写错")
    staff.clerk.receipts.reissue(walk.id, draft, staff.slip())
    found = staff.clerk.enrolments.get(walk.id).receipts
    day = today.isoformat()
    assert [line.text for line in found.lines] == [
        f"演示1  {yuan(fen)}元  {day}开  已红冲,红票演示红1:抬头写错",
        f"演示2  {yuan(fen)}元  {day}开  重开,原票演示1",
    ]
    assert (found.may_record, found.may_reissue, found.none_left) == (False, True, False)
    scans = staff.clerk.scans.of_enrolment(walk.id)
    assert [one.label for one in scans if one.key == "dues-receipt"] == ["票据 演示2", "票据 演示1"]


@pytest.mark.both_databases
def test_a_receipt_typed_wrong_is_wanted_again_and_a_finished_case_may_still_get_its_own(
    staff: Staff,
) -> None:
    walk, today = arrived(staff, *OWN_FUND[1]), staff.clock.today()
    staff.clerk.archives.record_receipt(walk.id, "演示1", today, 1_000)
    staff.clerk.archives.void_receipt(walk.id, "号码抄错")
    found = staff.clerk.enrolments.get(walk.id).receipts
    assert [line.standing for line in found.lines] == ["已作废"]
    assert (found.may_record, found.may_reissue) == (True, False)
    for form in ("application", "member-list"):
        staff.clerk.prints.issue(walk.id, form)
        staff.clerk.archives.receive_stamped(walk.id, form)
    staff.clerk.archives.finish(walk.id)
    assert staff.clerk.enrolments.get(walk.id).receipts.may_record
    staff.clerk.archives.record_receipt(walk.id, "演示2", today, 1_000)
    assert staff.clerk.enrolments.get(walk.id).receipts.may_reissue


def test_when_all_money_is_back_the_receipt_is_only_flushed_and_no_other_is_wanted(
    staff: Staff, walk: Walk
) -> None:
    staff.clerk.refunds.ask(walk.id, walk.due_fen, TODAY, "整个单位不参加")
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    found = staff.clerk.enrolments.get(walk.id).receipts
    assert (found.may_reissue, found.none_left, found.fen) == (True, True, 0)
    staff.clerk.receipts.reissue(walk.id, draft(walk, number="", amount_fen=0))
    found = staff.clerk.enrolments.get(walk.id).receipts
    assert (found.may_record, found.may_reissue) == (False, False)


def test_where_nothing_is_paid_no_receipt_is_offered(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "beijing")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    assert not staff.clerk.enrolments.get(walk.id).receipts.may_record


SAME = ["hb-a001", "ＨＢ－Ａ００１", " HB- A001", "HB-A001\u200b"]


@pytest.mark.parametrize("typed", SAME)
def test_a_number_is_one_however_it_is_typed(staff: Staff, typed: str) -> None:
    walk = walked(staff, "stamped")
    staff.clerk.archives.record_receipt(walk.id, typed, TODAY, walk.due_fen)
    assert [one[0] for one in book(staff)] == ["HB-A001"]
    other = walked(staff, "confirmed", name="乙厂(演示)", rows=people(10, women=2, start=50))
    for again in (*SAME, "HB-A001"):
        with refused(staff, "receipt-exists"):
            staff.clerk.archives.record_receipt(other.id, again, TODAY, other.due_fen)
        with refused(staff, "receipt-exists"):
            staff.clerk.receipts.reissue(walk.id, draft(walk, red_no=again))


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [
        ("演示\n1", TODAY, "control-character"),
        ("9" * 41, TODAY, "receipt-number"),
        ("\u200b", TODAY, "receipt-number"),
        ("演示1", date(1900, 1, 1), "date"),
        ("演示1", TODAY + timedelta(days=1), "date"),
    ],
)
def test_a_receipt_that_nobody_can_mean_is_refused(
    staff: Staff, number: str, on: date, code: str
) -> None:
    walk = walked(staff, "stamped")
    with refused(staff, code):
        staff.clerk.archives.record_receipt(walk.id, number, on, walk.due_fen)


def test_a_number_typed_at_the_wrong_unit_goes_to_the_right_one_with_its_file(
    staff: Staff, walk: Walk
) -> None:
    other = walked(staff, "confirmed", name="乙厂(演示)", rows=people(10, women=2, start=50))
    staff.clerk.archives.void_receipt(walk.id, "登记到别家了")
    scan = staff.picture("票据.png")
    staff.clerk.archives.record_receipt(walk.id, "演示00009", TODAY, walk.due_fen, scan)
    staff.clerk.archives.void_receipt(walk.id, "登记到别家了")
    for number in ("演示00001", "演示00009"):
        staff.clerk.archives.record_receipt(other.id, number, TODAY, other.due_fen)
        if number == "演示00001":
            staff.clerk.archives.void_receipt(other.id, "还是不对")
    (line,) = [
        one for one in staff.clerk.enrolments.get(other.id).receipts.lines if one.number == number
    ]
    assert line.has_file
    assert "票据演示00009作废:登记到别家了" in [
        one.note for one in staff.clerk.enrolments.history(walk.id)
    ]
