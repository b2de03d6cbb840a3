"""Claims entered twice or wrongly: asked about, voided; their numbers, receipts and way found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.test_claim_ways import BRACKETS, EVENT, Office, all_recompute, office
from tests.services.test_claims import LATER, bring_papers, covered, registered

NOBODY = ClaimDraft("accident", TODAY, person_name="向·扎西", identity_no="999999197001010017")


def test_a_claim_of_the_same_person_plan_and_day_is_asked_about(staff: Staff) -> None:
    member, clerk = covered(staff), staff.clerk
    first = clerk.claims.register(ClaimDraft("hospital", LATER, member)).value
    number = clerk.claims.get(first).number
    with refused(staff, "claim-again") as caught:
        clerk.claims.register(ClaimDraft("hospital", LATER, member))
    assert (caught.value.message, caught.value.where) == (f"此人同日同项目已有{number}。", "again")
    before = LATER - timedelta(days=1)
    clerk.claims.register(ClaimDraft("hospital", before, member))
    clerk.claims.register(ClaimDraft("hospital", LATER, member, again=True))
    identity = str(staff.value("SELECT identity_no FROM member WHERE id = :id", id=member))
    with refused(staff, "claim-again"):  # the same one, not found by his name
        clerk.claims.register(
            ClaimDraft("hospital", LATER, person_name="某人", identity_no=identity)
        )


def test_a_person_of_no_roster_is_known_by_number_else_by_name(staff: Staff) -> None:
    clerk = staff.clerk
    clerk.claims.register(NOBODY)
    with refused(staff, "claim-again"):
        clerk.claims.register(NOBODY)
    other = ClaimDraft("accident", TODAY, person_name="向·扎西", identity_no="999999197001010025")
    clerk.claims.register(other)
    with refused(staff, "claim-again"):
        clerk.claims.register(ClaimDraft("accident", TODAY, person_name="向·扎西"))
    clerk.claims.register(ClaimDraft("accident", TODAY, person_name="向扎西"))


@pytest.mark.both_databases
def test_a_voided_claim_stays_with_its_reason_and_is_in_nobodys_way(staff: Staff) -> None:
    claim, clerk = registered(staff, 100_000), staff.clerk
    member = int(str(staff.value("SELECT member_id FROM claim")))
    assert clerk.claims.get(claim).may_void
    for reason, code in ((" ", "reason-missing"), ("x" * 401, "text-too-long")):
        with refused(staff, code):
            clerk.claim_mending.void(claim, reason)
    clerk.claim_mending.void(claim, "重复登记")
    view = clerk.claims.get(claim)
    assert (view.step_label, view.voided, view.next_act) == ("已作废", "重复登记", "")
    assert (view.may_void, view.may_number, view.missing) == (False, False, ())
    (row,) = clerk.claims.list_claims()
    assert (row.step_label, row.papers_missing) == ("已作废", 0)
    acts = (
        lambda: clerk.claims.move_on(claim),
        lambda: clerk.claims.type_amount(claim, 1),
        lambda: clerk.claims.figure(claim, {"own_fen": 1}),
        lambda: clerk.claims.set_paper(claim, "claim-form", "kept"),
        lambda: clerk.claim_mending.void(claim, "再作废"),
        lambda: clerk.claim_mending.enter_number(claim, "A1"),
        lambda: clerk.claim_prints.issue_receipt(claim),
        lambda: clerk.claim_decisions.send_back(claim, "补正"),
    )
    for act in acts:
        with refused(staff, "claim-void"):
            act()
    clerk.claims.register(ClaimDraft("hospital", LATER, member))  # nothing is asked about


def test_what_was_decided_cannot_be_voided(staff: Staff) -> None:
    claim = at_the_province(staff)
    staff.clerk.claims.decide(claim, 90_000, LATER)
    assert not staff.clerk.claims.get(claim).may_void
    with refused(staff, "claim-decided"):
        staff.clerk.claim_mending.void(claim, "重复登记")


def at_the_province(staff: Staff) -> int:
    claim = registered(staff, 100_000)
    bring_papers(staff, claim)
    for desk in (staff.clerk, staff.reviewer, staff.clerk):
        desk.claims.move_on(claim)
    return claim


def test_a_decision_above_what_was_asked_for_is_asked_about(staff: Staff) -> None:
    claim, clerk = at_the_province(staff), staff.clerk
    with refused(staff, "above-asked") as caught:
        clerk.claims.decide(claim, 100_001, LATER)
    assert caught.value.message == "核定1,000.01元,多于申领的1,000.00元。"
    clerk.claims.decide(claim, 100_001, LATER, True)
    assert clerk.claims.get(claim).decided_fen == 100_001


def test_papers_of_a_claim_that_is_finished_or_refused_stay_as_they_are(staff: Staff) -> None:
    claim, clerk = at_the_province(staff), staff.clerk
    clerk.claims.set_paper(claim, "claim-form", "seen")
    clerk.claim_decisions.refuse(claim, "既往病史", "省办通知", LATER)
    with refused(staff, "claim-closed"):
        clerk.claims.set_paper(claim, "claim-form", "missing")
    clerk.claims.move_on(claim)
    with refused(staff, "claim-closed"):
        clerk.claims.set_paper(claim, "claim-form", "missing")


@pytest.mark.both_databases
def test_the_number_of_the_one_who_decides_is_kept_and_found(staff: Staff) -> None:
    claim, clerk = registered(staff), staff.clerk
    assert clerk.claims.get(claim).may_number
    for number in (" ", "9" * 41):
        with refused(staff, "business-number"):
            clerk.claim_mending.enter_number(claim, number)
    clerk.claim_mending.enter_number(claim, " hb2027a01 ")
    assert clerk.claims.get(claim).business_no == "HB2027A01"
    other = clerk.claims.register(NOBODY).value
    with refused(staff, "business-number-taken"):
        clerk.claim_mending.enter_number(other, "HB2027A01")
    with refused(staff, "business-number-taken") as caught:  # the case that covers the person
        clerk.claim_mending.enter_number(claim, "hb000001")
    assert caught.value.message == "业务号HB000001已经登记在“明山县演示水厂(演示)”的申请上。"
    with refused(staff, "business-number-taken") as caught:
        clerk.business_numbers.correct(1, "HB2027A01", "写错")
    assert "已经登记在申领SL-A-2027-00001上" in caught.value.message
    clerk.claim_mending.enter_number(claim, "HB2027A02")  # put right
    clerk.claim_mending.enter_number(other, "HB2027A01")
    (hit,) = clerk.search.find("hb2027a02")
    assert (hit.kind, hit.id) == ("claim", claim)


def test_where_the_office_decides_there_is_no_number_of_another(staff: Staff) -> None:
    made = office(staff, "beijing")
    claim = made.claim("inpatient")
    assert not made.view(claim).may_number
    with refused(staff, "no-business-number"):
        staff.clerk.claim_mending.enter_number(claim, "A1")


def test_a_claim_is_found_by_its_number_and_with_its_person(staff: Staff) -> None:
    claim, clerk = registered(staff), staff.clerk
    view = clerk.claims.get(claim)
    (hit,) = clerk.search.find(view.number.lower())
    assert (hit.kind, hit.id, hit.title) == ("claim", claim, f"{view.number} {view.person}")
    assert hit.detail == "住院医疗 · 事发2027年3月8日"
    tail = str(staff.value("SELECT identity_no FROM member WHERE name = :n", n=view.person))[-4:]
    kinds = [(one.kind, one.id) for one in clerk.search.find(tail)]
    assert ("claim", claim) in kinds
    nobody = clerk.claims.register(NOBODY).value
    (hit,) = clerk.search.find("向·扎西")
    assert (hit.kind, hit.id) == ("claim", nobody)
    clerk.claim_mending.void(nobody, "重复登记")
    (hit,) = clerk.search.find("向·扎西")
    assert hit.detail.endswith("已作废")
    assert clerk.search.find("SL", 0) == ()


@pytest.mark.both_databases
def test_the_receipt_names_what_came_in_and_what_is_wanting(staff: Staff) -> None:
    claim, clerk = registered(staff), staff.clerk
    with refused(staff, "not-yet-printable"):
        clerk.claim_prints.issue_receipt(claim)
    clerk.claims.set_paper(claim, "claim-form", "kept", staff.picture("申请书.png"))
    clerk.claims.set_paper(claim, "identity-copy", "seen")
    issued = clerk.claim_prints.issue_receipt(claim).value
    assert clerk.claim_prints.issue_receipt(claim).value == issued
    receipt = clerk.claims.get(claim).receipt
    assert receipt is not None
    assert (receipt.id, receipt.number, receipt.copies) == (issued, "HZ-A-2027-00001", 0)
    clerk.prints.record_copy(issued, "first", "")
    clerk.claims.set_paper(claim, "settlement", "kept")
    second = clerk.claim_prints.issue_receipt(claim).value
    assert second != issued
    again = clerk.claims.get(claim).receipt
    assert again is not None
    assert (again.id, again.number, again.copies) == (second, "HZ-A-2027-00002", 0)
    assert staff.value("SELECT state_code FROM issued_form WHERE id = :id", id=issued) == "replaced"
    assert len(clerk.prints.page_images(second, 40)) == 1
    clerk.claims.figure(claim, {"own_fen": 300_000})
    sheet = clerk.claim_prints.issue_worksheet(claim).value
    shown = clerk.claims.get(claim)
    assert shown.worksheet is not None
    assert (shown.worksheet.issued_id, shown.receipt) == (sheet, again)
    assert staff.value("SELECT state_code FROM issued_form WHERE id = :id", id=second) == "valid"


def test_a_person_of_no_roster_gets_a_receipt_too(staff: Staff) -> None:
    claim = staff.clerk.claims.register(NOBODY).value
    staff.clerk.claims.set_paper(claim, "claim-form", "kept")
    staff.clerk.claim_prints.issue_receipt(claim)
    content = str(staff.value("SELECT content FROM issued_form"))
    assert (
        "不在名册里的人" in content.encode().decode("unicode_escape") or "不在名册里的人" in content
    )


# --- what a refusal says


def test_a_refusal_says_where_the_claim_stands_and_where_it_may_go(staff: Staff) -> None:
    claim, clerk = registered(staff, 100_000), staff.clerk
    bring_papers(staff, claim)
    clerk.claims.move_on(claim)
    with refused(staff, "wrong-step") as caught:
        clerk.claims.type_amount(claim, 90_000)
    assert caught.value.message == "这一件现在是“已核算”,不能再改金额。"
    assert caught.value.remedy == "请先退回到“资料齐全”,再改。"
    staff.reviewer.claims.move_on(claim)
    with refused(staff, "wrong-step") as caught:
        clerk.claims.type_amount(claim, 90_000)
    assert caught.value.remedy == "确有错误的,请作废后重新登记。"
    clerk.claims.move_on(claim)
    clerk.claims.decide(claim, 90_000, LATER)
    with refused(staff, "wrong-step") as caught:
        clerk.claims.type_amount(claim, 90_000)
    assert caught.value.remedy == "已经作出决定的,金额不再改动。"
    with refused(staff, "wrong-step") as caught:
        clerk.claim_decisions.refuse(claim, "x", "x", LATER)
    assert caught.value.remedy == "已经作出决定的,不再改动。"


@pytest.mark.parametrize(
    ("scheme", "plan", "moves", "remedy"),
    [
        ("xianfeng-2024", "hospital", 0, "省办作出决定后再登记。"),
        ("beijing", "inpatient", 1, "请先退回到“数据已到”,再登记。"),
        ("pinghu", "inpatient", 0, "这个方案的申领没有不予办理这一步。"),
    ],
)
def test_a_step_without_refusal_says_when_there_is_one(
    staff: Staff, scheme: str, plan: str, moves: int, remedy: str
) -> None:
    made = office(staff, scheme)
    claim = made.claim(plan)
    if moves:
        made.confirm(f"plans.{plan}.benefits.known_until")
        made.papers(claim)
        staff.clerk.claims.figure(claim, {"eligible_own_fen": 1_000_000})
        staff.reviewer.claims.move_on(claim)
    with refused(staff, "wrong-step") as caught:
        staff.reviewer.claim_decisions.refuse(claim, "x", "x", made.today)
    assert caught.value.remedy == remedy


# --- the ledger's order


def test_what_was_decided_counts_whenever_it_was_registered(staff: Staff) -> None:
    """The other plan waits for nobody, so that its later claim may be paid first."""
    open_ = '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写'
    rule = 'stacking = [{ mode = "tops-up", plans = ["serious-illness"], source = "演示" }]\n'
    head = "[plans.benefits]\n"
    made = office(
        staff,
        "yongding",
        (f'{open_}住院补助分段比例,待核对"\n', BRACKETS.replace(head, head + rule)),
        (f'{open_}大病补助标准,待核对"\n', BRACKETS),
    )
    earlier = made.figured("inpatient", {"eligible_own_fen": 100_000})
    assert made.sheet(earlier).fen == 50_000
    made.paid("serious-illness", {"eligible_own_fen": 10_000})
    staff.clerk.claim_decisions.send_back(earlier, "重新核算")
    staff.clerk.claims.figure(earlier)
    assert made.sheet(earlier).fen == 45_000
    staff.reviewer.claims.move_on(earlier)
    staff.clerk.claim_decisions.pay(earlier, made.today)
    all_recompute(staff, 3)


@pytest.mark.both_databases
def test_a_paper_that_one_version_can_do_without_is_missed_in_anothers_claim(
    staff: Staff, tmp_path: Path
) -> None:
    made: Office = office(staff, "xianfeng-2024")
    first = made.claim("hospital")
    text = Path("resources/schemes/xianfeng-2024.toml").read_text("utf-8")
    old = 'id = "identity-copy"\nlabel = "身份证复印件"\n'
    assert text.count(old) == 1
    file = tmp_path / "second.toml"
    file.write_text(text.replace(old, f"{old}required = false\n"), "utf-8")
    staff.head.schemes.take_over(file)
    second = made.claim("hospital", EVENT + timedelta(days=1))
    missing = {row.id: row.papers_missing for row in staff.clerk.claims.list_claims()}
    assert missing == {first: 6, second: 5}
