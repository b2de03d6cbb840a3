"""Money that the bank took back is nobody's fee; other money out takes nothing back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.matching.reversals import DAYS, Out, marked
from desktop_app.domain.matching.values import Line

DAY = date(2026, 11, 3)
LINE = Line(1, DAY, 50_000, "清溪小学(演示)", "4200001")
BACK = Out(DAY, 50_000, "清溪小学（演示）", "4200001", "冲正")


@pytest.mark.parametrize(
    ("changed", "undone"),
    [
        ({}, True),
        ({"name": "", "account": ""}, True),
        ({"account": ""}, True),
        ({"memo": "退汇:户名不符", "day": DAY + timedelta(days=DAYS)}, True),
        ({"memo": "手续费"}, False),
        ({"fen": 50_001}, False),
        ({"account": "4200002"}, False),
        ({"account": "", "name": "安平卫生院"}, False),
        ({"day": DAY - timedelta(days=1)}, False),
        ({"day": DAY + timedelta(days=DAYS + 1)}, False),
    ],
)
def test_a_line_is_taken_back_by_one_of_its_amount_and_its_payer(
    changed: dict[str, object], undone: bool
) -> None:
    out = replace(BACK, **changed)  # type: ignore[arg-type]
    assert marked([LINE], [out]) == [replace(LINE, undone=undone)]


def test_where_either_of_two_may_be_meant_both_are_marked() -> None:
    twin = replace(LINE, id=2)
    assert [one.undone for one in marked([LINE, twin], [BACK])] == [True, True]
