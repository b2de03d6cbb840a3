"""A draft run over past claims and settlements: who gets more, who less, and the budget."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord
from db.models.settlements import Settlement, SettlementFeed, SettlementPeriod
from desktop_app.errors import UserError
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.rehearsal_views import Rehearsal
from desktop_app.services.schemes import home_scheme_file
from tests.services.desks import TODAY, Staff
from tests.services.settlements import NOW, uid
from tests.services.walks import walked

SINCE, UNTIL = date(2026, 12, 1), date(2027, 11, 30)


def draft(*changes: tuple[str, str]) -> str:
    text = home_scheme_file().read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


HIGHER_RATE = ('share = "70/100"', 'share = "80/100"')
LOWER_RATE = ('share = "70/100"', 'share = "0.6"')


def people(staff: Staff) -> list[int]:
    """A covered unit's people, in the middle of their year."""
    walked(staff, "confirmed")
    staff.clock.at += timedelta(days=200)
    with staff.database.reading() as uow:
        return list(uow.session.scalars(select(Cover.member_id).order_by(Cover.member_id)))


def claim(staff: Staff, member: int | None, on: date, plan: str = "hospital", **facts: Any) -> int:
    words = ClaimDraft(plan, on, member, person_name="" if member else "查无此人")
    number = staff.clerk.claims.register(words).value
    with staff.database.writing() as uow:
        uow.session.get_one(Claim, number).facts = facts
        uow.commit()
    return number


def rehearse(staff: Staff, text: str) -> Rehearsal:
    return staff.head.rehearsals.rehearse(text, SINCE, UNTIL)


def test_each_claim_is_worked_out_under_both_versions(staff: Staff) -> None:
    members = people(staff)
    first = claim(staff, members[0], TODAY, eligible_own_fen=100_000)
    other = claim(staff, members[1], TODAY + timedelta(days=9), eligible_own_fen=50_000)
    before = staff.counts()
    found = rehearse(staff, draft(HIGHER_RATE))
    assert [(one.claim_id, one.now_fen, one.draft_fen) for one in found.claims] == [
        (first, 70_000, 80_000),
        (other, 35_000, 40_000),
    ]
    assert (found.more, found.less, found.same, found.unknown) == (2, 0, 0, 0)
    assert found.budget_fen == 15_000
    assert all(one.estimate for one in found.claims)
    assert staff.counts() == before
    lower = rehearse(staff, draft(LOWER_RATE))
    assert (lower.more, lower.less, lower.budget_fen) == (0, 2, -15_000)
    same = rehearse(staff, draft())
    assert (same.same, same.budget_fen) == (2, 0)


def test_a_ceiling_of_the_period_counts_what_the_same_version_would_have_paid(
    staff: Staff,
) -> None:
    member = people(staff)[0]
    for day in range(3):
        claim(staff, member, TODAY + timedelta(days=day), eligible_own_fen=100_000)
    capped = draft(
        (
            '[[plans.benefits.ceilings]]\nper = "period"\n',
            '[[plans.benefits.ceilings]]\nper = "period"\nfen = 100000\n',
        )
    )
    found = rehearse(staff, capped)
    assert [one.now_fen for one in found.claims] == [70_000] * 3
    assert [one.draft_fen for one in found.claims] == [70_000, 30_000, 0]
    assert (found.same, found.less, found.budget_fen) == (1, 2, -110_000)


def test_a_waiting_period_looks_at_the_persons_cover(staff: Staff) -> None:
    member = people(staff)[0]
    claim(staff, member, TODAY + timedelta(days=30), eligible_own_fen=100_000)
    claim(staff, member, TODAY + timedelta(days=31), eligible_own_fen=100_000)
    waiting = "[plans.benefits.waiting]\nto_confirm = true\n"
    bands = waiting + 'renewal = "exempt"\nbands = [{ from_day = 0, to_day = 30, share = 0.0 }]\n'
    found = rehearse(staff, draft((waiting, bands)))
    assert [one.draft_fen for one in found.claims] == [0, 70_000]


def test_claims_that_cannot_be_figured_say_why(staff: Staff) -> None:
    members = people(staff)
    claim(staff, members[0], TODAY)
    claim(staff, None, TODAY, eligible_own_fen=100_000)
    claim(staff, None, TODAY, plan="accident", eligible_own_fen=100_000)
    missing, nobody, accident = rehearse(staff, draft(HIGHER_RATE)).claims
    assert (missing.now_fen, missing.change_fen) == (None, None)
    assert "eligible_own_fen" in missing.now_why
    assert "eligible_own_fen" in missing.draft_why
    assert (nobody.now_fen, nobody.draft_fen) == (70_000, 80_000)
    assert accident.draft_why == "待遇标准待核对,不能计算。"
    found = rehearse(staff, draft(HIGHER_RATE))
    assert (found.unknown, found.more, found.budget_fen) == (2, 1, 10_000)


def test_only_events_between_the_days_count(staff: Staff) -> None:
    member = people(staff)[0]
    claim(staff, member, TODAY, eligible_own_fen=100_000)
    asked = staff.head.rehearsals.rehearse
    assert not asked(draft(), SINCE + timedelta(days=1), UNTIL).claims
    assert len(asked(draft(), SINCE, SINCE).claims) == 1


def feed(staff: Staff, plan: str, owns: dict[int, list[int]], admission: int | None = 1) -> None:
    with staff.database.writing() as uow:
        session = uow.session
        plan_id = session.scalars(select(PlanRecord.id).where(PlanRecord.plan_key == plan)).one()
        number = 100 + plan_id
        period = SettlementPeriod(
            uid=uid(number), plan_id=plan_id, from_on=date(2027, 1, 1), until_on=date(2028, 1, 1)
        )
        session.add(period)
        session.flush()
        delivery = SettlementFeed(
            uid=uid(number), period_id=period.id, file_name="演示.csv", file_sha256="-",
            state_code="stored", rows=0, received_at=NOW, received_by=1, row_version=1,
        )  # fmt: skip
        session.add(delivery)
        session.flush()
        for member, sums in owns.items():
            for line, own in enumerate(sums, start=1):
                session.add(
                    Settlement(
                        period_id=period.id, feed_id=delivery.id, line_no=line, member_id=member,
                        settled_on=date(2027, 2, line), admission_no=admission, total_fen=own,
                        own_fen=own, eligible_own_fen=own, deducted_fen=0,
                    )
                )  # fmt: skip
        uow.commit()


def test_settlements_are_compared_member_by_member(staff: Staff) -> None:
    one, two, three, *_rest = people(staff)
    feed(staff, "hospital", {one: [100_000, 100_000], two: [1_000], three: [0]})
    steps = (
        'kind = "rate"\nshare = "70/100"\n',
        'kind = "brackets"\nbands = [{ above_fen = 50000, share = 1.0 }]\n',
    )
    (period,) = rehearse(staff, draft(steps)).periods
    assert (period.plan_key, period.more, period.less, period.same) == ("hospital", 0, 2, 1)
    assert (period.now_fen, period.draft_fen) == (140_700, 100_000)
    found = rehearse(staff, draft(HIGHER_RATE))
    assert (found.more, found.less, found.same, found.budget_fen) == (2, 0, 1, 20_100)


def test_a_period_that_cannot_be_compared_says_why(staff: Staff) -> None:
    member = people(staff)[0]
    feed(staff, "hospital", {member: [100_000]}, admission=None)
    feed(staff, "accident", {member: [100_000]})
    feed(staff, "women", {})
    deductible = (
        "[plans.benefits.deductible]\nto_confirm = true\n",
        "[plans.benefits.deductible]\nto_confirm = true\nfen = 500\nlater_fen = 100\n",
    )
    hospital, women, accident = rehearse(staff, draft(deductible)).periods
    assert "1条结算" in hospital.why
    assert "逐件" in women.why
    assert "待核对" in accident.why
    assert (hospital.more, hospital.now_fen, hospital.draft_fen) == (0, 0, 0)


def test_a_version_that_says_nothing_of_a_plans_benefit_compares_nothing(staff: Staff) -> None:
    member = people(staff)[0]
    feed(staff, "hospital", {member: [100_000]})
    claim(staff, member, TODAY, eligible_own_fen=100_000)
    text = draft()
    start, end = text.index("[plans.benefits]"), text.index('[[plans]]\nid = "critical-illness"')
    found = rehearse(staff, text[:start] + text[end:])
    assert found.periods[0].why == "方案没有写待遇标准,不能计算。"
    assert (found.claims[0].now_fen, found.claims[0].draft_fen) == (70_000, None)


def test_settlements_are_held_against_a_version_in_force_only(staff: Staff) -> None:
    feed(staff, "hospital", {people(staff)[0]: [100_000]})
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    with pytest.raises(UserError) as caught:
        rehearse(staff, draft(HIGHER_RATE))
    assert caught.value.code == "scheme-missing"


def test_a_version_without_a_waiting_period_asks_for_no_history(staff: Staff) -> None:
    member = people(staff)[0]
    claim(staff, member, TODAY, eligible_own_fen=100_000)
    waiting = '[plans.benefits.waiting]\nto_confirm = true\nsource = "等待期没有公开来源,待核对"\n'
    (one,) = rehearse(staff, draft((waiting, ""))).claims
    assert (one.now_fen, one.draft_fen) == (70_000, 70_000)


def test_a_period_without_settlements_changes_nothing(staff: Staff) -> None:
    people(staff)
    feed(staff, "hospital", {})
    (period,) = rehearse(staff, draft(HIGHER_RATE)).periods
    assert (period.more, period.less, period.same, period.why) == (0, 0, 0, "")


def test_a_scheme_the_office_never_used_has_no_past(staff: Staff) -> None:
    with pytest.raises(UserError) as caught:
        rehearse(staff, draft(('id = "xianfeng-2024"', 'id = "elsewhere"')))
    assert caught.value.code == "scheme-unknown"


def test_only_who_answers_for_figures_rehearses(staff: Staff) -> None:
    with pytest.raises(UserError) as caught:
        staff.clerk.rehearsals.rehearse(draft(), SINCE, UNTIL)
    assert caught.value.code == "not-permitted"


def test_an_office_without_a_past_rehearses_nothing(staff: Staff) -> None:
    assert rehearse(staff, draft()) == Rehearsal((), ())
