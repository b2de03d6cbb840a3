"""Claims: registered by cover on the day, reviewed by another, decided by the province."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.walks import walked

LATER = date(2027, 3, 8)


def covered(staff: Staff) -> int:
    """Somebody covered from today on; the clock then moves on to the day of the claim."""
    walked(staff, "confirmed")
    staff.clock.at += timedelta(days=(LATER - TODAY).days)
    return int(str(staff.value("SELECT min(id) FROM member")))


def registered(staff: Staff, claimed_fen: int | None = None, plan: str = "hospital") -> int:
    draft = ClaimDraft(plan, LATER, covered(staff), claimed_fen=claimed_fen)
    return staff.clerk.claims.register(draft).value


def bring_papers(staff: Staff, claim: int) -> None:
    for paper in staff.clerk.claims.get(claim).papers:
        staff.clerk.claims.set_paper(claim, paper.key, "kept")


@pytest.mark.both_databases
def test_a_person_is_found_with_the_plans_that_cover_the_day(staff: Staff) -> None:
    member = covered(staff)
    tail = str(staff.value("SELECT identity_no FROM member WHERE id = :id", id=member))[-4:]
    name = str(staff.value("SELECT name FROM member WHERE id = :id", id=member))
    for words in (tail, name):
        (person,) = staff.clerk.claims.find_covered(words, LATER)
        assert (person.member_id, person.name) == (member, name)
        assert person.plans == (("hospital", "住院医疗 至2027年11月30日24时"),)
        assert person.identity == "*" * 14 + tail
    (before,) = staff.clerk.claims.find_covered(tail, TODAY - timedelta(days=1))
    (after,) = staff.clerk.claims.find_covered(tail, date(2027, 12, 1))
    assert (before.plans, after.plans) == ((), ())
    assert staff.clerk.claims.find_covered("  ", LATER) == ()
    assert staff.clerk.claims.find_covered("查无此人", LATER) == ()


@pytest.mark.parametrize(
    ("event_on", "is_covered"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (date(2027, 11, 30), True),
        (date(2027, 12, 1), False),
    ],
)
def test_cover_counts_on_the_events_day_long_after_too(
    staff: Staff, event_on: date, is_covered: bool
) -> None:
    member = covered(staff)
    staff.clock.at += timedelta(days=900)
    draft = ClaimDraft("hospital", event_on, member)
    if not is_covered:
        with refused(staff, "not-covered"):
            staff.clerk.claims.register(draft)
        return
    view = staff.clerk.claims.get(staff.clerk.claims.register(draft).value)
    assert view.cover == "自2026年12月1日0时起至2027年11月30日24时止"
    assert (view.unit, view.step_label) == ("明山县演示水厂(演示)", "登记")


def test_a_plan_the_person_does_not_hold_covers_nothing(staff: Staff) -> None:
    member = covered(staff)
    with refused(staff, "not-covered"):
        staff.clerk.claims.register(ClaimDraft("accident", LATER, member))


def test_a_person_not_found_is_recorded_by_the_words_given(staff: Staff) -> None:
    draft = ClaimDraft(
        "accident", TODAY, person_name=" 查无此人 ", identity_no="999999197001010017"
    )
    view = staff.clerk.claims.get(staff.clerk.claims.register(draft).value)
    assert (view.person, view.unit, view.cover) == ("查无此人", "", "查无此人,未核对保障")
    assert view.identity == "*" * 14 + "0017"
    assert view.number == "SL-A-2026-00001"


def test_a_number_is_kept_as_the_card_has_it(staff: Staff) -> None:
    for number in (" 9999 9919700101 0017 ", "  "):
        draft = ClaimDraft(
            "accident", TODAY, person_name="查无此人", identity_no=number, again=True
        )
        staff.clerk.claims.register(draft)
    query = "SELECT person_identity_no FROM claim ORDER BY id LIMIT 1"
    assert staff.value(query) == "999999197001010017"
    assert staff.value("SELECT count(*) FROM claim WHERE person_identity_no IS NULL") == 1


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ClaimDraft("hospital", TODAY + timedelta(days=1), person_name="某人"), "event-date"),
        (ClaimDraft("hospital", TODAY, person_name=" "), "name-missing"),
        (ClaimDraft("holiday", TODAY, person_name="某人"), "plan-unknown"),
        (ClaimDraft("holiday", TODAY, 1), "plan-unknown"),
        (ClaimDraft("hospital", TODAY, 999), "member-unknown"),
        (ClaimDraft("hospital", TODAY, person_name="某人", claimed_fen=0), "amount"),
        (ClaimDraft("hospital", TODAY, None, "某人", "1"), "identity-length"),
        (ClaimDraft("hospital", TODAY, None, "某人", "护照E12345678"), "identity-characters"),
        (ClaimDraft("hospital", TODAY, None, "某人", "999999197001010018"), "identity-check-digit"),
    ],
)
def test_a_claim_that_cannot_be_is_not_registered(
    staff: Staff, draft: ClaimDraft, code: str
) -> None:
    with refused(staff, code):
        staff.clerk.claims.register(draft)


def test_papers_are_ticked_off_one_by_one(staff: Staff) -> None:
    claim = registered(staff)
    keys = [paper.key for paper in staff.clerk.claims.get(claim).papers]
    assert keys == [
        "claim-form", "identity-copy", "bank-card-copy", "settlement", "discharge",
        "hospital-receipt",
    ]  # fmt: skip
    with refused(staff, "claim-papers") as caught:
        staff.clerk.claims.move_on(claim)
    assert "还缺6份资料" in caught.value.message
    staff.clerk.claims.set_paper(claim, "claim-form", "kept", staff.picture("申请书.png"))
    staff.clerk.claims.set_paper(claim, "identity-copy", "seen")
    (row,) = staff.clerk.claims.list_claims()
    assert (row.papers_missing, row.step_label) == (4, "登记")
    lines = {paper.key: paper for paper in staff.clerk.claims.get(claim).papers}
    assert lines["claim-form"].attachment_id is not None
    assert lines["identity-copy"].state == "seen"
    with refused(staff, "paper-unknown"):
        staff.clerk.claims.set_paper(claim, "diagnosis", "kept")


def test_papers_it_can_do_without_do_not_hold_a_claim(staff: Staff) -> None:
    draft = ClaimDraft("accident", TODAY, person_name="某人", claimed_fen=10_000)
    claim = staff.clerk.claims.register(draft).value
    for paper in staff.clerk.claims.get(claim).papers:
        if paper.key != "disability-proof":
            staff.clerk.claims.set_paper(claim, paper.key, "kept")
    view = staff.clerk.claims.get(claim)
    assert view.missing == ()
    assert staff.clerk.claims.list_claims()[0].papers_missing == 0
    staff.clerk.claims.move_on(claim)
    assert staff.clerk.claims.get(claim).step_label == "已核算"


@pytest.mark.both_databases
@pytest.mark.parametrize(("fen", "on_paper"), [(299_999, False), (300_000, True)])
def test_papers_are_asked_for_on_paper_from_3000_yuan_claimed(
    staff: Staff, fen: int, on_paper: bool
) -> None:
    claim = registered(staff, fen)
    assert staff.clerk.claims.get(claim).on_paper is on_paper
    staff.clerk.claims.type_amount(claim, 300_000 + 299_999 - fen)
    assert staff.clerk.claims.get(claim).on_paper is not on_paper


def test_a_claim_goes_its_way_to_being_told(staff: Staff) -> None:
    claim = registered(staff)
    bring_papers(staff, claim)
    labels = []
    for act in (
        lambda: staff.clerk.claims.move_on(claim),
        lambda: staff.clerk.claims.type_amount(claim, 412_345),
        lambda: staff.reviewer.claims.move_on(claim),
        lambda: staff.clerk.claims.move_on(claim),
        lambda: staff.clerk.claims.decide(claim, 400_000, LATER),
        lambda: staff.clerk.claims.move_on(claim),
    ):
        act()
        labels.append(staff.clerk.claims.get(claim).step_label)
    assert labels == ["资料齐全", "已核算", "已复核", "省办审核中", "省办核定金额", "已告知"]
    view = staff.clerk.claims.get(claim)
    assert (view.claimed_fen, view.decided_fen, view.decided_on) == (412_345, 400_000, LATER)
    assert (view.next_label, view.next_act, view.missing) == ("", "", ())
    assert staff.value("SELECT told_on FROM claim") is not None
    assert staff.value("SELECT count(*) FROM claim_step") == 7
    assert staff.value("SELECT count(*) FROM claim_amount") == 2
    with refused(staff, "wrong-step"):
        staff.clerk.claims.move_on(claim)


def test_a_known_amount_is_figured_as_soon_as_the_papers_are_there(staff: Staff) -> None:
    claim = registered(staff, 123_456)
    bring_papers(staff, claim)
    staff.clerk.claims.move_on(claim)
    view = staff.clerk.claims.get(claim)
    assert (view.step_label, view.next_label, view.claimed_fen) == ("已核算", "复核", 123_456)


def test_who_said_the_amount_does_not_review_it(staff: Staff) -> None:
    claim = registered(staff, 123_456)
    bring_papers(staff, claim)
    staff.reviewer.claims.type_amount(claim, 123_400)
    staff.clerk.claims.move_on(claim)
    with refused(staff, "same-person"):
        staff.reviewer.claims.move_on(claim)
    staff.clerk.claims.move_on(claim)
    assert staff.clerk.claims.get(claim).step_label == "已复核"


def test_steps_of_a_claim_cannot_be_taken_out_of_order(staff: Staff) -> None:
    claim = registered(staff)
    with refused(staff, "wrong-step"):
        staff.clerk.claims.decide(claim, 100, LATER)
    bring_papers(staff, claim)
    staff.clerk.claims.move_on(claim)
    with refused(staff, "wrong-step") as caught:
        staff.clerk.claims.move_on(claim)
    assert "登记申领金额" in caught.value.remedy
    with refused(staff, "amount"):
        staff.clerk.claims.type_amount(claim, 0)
    staff.clerk.claims.type_amount(claim, 100)
    with refused(staff, "wrong-step"):
        staff.clerk.claims.type_amount(claim, 200)
    staff.run("UPDATE claim SET claimed_fen = NULL")
    with refused(staff, "claim-amount"):
        staff.reviewer.claims.move_on(claim)


def test_the_provinces_decision_is_recorded_as_it_says(staff: Staff) -> None:
    claim = registered(staff, 50_000)
    bring_papers(staff, claim)
    for desk in (staff.clerk, staff.reviewer, staff.clerk):
        desk.claims.move_on(claim)
    for fen, on, code in ((-1, LATER, "amount"), (100, LATER + timedelta(days=1), "date")):
        with refused(staff, code):
            staff.clerk.claims.decide(claim, fen, on)
    staff.clerk.claims.decide(claim, 0, LATER)
    assert staff.clerk.claims.get(claim).decided_fen == 0


def test_an_unknown_claim_is_said_to_be_unknown(staff: Staff) -> None:
    for act in (staff.clerk.claims.move_on, staff.clerk.claims.get):
        with refused(staff, "claim-unknown"):
            act(99)
