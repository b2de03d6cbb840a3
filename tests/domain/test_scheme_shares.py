"""A share is typed and shown in hundredths and stored as an exact fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.scheme_editor.scheme_shares import WANTED, is_share, share_text, typed_share


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("80", "80/100"),
        ("80%", "80/100"),
        (" 80 % ", "80/100"),
        ("80\N{FULLWIDTH PERCENT SIGN}", "80/100"),
        ("80/100", "80/100"),
        ("1/3", "1/3"),
        ("62.5%", "625/1000"),
        ("0", "0/100"),
        ("100", "100/100"),
        ("0.5%", "5/1000"),
    ],
)
def test_a_typed_share_is_stored_as_a_fraction(typed: str, stored: str) -> None:
    assert typed_share(typed) == stored


@pytest.mark.parametrize("typed", ["", "七成", "101", "100.1%", "3/2", "1/0", "1.23456", "-5", "%"])
def test_what_is_no_share_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=WANTED):
        typed_share(typed)


def test_a_number_below_one_is_asked_for_its_sign() -> None:
    with pytest.raises(ValueError, match=r"请写明百分号:0\.8%,还是80%。"):
        typed_share("0.8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("80/100", "80%"),
        ("625/1000", "62.5%"),
        ("4/5", "80%"),
        ("1/3", "1/3"),
        ("1/0", "1/0"),
        ("", ""),
        ("错", "错"),
        (Decimal("0.80"), "80%"),
        (Decimal("1.0"), "100%"),
        (0, "0%"),
    ],
)
def test_a_share_is_shown_as_a_percentage_where_it_is_one(value: object, shown: str) -> None:
    assert share_text(value) == shown


@given(st.integers(0, 1_000_000))
def test_what_is_shown_is_read_as_the_same_share(millionths: int) -> None:
    share = Fraction(millionths, 1_000_000)
    shown = share_text(f"{share.numerator}/{share.denominator}")
    assert Fraction(typed_share(shown)) == share


def test_shares_are_told_by_their_key() -> None:
    assert is_share("plans[1].benefits.parts[1].share")
    assert is_share("participation.min_share")
    assert not is_share("plans[1].benefits.ceilings[1].per_share")
