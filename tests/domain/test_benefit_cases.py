"""One event under a plan of a scheme: cover that runs from the plan document ends after a year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError

FACTS = {"severity": "light", "effective_on": "2026-03-01"}


@pytest.mark.parametrize("event", ["2026-03-01", "2027-02-28"])
def test_events_of_the_year_are_covered(scheme: Scheme, event: str) -> None:
    found = work_out(scheme, "critical-illness", facts_from({**FACTS, "event_on": event}))
    assert found.fen == 300_000


@pytest.mark.parametrize("event", ["2026-02-28", "2027-03-01"])
def test_events_before_and_after_are_not(scheme: Scheme, event: str) -> None:
    with pytest.raises(UserError) as caught:
        work_out(scheme, "critical-illness", facts_from({**FACTS, "event_on": event}))
    assert caught.value.code == "not-covered"


def test_a_known_end_goes_before_the_schemes_own(scheme: Scheme) -> None:
    facts = facts_from({**FACTS, "event_on": "2027-03-01", "ends_on": "2027-04-01"})
    assert work_out(scheme, "critical-illness", facts).fen == 300_000


def test_a_plan_without_benefits_gives_no_figure(scheme: Scheme) -> None:
    plans = tuple(replace(plan, benefits=None) for plan in scheme.plans)
    found = work_out(replace(scheme, plans=plans), "women", facts_from({}))
    assert (found.fen, found.to_confirm) == (None, ("plans.women.benefits",))
    with pytest.raises(UserError) as caught:
        work_out(scheme, "dental", facts_from({}))
    assert caught.value.code == "plan-unknown"
