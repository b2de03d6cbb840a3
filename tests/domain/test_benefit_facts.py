"""Facts of an event as plain values: read, or refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.benefit_facts import facts_from
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
        {"event_on": "9999-12-30"},
        {"effective_on": "2200-01-01"},
        {"event_on": "1899-12-31"},
    ],
)
def test_values_that_are_none_are_refused(facts: dict[str, Any]) -> None:
    code, where = code_of(BRACKETS, **facts)
    assert code == "fact-invalid"
    assert where in facts


def test_a_fact_that_is_null_is_a_fact_that_is_not_there() -> None:
    assert facts_from({"days": None, "eligible_own_fen": 5}) == facts_from({"eligible_own_fen": 5})
