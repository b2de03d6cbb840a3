"""What each kind of part comes to."""

from __future__ import annotations

import pytest

from tests.domain.benefit_texts import (
    BRACKETS,
    CONDOLENCE,
    DAILY,
    DISABILITY,
    SEVERITY,
    STEPS,
    code_of,
    fen,
)


@pytest.mark.parametrize(
    ("own", "paid"),
    [
        (0, 0),
        (60_000, 0),
        (60_001, 0),
        (60_003, 1),
        (500_000, 88_000),
        (1_000_000, 338_000),
        (1_115_357, 418_750),
        (1_825_001, 915_501),
    ],
)
def test_brackets_pay_each_band_at_its_own_share(own: int, paid: int) -> None:
    assert fen(BRACKETS, eligible_own_fen=own) == paid


@pytest.mark.parametrize(
    ("days", "paid"), [(0, 0), (3, 0), (4, 5_000), (93, 450_000), (94, 450_000)]
)
def test_an_allowance_counts_days_after_the_first_up_to_its_limit(days: int, paid: int) -> None:
    assert fen(DAILY, days=days) == paid


def test_an_allowance_without_a_limit_goes_on() -> None:
    assert fen(DAILY.replace("limit_days = 90\n", ""), days=400) == 397 * 5_000


def test_a_sum_by_severity_is_paid_for_each_share() -> None:
    assert fen(SEVERITY, severity="severe", shares=4) == 4_000_000
    assert fen(SEVERITY, severity="轻度") == 300_000
    assert code_of(SEVERITY, severity="其他") == ("fact-invalid", "severity")


@pytest.mark.parametrize(
    ("own", "paid"), [(499_999, 0), (500_000, 150_000), (1_999_999, 150_000), (2_000_000, 600_000)]
)
def test_fixed_steps_pay_the_sum_of_the_last_border_reached(own: int, paid: int) -> None:
    assert fen(STEPS, eligible_own_fen=own) == paid


def test_a_grade_of_disability_pays_its_share_of_the_sum() -> None:
    assert fen(DISABILITY, grade=1, shares=2) == 4_000_000
    assert fen(DISABILITY, grade="十级", shares=1) == 100_000


def test_condolence_goes_by_grade() -> None:
    assert fen(CONDOLENCE, grade="1") == 500_000
    assert fen(CONDOLENCE, grade=2) == 300_000


def test_a_fixed_sum_is_paid_once_or_for_each_share() -> None:
    fixed = 'source = "演示"\n[[parts]]\nid = "a"\nkind = "fixed"\nfen = 700\nsource = "演示"\n'
    assert fen(fixed, shares=3) == 700
    assert fen(fixed + "per_share = true\n", shares=3) == 2_100
