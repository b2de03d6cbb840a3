"""Statutory retirement under the schedule of 2025 (渐进式延迟法定退休年龄)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from db.codes import PostCategory
from desktop_app.domain.dates import add_months


@dataclass(frozen=True, slots=True)
class _Schedule:
    base: int  # months of age before the reform
    first_year: int  # born from January of it on, retirement is later
    step: int  # months of birth per month of delay
    most: int  # months of delay at the end


_SCHEDULES = {
    PostCategory.MALE: _Schedule(60 * 12, 1965, 4, 36),
    PostCategory.FEMALE_55: _Schedule(55 * 12, 1970, 4, 36),
    PostCategory.FEMALE_50: _Schedule(50 * 12, 1975, 2, 60),
}


@dataclass(frozen=True, slots=True)
class Retirement:
    """The statutory age and the month it is reached in."""

    years: int
    months: int
    year: int
    month: int

    @property
    def month_text(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def retirement(born: datetime.date, post: PostCategory) -> Retirement:
    """When a person of this post category reaches the statutory age."""
    schedule = _SCHEDULES[post]
    since = (born.year - schedule.first_year) * 12 + born.month - 1
    delay = 0 if since < 0 else min(since // schedule.step + 1, schedule.most)
    total = schedule.base + delay
    year, month = divmod(born.year * 12 + born.month - 1 + total, 12)
    return Retirement(total // 12, total % 12, year, month + 1)


def retires_on(born: datetime.date, post: PostCategory) -> datetime.date:
    """The day the statutory age is reached: from it on the person is no longer below it."""
    found = retirement(born, post)
    return add_months(born, found.years * 12 + found.months)
