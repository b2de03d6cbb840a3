"""What holds for every benefit whatever its figures: no jumps, nothing lost, no ceiling passed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.benefit_amounts import band_amounts, brackets_amount
from desktop_app.domain.benefit_parts import Band, Brackets
from tests.domain.benefit_texts import CASE_CAPPED, PERIOD, benefits_of, result

FEN = st.integers(0, 10**11)
SHARES = st.fractions(0, 1, max_denominator=1000)
SPLITS = st.lists(st.integers(0, 2 * 10**6), min_size=1, max_size=8)
_PERIOD, _CASE = benefits_of(PERIOD), benefits_of(CASE_CAPPED)


@st.composite
def brackets(draw: st.DrawFn) -> Brackets:
    borders = sorted(draw(st.sets(st.integers(0, 10**9), min_size=1, max_size=6)))
    return Brackets(tuple(Band(border, draw(SHARES)) for border in borders))


@given(brackets(), FEN)
def test_one_fen_more_pays_at_most_one_fen_more_and_never_less(rule: Brackets, own: int) -> None:
    step = brackets_amount(rule, own + 1) - brackets_amount(rule, own)
    assert 0 <= step <= max(band.share for band in rule.bands)


@given(brackets(), FEN, FEN)
def test_brackets_never_fall(rule: Brackets, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert brackets_amount(rule, low) <= brackets_amount(rule, high)


@given(brackets())
def test_there_is_no_jump_at_a_border(rule: Brackets) -> None:
    for below, band in pairwise(rule.bands):
        gap = brackets_amount(rule, band.above_fen + 1) - brackets_amount(rule, band.above_fen - 1)
        assert gap <= below.share + band.share


@given(brackets(), FEN)
def test_the_bands_parts_add_up_to_the_counted_amount(rule: Brackets, own: int) -> None:
    parts = band_amounts(rule, own)
    assert sum(parts) == max(0, own - rule.bands[0].above_fen)
    assert min(parts) >= 0


@given(brackets(), FEN)
def test_no_more_is_paid_than_the_person_bore(rule: Brackets, own: int) -> None:
    assert Fraction(0) <= brackets_amount(rule, own) <= own


def _paid_in_claims(rules: object, claims: list[int]) -> int:
    counted = paid = 0
    for own in claims:
        before = {"eligible_own_fen": counted, "deductible_fen": 0, "benefit_fen": paid}
        found = result(rules, eligible_own_fen=own, before=before)  # type: ignore[arg-type]
        assert found.fen is not None
        counted, paid = counted + own, paid + found.fen
    return paid


@given(SPLITS)
def test_no_split_of_a_cost_into_claims_passes_the_ceiling_of_the_period(claims: list[int]) -> None:
    assert _paid_in_claims(_PERIOD, claims) <= 300_000
    assert _paid_in_claims(_CASE, claims) <= 50_000


@given(SPLITS)
def test_an_accumulated_benefit_does_not_depend_on_the_split(claims: list[int]) -> None:
    whole = result(_PERIOD, eligible_own_fen=sum(claims))
    assert _paid_in_claims(_PERIOD, claims) == whole.fen


@given(FEN)
def test_working_it_out_again_gives_the_same(own: int) -> None:
    assert result(_PERIOD, eligible_own_fen=own) == result(_PERIOD, eligible_own_fen=own)
