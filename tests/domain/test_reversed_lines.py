"""Money that the bank took back is nobody's fee; other money out takes nothing back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.matching.proposals import propose
from desktop_app.domain.matching.reversals import DAYS, Out, marked
from desktop_app.domain.matching.values import Line, Owed, State

DAY = date(2026, 11, 3)
LINE = Line(1, DAY, 50_000, "清溪小学(演示)", "4200001")
OWED = Owed(1, 1, ("清溪小学(演示)",), 50_000, (), ("4200001",))
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
    assert [one.undone for one in marked([LINE], [out])] == [undone]


@pytest.mark.parametrize(
    "memo",
    [
        "冲正",
        "冲\u3000正",
        "错帐冲正",
        "红冲",
        "冲回",
        "冲帐",
        "冲减",
        "抹帐",
        "退票",
        "退回",
        "退\u3000汇",
        "退款",
        "反交易",
        "撤销",
        "撤消",
    ],
)
def test_however_a_bank_writes_it_money_taken_back_is_no_fee(memo: str) -> None:
    (line,) = marked([LINE], [replace(BACK, memo=memo)])
    assert propose([line], [OWED])[0].state is State.NO_FEE


@pytest.mark.parametrize(
    ("changed", "went"),
    [
        ({"memo": ""}, DAY),
        ({"memo": "划款", "day": DAY + timedelta(days=DAYS)}, DAY + timedelta(days=DAYS)),
        ({"memo": "", "account": ""}, DAY),
        ({"memo": "", "name": ""}, DAY),
        ({"memo": "", "name": "", "account": ""}, None),  # to whom it went, nobody says
        ({"memo": "", "account": "4200002"}, None),
        ({"memo": "", "fen": 50_001}, None),
        ({"memo": "", "day": DAY - timedelta(days=1)}, None),
        ({"memo": "", "day": DAY + timedelta(days=DAYS + 1)}, None),
    ],
)
def test_the_same_sum_gone_out_to_the_payer_is_a_doubt_whatever_is_written(
    changed: dict[str, object], went: date | None
) -> None:
    out = replace(BACK, **changed)  # type: ignore[arg-type]
    (line,) = marked([LINE], [out])
    assert line.went_on == went
    (made,) = propose([line], [OWED])
    assert made.certain is (went is None)
    assert any("又付给了付款人" in one for one in made.reasons) is (went is not None)


def test_where_either_of_two_may_be_meant_both_are_marked() -> None:
    twin = replace(LINE, id=2)
    assert [one.undone for one in marked([LINE, twin], [BACK])] == [True, True]
