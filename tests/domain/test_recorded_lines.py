"""A bank line may be a transfer that its slip was recorded of: it is not booked once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.matching.recorded import DAYS, Known, Recorded, recorded_before
from desktop_app.domain.matching.values import Line

DAY = date(2026, 11, 3)
SLIP = Recorded(7, DAY, 50_000, "清溪小学(演示)", "4200001", "HD-0001")
LINE = Line(1, DAY, 50_000, "清溪小学（演示）", "4200001", "会费", "HD0001")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"payer_account": "", "reference": ""},
        {"payer_name": "清溪小学", "payer_account": "", "reference": ""},
        {"payer_name": "清溪", "payer_account": "", "reference": "HD0001"},
        {"payer_name": "另一个名字", "reference": ""},  # the account is the same
        {"day": DAY + timedelta(days=DAYS)},
        {"day": DAY - timedelta(days=DAYS)},
    ],
)
def test_a_line_that_is_a_recorded_transfer_is_known(changed: dict[str, object]) -> None:
    line = replace(LINE, **changed)  # type: ignore[arg-type]
    assert recorded_before([line], [SLIP]) == Known({1: 7}, {})


@pytest.mark.parametrize(
    "changed",
    [
        {"fen": 50_001},
        {"day": DAY + timedelta(days=DAYS + 1)},
        {"payer_account": "4200002", "reference": ""},
        {"payer_name": "安平卫生院", "payer_account": "", "reference": ""},
        {"payer_name": "", "payer_account": "", "reference": ""},
        {"undone": True},
    ],
)
def test_a_line_of_another_amount_day_or_payer_is_another(changed: dict[str, object]) -> None:
    line = replace(LINE, **changed)  # type: ignore[arg-type]
    assert recorded_before([line], [SLIP]) == Known({}, {})


def test_what_fits_several_is_left_to_a_person() -> None:
    twin, second = replace(LINE, id=2), replace(SLIP, id=8)
    assert recorded_before([LINE], [SLIP, second]) == Known({}, {1: (7, 8)})
    assert recorded_before([LINE, twin], [SLIP]) == Known({}, {1: (7,), 2: (7,)})


@given(
    lines=st.lists(st.sampled_from((1, 2)), max_size=5),
    slips=st.lists(st.sampled_from((1, 2)), max_size=5),
)
def test_no_transfer_is_two_lines_and_nothing_known_is_lost(
    lines: list[int], slips: list[int]
) -> None:
    money = [replace(LINE, id=number, fen=fen) for number, fen in enumerate(lines)]
    known = recorded_before(
        money, [replace(SLIP, id=number, fen=fen) for number, fen in enumerate(slips)]
    )
    assert len(set(known.pairs.values())) == len(known.pairs)
    assert not known.pairs.keys() & known.unclear.keys()
    assert {*known.pairs, *known.unclear} == {one.id for one in money if one.fen in slips}


def test_what_was_sent_back_makes_no_pair() -> None:
    back = replace(SLIP, returned=True)
    assert recorded_before([LINE], [back]) == Known({}, {1: (7,)})
    anew = replace(SLIP, id=8)
    assert recorded_before([LINE], [back, anew]) == Known({}, {1: (7, 8)})
