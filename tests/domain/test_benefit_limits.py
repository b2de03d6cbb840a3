"""What bounds a benefit: waiting period, minimum, ceilings, what was paid before."""

from __future__ import annotations

import pytest

from tests.domain.benefit_texts import (
    CASE_CAPPED,
    PERIOD,
    RATE,
    SEVERITY,
    WAITING,
    code_of,
    fen,
    result,
    stacked,
)


def test_a_period_is_figured_as_a_whole_less_what_was_paid() -> None:
    before = {"eligible_own_fen": 60_001, "deductible_fen": 0, "benefit_fen": 0}
    assert fen(PERIOD, eligible_own_fen=2, before=before) == 1
    more = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 288_000}
    assert fen(PERIOD, eligible_own_fen=100_000, before=more) == 12_000
    overpaid = {"eligible_own_fen": 900_000, "deductible_fen": 0, "benefit_fen": 999_999}
    assert fen(PERIOD, eligible_own_fen=1, before=overpaid) == 0


def test_where_each_case_stands_alone_what_was_before_only_fills_the_ceiling() -> None:
    before = {"eligible_own_fen": 100_000, "deductible_fen": 0, "benefit_fen": 33_333}
    assert fen(CASE_CAPPED, eligible_own_fen=30_000, before=before) == 10_000
    assert fen(CASE_CAPPED, eligible_own_fen=90_000, before=before) == 50_000 - 33_333


@pytest.mark.parametrize(
    ("event", "paid"),
    [
        ("2026-03-01", 0),
        ("2026-03-31", 0),
        ("2026-04-01", 100_000),
        ("2026-04-30", 100_000),
        ("2026-05-01", 2_000_000),
    ],
)
def test_the_waiting_period_goes_by_days_after_the_effective_day(event: str, paid: int) -> None:
    facts = {"severity": "severe", "shares": 2, "effective_on": "2026-03-01"}
    assert fen(WAITING, event_on=event, **facts) == paid


def test_a_renewal_is_exempt_from_the_waiting_period_or_counts_on() -> None:
    facts = {"severity": "light", "effective_on": "2026-03-01", "event_on": "2026-03-05"}
    assert fen(WAITING, covered_since="2025-03-01", **facts) == 300_000
    assert fen(WAITING, covered_since="2026-03-01", **facts) == 0
    counts_on = WAITING.replace('"exempt"', '"counts-on"')
    assert fen(counts_on, covered_since="2026-02-01", **facts) == 50_000
    assert fen(WAITING.replace('"exempt"', '"again"'), covered_since="2020-01-01", **facts) == 0


def test_a_waiting_band_may_pay_a_share_and_have_no_end() -> None:
    text = SEVERITY + '[waiting]\nsource = "演示"\nbands = [{ from_day = 0, share = "1/2" }]\n'
    facts = {"severity": "light", "effective_on": "2026-03-01", "event_on": "2026-12-05"}
    assert fen(text, **facts) == 150_000


def test_a_benefit_that_is_anything_is_at_least_the_minimum() -> None:
    text = RATE + '[minimum]\nfen = 20000\nsource = "演示"\n'
    assert fen(text, eligible_own_fen=0) == 0
    assert fen(text, eligible_own_fen=3) == 20_000
    assert fen(text, eligible_own_fen=90_000) == 30_000


def ceiling(per: str, more: str = "") -> str:
    return RATE + f'[[ceilings]]\nper = "{per}"\nfen = 1000\nsource = "演示"\n{more}\n'


def test_ceilings_hold_for_the_case_and_for_life_and_for_each_share() -> None:
    assert fen(ceiling("case"), eligible_own_fen=9_000) == 1_000
    assert fen(ceiling("case", "per_share = true"), eligible_own_fen=9_000, shares=2) == 2_000
    assert fen(ceiling("lifetime"), eligible_own_fen=9_000, lifetime_fen=400) == 600
    assert fen(ceiling("lifetime"), eligible_own_fen=300, lifetime_fen=400) == 100
    assert fen(ceiling("lifetime"), eligible_own_fen=300, lifetime_fen=4_000) == 0
    assert code_of(ceiling("lifetime"), eligible_own_fen=9) == ("fact-missing", "lifetime_fen")


def test_a_ceiling_is_shared_with_the_plans_it_names() -> None:
    text = ceiling("period", 'plans = ["outpatient", "inpatient"]')
    paid = {"outpatient": 300, "inpatient": 200, "accident": 999}
    assert fen(text, eligible_own_fen=9_000, paid_by_plans=paid) == 500
    assert fen(text, eligible_own_fen=9_000, paid_by_plans={"outpatient": 5_000}) == 0


@pytest.mark.parametrize(
    ("per", "paid"), [("case", 1_000 - 20), ("period", 1_000 - 300), ("lifetime", 1_000 - 450)]
)
def test_a_shared_ceiling_counts_what_others_paid_over_its_own_span(per: str, paid: int) -> None:
    text = ceiling(per, 'plans = ["other"]')
    facts = {"eligible_own_fen": 9_000, "lifetime_fen": 0, "paid_by_plans": {"other": 300}}
    told = {"paid_with_event": {"other": 20}, "paid_in_life": {"other": 450}}
    assert fen(text, **facts, **told) == paid
    assert fen(text, **facts) == 1_000 - 300  # an older worksheet tells no more
    nothing = {"paid_with_event": {}, "paid_in_life": {}}
    assert fen(text, **facts, **nothing) == (700 if per == "period" else 1_000)


def test_what_other_plans_paid_for_another_event_is_not_taken_off_this_one() -> None:
    facts = {"eligible_own_fen": 3_000, "paid_by_plans": {"hospital": 300}, "paid_with_event": {}}
    for mode in ("net-of", "tops-up", "excludes"):
        assert fen(stacked(mode), **facts) == 1_000


def test_a_plan_tops_up_what_others_paid_or_pays_nothing_beside_them() -> None:
    paid = {"hospital": 300}
    assert fen(stacked("tops-up"), eligible_own_fen=3_000, paid_by_plans=paid) == 700
    assert fen(stacked("tops-up"), eligible_own_fen=30, paid_by_plans=paid) == 0
    assert fen(stacked("excludes"), eligible_own_fen=3_000, paid_by_plans=paid) == 0
    assert fen(stacked("excludes"), eligible_own_fen=3_000) == 1_000
    net = result(stacked("net-of"), eligible_own_fen=3_000, paid_by_plans=paid)
    assert [step.rule for step in net.steps].count("stacking") == 1


def test_a_ceiling_for_each_share_holds_one_share_where_nobody_says_how_many() -> None:
    assert fen(ceiling("case", "per_share = true"), eligible_own_fen=9_000) == 1_000


def test_the_ceilings_step_tells_what_other_plans_took_of_it() -> None:
    found = result(
        ceiling("period", 'plans = ["other"]'), eligible_own_fen=9_000, paid_by_plans={"other": 400}
    )
    (step,) = (one for one in found.steps if one.rule == "ceiling")
    assert step.input == {"total_fen": 3_000, "ceiling_fen": 1_000, "other_plans_fen": 400}


def test_what_was_paid_before_is_told_where_it_plays_a_part() -> None:
    def told(rules: str, paid: int | None) -> bool:
        before = None if paid is None else {"eligible_own_fen": 0, "benefit_fen": paid}
        found = result(rules, eligible_own_fen=100_000, before=before)
        return "paid-before" in [step.rule for step in found.steps]

    assert told(PERIOD, 0)
    assert not told(PERIOD, None)
    assert told(CASE_CAPPED, 40_000)
    assert not told(CASE_CAPPED, 5)
    assert not told(CASE_CAPPED, None)
