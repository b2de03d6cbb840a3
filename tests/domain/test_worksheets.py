"""Exact amounts and shares in words, and the one rounding."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.benefits.worksheets import exact, percent, rounded, yuan_exact


def test_exact_amounts_and_shares_are_written_without_loss() -> None:
    assert (exact(Fraction(4, 2)), exact(Fraction(1, 3))) == (2, "1/3")
    assert yuan_exact(Fraction(12_345_600)) == "123,456.00"
    assert yuan_exact(Fraction(1_234_561, 10)) == "1,234.561"
    assert yuan_exact(Fraction(100, 3)) == "约0.33"
    shares = [percent(Fraction(one)) for one in ("1/5", "1/8", "1", "1/3", "0", "1/10")]
    assert shares == ["20%", "12.5%", "100%", "1/3", "0%", "10%"]
    assert [rounded(Fraction(*one)) for one in ((1, 2), (49, 100), (3, 2), (5, 2))] == [1, 0, 2, 3]
