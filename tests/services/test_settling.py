"""A whole feed worked out in the database equals the reference rule, row by row, to the fen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from db.models.settlements import Settlement, SettlementDue, SettlementRun
from db.uow import Database
from desktop_app.domain.benefit_facts import Before, Facts
from desktop_app.domain.benefit_parts import Benefits
from desktop_app.domain.benefit_segments import bulk_rule
from desktop_app.domain.benefits import evaluate
from desktop_app.errors import UserError
from desktop_app.services.settling.runs import new_run, settle
from desktop_app.services.settling.statements import settlement_dues
from tests.domain.benefit_texts import (
    BRACKETS,
    CASE_CAPPED,
    PERIOD,
    RATE,
    STEPS,
    benefits_of,
)
from tests.domain.test_benefit_schemes import benefits as scheme_benefits
from tests.services import settlements as invented

MEMBERS, CASES = 12_000, 100_000
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
}


def year(database: Database, members: int, cases: int) -> None:
    with database.writing() as uow:
        invented.found(uow.session, members)
        invented.store(uow.session, invented.settlements(1, cases, members, 900_000))
        uow.commit()


def reference(database: Database, benefits: Benefits) -> tuple[dict[int, int], dict[int, Any]]:
    """Every settlement, then every member, by the rule that works out single cases."""
    columns = Settlement.__table__.c
    order = (columns.settled_on, columns.id)
    query = select(
        columns.id, columns.member_id, columns.admission_no, columns[benefits.counts]
    ).order_by(*order)
    with database.reading() as uow:
        rows = uow.session.execute(query).all()
    each: dict[int, int] = {}
    before: dict[int, Before] = defaultdict(Before)
    for settlement, member, admission, own in rows:
        was = before[member]
        facts = Facts(eligible_own_fen=own, admission_no=admission, before=was)
        found = evaluate(benefits, facts)
        assert found.fen is not None
        each[settlement] = found.fen
        before[member] = Before(
            was.eligible_own_fen + own,
            was.deductible_fen + found.deductible_fen,
            was.benefit_fen + found.fen,
        )
    return each, before


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
    each, members = reference(database, benefits)
    run = settled(database, benefits)
    with database.reading() as uow:
        rows = uow.session.execute(settlement_dues(bulk_rule(benefits), invented.PERIOD)).all()
        dues = uow.session.execute(
            select(
                SettlementDue.member_id,
                SettlementDue.eligible_own_fen,
                SettlementDue.deductible_fen,
                SettlementDue.benefit_fen,
            ).where(SettlementDue.run_id == run.id)
        ).all()
    assert len(rows) == cases
    assert {row[0]: row[2] for row in rows} == each
    wanted = {
        member: (was.eligible_own_fen, was.deductible_fen, was.benefit_fen)
        for member, was in members.items()
    }
    assert {row[0]: tuple(row[1:]) for row in dues} == wanted
    assert (run.settlements, run.members) == (cases, len(wanted))
    assert run.benefit_fen == sum(each.values()) > 0


def test_a_hundred_thousand_settlements_come_to_the_fen_of_the_reference(
    database: Database,
) -> None:
    year(database, MEMBERS, CASES)
    check(database, benefits_of(ADMISSIONS), CASES)


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


def test_a_ceiling_shared_with_other_plans_leaves_what_they_left(small: Database) -> None:
    shared = benefits_of(PERIOD.replace('per = "period"', 'per = "period"\nplans = ["other"]'))
    first = settled(small, benefits_of(RATE))
    alone = settled(small, shared)
    second = settled(small, shared, other_runs=[first.id])
    paid, before = dues(small, first), dues(small, alone)
    assert dues(small, second) == {
        member: max(0, min(fen, 300_000 - paid[member])) for member, fen in before.items()
    }
    with small.writing() as uow:
        uow.session.execute(text("UPDATE settlement_due SET benefit_fen = 1000 WHERE run_id = 1"))
        uow.commit()
    third = settled(small, shared, other_runs=[first.id])
    assert dues(small, third) == {member: min(fen, 299_000) for member, fen in before.items()}


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


def test_a_year_at_the_largest_sums_stays_exact(database: Database) -> None:
    rows = list(invented.settlements(3, 10, 1, 10**11))
    with database.writing() as uow:
        invented.found(uow.session, 1)
        uow.session.execute(insert(Settlement), rows)
        uow.commit()
    benefits = benefits_of(RATE + '[accumulation]\nover = "period"\nsource = "演示"\n')
    _each, members = reference(database, benefits)
    assert dues(database, settled(database, benefits)) == {1: members[1].benefit_fen}
