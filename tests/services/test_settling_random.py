"""Rules that nobody wrote, over feeds that nobody sent: SQL and reference agree to the fen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.models.members import Member
from db.models.settlements import Settlement, SettlementDue
from db.uow import Database
from desktop_app.domain.benefits.benefit_segments import bulk_rule
from desktop_app.services.settling.feeds import Feed
from desktop_app.services.settling.runs import new_run
from desktop_app.services.settling.sources import paid_in
from desktop_app.services.settling.statements import member_dues
from desktop_app.services.settling.touched import touched
from desktop_app.services.settling.turns import settlement_dues
from tests.domain.benefit_texts import benefits_of
from tests.domain.bulk_texts import OTHERS, borders, bulk_text
from tests.services import settlements as invented
from tests.services.references import reference

RULES, CASES = 100, 1_000  # in `soak` a hundred thousand random cases, in each database
CLASSES = ("hardship", "worker", None)


def rows(draw: random.Random, text: str, count: int, members: int) -> Iterator[dict[str, Any]]:
    """Settlements about the borders of the rule, near them and far from them."""
    marks, admissions = borders(text) or [0], [0] * (members + 1)
    for number in range(1, count + 1):
        member = draw.randint(1, members)
        admissions[member] += 1
        mark = draw.choice(marks)
        own = max(0, draw.choice((0, mark + draw.randint(-1, 1), draw.randint(0, mark + 9),
                                  draw.randint(0, 900_000))))  # fmt: skip
        yield {
            "id": number,
            "period_id": invented.PERIOD,
            "feed_id": invented.FEED,
            "line_no": number,
            "member_id": member,
            "settled_on": invented.FIRST + timedelta(days=365 * number // (count + 1)),
            "admission_no": admissions[member],
            "total_fen": own,
            "own_fen": own,
            "eligible_own_fen": own,
            "deducted_fen": 0,
        }


def others_paid(
    session: Session, draw: random.Random, most: int, members: int
) -> tuple[dict[str, int], dict[int, dict[str, int]]]:
    """Runs of other plans, which paid some of the members something."""
    runs: dict[str, int] = {}
    paid: dict[int, dict[str, int]] = {}
    for number, plan in enumerate(OTHERS, start=1):
        if draw.random() < 0.3:
            continue
        run = new_run(invented.uid(number), invented.PERIOD, invented.VERSION, invented.USER,
                      invented.NOW)  # fmt: skip
        session.add(run)
        session.flush()
        runs[plan] = run.id
        for member in range(1, members + 1):
            if draw.random() < 0.5:
                fen = draw.randint(0, most)
                paid.setdefault(member, {})[plan] = fen
                session.add(
                    SettlementDue(run_id=run.id, member_id=member, settlements=1,
                                  eligible_own_fen=fen, deductible_fen=0, benefit_fen=fen)
                )  # fmt: skip
    return runs, paid


def hold(database: Database, draw: random.Random, count: int, members: int) -> None:
    """One random rule over one random feed: every row, every member, every open clause."""
    text = bulk_text(draw)
    benefits = benefits_of(text)
    rule = bulk_rule(benefits)
    classes = {member: draw.choice(CLASSES) for member in range(1, members + 1)}
    keys = {one.key for one in rule.classes}
    said = {member: key for member, key in classes.items() if key in keys}
    with database.writing() as uow:
        for table in (SettlementDue, Settlement):
            uow.session.execute(delete(table))
        uow.session.connection().exec_driver_sql("DELETE FROM settlement_run")
        uow.session.execute(insert(Settlement), list(rows(draw, text, count, members)))
        runs, paid = others_paid(uow.session, draw, max(borders(text) or [0]), members)
        uow.commit()
    wanted = reference(database, benefits, said, paid)
    classed = {
        key: select(Member.id).where(Member.id.in_([m for m, one in said.items() if one == key]))
        for key in keys
    }
    feed = Feed(invented.PERIOD, {plan: paid_in(run) for plan, run in runs.items()}, classed)
    with database.reading() as uow:
        each = uow.session.execute(settlement_dues(rule, feed)).all()
        dues = uow.session.execute(member_dues(rule, feed)).all()
        keys_found = touched(uow.session, rule, feed)
    assert len(each) == len(wanted.each) == count, text
    assert {row[0]: row[2] for row in each} == wanted.each, text
    assert {row[0]: tuple(row[2:]) for row in dues} == wanted.sums, text
    assert sum(row[1] for row in dues) == count, text
    assert len(keys_found) == len(set(keys_found)), text
    assert set(keys_found) == wanted.to_confirm, text


def people(database: Database, members: int) -> None:
    with database.writing() as uow:
        invented.found(uow.session, members)
        uow.commit()


@pytest.mark.both_databases
@pytest.mark.parametrize("rules", [20, pytest.param(RULES, marks=pytest.mark.soak)])
def test_random_rules_agree_on_a_thousand_random_cases_each(database: Database, rules: int) -> None:
    people(database, 80)
    for seed in range(rules):
        hold(database, random.Random(seed), CASES, 80)


@pytest.mark.both_databases
def test_any_rule_within_the_bulk_agrees_row_by_row(database: Database) -> None:
    """Hypothesis looks for the smallest rule and feed that would not."""
    people(database, 3)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def holds(draw: random.Random) -> None:
        hold(database, draw, 8, 3)

    holds()
