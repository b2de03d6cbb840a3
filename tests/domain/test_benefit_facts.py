"""Facts of an event as plain values: read, or refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.benefits.benefit_facts import facts_as_json, facts_from, kept_facts
from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    code_of,
)


@pytest.mark.parametrize(
    "facts",
    [
        {"eligible_own_fem": 1},
        {"eligible_own_fen": -1},
        {"eligible_own_fen": 1.5},
        {"eligible_own_fen": True},
        {"eligible_own_fen": "5"},
        {"event_on": "2026-02-30"},
        {"event_on": 20260101},
        {"severity": ""},
        {"severity": []},
        {"admission_no": 0},
        {"before": 5},
        {"before": {"benefit": 1}},
        {"before": {"eligible_own_fen": 1, "deductible_fen": 2}, "eligible_own_fen": 1},
        {"paid_by_plans": {"hospital": -1}},
        {"own_fen": 1, "eligible_own_fen": 2},
        {"total_fen": 1, "own_fen": 2},
        {"total_fen": 1, "fund_paid_fen": 2},
        {"total_fen": 5, "fund_paid_fen": 3, "own_fen": 3},
        {"own_fen": 10**12 + 1},
        {"eligible_own_fen": 10**10 + 1},
        {"total_fen": 10**11},
        {"fund_paid_fen": 10**11},
        {"days": 36_601},
        {"admission_no": 1_001},
        {"shares": 1_001},
        {"paid_with_event": {"hospital": -1}},
        {"paid_in_life": []},
        {"total_fen": 1_000_000, "fund_paid_fen": 900_000, "eligible_own_fen": 900_000},
        {"event_on": "9999-12-30"},
        {"effective_on": "2200-01-01"},
        {"event_on": "1899-12-31"},
    ],
)
def test_values_that_are_none_are_refused(facts: dict[str, Any]) -> None:
    code, where = code_of(BRACKETS, **facts)
    assert code == "fact-invalid"
    assert where in facts


def test_contradictory_and_absurd_sums_are_refused_with_a_sentence() -> None:
    absurd = {"eligible_own_fen": 10**11}
    twice = {"eligible_own_fen": 900_000, "fund_paid_fen": 900_000, "total_fen": 1_000_000}
    for facts, words in ((absurd, "超过1亿元"), (twice, "相加大于医疗总费用")):
        with pytest.raises(UserError, match=words):
            facts_from(facts)
    assert facts_from({**twice, "fund_paid_fen": 100_000}).fund_paid_fen == 100_000
    assert facts_from({"eligible_own_fen": 10**10, "days": 36_600}).days == 36_600
    insured = {"own_fen": 5, "eligible_own_fen": 4, "fund_paid_fen": 5, "total_fen": 10}
    assert facts_from(insured).own_fen == 5


def test_what_an_older_worksheet_went_by_is_read_as_it_was() -> None:
    old = {"eligible_own_fen": 10**11, "fund_paid_fen": 900_000, "total_fen": 1_000_000}
    assert facts_as_json(kept_facts(old)) == old
    with pytest.raises(UserError, match="认识"):
        kept_facts({"eligible": 1})


def test_that_nothing_was_paid_for_an_event_is_kept_apart_from_not_knowing() -> None:
    facts = facts_from({"paid_by_plans": {"a": 5}, "paid_with_event": {}})
    assert facts_as_json(facts) == {"paid_by_plans": {"a": 5}, "paid_with_event": {}}
    assert facts_as_json(facts_from({"paid_by_plans": {}})) == {}
    told = [facts.paid_by_others(per) for per in ("case", "period", "lifetime")]
    assert told == [{}, {"a": 5}, {"a": 5}]


def test_a_fact_that_is_null_is_a_fact_that_is_not_there() -> None:
    assert facts_from({"days": None, "eligible_own_fen": 5}) == facts_from({"eligible_own_fen": 5})
