"""Since when somebody is covered without a break: over plans that count, over short gaps."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.benefits.benefit_history import PastCover, covered_since
from tests.domain.benefit_texts import WAITING, benefits_of

EFFECTIVE = date(2026, 3, 1)


def cover(plan: str, first: str, end: str) -> PastCover:
    return PastCover(plan, date.fromisoformat(first), date.fromisoformat(end))


LAST_YEAR = cover("illness", "2025-03-01", "2026-03-01")
YEAR_BEFORE = cover("hospital", "2024-03-01", "2025-03-01")
ACCIDENT = cover("accident", "2020-01-01", "2026-03-01")
EARLY = cover("illness", "2024-01-01", "2025-01-30")
LATER = cover("illness", "2026-06-01", "2027-06-01")


@pytest.mark.parametrize(
    ("covers", "gap", "since"),
    [
        ((), 0, date(2026, 3, 1)),
        ((LAST_YEAR,), 0, date(2025, 3, 1)),
        ((YEAR_BEFORE, LAST_YEAR), 0, date(2024, 3, 1)),
        ((YEAR_BEFORE,), 0, date(2026, 3, 1)),
        ((ACCIDENT,), 0, date(2026, 3, 1)),
        ((LAST_YEAR, EARLY), 29, date(2025, 3, 1)),
        ((LAST_YEAR, EARLY), 30, date(2024, 1, 1)),
        ((LATER,), 0, date(2026, 3, 1)),
    ],
)
def test_cover_counts_back_to_its_first_break(
    covers: tuple[PastCover, ...], gap: int, since: date
) -> None:
    text = WAITING.replace('renewal = "exempt"', f'renewal = "exempt"\ngap_days = {gap}')
    rule = benefits_of(text).waiting
    assert rule is not None
    assert covered_since(covers, EFFECTIVE, "illness", rule) == since
