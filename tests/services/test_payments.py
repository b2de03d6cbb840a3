"""Money: people and amount agree or it is said in words, and two people stand behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import ConflictError
from tests.services.desks import TODAY, Staff, people, transfer
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

OTHERS = people(10, start=100, women=2)
TOMORROW = TODAY + timedelta(days=1)


def states(staff: Staff, walk: Walk) -> list[str]:
    return [payment.state for payment in staff.clerk.enrolments.get(walk.id).payments]


def difference(staff: Staff, walk: Walk) -> str:
    return staff.clerk.enrolments.get(walk.id).difference


def test_a_transfer_that_agrees_takes_the_case_on(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(50_000, 10)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen, view.difference) == ("province", 50_000, "")
    (payment,) = view.payments
    assert (payment.state, payment.amount_fen, payment.people) == ("agrees", 50_000, 10)
    slip = next(paper for paper in view.papers if paper.key == "bank-slip")
    assert (slip.state, slip.note) == ("kept", "1页")


def test_a_slip_that_names_no_people_agrees_by_its_amount(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(50_000, None)
    assert (walk.step, states(staff, walk)) == ("province", ["agrees"])


@pytest.mark.parametrize(
    ("fen", "count", "words"),
    [
        (40_000, 8, "少2人的钱:名单10人应缴500.00元,回单8人400.00元"),
        (55_000, 11, "多1人的钱:名单10人应缴500.00元,回单11人550.00元"),
        (49_999, 10, "少0.01元:名单10人应缴500.00元,回单10人499.99元"),
        (50_000, 9, "金额相符,人数不符:名单10人应缴500.00元,回单9人500.00元"),
    ],
)
def test_a_difference_is_said_in_words_and_holds_the_case(
    staff: Staff, fen: int, count: int, words: str
) -> None:
    walk = walked(staff, "number")
    walk.pay(fen, count)
    assert (walk.step, states(staff, walk)) == ("payment", ["differs"])
    assert difference(staff, walk) == words
    with refused(staff, "wrong-step"):
        staff.reviewer.payments.confirm(walk.id, TODAY)


def test_a_second_transfer_completes_the_first(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(40_000, 8)
    walk.pay(10_000, 2)
    assert (walk.step, states(staff, walk)) == ("province", ["agrees", "agrees"])
    assert staff.clerk.enrolments.get(walk.id).paid_fen == 50_000


def test_a_transfer_without_its_slip_waits_for_it(staff: Staff) -> None:
    walk = walked(staff, "number")
    payment = staff.clerk.payments.record(walk.id, transfer(50_000, 10, None)).value
    assert (walk.step, states(staff, walk)) == ("payment", ["agrees"])
    staff.clerk.payments.return_(payment, "重新登记")
    walk.paid()
    assert walk.step == "province"


def test_a_slip_that_comes_after_its_transfer_takes_the_case_on(staff: Staff) -> None:
    walk = walked(staff, "number")
    staff.clerk.payments.record(walk.id, transfer(50_000, 10, None))
    staff.clerk.enrolments.attach_paper(walk.id, "bank-slip", staff.picture("后补的回单.png"))
    assert (walk.step, states(staff, walk)) == ("province", ["agrees"])
    assert staff.value("SELECT count(*) FROM bank_slip") == 1


def test_one_slip_is_booked_once_unless_it_is_said_to_be_of_another_transfer(
    staff: Staff,
) -> None:
    walk, other = walked(staff, "number"), walked(staff, "number", name="第二家(演示)", rows=OTHERS)
    pay, slip = staff.clerk.payments.record, staff.slip()
    first = pay(walk.id, transfer(40_000, 8, slip, slip_no="A-1")).value
    with refused(staff, "slip-again") as caught:
        pay(other.id, transfer(50_000, 10, slip))
    assert caught.value.message == (
        "这张回单已登记在“明山县演示水厂(演示)”2026年12月1日的缴费400.00元上。"
    )
    with refused(staff, "slip-again") as caught:
        pay(walk.id, transfer(10_000, 2, staff.slip(), slip_no=" A-1 "))
    assert caught.value.message.startswith("回单号A-1已登记在“明山县演示水厂(演示)”")
    pay(walk.id, transfer(10_000, 2, slip, slip_no="A-1", again=True))
    assert walk.step == "province"
    assert staff.value("SELECT count(*) FROM bank_slip WHERE slip_no = 'A-1'") == 2
    staff.clerk.payments.return_(first, "退")


def test_every_instalment_has_its_own_slip(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(40_000, 8)
    staff.clerk.payments.record(walk.id, transfer(10_000, 2, None))
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.difference) == ("payment", "")
    papers = {paper.key: paper.state for paper in view.papers}
    assert papers["bank-slip"] == "missing"
    staff.clerk.enrolments.attach_paper(walk.id, "bank-slip", staff.slip())
    assert walk.step == "province"


def test_a_payer_who_is_not_the_units_is_said_in_words_and_holds_nothing(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(50_000, 10, payer_name="明山县会计核算中心")
    (payment,) = staff.clerk.enrolments.get(walk.id).payments
    words = "付款户名“明山县会计核算中心”不是“明山县演示水厂(演示)”"
    assert (payment.payer_differs, walk.step) == (words, "province")
    assert staff.clerk.enrolments.history(walk.id)[-2].note.endswith(f"10人;{words}")


def test_the_slip_of_a_payment_that_went_back_serves_again(staff: Staff) -> None:
    walk, slip = walked(staff, "number"), staff.slip()
    draft = transfer(50_000, 9, slip, slip_no="A-1")
    staff.clerk.payments.return_(staff.clerk.payments.record(walk.id, draft).value, "人数写错")
    staff.clerk.payments.record(walk.id, replace(draft, people=10))
    assert walk.step == "province"


@pytest.mark.both_databases
def test_the_number_of_a_slip_is_kept_before_its_picture_is_there(staff: Staff) -> None:
    walk, slip = walked(staff, "number"), staff.slip()
    pay = staff.clerk.payments.record
    pay(walk.id, transfer(50_000, 10, None, slip_no="A-1"))
    assert staff.value("SELECT slip_no FROM bank_slip") == "A-1"
    assert (walk.step, states(staff, walk)) == ("payment", ["agrees"])
    other = walked(staff, "number", name="第二家(演示)", rows=OTHERS)
    with refused(staff, "slip-again"):
        pay(other.id, transfer(50_000, 10, slip, slip_no="A-1"))
    pay(other.id, transfer(50_000, 10, slip))
    with refused(staff, "slip-again"):
        staff.clerk.enrolments.attach_paper(walk.id, "bank-slip", slip)
    staff.clerk.enrolments.attach_paper(walk.id, "bank-slip", staff.slip())
    assert walk.step == "province"
    numbers = "SELECT count(*) FROM bank_slip WHERE slip_no = 'A-1' AND attachment_id > 0"
    assert staff.value(numbers) == 1


def test_a_transfer_before_the_business_number_counts_once_the_number_is_there(
    staff: Staff,
) -> None:
    walk = walked(staff, "approved")
    walk.paid()
    assert walk.step == "entry"
    walk.number()
    assert (walk.step, states(staff, walk)) == ("province", ["agrees"])


def test_money_from_a_person_does_not_count_as_paid(staff: Staff) -> None:
    walk = walked(staff, "number")
    payment = walk.pay(50_000, 10, payer_name="王某", payer_is_person=True)
    assert "个人账户" in staff.clerk.enrolments.get(walk.id).difference
    assert (walk.step, states(staff, walk)) == ("payment", ["differs"])
    staff.clerk.payments.return_(payment, "个人账户,退回单位重缴")
    walk.paid()
    assert (walk.step, states(staff, walk)) == ("province", ["returned", "agrees"])


def test_a_returned_transfer_stays_in_the_book(staff: Staff) -> None:
    walk = walked(staff, "number")
    payment = walk.pay(40_000, 8)
    with refused(staff, "reason-missing"):
        staff.clerk.payments.return_(payment, " ")
    staff.clerk.payments.return_(payment, "少2人")
    assert difference(staff, walk) == ""
    assert staff.clerk.enrolments.get(walk.id).paid_fen == 0
    assert staff.value("SELECT note FROM payment") == "少2人"
    with refused(staff, "payment-unknown"):
        staff.clerk.payments.return_(payment, "少2人")
    with refused(staff, "payment-unknown"):
        staff.clerk.payments.return_(999, "少2人")


def test_a_return_reopens_the_question_for_the_other_transfers(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(40_000, 8)
    second = walk.pay(10_000, 2)
    staff.clerk.payments.return_(second, "付错了")
    assert (walk.step, states(staff, walk)) == ("payment", ["differs", "returned"])
    assert staff.clerk.enrolments.history(walk.id)[-1].note == "退回缴费100.00元:付错了"
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    with refused(staff, "wrong-step"):
        staff.reviewer.payments.confirm(walk.id, TODAY)
    with refused(staff, "not-yet-printable"):
        staff.clerk.prints.issue(walk.id, "confirmation")
    walk.pay(10_000, 2)
    assert states(staff, walk) == ["agrees", "returned", "agrees"]
    staff.reviewer.payments.confirm(walk.id, TODAY)
    assert walk.step == "confirmation"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount_fen": 0}, "amount"),
        ({"people": 0}, "people"),
        ({"payer_name": " "}, "payer"),
        ({"paid_on": TOMORROW}, "date"),
    ],
)
def test_a_slip_that_cannot_be_is_not_recorded(
    staff: Staff, changed: dict[str, object], code: str
) -> None:
    walk = walked(staff, "number")
    with refused(staff, code):
        walk.pay(**{"fen": 50_000, "people_count": 10} | renamed(changed))  # type: ignore[arg-type]


def renamed(changed: dict[str, object]) -> dict[str, object]:
    names = {"amount_fen": "fen", "people": "people_count"}
    return {names.get(key, key): value for key, value in changed.items()}


def test_nothing_is_due_before_approval(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    with refused(staff, "not-due"):
        walk.pay(50_000, 10)


def test_a_file_that_is_no_picture_is_no_slip(staff: Staff) -> None:
    walk = walked(staff, "number")
    false = staff.papers / "回单.jpg"
    false.write_bytes("这不是图片".encode())
    with refused(staff, "scan-not-readable") as caught:
        staff.clerk.payments.record(walk.id, transfer(50_000, 10, false))
    assert "回单.jpg" in caught.value.message


def test_the_arrival_is_recorded_by_another_person(staff: Staff) -> None:
    walk = walked(staff, "paid")
    with refused(staff, "effective-date-missing"):
        staff.reviewer.payments.confirm(walk.id, TODAY)
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    with refused(staff, "same-person"):
        staff.clerk.payments.confirm(walk.id, TODAY)
    with refused(staff, "date"):
        staff.reviewer.payments.confirm(walk.id, TODAY - timedelta(days=1))
    staff.reviewer.payments.confirm(walk.id, TODAY)
    (payment,) = staff.clerk.enrolments.get(walk.id).payments
    assert payment.confirmed_on == TODAY
    assert staff.value(
        "SELECT u.login FROM payment p JOIN app_user u ON u.id = p.confirmed_by"
    ) == "zhangmin"  # fmt: skip


def test_who_recorded_any_of_the_transfers_does_not_confirm_them(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(40_000, 8)
    slip = staff.picture("回单.png")
    staff.reviewer.payments.record(walk.id, transfer(10_000, 2, slip))
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    for colleague in (staff.clerk, staff.reviewer):
        with refused(staff, "same-person"):
            colleague.payments.confirm(walk.id, TODAY)
    staff.head.payments.confirm(walk.id, TODAY)
    assert walk.step == "confirmation"


def test_an_arrival_that_is_refused_begins_no_cover(staff: Staff) -> None:
    walk = walked(staff, "paid")
    for on in (TODAY - timedelta(days=60), TOMORROW):
        with refused(staff, "date"):
            staff.reviewer.payments.confirm(walk.id, on, TODAY, "演示1号")
    with refused(staff, "effective-date"):
        staff.reviewer.payments.confirm(walk.id, TODAY, date(2031, 1, 1), "演示1号")
    assert staff.clerk.enrolments.get(walk.id).effective_on is None
    staff.reviewer.payments.confirm(walk.id, TODAY, TODAY, "演示1号")
    assert staff.clerk.enrolments.get(walk.id).effective_on == TODAY
    assert staff.value("SELECT count(*) FROM cover") == 10


def test_confirmed_money_is_not_returned(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    payment = staff.clerk.enrolments.get(walk.id).payments[0].id
    with refused(staff, "payment-confirmed"):
        staff.clerk.payments.return_(payment, "退")


def test_sums_of_plans_parts_and_allocations_agree(staff: Staff) -> None:
    walk = Walk(staff, plans=(("hospital", 1), ("women", 1), ("accident", 1))).start()
    for step in (walk.roster, walk.submitted, walk.approved, walk.number):
        step()
    walk.pay(64_000, 10)  # 10 x 50 + 2 x 20 + 10 x 10
    assert walk.step == "province"
    for query in (
        "SELECT sum(contribution_fen) FROM enrollee",
        "SELECT sum(due_fen) FROM enrolment_plan",
        "SELECT sum(fen) FROM funding_part",
        "SELECT sum(fen) FROM payment_allocation",
        "SELECT sum(amount_fen) FROM bank_slip",
        "SELECT due_fen FROM enrolment",
    ):
        assert int(str(staff.value(query))) == 64_000, query


def second_unit_with_the_same_people(staff: Staff) -> Walk:
    """Another unit lists the same people in the next year's drive."""
    staff.head.schemes.set_year(2028)
    return walked(staff, "paid", name="第二家(演示)")


def test_cover_of_one_person_never_overlaps_across_units(staff: Staff) -> None:
    walked(staff, "confirmed")
    other = second_unit_with_the_same_people(staff)
    with refused(staff, "cover-overlaps") as caught:
        staff.reviewer.enrolments.set_effective(other.id, TODAY + timedelta(days=364), "演示2号")
    assert "住院医疗" in caught.value.message
    assert "2027年11月30日" in caught.value.message
    staff.reviewer.enrolments.set_effective(other.id, TODAY.replace(year=2027), "演示2号")
    assert staff.value("SELECT count(*) FROM cover") == 20


@pytest.mark.both_databases
def test_the_ledger_itself_refuses_cover_that_overlaps(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    copy = (
        "INSERT INTO cover (member_id, plan_id, enrolment_id, shares, from_on, until_on,"
        " state_code) SELECT member_id, plan_id, enrolment_id, 1, :first, :end, :state FROM cover"
        " WHERE id = (SELECT min(id) FROM cover)"
    )
    inside = {"first": "2027-11-30", "end": "2028-11-30", "state": "active"}
    with pytest.raises(ConflictError):
        staff.run(copy, **dates(staff, inside))
    staff.run(copy, **dates(staff, inside | {"state": "void"}))
    staff.run(copy, **dates(staff, inside | {"first": "2027-12-01"}))
    assert staff.value("SELECT count(*) FROM cover") == 12
    assert walk.step == "confirmation"


def dates(staff: Staff, values: dict[str, str]) -> dict[str, object]:
    """SQLite keeps dates as text, PostgreSQL as dates."""
    if staff.database.engine.dialect.name == "sqlite":
        return dict(values)
    return {
        key: date.fromisoformat(value) if key != "state" else value for key, value in values.items()
    }


def test_a_finished_case_takes_no_more_money(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    with refused(staff, "case-closed"):
        walk.paid()


def test_a_double_transfer_sent_back_leaves_the_one_that_agrees(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(50_000, 9)
    double = walk.pay(50_000, 10)
    assert states(staff, walk) == ["differs", "differs"]
    staff.clerk.payments.return_(double, "重复缴费")
    assert states(staff, walk) == ["differs", "returned"]
    right = walk.pay(50_000, 1, paid_on=TODAY)
    assert difference(staff, walk).startswith("多10人的钱")
    first = staff.clerk.enrolments.get(walk.id).payments[0].id
    staff.reviewer.payments.return_(first, "重复缴费")
    assert states(staff, walk)[2] == "differs"
    staff.reviewer.payments.return_(right, "人数写错")
    walk.paid()
    assert walk.step == "province"


def test_a_double_transfer_sent_back_takes_the_case_on(staff: Staff) -> None:
    walk = walked(staff, "number")
    walk.pay(60_000, None)
    double = walk.pay(10_000, None)
    walk.pay(50_000, None)
    staff.reviewer.payments.return_(double, "重复缴费")
    first = staff.clerk.enrolments.get(walk.id).payments[0].id
    staff.reviewer.payments.return_(first, "金额不对")
    assert (walk.step, states(staff, walk)) == ("province", ["returned", "returned", "agrees"])
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    with refused(staff, "same-person"):
        staff.clerk.payments.confirm(walk.id, TODAY)
    staff.reviewer.payments.confirm(walk.id, TODAY)
