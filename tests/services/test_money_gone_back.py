"""Money that arrived and went back: the case waits for it, and what said it was there is void."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import TODAY, Staff, transfer
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, local, use_scheme
from tests.services.walks import Walk, walked

WHY = "单位要求退回"
PAID_ON = date(2022, 11, 21)


def back(walk: Walk, fen: int, on: date = TODAY) -> None:
    """Asked back, and arrived with who paid it."""
    walk.staff.clerk.refunds.ask(walk.id, fen, on, WHY)
    walk.staff.reviewer.refunds.arrive(walk.id, on)


def lacks(walk: Walk) -> dict[str, str]:
    missing = walk.staff.clerk.enrolments.get(walk.id).missing
    return {one.code: f"{one.message}。{one.remedy}" for one in missing}


def anyang(staff: Staff) -> Walk:
    """Ten people whose unit owes 500 and whose cover began at the approval."""
    use_scheme(staff, "anyang-2023", "2022-11-21 09:30", 2023)
    walk = case_of(staff, "anyang-2023")
    walk.submitted()
    walk.approved()
    return walk


def pay(walk: Walk, fen: int, serial: int = 1) -> None:
    slip = transfer(fen, None, walk.staff.slip(), paid_on=PAID_ON, slip_no=f"演示{serial}")
    walk.staff.clerk.payments.record(walk.id, slip)


def member_of(walk: Walk) -> int:
    return walk.staff.clerk.rosters.list_people(walk.id)[0].member_id


@pytest.mark.parametrize(
    ("fen", "said"),
    [(50_000, "已退500.00元,还差500.00元"), (25_000, "已退250.00元,还差250.00元")],
)
def test_no_confirmation_is_printed_of_money_that_went_back_whole_or_half(
    staff: Staff, fen: int, said: str
) -> None:
    walk = walked(staff, "confirmed")
    back(walk, fen)
    assert lacks(walk) == {
        "money-short": f"{said}。请登记单位重新缴来的会费;"
        "单位不办了的,钱全部退还后请审核人作废申请。"
    }
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.prints.issue(walk.id, "confirmation")
    assert caught.value.message == f"{said},不能打印确认书。"
    assert staff.clerk.prints.issue(walk.id, "member-list").value


def test_what_is_asked_back_by_mistake_may_be_withdrawn_and_the_case_goes_on(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    staff.clerk.refunds.ask(walk.id, 50_000, TODAY, WHY)
    assert lacks(walk) == {
        "money-short": "已申请退费500.00元,还差500.00元。退错的,请撤回退费申请;"
        "否则请先登记退费到账,再登记重新缴来的会费,或作废申请。"
    }
    with refused(staff, "refund-waits"):
        walk.pay(50_000, 10, slip_no="演示0002", again=True)
    staff.clerk.refunds.cancel(walk.id, "弄错了")
    walk.printed()
    walk.stamped()
    assert walk.finished()


def test_a_confirmation_printed_before_the_money_went_back_is_void_with_the_reason(
    staff: Staff,
) -> None:
    walk = walked(staff, "stamped")
    staff.clerk.refunds.ask(walk.id, 30_000, TODAY, WHY)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.short) == ("confirmation", "已申请退费300.00元,还差300.00元")
    kept = "SELECT count(*) FROM issued_form WHERE state_code = 'valid'"
    void = "SELECT note FROM issued_form WHERE form_key = 'confirmation' AND state_code = 'void'"
    assert (staff.value(kept), staff.value(void)) == (2, "已申请退费300.00元,还差300.00元")
    note = staff.clerk.enrolments.history(walk.id)[-1].note
    assert note.endswith("作废:已申请退费300.00元,还差300.00元")
    with refused(staff, "wrong-step"):
        staff.clerk.archives.finish(walk.id)


def test_the_unit_may_pay_anew_and_the_case_ends_with_all_that_is_due(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    back(walk, 50_000)
    walk.pay(20_000, None, slip_no="演示0002", again=True)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen) == ("payment", 20_000)
    walk.pay(30_000, None, slip_no="演示0003", again=True)
    assert walk.step == "province"
    staff.reviewer.payments.confirm(walk.id, TODAY)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.paid_fen, view.short, view.overpaid_fen) == (
        "confirmation", 50_000, "", 0,
    )  # fmt: skip
    with refused(staff, "payment-confirmed"):
        walk.pay(10_000, None, slip_no="演示0004", again=True)
    staff.clerk.prints.issue(walk.id, "confirmation")
    staff.clerk.archives.receive_stamped(walk.id, "confirmation")
    assert walk.finished()
    [line] = staff.clerk.ties.tie().lines
    assert (line.kept_fen, line.gap_fen, line.state) == (50_000, 0, "tied")


def test_a_case_given_up_after_its_money_went_back_may_be_void(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    back(walk, 50_000)
    staff.reviewer.mending.void(walk.id, WHY)
    assert staff.clerk.enrolments.get(walk.id).state == "void"
    assert staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'") == 0


def test_a_case_sent_back_after_its_money_went_back_is_handed_in_and_paid_again(
    staff: Staff,
) -> None:
    walk = walked(staff, "confirmed")
    back(walk, 50_000)
    staff.reviewer.mending.send_back(walk.id, "名单有误")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    walk.number()
    walk.pay(50_000, None, slip_no="演示0002", again=True)
    assert walk.step == "province"


def test_a_finished_case_whose_money_went_back_keeps_its_file_and_says_what_is_short(
    staff: Staff,
) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    back(walk, 20_000)
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.state, view.short, view.difference) == (
        "finished", "已退200.00元,还差200.00元", "已退200.00元,还差200.00元",
    )  # fmt: skip
    [line] = staff.clerk.ties.tie().lines
    assert (line.state, line.gap_fen) == ("differs", 20_000)
    assert staff.value("SELECT count(*) FROM issued_form WHERE state_code = 'valid'") == 3


def test_the_board_counts_the_unit_as_unpaid_and_says_why(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    assert staff.clerk.board.board().paid.units == 1
    back(walk, 25_000)
    board = staff.clerk.board.board()
    assert board.paid.units == 0
    assert "已退250.00元,还差250.00元" in [row.note for row in board.rows]


def test_own_fund_schemes_wait_for_the_money_as_well(staff: Staff) -> None:
    walk = anyang(staff)
    pay(walk, 50_000)
    staff.reviewer.payments.confirm(walk.id, PAID_ON)
    back(walk, 50_000, PAID_ON)
    assert lacks(walk)["money-short"].startswith("已退500.00元,还差500.00元。请登记单位重新缴来的")
    with refused(staff, "not-yet-printable"):
        staff.clerk.prints.issue(walk.id, "confirmation")
    pay(walk, 50_000, 2)
    staff.reviewer.payments.confirm(walk.id, PAID_ON)
    for form in ("application", "member-list", "confirmation"):
        staff.clerk.prints.issue(walk.id, form)
        staff.clerk.archives.receive_stamped(walk.id, form)
    assert staff.clerk.archives.finish(walk.id).value


def test_no_proof_of_cover_is_made_out_while_the_unit_owes_for_it(staff: Staff) -> None:
    walk = anyang(staff)
    member = member_of(walk)
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.forms.issue("cover-proof", member)
    assert caught.value.message.startswith(
        "“明山县演示水厂(演示)”2023年度互助金还差500.00元,开不出"
    )
    assert caught.value.remedy == "请缴清后再开。"
    pay(walk, 20_000)
    with refused(staff, "not-yet-printable") as caught:
        staff.clerk.forms.issue("cover-proof", member)
    assert "还差300.00元" in caught.value.message
    pay(walk, 30_000, 2)
    assert staff.clerk.forms.issue("cover-proof", member).value


def test_a_claim_is_registered_and_tells_who_reviews_it_what_the_unit_owes(staff: Staff) -> None:
    walk = anyang(staff)
    staff.clock.at = local("2023-02-01 09:30")
    draft = ClaimDraft("medical", date(2023, 1, 20), member_of(walk), claimed_fen=10_000)
    claim = staff.clerk.claims.register(draft).value
    told = staff.reviewer.claims.get(claim)
    assert told.owed == "“明山县演示水厂(演示)”2023年度互助金还差500.00元"
    assert "money" not in {one.code for one in told.missing}
    pay(walk, 50_000)
    assert staff.reviewer.claims.get(claim).owed == ""


def test_a_claim_of_nobody_covered_owes_nothing(staff: Staff) -> None:
    claim = staff.clerk.claims.register(ClaimDraft("hospital", TODAY, person_name="某人")).value
    assert staff.clerk.claims.get(claim).owed == ""
