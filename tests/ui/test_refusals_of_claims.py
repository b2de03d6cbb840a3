"""Refusals of a claim: its amount, its number, its decision, and a page grown old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db.codes import PaperState
from desktop_app.domain.schemes.claim_ways import ARRIVE, DECIDE, MOVE_ON, PAY, TYPE_AMOUNT
from desktop_app.services.drafts import ClaimDraft
from desktop_app.ui.pages.claims.claim_acts import ENTER_NUMBER, REFUSE, SEND_BACK, VOID
from tests.services import test_claim_ways as claim_ways
from tests.services.desks import Row
from tests.ui import refused_windows
from tests.ui.refused_windows import LATER, Room, claimed, reason

office_template = refused_windows.office_template
office, own_office = refused_windows.office, refused_windows.own_office
room, own_room = refused_windows.room, refused_windows.own_room
covered = refused_windows.covered
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen says so
Fill = Callable[[Any], object] | None
ASKED = 100_000


def at_the_province(room: Room, who: Row) -> int:
    claim = claimed(room, who, ASKED)
    clerk = room.staff.clerk.claims
    for paper in clerk.get(claim).papers:
        clerk.set_paper(claim, paper.key, PaperState.KEPT.value)
    for desk in (room.staff.clerk, room.staff.reviewer, room.staff.clerk):
        desk.claims.move_on(claim)
    return claim


def decided(room: Room, claim: int) -> None:
    room.staff.clerk.claims.decide(claim, ASKED, LATER)


def voided(room: Room, claim: int) -> None:
    room.staff.clerk.claim_mending.void(claim, "演示作废")


def amounts(yuan: str, days: int = 0) -> Callable[[Any], None]:
    def fill(dialog: Any) -> None:
        dialog.amount.setText(yuan)
        dialog.on.set_day(LATER + timedelta(days))

    return fill


def numbered(number: str) -> Callable[[Any], None]:
    return lambda dialog: dialog.number.setText(number)


def refuses(rule: str, why: str) -> Callable[[Any], None]:
    def fill(dialog: Any) -> None:
        dialog.rule.setEditText(rule)
        dialog.reason.setText(why)

    return fill


def a_day(days: int) -> Callable[[Any], None]:
    return lambda dialog: dialog.on.set_day(LATER + timedelta(days))


@pytest.mark.parametrize(
    ("act", "fill", "sentence"),
    [
        (DECIDE, amounts("1000.01"), "核定1,000.01元,多于申领的1,000.00元"),
        (DECIDE, amounts("900", 1), "核定日期早于事件日期或晚于今天"),
        (DECIDE, amounts("900", -1), "核定日期早于事件日期或晚于今天"),
        (DECIDE, amounts(""), "“核定金额”还没有填"),
        (ENTER_NUMBER, numbered(""), "“业务号”还没有填"),
        (ENTER_NUMBER, numbered("9" * 50), "业务号太长"),
        (VOID, None, "“原因”还没有填"),
    ],
    ids=["above", "tomorrow", "before", "no amount", "no number", "long number", "no reason"],
)
def test_what_the_province_decides_is_taken_down_as_it_can_be(
    room: Room, covered: Row, act: str, fill: Fill, sentence: str
) -> None:
    page = room.claim(room.staff.clerk, at_the_province(room, covered))
    room.refused(page.take(act), sentence, fill)


def test_a_claim_s_number_is_of_one_claim(room: Room, covered: Row) -> None:
    first, second = claimed(room, covered), claimed(room, covered)
    room.staff.clerk.claim_mending.enter_number(first, "HBSL001")
    page = room.claim(room.staff.clerk, second)
    room.refused(page.take(ENTER_NUMBER), "已经登记在", numbered("HBSL001"))


@pytest.mark.parametrize("days", [-1, 1])
def test_money_reaches_the_person_after_it_was_decided(room: Room, covered: Row, days: int) -> None:
    claim = at_the_province(room, covered)
    decided(room, claim)
    page = room.claim(room.staff.clerk, claim)
    room.refused(page.take(ARRIVE), "早于前面的步骤或晚于今天", a_day(days))


@pytest.mark.parametrize(
    ("rule", "why", "sentence"),
    [("", "演示", "“规定原文”还没有填"), ("演示规定", "", "“原因”还没有填")],
)
def test_a_refusal_stands_on_a_rule_and_a_reason(
    room: Room, covered: Row, rule: str, why: str, sentence: str
) -> None:
    page = room.claim(room.staff.clerk, at_the_province(room, covered))
    room.refused(page.take(REFUSE), sentence, refuses(rule, why))


STALE: dict[str, tuple[Callable[[Room, int], None], str, Fill, str]] = {
    "moved on": (decided, DECIDE, amounts("900"), "不能做这一步"),
    "sent back": (decided, SEND_BACK, reason, "不能退回"),
    "refused": (decided, REFUSE, refuses("演示规定", "演示"), "不能登记不予办理"),
    "the amount": (decided, TYPE_AMOUNT, lambda d: d.amount.setText("1"), "不能再改金额"),
    "decided": (decided, VOID, reason, "已经作出决定,不能作废"),
    "void": (voided, ENTER_NUMBER, numbered("HBSL002"), "这件申领已作废,不再办理"),
    "void and moved on": (voided, MOVE_ON, None, "这件申领已作废,不再办理"),
}


@pytest.mark.parametrize("key", STALE)
def test_what_another_desk_did_to_the_claim_meanwhile_is_said(
    room: Room, covered: Row, key: str
) -> None:
    meanwhile, act, fill, sentence = STALE[key]
    claim = at_the_province(room, covered)
    dialog = room.claim(room.staff.clerk, claim).take(act)
    room.settle()
    meanwhile(room, claim)
    room.refused(dialog, sentence, fill)


def test_a_claim_of_nobody_has_a_name(room: Room) -> None:
    page = room.claims(room.staff.clerk)

    def fill(dialog: Any) -> None:
        dialog.event_on.setText("2026-12-1")
        dialog.plan.setCurrentIndex(0)

    room.refused(page.register(), "“姓名”还没有填", fill)


def test_papers_of_what_is_void_are_not_ticked_nor_receipted(room: Room, covered: Row) -> None:
    claim = claimed(room, covered)
    page = room.claim(room.staff.clerk, claim)
    assert page.claim is not None
    line = page.claim.papers[0]
    with room.nothing_stored():
        page.print_receipt()
    assert "还没有登记收到的资料" in page.banner.text
    voided(room, claim)
    with room.nothing_stored():
        page.set_paper(line, PaperState.KEPT.value)
    assert "这件申领已作废" in page.banner.text
    assert page.banner.remedy.text()


def test_papers_of_what_was_refused_are_left_as_they_are(room: Room, covered: Row) -> None:
    claim = at_the_province(room, covered)
    page = room.claim(room.staff.clerk, claim)
    assert page.claim is not None
    room.staff.clerk.claim_decisions.refuse(claim, "演示规定", "演示", LATER)
    with room.nothing_stored():
        page.set_paper(page.claim.papers[0], PaperState.MISSING.value)
    assert "已经办结或不予办理,资料不再改动" in page.banner.text
    assert page.banner.remedy.text()


# Where the office decides


def at_an_office(own_room: Room, fen: int) -> int:
    made = claim_ways.office(own_room.staff, "pinghu")
    facts = {"eligible_own_fen": 500_000}
    return made.claim("inpatient", claimed_fen=fen, facts=facts)


def test_a_bill_that_says_another_amount_than_the_rules_is_not_moved_on(own_room: Room) -> None:
    claim = at_an_office(own_room, 90_000)
    page = own_room.claim(own_room.staff.clerk, claim)
    own_room.blocked(page, "880.00")


def test_what_the_rules_leave_open_is_not_paid(own_room: Room) -> None:
    staff = own_room.staff
    first = at_an_office(own_room, 88_000)
    made = claim_ways.Office(staff, int(str(staff.value("SELECT min(id) FROM member"))))
    staff.clerk.claims.move_on(first)
    staff.reviewer.claim_decisions.pay(first, made.today)
    facts = {"eligible_own_fen": 500_000}
    claim = made.claim("inpatient", claimed_fen=90_000, facts=facts)
    staff.clerk.claims.move_on(claim)
    page = own_room.claim(staff.reviewer, claim)
    own_room.refused(page.take(PAY), "待核对,不能拨付")
    made.confirm("plans.inpatient.benefits.accumulation")
    own_room.refused(page.take(PAY), "与登记的900.00元不一致")


@pytest.fixture
def anyang(own_room: Room) -> claim_ways.Office:
    """Its benefit, which no source gives, is written as 演示 into the file."""
    text = claim_ways.scheme_text("anyang-2023")
    start = text.index("[plans.benefits]")
    given = (text[start : text.index("\n\n", start)], claim_ways.BRACKETS.rstrip())
    until = ("effective_until = 2023-12-31\n", "")
    return claim_ways.office(own_room.staff, "anyang-2023", given, until)


def test_who_is_not_covered_is_not_paid(own_room: Room, anyang: claim_ways.Office) -> None:
    staff = own_room.staff
    facts = {"eligible_own_fen": 100_000, "effective_on": "2027-01-01", "ends_on": "2028-01-01"}
    draft = ClaimDraft("medical", claim_ways.EVENT, person_name="某人", facts=facts)
    claim = staff.clerk.claims.register(draft).value
    anyang.papers(claim)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claims.move_on(claim)
    page = own_room.claim(staff.clerk, claim)
    own_room.refused(page.take(PAY), "台账里没有查到此人在事件当天的保障")


def test_a_claim_waits_for_the_one_before_it(own_room: Room) -> None:
    staff = own_room.staff
    made = claim_ways.office(staff, "beijing")
    base = "plans.above-ceiling.benefits"
    made.confirm(f"{base}.known_until")
    first = made.figured("above-ceiling", {"eligible_own_fen": 24_900_000})
    second = made.figured("above-ceiling", {"eligible_own_fen": 5_000_000})
    given = {"share": "90/100"}
    made.confirm(f"{base}.brackets.above-25000000", claim_ways.GIVEN, **given)
    staff.clerk.claims.figure(second)
    staff.reviewer.claims.move_on(second)
    page = own_room.claim(staff.clerk, second)
    number = made.view(first).number
    own_room.refused(page.take(PAY), f"此人在前的申领{number}还没有办完")
