"""Money: reading, showing, capitals, splitting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.money import capitals, parse_yuan, split, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("8600", 860000),
        ("8,600.00", 860000),
        ("８，６００．５０元", 860050),
        ("￥8600.5", 860050),
        ("人民币 8 600 元", 860000),
        (" 0.01 ", 1),
        (100, 10000),
        (100.5, 10050),
        (Decimal("0.29"), 29),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str | float | Decimal, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "三百", "1.234", "NaN", "Infinity", "1-2"])
def test_what_is_no_whole_number_of_fen_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        parse_yuan(text)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_shown_amount_reads_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "人民币零元整"),
        (1100000, "人民币壹万壹仟元整"),
        (10000100000, "人民币壹亿零壹仟元整"),
        (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (32504, "人民币叁佰贰拾伍元零肆分"),
        (860000, "人民币捌仟陆佰元整"),
        (1, "人民币壹分"),
        (10, "人民币壹角整"),
        (11, "人民币壹角壹分"),
        (1000, "人民币壹拾元整"),
        (10001000, "人民币壹拾万零壹拾元整"),
        (100000000, "人民币壹佰万元整"),
        (10000000100, "人民币壹亿零壹元整"),
        (101000000000, "人民币壹拾亿壹仟万元整"),
        (100100000000, "人民币壹拾亿零壹佰万元整"),
        (140950, "人民币壹仟肆佰零玖元伍角整"),
        (600714, "人民币陆仟零柒元壹角肆分"),
    ],
)
def test_capitals_follow_the_settlement_rules(fen: int, text: str) -> None:
    assert capitals(fen) == text


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_capitals_are_not_written_for_impossible_amounts(fen: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(fen)


_VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}


def _read_group(text: str) -> int:
    total = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        else:
            total, digit = total + digit * _TENS[char], 0
    return total + digit


def _read_whole(text: str) -> int:
    above, mark, below = text.rpartition("亿")
    if mark:
        return _read_whole(above) * 10**8 + _read_whole(below)
    above, _, below = text.rpartition("万")
    return _read_group(above) * 10**4 + _read_group(below)


@given(st.integers(min_value=1, max_value=10**14 - 1))
def test_capitals_read_back_to_the_same_amount(fen: int) -> None:
    text = capitals(fen).removeprefix("人民币").removesuffix("整")
    whole, mark, rest = text.partition("元")
    if not mark:
        whole, rest = "", text
    jiao, mark, cents = rest.rpartition("角")
    cents = cents.strip("零").removesuffix("分")
    read = _read_whole(whole) * 100 + _read_group(jiao) * 10 + _read_group(cents)
    assert read == fen
    assert "零零" not in text


@given(
    st.integers(min_value=0, max_value=10**12),
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=9).filter(any),
)
def test_parts_of_a_split_add_up_and_stay_next_to_their_share(
    total: int, weights: list[int]
) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_equal_remainders_go_to_the_first() -> None:
    assert split(100, (1, 1, 1)) == (34, 33, 33)
    assert split(7500, (25, 50)) == (2500, 5000)


@pytest.mark.parametrize(("total", "weights"), [(1, (0, 0)), (-1, (1,)), (1, (2, -1))])
def test_a_split_without_weights_is_refused(total: int, weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="split"):
        split(total, weights)
