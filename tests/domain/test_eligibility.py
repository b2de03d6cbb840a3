"""Ages on a day: the cut-off dates say the same as the count of years."""

from __future__ import annotations

import datetime

from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.dates import age
from desktop_app.domain.eligibility import AgeLimits, may_hold
from desktop_app.domain.schemes import Scheme

DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2034, 12, 31))
BIRTHS = st.dates(datetime.date(1955, 1, 1), datetime.date(2023, 12, 31))


@given(BIRTHS, DAYS)
@example(datetime.date(2008, 2, 29), datetime.date(2024, 2, 29))
@example(datetime.date(2008, 2, 29), datetime.date(2025, 2, 28))
@example(datetime.date(1967, 2, 28), datetime.date(2028, 2, 29))
@example(datetime.date(1967, 3, 1), datetime.date(2028, 2, 29))
@example(datetime.date(1964, 2, 29), datetime.date(2025, 2, 28))
@example(datetime.date(1964, 2, 29), datetime.date(2025, 3, 1))
@example(datetime.date(2012, 2, 29), datetime.date(2028, 2, 28))
def test_cut_off_dates_agree_with_full_years(
    scheme: Scheme, born: datetime.date, on: datetime.date
) -> None:
    problem = AgeLimits(scheme.eligibility, on).problem(born)
    years = age(born, on)
    wanted = "age-below" if years < 16 else "age-above" if years > 60 else None
    assert (problem.code if problem else None) == wanted


def test_an_unknown_sex_does_not_hold_the_women_s_plan(scheme: Scheme) -> None:
    assert may_hold(scheme.plan("hospital"), None)
    assert not may_hold(scheme.plan("women"), None)
