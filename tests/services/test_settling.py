"""A whole feed worked out in the database equals the reference rule, row by row, to the fen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from db.models.claims import Claim
from db.models.schemes import PlanRecord
from db.models.settlements import Settlement, SettlementDue, SettlementRun
from db.uow import Database
from desktop_app.domain.benefits.benefit_segments import bulk_rule
from desktop_app.domain.schemes.benefit_parts import Benefits
from desktop_app.errors import UserError
from desktop_app.services.settling.feeds import Feed
from desktop_app.services.settling.runs import new_run, settle, to_confirm
from desktop_app.services.settling.turns import settlement_dues
from tests.domain.benefit_texts import (
    BRACKETS,
    CASE_CAPPED,
    CLASS_LESS,
    PERIOD,
    RATE,
    STEPS,
    benefits_of,
    result,
)
from tests.domain.test_benefit_schemes import benefits as scheme_benefits
from tests.services import settlements as invented
from tests.services.references import reference

MEMBERS, CASES = 4_000, 30_000
ADMISSIONS = PERIOD + '[deductible]\nsource = "演示"\nfen = 13000\nlater_fen = 6500\n'
ONCE = PERIOD + '[deductible]\nsource = "演示"\nfen = 180000\nper = "period"\n'
MINIMUM = PERIOD + '[minimum]\nsource = "演示"\nfen = 20000\n'
CASE_DEDUCTED = (
    CASE_CAPPED
    + '[[ceilings]]\nper = "case"\nfen = 30000\nsource = "演示"\n'
    + '[deductible]\nsource = "演示"\nfen = 10000\n[minimum]\nsource = "演示"\nfen = 700\n'
)
RULES = {
    "brackets over the period": benefits_of(PERIOD),
    "a deductible of each admission": benefits_of(ADMISSIONS),
    "a deductible of the period": benefits_of(ONCE),
    "a minimum": benefits_of(MINIMUM),
    "brackets of each case": benefits_of(BRACKETS),
    "thirds of each case with ceilings": benefits_of(CASE_DEDUCTED),
    "steps of each case": benefits_of(STEPS),
    "steps of the period": benefits_of(
        STEPS + '[accumulation]\nover = "period"\nsource = "演示"\n'
    ),
    "pinghu": scheme_benefits("pinghu", "inpatient"),
    "beijing outpatient": scheme_benefits("beijing", "outpatient"),
    "beijing inpatient": scheme_benefits("beijing", "inpatient"),
    "beijing above": scheme_benefits("beijing", "above-ceiling"),
    "beijing above outpatient": scheme_benefits("beijing", "above-ceiling-outpatient"),
}


def year(database: Database, members: int, cases: int) -> None:
    with database.writing() as uow:
        invented.found(uow.session, members)
        invented.store(uow.session, invented.settlements(1, cases, members, 900_000))
        uow.commit()


def settled(database: Database, benefits: Benefits, **more: Any) -> SettlementRun:
    run = new_run(
        invented.uid(next(_NUMBERS)), invented.PERIOD, invented.VERSION, invented.USER, invented.NOW
    )
    with database.writing() as uow:
        settle(uow.session, bulk_rule(benefits), run, **more)
        uow.commit()
    return run


_NUMBERS = iter(range(1, 1_000))


def check(database: Database, benefits: Benefits, cases: int) -> None:
    wanted = reference(database, benefits)
    run = settled(database, benefits)
    rule = bulk_rule(benefits)
    with database.reading() as uow:
        rows = uow.session.execute(settlement_dues(rule, Feed(invented.PERIOD))).all()
        dues = uow.session.execute(
            select(
                SettlementDue.member_id,
                SettlementDue.eligible_own_fen,
                SettlementDue.deductible_fen,
                SettlementDue.benefit_fen,
            ).where(SettlementDue.run_id == run.id)
        ).all()
        open_keys = to_confirm(uow.session, rule, run)
    assert len(rows) == cases
    assert {row[0]: row[2] for row in rows} == wanted.each
    assert {row[0]: tuple(row[1:]) for row in dues} == wanted.sums
    assert (run.settlements, run.members) == (cases, len(wanted.members))
    assert run.benefit_fen == sum(wanted.each.values()) > 0
    assert set(open_keys) == wanted.to_confirm


def test_thirty_thousand_settlements_come_to_the_fen_of_the_reference(
    database: Database,
) -> None:
    year(database, MEMBERS, CASES)
    check(database, benefits_of(ADMISSIONS), CASES)


@pytest.mark.both_databases
def test_every_kind_of_rule_comes_to_the_fen_of_the_reference(database: Database) -> None:
    year(database, 200, 2_000)
    for benefits in RULES.values():
        check(database, benefits, 2_000)


@pytest.fixture
def small(database: Database) -> Database:
    with database.writing() as uow:
        invented.found(uow.session, 4)
        invented.store(uow.session, invented.settlements(2, 40, 3, 900_000))
        uow.commit()
    return database


def dues(database: Database, run: SettlementRun) -> dict[int, int]:
    with database.reading() as uow:
        query = select(SettlementDue).where(SettlementDue.run_id == run.id)
        return {due.member_id: due.benefit_fen for due in uow.session.scalars(query)}


@pytest.mark.both_databases
def test_a_ceiling_shared_with_other_plans_leaves_what_they_left(small: Database) -> None:
    shared = benefits_of(PERIOD.replace('per = "period"', 'per = "period"\nplans = ["other"]'))
    first = settled(small, benefits_of(RATE))
    alone = settled(small, shared)
    second = settled(small, shared, other_runs={"other": first.id})
    paid, before = dues(small, first), dues(small, alone)
    assert dues(small, second) == {
        member: max(0, min(fen, 300_000 - paid[member])) for member, fen in before.items()
    }
    pay(small, 1_000)
    third = settled(small, shared, other_runs={"other": first.id})
    assert dues(small, third) == {member: min(fen, 299_000) for member, fen in before.items()}
    apart = settled(small, shared, other_runs={"elsewhere": first.id})
    assert dues(small, apart) == before


TWO_CEILINGS = PERIOD + (
    '[[ceilings]]\nper = "period"\nfen = 500000\nplans = ["demo", "other"]\nsource = "演示"\n'
)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("paid", "due"), [(0, 300_000), (200_000, 300_000), (250_000, 250_000), (600_000, 0)]
)
def test_each_of_two_ceilings_of_a_period_stands_by_itself(
    small: Database, paid: int, due: int
) -> None:
    benefits = benefits_of(TWO_CEILINGS)
    assert result(
        benefits, eligible_own_fen=9_000_000, paid_by_plans={"other": paid}
    ).fen == due  # fmt: skip
    first = settled(small, benefits_of(RATE))
    pay(small, paid)
    with small.writing() as uow:
        uow.session.execute(text("UPDATE settlement SET eligible_own_fen = 9000000"))
        uow.commit()
    run = settled(small, benefits, other_runs={"other": first.id})
    assert set(dues(small, run).values()) == {due}


def pay(database: Database, fen: int) -> None:
    """Let the first run have paid everybody so much."""
    with database.writing() as uow:
        uow.session.execute(
            text("UPDATE settlement_due SET benefit_fen = :fen WHERE run_id = 1"), {"fen": fen}
        )
        uow.commit()


@pytest.mark.both_databases
def test_nothing_is_to_be_confirmed_where_nothing_was_settled(small: Database) -> None:
    unsure = benefits_of(RATE + "[waiting]\nto_confirm = true\n")
    run = settled(small, unsure)
    with small.writing() as uow:
        session = uow.session
        keys = to_confirm(session, bulk_rule(unsure), run)
        session.execute(text("UPDATE settlement SET member_id = NULL"))
        assert keys == ("plans.demo.benefits.waiting",)
        assert to_confirm(session, bulk_rule(unsure), run) == ()


@pytest.mark.both_databases
def test_a_standard_known_to_a_day_is_to_be_confirmed_for_what_was_settled_later(
    small: Database,
) -> None:
    with small.reading() as uow:
        last = max(uow.session.scalars(select(Settlement.settled_on)))
    for day, keys in ((last, ()), (last - timedelta(days=1), ("plans.demo.benefits.known_until",))):
        benefits = benefits_of(f"known_until = {day}\n" + RATE)
        run = settled(small, benefits)
        with small.reading() as uow:
            assert to_confirm(uow.session, bulk_rule(benefits), run) == keys


def say(database: Database, member: int, facts: dict[str, Any], **more: Any) -> None:
    """A claim of the period that tells something of the member."""
    number = next(_NUMBERS)
    values = {
        "uid": invented.uid(number), "number": f"SL-{number}", "member_id": member,
        "person_name": "演示", "plan_id": invented.PLAN, "scheme_version_id": invented.VERSION,
        "event_on": invented.FIRST, "facts": facts, "papers_on_paper": False,
        "state_code": "open", "step_key": "registered", "registered_at": invented.NOW,
        "registered_by": invented.USER, "row_version": 1,
    }  # fmt: skip
    with database.writing() as uow:
        uow.session.add(Claim(**{**values, **more}))
        uow.commit()


@pytest.mark.both_databases
def test_people_of_a_class_get_its_rates_where_a_claim_of_the_period_tells_it(
    small: Database,
) -> None:
    benefits = benefits_of(CLASS_LESS.replace('source = "演示"\n', "to_confirm = true\n"))
    run = settled(small, benefits)
    assert dues(small, run) == {
        member: one.benefit_fen for member, one in reference(small, benefits).members.items()
    }
    say(small, 1, {"person_class": "ordinary"})
    say(small, 1, {"person_class": "特困"})
    say(small, 2, {"person_class": "hardship"}, event_on=date(2026, 1, 1))
    say(small, 2, {"person_class": "hardship"}, state_code="void")
    say(small, 3, {"person_class": "hardship"}, event_on=date(2025, 1, 1))
    say(small, 3, {"person_class": "ordinary"}, event_on=date(2025, 1, 2))
    say(small, 3, {})
    wanted = reference(small, benefits, {1: "hardship"})
    classed = settled(small, benefits)
    assert dues(small, classed) == {
        member: one.benefit_fen for member, one in wanted.members.items()
    }
    with small.reading() as uow:
        assert set(to_confirm(uow.session, bulk_rule(benefits), run)) == wanted.to_confirm
        assert "plans.demo.benefits.classes.hardship" in wanted.to_confirm


@pytest.mark.both_databases
def test_claims_paid_under_a_shared_ceiling_count_with_the_runs(small: Database) -> None:
    with small.writing() as uow:
        uow.session.add(PlanRecord(scheme_id=1, plan_key="other", name="演示", sort_no=2))
        uow.session.flush()
        other = uow.session.scalars(
            select(PlanRecord.id).where(PlanRecord.plan_key == "other")
        ).one()
        uow.session.execute(text("UPDATE settlement SET eligible_own_fen = 9000000"))
        uow.commit()
    shared = benefits_of(PERIOD.replace('per = "period"', 'per = "period"\nplans = ["other"]'))
    first = settled(small, benefits_of(RATE))
    pay(small, 1_000)
    say(small, 1, {}, plan_id=other, decided_fen=50_000)
    say(small, 1, {}, plan_id=other, decided_fen=7_000, state_code="void")
    say(small, 2, {}, plan_id=other)
    say(small, 3, {}, plan_id=other, decided_fen=9_000, event_on=invented.END)
    run = settled(small, shared, other_runs={"other": first.id})
    assert dues(small, run) == {1: 249_000, 2: 299_000, 3: 299_000}
    assert dues(small, settled(small, shared)) == {1: 250_000, 2: 300_000, 3: 300_000}


@pytest.mark.both_databases
def test_people_not_matched_and_other_periods_are_left_out(small: Database) -> None:
    with small.writing() as uow:
        uow.session.execute(text("UPDATE settlement SET member_id = NULL WHERE member_id = 2"))
        uow.commit()
    run = settled(small, benefits_of(PERIOD))
    assert sorted(dues(small, run)) == [1, 3]
    empty = settled(small, benefits_of(PERIOD))
    with small.writing() as uow:
        uow.session.execute(text("UPDATE settlement SET member_id = NULL"))
        uow.commit()
    empty = settled(small, benefits_of(PERIOD))
    assert (empty.members, empty.settlements, empty.benefit_fen) == (0, 0, 0)


def test_a_settlement_that_does_not_say_which_admission_it_is_stops_the_run(
    small: Database,
) -> None:
    with small.writing() as uow:
        uow.session.execute(text("UPDATE settlement SET admission_no = NULL WHERE id = 7"))
        uow.commit()
    with pytest.raises(UserError, match="1条") as caught:
        settled(small, benefits_of(ADMISSIONS))
    assert (caught.value.code, caught.value.where) == ("fact-missing", "admission_no")
    assert settled(small, benefits_of(PERIOD)).members == 3


@pytest.mark.both_databases
def test_a_year_at_the_largest_sums_stays_exact(database: Database) -> None:
    rows = list(invented.settlements(3, 10, 1, 10**11))
    with database.writing() as uow:
        invented.found(uow.session, 1)
        uow.session.execute(insert(Settlement), rows)
        uow.commit()
    benefits = benefits_of(RATE + '[accumulation]\nover = "period"\nsource = "演示"\n')
    members = reference(database, benefits).members
    assert dues(database, settled(database, benefits)) == {1: members[1].benefit_fen}
