"""Since when a person has been covered without a break, over several plans where a rule says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.schemes.benefit_parts import Waiting


@dataclass(frozen=True, slots=True)
class PastCover:
    """One interval of cover; `end_on` is exclusive."""

    plan_id: str
    first_on: datetime.date
    end_on: datetime.date


def covered_since(
    covers: Iterable[PastCover], effective_on: datetime.date, plan_id: str, rule: Waiting
) -> datetime.date:
    """The first day of the unbroken cover that leads up to `effective_on`; that day itself if none.

    Counts the plan's own earlier cover and that of the plans the rule names; a break of up to
    `gap_days` does not break it.
    """
    plans = {plan_id, *rule.plans}
    counted = [one for one in covers if one.plan_id in plans and one.first_on < effective_on]
    since = effective_on
    for cover in sorted(counted, key=lambda one: one.end_on, reverse=True):
        if (since - cover.end_on).days <= rule.gap_days:
            since = min(since, cover.first_on)
    return since
