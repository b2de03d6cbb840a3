"""The retirement schedule of 2025, every row of it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from db.codes import PostCategory
from desktop_app.domain.retirement import retirement

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "retirement.tsv").read_text().splitlines()[1:]
]


def _first(month: str) -> datetime.date:
    return datetime.date(int(month[:4]), int(month[5:]), 1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_each_row_of_the_schedule(row: list[str]) -> None:
    post, born_from, born_to, age, retires_from, retires_to = row
    for born, retires in ((born_from, retires_from), (born_to, retires_to)):
        found = retirement(_first(born), PostCategory(post))
        assert (f"{found.years}-{found.months}", found.month_text) == (age, retires)


def test_the_schedule_has_all_its_rows() -> None:
    assert len(ROWS) == 36 + 36 + 60


@pytest.mark.parametrize(
    ("born", "post", "years", "month"),
    [
        ("1964-12", "male", 60, "2024-12"),
        ("1969-12", "female-55", 55, "2024-12"),
        ("1974-12", "female-50", 50, "2024-12"),
        ("1990-06", "male", 63, "2053-06"),
        ("1990-06", "female-55", 58, "2048-06"),
        ("1990-06", "female-50", 55, "2045-06"),
    ],
)
def test_before_and_after_the_schedule(born: str, post: str, years: int, month: str) -> None:
    found = retirement(_first(born), PostCategory(post))
    assert (found.years, found.months, found.month_text) == (years, 0, month)
