"""Claims under every scheme: the way of its file, the worksheet, who may decide and pay."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

import resources
from db.codes import CoverState
from db.models.claims import Claim, ClaimAmount
from db.models.enrolments import Cover, Enrolment
from db.models.schemes import PlanRecord
from desktop_app.domain.benefits.benefit_past import linked_plans
from desktop_app.domain.schemes.clauses import GIVEN, NONE, READ, Ruling
from desktop_app.domain.toml.toml_edit import set_value
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.views.claims import ClaimView
from desktop_app.services.views.worksheets import WorksheetView
from tests.domain.benefit_texts import RATE, benefits_of
from tests.services.desks import Staff
from tests.services.refusals import refused
from tests.services.scheme_desks import newest_version
from tests.services.walks import walked

DOCUMENT = "演示用标准"
EVENT = date(2027, 3, 1)
LATE = {"event_on": "2027-03-01"}  # before a cover that begins later
PERIOD = (date(2026, 12, 1), date(2027, 12, 1))
BRACKETS = """[plans.benefits]
counts = "eligible_own_fen"
source = "演示用标准"

[[plans.benefits.parts]]
id = "brackets"
kind = "brackets"
source = "演示用标准"
bands = [{ above_fen = 0, share = "50/100" }, { above_fen = 1000000, share = "60/100" }]
"""


@dataclass
class Office:
    """An office under one scheme with a covered person."""

    staff: Staff
    member: int

    def claim(self, plan: str, on: date = EVENT, **more: Any) -> int:
        draft = ClaimDraft(plan, on, self.member, again=True, **more)
        return self.staff.clerk.claims.register(draft).value

    def view(self, claim: int) -> ClaimView:
        return self.staff.clerk.claims.get(claim)

    def sheet(self, claim: int) -> WorksheetView:
        found = self.view(claim).worksheet
        assert found is not None
        return found

    def papers(self, claim: int) -> None:
        for paper in self.view(claim).papers:
            self.staff.clerk.claims.set_paper(claim, paper.key, "kept")

    def figured(self, plan: str, facts: Mapping[str, Any], on: date = EVENT) -> int:
        """Papers there, the amount figured by the clerk."""
        claim = self.claim(plan, on)
        self.papers(claim)
        if self.view(claim).next_act == "claim.move-on":
            self.staff.clerk.claims.move_on(claim)
        self.staff.clerk.claims.figure(claim, facts)
        return claim

    def paid(self, plan: str, facts: Mapping[str, Any], on: date = EVENT) -> int:
        claim = self.figured(plan, facts, on)
        self.staff.reviewer.claims.move_on(claim)
        self.staff.clerk.claim_decisions.pay(claim, self.today)
        return claim

    def confirm(self, key: str, way: str = READ, **values: Any) -> None:
        self.staff.head.clauses.confirm_clause(key, Ruling(way, DOCUMENT, values))

    @property
    def today(self) -> date:
        return self.staff.desk.today()


def scheme_text(name: str) -> str:
    return Path(resources.__file__).parent.joinpath("schemes", f"{name}.toml").read_text("utf-8")


def office(staff: Staff, name: str, *changes: tuple[str, str]) -> Office:
    """The sample office with the scheme `name` in force, and one person covered by its plans."""
    act = functools.partial(_covered, staff, name, changes)
    return Office(staff, staff.begin(act, "covered", name, changes))


def _covered(staff: Staff, name: str, changes: tuple[tuple[str, str], ...]) -> int:
    walked(staff, "confirmed")
    text = scheme_text(name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    if name != "xianfeng-2024":
        file = staff.papers / f"{name}.toml"
        file.write_text(text, "utf-8")
        staff.head.schemes.take_over(file)
    member = int(str(staff.value("SELECT min(id) FROM member")))
    cover(Office(staff, member), *PERIOD)
    staff.clock.at += timedelta(days=200)
    return member


def cover(made: Office, first: date, end: date) -> None:
    """Cover the person by every plan of the scheme in force that does not cover him yet."""
    staff = made.staff
    with staff.database.writing() as uow:
        session, version = uow.session, newest_version(uow.session)
        enrolment = session.scalars(select(Enrolment)).first()
        assert enrolment is not None
        enrolment.scheme_version_id = version.id
        there = set(session.scalars(select(Cover.plan_id).where(Cover.member_id == made.member)))
        for plan in session.scalars(
            select(PlanRecord).where(PlanRecord.scheme_id == version.scheme_id)
        ).all():
            if plan.id in there:
                continue
            session.execute(
                insert(Cover).values(
                    member_id=made.member,
                    plan_id=plan.id,
                    enrolment_id=enrolment.id,
                    shares=1,
                    from_on=first,
                    until_on=end,
                    state_code=CoverState.ACTIVE,
                )
            )
        uow.commit()


@pytest.fixture
def anyang(staff: Staff) -> Office:
    """Its benefit, which no source gives, is written as 演示 into the file."""
    text = (
        Path(resources.__file__).parent.joinpath("schemes", "anyang-2023.toml").read_text("utf-8")
    )
    start = text.index("[plans.benefits]")
    end = text.index("\n\n", start)
    return office(
        staff,
        "anyang-2023",
        (text[start:end], BRACKETS.rstrip()),
        ("effective_until = 2023-12-31\n", ""),  # the test's people live later
    )


def all_recompute(staff: Staff, sheets: int) -> None:
    report = staff.admin.audits.verify_worksheets()
    assert (report.ok, report.sheets, report.bad) == (True, sheets, ())


# --- own-fund schemes, walked to the end


def test_anyang_walks_from_registration_to_being_told(anyang: Office) -> None:
    staff, labels = anyang.staff, []
    claim = anyang.claim("medical", facts={"eligible_own_fen": 1_500_000})
    assert anyang.view(claim).amount_fen == 800_000  # the facts were enough at once
    anyang.papers(claim)
    for act in (
        lambda: staff.clerk.claims.move_on(claim),
        lambda: staff.reviewer.claims.move_on(claim),
        lambda: staff.clerk.claim_decisions.pay(claim, anyang.today),
        lambda: staff.clerk.claims.move_on(claim),
    ):
        act()
        labels.append(anyang.view(claim).step_label)
    assert labels == ["已核算", "已复核", "已拨付", "已告知"]
    view = anyang.view(claim)
    assert (view.decided_fen, view.paid_on, view.told_on) == (800_000, anyang.today, anyang.today)
    assert (view.next_act, view.missing) == ("", ())
    sheet = anyang.sheet(claim)
    assert (sheet.kind, sheet.kind_label, sheet.fen) == ("computed", "核算", 800_000)
    assert (sheet.to_confirm, sheet.estimate) == ((), False)
    assert [step.rule for step in sheet.steps] == ["base", "brackets", "rounding", "benefit"]
    assert sheet.facts["effective_on"] == "2026-12-01"
    assert sheet.facts["ends_on"] == "2027-12-01"
    assert sheet.facts["admission_no"] == 1
    all_recompute(staff, 1)


def test_a_benefit_that_nobody_wrote_cannot_be_paid(staff: Staff) -> None:
    made = office(staff, "anyang-2023")
    claim = made.figured("medical", {})
    sheet = made.sheet(claim)
    assert (sheet.fen, sheet.kind, sheet.to_confirm) == (
        None, "estimate", ("plans.medical.benefits",),
    )  # fmt: skip
    assert made.view(claim).step_label == "资料齐全"
    staff.clerk.claims.type_amount(claim, 100_000)
    staff.reviewer.claims.move_on(claim)
    assert made.view(claim).missing[0].code == "to-confirm"
    with refused(staff, "to-confirm") as caught:
        staff.clerk.claim_decisions.pay(claim, made.today)
    assert "待遇标准" in caught.value.message
    all_recompute(staff, 1)


def test_yongding_pays_a_grade_once_the_head_gave_its_sums(staff: Staff) -> None:
    made = office(staff, "yongding")
    plan, key = "condolence-death", "plans.condolence-death.benefits.condolence"
    claim = made.figured(plan, {})
    assert (made.sheet(claim).fen, made.view(claim).fields) == (None, ())
    made.confirm(key, GIVEN, amounts=[{"key": "1", "label": "一档", "fen": 450_000}])
    (field,) = made.view(claim).fields
    assert (field.name, field.kind, field.needed) == ("grade", "choice", True)
    assert field.choices == (("1", "一档"),)
    with refused(staff, "fact-missing"):
        staff.clerk.claims.figure(claim)
    staff.clerk.claims.figure(claim, {"grade": "一档"})
    staff.reviewer.claims.move_on(claim)
    assert staff.clerk.claim_decisions.pay(claim, made.today).value == 450_000
    staff.clerk.claims.move_on(claim)
    assert made.view(claim).step_label == "已告知"
    assert made.sheet(claim).steps[0].clause == DOCUMENT
    all_recompute(staff, 2)


def test_beijing_counts_the_year_and_its_admissions(staff: Staff) -> None:
    made = office(staff, "beijing")
    for plan in ("inpatient", "outpatient"):
        made.confirm(f"plans.{plan}.benefits.known_until")
    first = made.paid("inpatient", {"eligible_own_fen": 1_000_000})
    assert made.view(first).decided_fen == 174_000  # (10,000 - 1,300) at 20 %
    second = made.paid("inpatient", {"eligible_own_fen": 1_000_000}, EVENT + timedelta(days=9))
    assert made.view(second).decided_fen == 187_000  # 650 from the second stay on
    sheet = made.sheet(second)
    assert sheet.facts["admission_no"] == 2
    assert sheet.facts["before"] == {
        "eligible_own_fen": 1_000_000, "deductible_fen": 130_000, "benefit_fen": 174_000,
    }  # fmt: skip
    third = made.figured("outpatient", {"eligible_own_fen": 200_000})
    assert made.sheet(third).facts["paid_by_plans"] == {"inpatient": 361_000}
    assert made.view(third).amount_fen == 4_000
    all_recompute(staff, 3)


def test_an_open_band_makes_an_estimate_and_plans_share_a_ceiling(staff: Staff) -> None:
    made = office(staff, "beijing")
    base = "plans.above-ceiling.benefits"
    made.confirm(f"{base}.known_until")
    claim = made.figured("above-ceiling", {"eligible_own_fen": 24_900_000})
    sheet = made.sheet(claim)
    assert (sheet.to_confirm, sheet.fen) == ((), 17_910_000)
    other = made.figured("above-ceiling", {"eligible_own_fen": 5_000_000})
    assert made.sheet(other).to_confirm == (f"{base}.brackets.above-25000000",)
    assert made.view(other).step_label == "数据已到"
    made.confirm(f"{base}.brackets.above-25000000", GIVEN, share="90/100")
    assert made.sheet(other).open_labels == ()
    staff.clerk.claims.figure(other)
    assert made.view(other).amount_fen == 20_065_300 - 17_910_000
    staff.reviewer.claims.move_on(other)
    with refused(staff, "earlier-claim") as caught:
        staff.clerk.claim_decisions.pay(other, made.today)
    assert made.view(claim).number in caught.value.message
    all_recompute(staff, 3)


# --- the hospital's bill


def test_pinghu_is_checked_against_the_bill_and_cleared(staff: Staff) -> None:
    made = office(staff, "pinghu")
    claim = made.claim("inpatient", claimed_fen=418_750)
    assert made.view(claim).step_label == "已在医院直接减免"
    with refused(staff, "fact-missing"):
        staff.clerk.claims.move_on(claim)
    staff.clerk.claims.figure(claim, {"own_fen": 1_300_000, "eligible_own_fen": 1_115_357})
    assert made.sheet(claim).fen == 418_750
    staff.clerk.claims.move_on(claim)
    with refused(staff, "same-person"):
        staff.clerk.claim_decisions.pay(claim, made.today)
    assert staff.reviewer.claim_decisions.pay(claim, made.today).value == 418_750
    view = made.view(claim)
    assert (view.step_label, view.told_on, view.paid_on) == ("与医保清算", None, made.today)
    second = made.claim("inpatient", claimed_fen=88_000, facts={"eligible_own_fen": 500_000})
    staff.clerk.claims.move_on(second)
    assert made.sheet(second).to_confirm == ("plans.inpatient.benefits.accumulation",)
    with refused(staff, "to-confirm"):
        staff.reviewer.claim_decisions.pay(second, made.today)
    made.confirm("plans.inpatient.benefits.accumulation")
    assert staff.reviewer.claim_decisions.pay(second, made.today).value == 88_000
    all_recompute(staff, 3)


@pytest.mark.both_databases
def test_a_bill_that_says_another_amount_is_not_cleared(staff: Staff) -> None:
    made = office(staff, "pinghu")
    claim = made.claim("inpatient", claimed_fen=90_000, facts={"eligible_own_fen": 500_000})
    assert [one.code for one in made.view(claim).missing] == ["amount-differs"]
    with refused(staff, "amount-differs") as caught:
        staff.clerk.claims.move_on(claim)
    assert "880.00" in caught.value.message
    staff.clerk.claims.type_amount(claim, 88_000)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claim_decisions.pay(claim, made.today)
    assert made.view(claim).step_label == "与医保清算"


def test_a_bill_that_differs_once_everything_is_confirmed_is_not_cleared(staff: Staff) -> None:
    made = office(staff, "pinghu")
    first = made.claim("inpatient", claimed_fen=88_000, facts={"eligible_own_fen": 500_000})
    staff.clerk.claims.move_on(first)
    staff.reviewer.claim_decisions.pay(first, made.today)
    claim = made.claim("inpatient", claimed_fen=90_000, facts={"eligible_own_fen": 500_000})
    staff.clerk.claims.move_on(claim)
    made.confirm("plans.inpatient.benefits.accumulation")
    with refused(staff, "amount-differs"):
        staff.reviewer.claim_decisions.pay(claim, made.today)
    staff.reviewer.claim_decisions.send_back(claim, "与结算单不符")
    staff.clerk.claims.figure(claim)
    staff.clerk.claims.type_amount(claim, 88_000)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claim_decisions.pay(claim, made.today)


# --- the province


def test_xianfeng_has_an_estimate_beside_the_amount_asked_for(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    claim = made.claim("hospital", claimed_fen=100_000, facts={"own_fen": 300_000})
    sheet = made.sheet(claim)
    assert (sheet.kind, sheet.kind_label, sheet.fen) == ("estimate", "估算", 210_000)
    assert sheet.open_labels[0] == "起付线"
    view = made.view(claim)
    assert (view.amount_fen, view.on_paper, view.may_figure) == (100_000, False, True)
    names = {field.name: field.needed for field in view.fields}
    assert names == {
        "total_fen": False, "fund_paid_fen": False, "own_fen": True, "eligible_own_fen": False,
    }  # fmt: skip
    base = "plans.hospital.benefits"
    made.confirm(f"{base}.rate")
    for key in ("deductible", "waiting", "ceilings.period"):
        made.confirm(f"{base}.{key}", NONE)
    staff.clerk.claims.figure(claim)
    after = made.sheet(claim)
    assert (after.kind, after.to_confirm) == ("estimate", ())  # the province decides
    all_recompute(staff, 2)


@pytest.mark.both_databases
def test_xianfeng_goes_back_for_papers_and_on_to_the_day_of_arrival(staff: Staff) -> None:
    made, labels = office(staff, "xianfeng-2024"), []
    clerk = staff.clerk
    claim = made.claim("hospital", claimed_fen=100_000)
    made.papers(claim)
    for act in (
        lambda: clerk.claims.move_on(claim),
        lambda: staff.reviewer.claims.move_on(claim),
        lambda: clerk.claims.move_on(claim),
        lambda: clerk.claim_decisions.send_back(claim, "发票不清楚"),
        lambda: clerk.claims.move_on(claim),
        lambda: clerk.claims.decide(claim, 90_000, made.today),
        lambda: clerk.claim_decisions.record_arrival(claim, made.today),
        lambda: clerk.claims.move_on(claim),
    ):
        act()
        labels.append(made.view(claim).step_label)
    assert labels == [
        "已核算",
        "已复核",
        "省办审核中",
        "退回补正",
        "省办审核中",
        "省办核定金额",
        "已到账",
        "已告知",
    ]
    assert staff.value("SELECT note FROM claim_step WHERE to_key = 'returned'") == "发票不清楚"
    assert (made.view(claim).paid_on, made.view(claim).told_on) == (made.today, made.today)


def test_only_the_provinces_own_refusal_is_recorded(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    claim = made.claim("hospital", claimed_fen=100_000)
    decisions, text = staff.clerk.claim_decisions, "既往病史不在保障范围内"
    with refused(staff, "wrong-step"):
        decisions.refuse(claim, text, "省办通知", made.today)
    with refused(staff, "wrong-step"):
        decisions.send_back(claim, "补正")
    made.papers(claim)
    for desk in (staff.clerk, staff.reviewer, staff.clerk):
        desk.claims.move_on(claim)
    assert made.view(claim).may_refuse
    for rule, reason, code in ((" ", "x", "reason-missing"), ("x" * 401, "x", "text-too-long")):
        with refused(staff, code):
            decisions.refuse(claim, rule, reason, made.today)
    with refused(staff, "date"):
        decisions.refuse(claim, text, "省办通知", made.today + timedelta(days=1))
    decisions.refuse(claim, text, "省办通知", made.today)
    view = made.view(claim)
    assert (view.step_label, view.decided_fen, view.refusal) == ("省办不予互助", 0, text)
    staff.clerk.claims.move_on(claim)
    assert made.view(claim).step_label == "已告知"
    with refused(staff, "wrong-step"):
        staff.clerk.claims.figure(claim, {"own_fen": 1})
    later = made.claim("hospital", facts={"own_fen": 300_000})
    assert made.sheet(later).facts["before"]["benefit_fen"] == 0  # the refused one counts nothing


# --- who may


def test_the_office_refuses_by_another_person_who_may_review(anyang: Office) -> None:
    staff = anyang.staff
    claim = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    rule = anyang.view(claim).refusal_rules[0]
    with refused(staff, "not-permitted"):
        staff.clerk.claim_decisions.refuse(claim, rule, "不在保", anyang.today)
    staff.reviewer.claim_decisions.refuse(claim, rule, "不在保", anyang.today)
    view = anyang.view(claim)
    assert (view.step_label, view.refusal, view.decided_fen) == ("不予互助", rule, 0)
    staff.clerk.claims.move_on(claim)
    assert anyang.view(claim).step_label == "已告知"


def test_who_figured_neither_reviews_nor_refuses(anyang: Office) -> None:
    staff = anyang.staff
    claim = anyang.claim("medical")
    anyang.papers(claim)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claims.figure(claim, {"eligible_own_fen": 1_500_000})
    with refused(staff, "same-person"):
        staff.reviewer.claims.move_on(claim)
    with refused(staff, "same-person"):
        staff.reviewer.claim_decisions.refuse(claim, "规定", "原因", anyang.today)
    with refused(staff, "not-permitted"):
        staff.clerk.claims.move_on(claim)
    staff.head.claims.move_on(claim)
    assert anyang.view(claim).step_label == "已复核"


def test_a_claim_goes_back_to_be_figured_again(anyang: Office) -> None:
    staff = anyang.staff
    claim = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    staff.reviewer.claims.move_on(claim)
    with refused(staff, "wrong-step"):
        staff.clerk.claims.figure(claim, {"eligible_own_fen": 1_000_000})
    with refused(staff, "reason-missing"):
        staff.reviewer.claim_decisions.send_back(claim, " ")
    staff.reviewer.claim_decisions.send_back(claim, "自负金额有误")
    assert anyang.view(claim).step_label == "资料齐全"
    staff.clerk.claims.figure(claim, {"eligible_own_fen": 1_000_000})
    staff.reviewer.claims.move_on(claim)
    for on in (EVENT - timedelta(days=1), anyang.today + timedelta(days=1)):
        with refused(staff, "date"):
            staff.clerk.claim_decisions.pay(claim, on)
    staff.clerk.claim_decisions.pay(claim, anyang.today)
    assert anyang.view(claim).decided_fen == 500_000
    with refused(staff, "wrong-step"):
        staff.clerk.claim_decisions.pay(claim, anyang.today)
    all_recompute(staff, 2)


def test_a_typed_amount_is_paid_only_when_the_rules_give_the_same(staff: Staff) -> None:
    made = office(staff, "yongding")
    key = "plans.condolence-death.benefits.condolence"
    claim = made.figured("condolence-death", {"grade": "一档"})
    staff.clerk.claims.type_amount(claim, 400_000)
    staff.reviewer.claims.move_on(claim)
    made.confirm(key, GIVEN, amounts=[{"key": "1", "label": "一档", "fen": 450_000}])
    assert made.view(claim).missing == ()
    with refused(staff, "amount-differs"):
        staff.clerk.claim_decisions.pay(claim, made.today)
    made.confirm(key, GIVEN, amounts=[{"key": "1", "label": "一档", "fen": 400_000}])
    staff.clerk.claim_decisions.pay(claim, made.today)
    assert (made.sheet(claim).kind, made.sheet(claim).fen) == ("computed", 400_000)


# --- facts


def test_facts_are_checked_and_may_come_later(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    with refused(staff, "fact-invalid"):
        made.claim("hospital", facts={"own_yuan": 3})
    claim = made.claim("hospital", facts={"total_fen": 500_000})
    assert made.view(claim).worksheet is None
    with refused(staff, "fact-missing"):
        staff.clerk.claims.figure(claim)
    with refused(staff, "fact-invalid"):
        staff.clerk.claims.figure(claim, {"total_fen": 1, "own_fen": 2})
    staff.clerk.claims.figure(claim, {"total_fen": 500_000, "own_fen": 200_000})
    assert made.view(claim).facts == {"total_fen": 500_000, "own_fen": 200_000}
    assert made.sheet(claim).fen == 140_000


def test_a_person_without_cover_is_figured_from_what_is_typed(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    facts = {"own_fen": 200_000, "effective_on": "2027-01-01"}
    draft = ClaimDraft("hospital", EVENT, person_name="某人", facts=facts)
    claim = staff.clerk.claims.register(draft).value
    assert made.sheet(claim).facts == {**facts, "event_on": "2027-03-01"}
    outside = ClaimDraft("hospital", date(2026, 12, 20), person_name="某人", facts=facts)
    with refused(staff, "not-covered"):
        staff.clerk.claims.register(outside)


def test_earlier_payments_that_are_typed_win_over_the_ledger(staff: Staff) -> None:
    made = office(staff, "beijing")
    made.confirm("plans.inpatient.benefits.known_until")
    made.paid("inpatient", {"eligible_own_fen": 1_000_000})
    before = {"eligible_own_fen": 2_000_000, "deductible_fen": 195_000, "benefit_fen": 361_000}
    claim = made.figured(
        "inpatient", {"eligible_own_fen": 1_000_000, "admission_no": 4, "before": before}
    )
    sheet = made.sheet(claim)
    assert (sheet.facts["before"], sheet.facts["admission_no"]) == (before, 4)


@pytest.mark.both_databases
def test_unbroken_cover_across_plans_frees_of_the_waiting_period(staff: Staff) -> None:
    waiting = (
        'waiting = { source = "演示", renewal = "exempt", plans = ["condolence-death"], '
        'bands = [{ from_day = 0, to_day = 60, share = "0" }] }\n'
    )
    made = office(
        staff,
        "yongding",
        (
            '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写住院补助分段比例,待核对"\n',
            BRACKETS.replace("[plans.benefits]\n", f"[plans.benefits]\n{waiting}"),
        ),
    )
    on = PERIOD[0] + timedelta(days=10)
    first = made.figured("inpatient", {"eligible_own_fen": 100_000}, on)
    assert (made.sheet(first).fen, made.sheet(first).facts["covered_since"]) == (0, "2026-12-01")
    with staff.database.writing() as uow:
        query = select(PlanRecord).where(PlanRecord.plan_key == "condolence-death")
        plan = uow.session.scalars(query).one()
        enrolment = uow.session.scalars(select(Enrolment.id)).first()
        uow.session.execute(
            insert(Cover).values(
                member_id=made.member,
                plan_id=plan.id,
                enrolment_id=enrolment,
                shares=1,
                from_on=date(2025, 12, 1),
                until_on=PERIOD[0],
                state_code=CoverState.ACTIVE,
            )
        )
        uow.commit()
    staff.clerk.claim_decisions.send_back(first, "续保")
    staff.clerk.claims.figure(first)
    assert made.sheet(first).fen == 50_000
    assert made.sheet(first).facts["covered_since"] == "2025-12-01"


def test_a_lifetime_ceiling_and_a_payment_that_ends_the_plan(staff: Staff) -> None:
    more = """ends_plan = true
ceilings = [{ per = "lifetime", fen = 60000, source = "演示" }]
stacking = [{ mode = "tops-up", plans = ["serious-illness"], source = "演示" }]
"""
    made = office(
        staff,
        "yongding",
        (
            '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写住院补助分段比例,待核对"\n',
            BRACKETS.replace("[plans.benefits]\n", f"[plans.benefits]\n{more}"),
        ),
        (
            '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写大病补助标准,待核对"\n',
            BRACKETS,
        ),
    )
    made.paid("serious-illness", {"eligible_own_fen": 10_000})
    first = made.paid("inpatient", {"eligible_own_fen": 100_000})
    assert made.sheet(first).facts["paid_with_event"] == {"serious-illness": 5_000}
    assert made.sheet(first).facts["lifetime_fen"] == 0
    assert made.view(first).decided_fen == 45_000
    same_day = made.figured("inpatient", {"eligible_own_fen": 100_000})
    assert made.sheet(same_day).fen == 10_000  # 60,000 less the 45,000 paid, less the 5,000
    late = made.claim("inpatient", EVENT + timedelta(days=1))
    with refused(staff, "not-covered"):
        staff.clerk.claims.figure(late, {"eligible_own_fen": 1})


def test_plans_that_count_nothing_of_their_own_wait_for_nobody() -> None:
    assert linked_plans(benefits_of(RATE)) == frozenset()


# --- recomputed for ever


@pytest.mark.both_databases
def test_a_worksheet_that_was_changed_behind_the_programs_back_is_found(anyang: Office) -> None:
    staff = anyang.staff
    good = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    bad = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    worse = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    all_recompute(staff, 3)
    with staff.database.writing() as uow:
        for amount in uow.session.scalars(select(ClaimAmount)).all():
            if amount.claim_id == bad:
                amount.fen = (amount.fen or 0) + 1
            if amount.claim_id == worse:
                amount.basis = {**amount.basis, "facts": {"effective_on": "2028-12-01", **LATE}}
        uow.commit()
    report = staff.admin.audits.verify_worksheets()
    assert report.bad == (anyang.view(bad).number, anyang.view(worse).number)
    assert (report.ok, report.sheets) == (False, 3)
    assert not staff.admin.audits.verify_all().ok
    assert anyang.view(good).number not in report.bad


@pytest.mark.both_databases
def test_a_sentence_that_was_worded_anew_is_no_damage(anyang: Office) -> None:
    staff = anyang.staff
    claim = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    other = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    with staff.database.writing() as uow:
        for amount in uow.session.scalars(select(ClaimAmount)).all():
            steps = [dict(step) for step in amount.worksheet]
            steps[0]["text"] = "换了说法。"
            if amount.claim_id == other:
                steps[0]["output"] = 1
            else:  # and facts that a later release may find do not add up
                amount.basis = {**amount.basis, "facts": {**amount.basis["facts"], "own_fen": 1}}
            amount.worksheet = steps
        uow.commit()
    assert staff.admin.audits.verify_worksheets().bad == (anyang.view(other).number,)
    assert anyang.sheet(claim).steps[0].text == "换了说法。"


@pytest.mark.both_databases
def test_a_worksheet_keeps_to_what_was_confirmed_when_it_was_figured(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    claim = made.claim("hospital", facts={"own_fen": 300_000})
    made.confirm("plans.hospital.benefits.deductible", GIVEN, fen=100_000)
    staff.clerk.claims.figure(claim)
    made.confirm("plans.hospital.benefits.deductible", GIVEN, fen=50_000)
    staff.clerk.claims.figure(claim)
    fens = [staff.value(f"SELECT fen FROM claim_amount LIMIT 1 OFFSET {at}") for at in range(3)]
    assert fens == [210_000, 140_000, 175_000]
    all_recompute(staff, 3)


def test_a_claim_of_the_first_release_goes_on_its_old_way(staff: Staff) -> None:
    made = office(staff, "pinghu")
    text = (staff.papers / "pinghu.toml").read_text("utf-8")
    lines = [
        line for line in text.splitlines() if not line.startswith(('act = "claim', "returns_to"))
    ]
    old = "\n".join(lines).replace('requires = ["facts", "amount"]\n', "")
    old = old.replace('who = "clerk"\nother_person', "other_person")
    file = staff.papers / "old.toml"
    file.write_text(set_value(old, "title", "旧"), "utf-8")
    staff.head.schemes.take_over(file)
    with staff.database.writing() as uow:
        for enrolment in uow.session.scalars(select(Enrolment)):
            enrolment.scheme_version_id = newest_version(uow.session).id
        uow.commit()
    claim = made.claim("inpatient", claimed_fen=100)
    assert made.view(claim).step_label == "登记"
    for desk in (staff.clerk, staff.reviewer, staff.clerk):
        desk.claims.move_on(claim)
    staff.clerk.claims.decide(claim, 90, made.today)
    staff.clerk.claims.move_on(claim)
    assert made.view(claim).step_label == "已告知"
    with staff.database.reading() as uow:
        assert uow.session.get_one(Claim, claim).told_on == made.today


# --- the printed form


def test_a_worksheet_is_numbered_and_fixed_like_every_form(staff: Staff) -> None:
    made = office(staff, "xianfeng-2024")
    prints = staff.clerk.claim_prints
    claim = made.claim("hospital")
    with refused(staff, "not-yet-printable"):
        prints.issue_worksheet(claim)
    staff.clerk.claims.figure(claim, {"own_fen": 300_000})
    first = prints.issue_worksheet(claim).value
    assert prints.issue_worksheet(claim).value == first
    sheet = made.sheet(claim)
    assert (sheet.issued_id, sheet.issued_no, sheet.copies) == (first, "HS-A-2027-00001", 0)
    assert staff.clerk.prints.read_pdf(first).startswith(b"%PDF")
    staff.clerk.prints.record_copy(first, "first", "演示打印机")
    assert made.sheet(claim).copies == 1
    content = str(staff.value("SELECT content FROM issued_form WHERE id = :id", id=first))
    assert sheet.open_labels == ("起付线", "比例", "等待期", "每期封顶")
    assert "open_clauses" in content
    made.confirm("plans.hospital.benefits.rate")
    second = prints.issue_worksheet(claim).value
    assert second != first
    assert staff.value("SELECT state_code FROM issued_form WHERE id = :id", id=first) == "replaced"
    assert not made.sheet(claim).stale


def test_a_person_not_found_has_a_worksheet_on_paper_too(staff: Staff) -> None:
    facts = {"own_fen": 200_000}
    draft = ClaimDraft("hospital", date(2026, 12, 1), person_name="某人", facts=facts)
    claim = staff.clerk.claims.register(draft).value
    issued = staff.clerk.claim_prints.issue_worksheet(claim).value
    assert staff.clerk.prints.read_pdf(issued).startswith(b"%PDF")


def test_the_longest_worksheets_find_room_on_their_form(staff: Staff) -> None:
    made = office(staff, "beijing")
    made.confirm("plans.above-ceiling.benefits.brackets.above-25000000", GIVEN, share="90/100")
    for fen in (24_900_000, 5_000_000):
        claim = made.figured("above-ceiling", {"eligible_own_fen": fen})
        staff.clerk.claim_prints.issue_worksheet(claim)
    assert staff.value("SELECT count(*) FROM issued_form WHERE form_key = 'worksheet'") == 2


# --- what happens in between


def test_what_an_earlier_claim_counts_meanwhile_is_seen_before_paying(staff: Staff) -> None:
    made = office(staff, "pinghu")
    first = made.claim("inpatient", claimed_fen=88_000)
    later = made.claim("inpatient", claimed_fen=88_000, facts={"eligible_own_fen": 500_000})
    staff.clerk.claims.move_on(later)
    assert made.sheet(later).to_confirm == ()
    staff.clerk.claims.figure(first, {"eligible_own_fen": 500_000})
    with refused(staff, "to-confirm") as caught:
        staff.reviewer.claim_decisions.pay(later, made.today)
    assert "累计办法" in caught.value.message


def test_a_plan_whose_file_says_nothing_of_its_benefit_cannot_be_figured(staff: Staff) -> None:
    text = scheme_text("pinghu")
    start, end = text.index("# Of the person's own share only"), text.index("[coverage]")
    made = office(staff, "pinghu", (text[start:end], ""))
    claim = made.claim("inpatient", claimed_fen=88_000, facts={"own_fen": 500_000})
    sheet = made.sheet(claim)
    assert (sheet.fen, sheet.to_confirm) == (None, ("plans.inpatient.benefits",))
    assert sheet.open_labels == ("待遇标准",)
    all_recompute(staff, 1)


def shared_by_two(staff: Staff, per: str) -> Office:
    """Yongding with invented standards; the in-patient ceiling is shared with serious illness."""
    ceiling = (
        f'ceilings = [{{ per = "{per}", fen = 60000, source = "演示",'
        ' plans = ["inpatient", "serious-illness"] }]\n'
    )
    return office(
        staff,
        "yongding",
        (
            '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写住院补助分段比例,待核对"\n',
            BRACKETS.replace("[plans.benefits]\n", f"[plans.benefits]\n{ceiling}"),
        ),
        (
            '[plans.benefits]\nto_confirm = true\nsource = "介绍没有写大病补助标准,待核对"\n',
            BRACKETS,
        ),
    )


def test_a_ceiling_of_the_case_counts_what_another_plan_paid_for_the_case(staff: Staff) -> None:
    made = shared_by_two(staff, "case")
    made.paid("serious-illness", {"eligible_own_fen": 90_000})
    later = made.paid("inpatient", {"eligible_own_fen": 100_000}, EVENT + timedelta(days=3))
    assert made.view(later).decided_fen == 50_000  # the 45,000 were paid for another event
    made.paid("serious-illness", {"eligible_own_fen": 30_000}, EVENT + timedelta(days=9))
    same = made.paid("inpatient", {"eligible_own_fen": 100_000}, EVENT + timedelta(days=9))
    assert made.sheet(same).facts["paid_with_event"] == {"serious-illness": 15_000}
    assert made.view(same).decided_fen == 45_000
    all_recompute(staff, 4)


def test_a_ceiling_of_a_life_counts_what_another_plan_paid_in_earlier_years(staff: Staff) -> None:
    made = shared_by_two(staff, "lifetime")
    cover(made, date(2027, 12, 1), date(2028, 12, 1))
    made.paid("serious-illness", {"eligible_own_fen": 50_000})
    with staff.database.writing() as uow:
        for row in uow.session.scalars(select(Cover).where(Cover.member_id == made.member)):
            row.from_on, row.until_on = date(2027, 12, 1), date(2028, 12, 1)
        uow.commit()
    staff.clock.at += timedelta(days=365)
    claim = made.paid("inpatient", {"eligible_own_fen": 100_000}, date(2027, 12, 15))
    sheet = made.sheet(claim)
    assert sheet.facts["paid_in_life"] == {"serious-illness": 25_000}
    assert made.view(claim).decided_fen == 35_000


def test_nobody_is_paid_whose_cover_the_ledger_does_not_hold(anyang: Office) -> None:
    staff = anyang.staff
    facts = {"eligible_own_fen": 100_000, "effective_on": "2027-01-01", "ends_on": "2028-01-01"}
    draft = ClaimDraft("medical", EVENT, person_name="某人", facts=facts)
    claim = staff.clerk.claims.register(draft).value
    anyang.papers(claim)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claims.move_on(claim)
    with refused(staff, "not-covered") as caught:
        staff.clerk.claim_decisions.pay(claim, anyang.today)
    assert "没有查到此人在事件当天的保障" in caught.value.message


def test_what_is_typed_of_earlier_payments_never_stands_below_the_ledger(anyang: Office) -> None:
    staff = anyang.staff
    first = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    assert anyang.sheet(first).fen == 800_000
    typed = {"eligible_own_fen": 1_500_000, "admission_no": 1, "before": {}, "paid_by_plans": {}}
    second = anyang.figured("medical", typed)
    plain = anyang.figured("medical", {"eligible_own_fen": 1_500_000})
    basis = "SELECT CAST(basis AS TEXT) FROM claim_amount WHERE claim_id = :id"
    told = [str(staff.value(basis, id=claim)) for claim in (second, plain)]
    assert '"admission_no": 2' in told[0]
    assert '"benefit_fen": 800000' in told[0]
    assert '"admission_no": 3' in told[1]


def test_nobody_reviews_a_figure_that_he_typed_or_computed_himself(anyang: Office) -> None:
    staff = anyang.staff
    draft = ClaimDraft("medical", EVENT, anyang.member, facts={"eligible_own_fen": 1_500_000})
    claim = staff.reviewer.claims.register(draft).value
    anyang.papers(claim)
    staff.clerk.claims.type_amount(claim, 12_300)  # changes nothing of what is due
    staff.clerk.claims.move_on(claim)
    with refused(staff, "same-person"):
        staff.reviewer.claims.move_on(claim)


def test_a_figured_claim_waits_for_its_papers(staff: Staff) -> None:
    made = office(staff, "beijing")
    made.confirm("plans.above-ceiling.benefits.known_until")
    claim = made.claim("above-ceiling")
    staff.clerk.claims.figure(claim, {"eligible_own_fen": 1_000_000})
    view = made.view(claim)
    assert (view.step_label, view.amount_fen) == ("数据已到", 400_000)
    assert view.missing[0].code == "claim-papers"
