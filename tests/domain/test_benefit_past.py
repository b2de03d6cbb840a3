"""Earlier events in the facts of the next: of the cover, of other plans, of a lifetime."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.benefits.benefit_facts import Before, Facts
from desktop_app.domain.benefits.benefit_history import PastCover
from desktop_app.domain.benefits.benefit_past import (
    Ledger,
    PastEvent,
    known_facts,
    linked_plans,
    with_past,
)
from desktop_app.domain.benefits.benefits import evaluate
from tests.domain.benefit_texts import PERIOD, RATE, SEVERITY, WAITING, benefits_of, stacked

FIRST, END = date(2025, 3, 1), date(2026, 3, 1)
FACTS = Facts(event_on=date(2025, 6, 1), effective_on=FIRST, ends_on=END, eligible_own_fen=1)


def event(on: date, fen: int, plan: str = "demo") -> PastEvent:
    return PastEvent(plan, on, fen * 2, fen // 2, fen)


PAST = [
    event(date(2025, 2, 28), 1_000),
    event(FIRST, 200),
    event(date(2026, 2, 28), 40),
    event(END, 9_000),
    event(FIRST, 7, "hospital"),
    event(date(2025, 6, 1), 5, "hospital"),
    event(END, 3, "hospital"),
]


def test_only_the_plans_own_events_within_the_cover_count_before() -> None:
    found = with_past(benefits_of(PERIOD), FACTS, PAST)
    assert found.before == Before(480, 120, 240)
    assert (found.admission_no, found.paid_by_plans, found.lifetime_fen) == (3, {}, None)
    assert with_past(benefits_of(PERIOD), replace(FACTS, admission_no=9), PAST).admission_no == 9


def test_without_a_cover_everything_before_counts() -> None:
    found = with_past(benefits_of(PERIOD), Facts(), PAST)
    assert found.before == Before(2 * 10_240, 5_120, 10_240)


def shared(per: str) -> str:
    return (
        RATE
        + f'''[[ceilings]]
per = "{per}"
fen = 100
plans = ["demo", "hospital"]
source = "演示"
'''
    )


@pytest.mark.parametrize(
    ("rules", "period", "event", "life", "linked"),
    [
        (shared("period"), {"hospital": 12}, None, None, {"demo", "hospital"}),
        (shared("case"), {}, {"hospital": 5}, None, {"demo", "hospital"}),
        (shared("lifetime"), {}, None, {"hospital": 15}, {"demo", "hospital"}),
        (stacked("net-of"), {}, {"hospital": 5}, None, {"hospital"}),
        (RATE, {}, None, None, set()),
    ],
)
def test_each_rule_counts_what_other_plans_paid_over_its_own_span(
    rules: str,
    period: dict[str, int],
    event: dict[str, int] | None,
    life: dict[str, int] | None,
    linked: set[str],
) -> None:
    found = with_past(benefits_of(rules), FACTS, PAST)
    assert (found.paid_by_plans, found.paid_with_event, found.paid_in_life) == (period, event, life)
    assert linked_plans(benefits_of(rules)) == linked


def test_what_is_typed_of_other_plans_is_never_less_than_the_ledger() -> None:
    for typed, counts in ((88, 88), (3, 12)):
        told = replace(FACTS, paid_by_plans={"hospital": typed, "old": 1})
        found = with_past(benefits_of(shared("period")), told, PAST)
        assert found.paid_by_plans == {"hospital": counts, "old": 1}
    told = replace(FACTS, paid_by_plans={"hospital": 88}, paid_with_event={"hospital": 2})
    assert with_past(benefits_of(shared("case")), told, PAST).paid_with_event == {"hospital": 5}
    of_all = replace(FACTS, paid_by_plans={"hospital": 88})
    assert with_past(benefits_of(shared("case")), of_all, PAST).paid_with_event == {"hospital": 88}


def test_what_is_told_of_earlier_payments_never_stands_below_the_ledger() -> None:
    for told, known in (
        (Before(), Before(480, 120, 240)),
        (Before(900, 100, 240), Before(900, 120, 240)),
    ):
        facts = replace(FACTS, before=told)
        assert with_past(benefits_of(PERIOD), facts, PAST).before == known
    low = replace(FACTS, admission_no=1)
    assert with_past(benefits_of(PERIOD), low, PAST).admission_no == 3


def test_stays_that_came_before_are_waited_for_where_the_deductible_falls() -> None:
    falling = RATE + '[deductible]\nfen = 9\nlater_fen = 5\nsource = "演示"\n'
    assert linked_plans(benefits_of(falling)) == {"demo"}
    assert linked_plans(benefits_of(falling.replace("later_fen = 5\n", ""))) == frozenset()


def test_the_ledger_gives_cover_and_shares_and_the_longer_unbroken_cover() -> None:
    waiting = benefits_of(WAITING)
    year = PastCover("demo", FIRST, END)
    before = PastCover("demo", date(2024, 3, 1), FIRST)
    ledger = Ledger(year, 2, (before, year), PAST[1:2])
    found = known_facts(waiting, replace(FACTS, shares=9), ledger)
    assert (found.effective_on, found.ends_on, found.shares) == (FIRST, END, 2)
    assert (found.covered_since, found.admission_no) == (before.first_on, 2)
    older = replace(FACTS, covered_since=date(2020, 3, 1))
    assert known_facts(waiting, older, ledger).covered_since == date(2020, 3, 1)
    younger = replace(FACTS, covered_since=FIRST)
    assert known_facts(waiting, younger, ledger).covered_since == before.first_on
    assert known_facts(None, FACTS, ledger) == replace(FACTS, shares=2)
    assert known_facts(benefits_of(RATE), FACTS, ledger).covered_since is None


def test_a_lifetime_goes_beyond_the_cover_and_may_be_older_than_the_ledger() -> None:
    lifetime = benefits_of(RATE + '[[ceilings]]\nper = "lifetime"\nfen = 9\nsource = "演示"\n')
    assert with_past(lifetime, FACTS, PAST).lifetime_fen == 10_240
    assert with_past(lifetime, replace(FACTS, lifetime_fen=5), PAST).lifetime_fen == 10_240
    assert with_past(lifetime, replace(FACTS, lifetime_fen=99_999), PAST).lifetime_fen == 99_999
    assert linked_plans(lifetime) == {"demo"}


def test_a_plan_that_a_payment_ends_ended_with_the_first_one() -> None:
    ending = benefits_of(SEVERITY)
    assert with_past(ending, FACTS, PAST).plan_ended_on == FIRST
    unpaid = [replace(one, benefit_fen=0) for one in PAST]
    assert with_past(ending, FACTS, unpaid).plan_ended_on is None
    assert with_past(benefits_of(RATE), FACTS, PAST).plan_ended_on is None


YEARS = (2025, 2026, 2027)
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(("demo", "hospital")),
        st.sampled_from(YEARS),
        st.integers(1, 3),
        st.integers(0, 900),
    ),
    max_size=12,
)


@given(st.sampled_from(("case", "period", "lifetime")), CLAIMS)
def test_two_plans_never_pass_the_ceiling_that_they_share_over_its_span(
    per: str, claims: list[tuple[str, int, int, int]]
) -> None:
    """Of a case each plan is asked once; what it paid for another event is no matter."""
    plans = {plan: benefits_of(shared(per), plan) for plan in ("demo", "hospital")}
    past: list[PastEvent] = []
    for plan, year, month, own in sorted(claims, key=lambda one: one[1:3]):
        day = date(year, month, 1)
        if per == "case" and any((one.plan_id, one.event_on) == (plan, day) for one in past):
            continue
        facts = Facts(
            event_on=day,
            effective_on=date(year, 1, 1),
            ends_on=date(year + 1, 1, 1),
            eligible_own_fen=own,
        )
        found = evaluate(plans[plan], with_past(plans[plan], facts, past))
        assert found.fen is not None
        past.append(PastEvent(plan, day, found.base_fen, 0, found.fen))
    sums: Counter[object] = Counter()
    for one in past:
        span = {"case": one.event_on, "period": one.event_on.year}.get(per)
        sums[span] += one.benefit_fen
    assert all(fen <= 100 for fen in sums.values())
