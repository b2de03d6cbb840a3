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
from desktop_app.services.rehearsals.rehearsal_views import Rehearsal
from desktop_app.services.schemes.schemes import home_scheme_file
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
    words = ClaimDraft(plan, on, member, person_name="" if member else "查无此人", again=True)
    number = staff.clerk.claims.register(words).value
    with staff.database.writing() as uow:
        uow.session.get_one(Claim, number).facts = facts
        uow.commit()
    return number


def covered(staff: Staff, member: int, *plans: str) -> None:
    """The person's cover of the hospital plan in these plans, too."""
    with staff.database.writing() as uow:
        cover = uow.session.scalars(select(Cover).where(Cover.member_id == member)).one()
        kept = {
            column.key: getattr(cover, column.key)
            for column in Cover.__table__.columns
            if column.key not in ("id", "plan_id")
        }
        for plan in uow.session.scalars(select(PlanRecord).where(PlanRecord.plan_key.in_(plans))):
            uow.session.add(Cover(plan_id=plan.id, **kept))
        uow.commit()


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
    assert "个人负担" in missing.now_why
    assert "个人负担" in missing.draft_why
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


@pytest.mark.both_databases
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


CEILING = '[[plans.benefits.ceilings]]\nper = "period"\n'
NOTHING_KNOWN = '[plans.benefits]\nto_confirm = true\nsource = "意外伤害标准没有公开来源,待核对"\n'


def decide(staff: Staff, number: int, fen: int) -> None:
    with staff.database.writing() as uow:
        uow.session.get_one(Claim, number).decided_fen = fen
        uow.commit()


def test_claims_before_the_days_count_as_they_were_decided(staff: Staff) -> None:
    member = people(staff)[0]
    earlier = claim(staff, member, TODAY, eligible_own_fen=100_000)
    claim(staff, member, TODAY + timedelta(days=5), eligible_own_fen=100_000)
    capped = draft((CEILING, f"{CEILING}fen = 100000\n"))
    asked = staff.head.rehearsals.rehearse
    since = TODAY + timedelta(days=1)
    (one,) = asked(capped, since, UNTIL).claims
    assert (one.now_fen, one.draft_fen) == (70_000, 30_000)
    decide(staff, earlier, 99_000)
    (one,) = asked(capped, since, UNTIL).claims
    assert (one.now_fen, one.draft_fen, one.note) == (70_000, 1_000, "")


def test_what_other_plans_paid_is_taken_from_the_claims_under_the_same_version(
    staff: Staff,
) -> None:
    member = people(staff)[0]
    covered(staff, member, "critical-illness", "accident")
    claim(staff, member, TODAY, plan="critical-illness", severity="light")
    claim(staff, member, TODAY + timedelta(days=1), eligible_own_fen=100_000)
    unknown = claim(staff, member, TODAY + timedelta(days=2), plan="accident")
    decide(staff, unknown, 3_000)
    claim(staff, member, TODAY + timedelta(days=3), eligible_own_fen=100_000)
    plans = 'plans = ["hospital", "critical-illness", "accident"]\n'
    shared = draft((CEILING, f"{CEILING}fen = 400000\n{plans}"))
    found = rehearse(staff, shared)
    assert [one.now_fen for one in found.claims] == [300_000, 70_000, None, 70_000]
    assert [one.draft_fen for one in found.claims] == [300_000, 70_000, None, 27_000]
    dearer = shared.replace("fen = 300000", "fen = 350000")
    assert [one.draft_fen for one in rehearse(staff, dearer).claims] == [350_000, 47_000, None, 0]


def test_a_lifetimes_ceiling_counts_earlier_covers_and_says_that_it_knows_this_ledger_only(
    staff: Staff,
) -> None:
    members = people(staff)
    claim(staff, members[0], TODAY, eligible_own_fen=100_000)
    claim(staff, members[0], TODAY + timedelta(days=1), eligible_own_fen=100_000)
    claim(staff, members[1], TODAY + timedelta(days=1), eligible_own_fen=100_000,
          lifetime_fen=75_000)  # fmt: skip
    lifetime = draft((CEILING, '[[plans.benefits.ceilings]]\nper = "lifetime"\nfen = 80000\n'))
    found = rehearse(staff, lifetime)
    assert [one.draft_fen for one in found.claims] == [70_000, 10_000, 5_000]
    assert [one.note for one in found.claims] == ["历年累计只含本机登记的申领"] * 2 + [""]


CLASSES = (
    CEILING,
    '[plans.benefits.classes.hardship]\nlabel = "特困"\nto_confirm = true\n'
    'bands = [{ share = "90/100" }]\n' + CEILING,
)


def test_a_claim_says_what_class_its_person_is_of_or_that_nobody_said(staff: Staff) -> None:
    member = people(staff)[0]
    claim(staff, member, TODAY, eligible_own_fen=100_000, person_class="特困")
    claim(staff, member, TODAY, eligible_own_fen=100_000)
    known, unsaid = rehearse(staff, draft(CLASSES)).claims
    assert (known.now_fen, known.draft_fen, known.note) == (70_000, 90_000, "")
    assert (unsaid.draft_fen, unsaid.note) == (70_000, "没有填人员类别,按一般人员计算")


def test_a_claim_without_cover_says_that_nothing_before_it_counts(staff: Staff) -> None:
    people(staff)
    claim(staff, None, TODAY, eligible_own_fen=100_000)
    (one,) = rehearse(staff, draft(HIGHER_RATE)).claims
    assert one.note == "没有保障记录,没有计入此前申领和其他项目已付"


def test_a_plan_that_a_payment_ends_pays_once(staff: Staff) -> None:
    member = people(staff)[0]
    for day in range(2):
        claim(staff, member, TODAY + timedelta(days=day), eligible_own_fen=100_000)
    ending = draft(("or_own = true\n", "or_own = true\nends_plan = true\n"))
    first, second = rehearse(staff, ending).claims
    assert (first.draft_fen, second.draft_fen) == (70_000, None)
    assert "因给付终止" in second.draft_why


def test_a_draft_that_dropped_a_plan_says_so(staff: Staff) -> None:
    member = people(staff)[0]
    covered(staff, member, "women")
    claim(staff, member, TODAY, plan="women", shares=1)
    feed(staff, "women", {member: [100]})
    text = draft((', "women"]', "]"))
    start, end = text.index('[[plans]]\nid = "women"'), text.index('[[plans]]\nid = "accident"')
    found = rehearse(staff, text[:start] + text[end:])
    (one,), (period,) = found.claims, found.periods
    assert (one.now_fen, one.draft_fen) == (1_500_000, None)
    assert "women" in one.draft_why
    assert "women" in period.why


HALF = """[plans.benefits]
source = "演示"
[[plans.benefits.parts]]
id = "rate"
kind = "rate"
share = "1/2"
source = "演示"
[[plans.benefits.ceilings]]
per = "period"
fen = 100000
plans = ["hospital", "women", "accident"]
source = "演示"
"""


def activate(staff: Staff, text: str) -> None:
    editing = staff.head.scheme_editing
    made = editing.new_draft(next(v.id for v in editing.list_versions() if v.in_force)).value
    editing.save_text(made, text.replace("version = 1", "version = 2", 1))
    editing.activate(made, "演示")


@pytest.mark.both_databases
def test_settlements_share_a_ceiling_with_the_plans_before_them_and_with_claims(
    staff: Staff,
) -> None:
    one, two, three, *_rest = people(staff)
    covered(staff, three, "women")
    text = draft((NOTHING_KNOWN, HALF))
    activate(staff, text)
    feed(staff, "hospital", {one: [100_000], two: [10_000]})
    feed(staff, "accident", {one: [90_000], two: [90_000], three: [900_000]})
    paid = claim(staff, three, date(2027, 5, 1), plan="women")
    decide(staff, paid, 80_000)
    hospital, accident = rehearse(staff, text.replace('"70/100"', '"80/100"')).periods
    assert (hospital.now_fen, hospital.draft_fen) == (77_000, 88_000)
    assert accident.now_fen == 30_000 + 45_000 + 20_000
    assert accident.draft_fen == 20_000 + 45_000 + 20_000
    assert (accident.more, accident.less, accident.same, accident.note) == (0, 1, 2, "")
    falling = text.replace("or_own = true\n", "or_own = true\nends_plan = true\n")
    hospital, accident = rehearse(staff, falling).periods
    assert "终止" in hospital.why
    assert accident.note == "没有计入在职职工住院医疗互助保障的结算"
    assert (accident.now_fen, accident.draft_fen) == (95_000, 110_000)


@pytest.mark.both_databases
def test_only_periods_that_meet_share_a_ceiling(staff: Staff) -> None:
    member = people(staff)[0]
    text = draft((NOTHING_KNOWN, HALF))
    activate(staff, text)
    feed(staff, "hospital", {member: [100_000]})
    feed(staff, "accident", {member: [90_000]})
    with staff.database.writing() as uow:
        first = uow.session.scalars(select(SettlementPeriod).order_by(SettlementPeriod.id)).first()
        assert first is not None
        first.from_on, first.until_on = date(2026, 6, 1), date(2027, 1, 1)
        uow.commit()
    hospital, accident = rehearse(staff, text).periods
    assert (hospital.now_fen, accident.now_fen) == (70_000, 45_000)


@pytest.mark.both_databases
def test_a_period_says_which_clauses_are_open_and_whose_class_nobody_told(staff: Staff) -> None:
    one, two, *_rest = people(staff)
    feed(staff, "hospital", {one: [100_000], two: [100_000]})
    claim(staff, one, date(2027, 5, 1), person_class="hardship")
    (period,) = rehearse(staff, draft(CLASSES)).periods
    assert (period.now_fen, period.draft_fen) == (140_000, 160_000)
    assert period.note == "没有登记人员类别的人按一般人员计算"
    assert set(period.to_confirm) == {
        f"plans.hospital.benefits.{key}"
        for key in ("deductible", "waiting", "rate", "ceilings.period", "classes.hardship")
    }
    assert "plans.hospital.benefits.classes.hardship" not in (
        rehearse(staff, draft()).periods[0].to_confirm
    )


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
