"""What holds for every benefit whatever its figures: no jumps, nothing lost, no ceiling passed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.benefits.benefit_amounts import band_amounts, brackets_amount
from desktop_app.domain.benefits.benefit_facts import Before
from desktop_app.domain.schemes.benefit_parts import Band, Benefits, Brackets
from tests.domain.benefit_texts import CASE_CAPPED, PERIOD, benefits_of, result
from tests.domain.bulk_texts import bulk_text

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


SOURCE = 'source = "演示"\n'


@st.composite
def capped(draw: st.DrawFn) -> tuple[Benefits, int, dict[str, Any]]:
    """A random rule with a ceiling of the period: what it may come to, and the facts it needs."""
    chance = draw(st.randoms(use_true_random=False))
    text = bulk_text(chance)
    fen, shares, paid = chance.randint(0, 900_000), chance.randint(1, 3), chance.randint(0, 90_000)
    per_share = chance.random() < 0.5
    text += f'[[ceilings]]\nper = "period"\nfen = {fen}\nplans = ["demo", "more"]\n{SOURCE}'
    text += f"per_share = {str(per_share).lower()}\n"
    facts = {"shares": shares, "paid_by_plans": {"more": paid}, "lifetime_fen": 0}
    return benefits_of(text), max(0, (shares if per_share else 1) * fen - paid), facts


def _in_turn(rules: Benefits, claims: list[int], **facts: Any) -> int:
    before = Before()
    for number, own in enumerate(claims, start=1):
        facts["before"] = {name: getattr(before, name) for name in Before.__slots__}
        found = result(rules, eligible_own_fen=own, admission_no=number, **facts)
        assert found.fen is not None
        before = Before(
            before.eligible_own_fen + own,
            before.deductible_fen + found.deductible_fen,
            before.benefit_fen + found.fen,
        )
    return before.benefit_fen


@given(capped(), SPLITS)
def test_no_split_passes_the_ceiling_of_a_period_whatever_the_rule(
    rule: tuple[Benefits, int, dict[str, Any]], claims: list[int]
) -> None:
    benefits, most, facts = rule
    assert _in_turn(benefits, claims, **facts) <= most


@given(st.randoms(use_true_random=False), SPLITS)
def test_the_parts_of_an_accumulated_cost_come_to_what_the_whole_does(
    chance: Random, claims: list[int]
) -> None:
    """Not where each admission has a deductible of its own: more admissions, more of them."""
    benefits = benefits_of(bulk_text(chance, accumulates=True))
    rule = benefits.deductible
    if rule is not None and not rule.once:
        benefits = replace(benefits, deductible=None)
    facts = {"lifetime_fen": 0, "paid_by_plans": {"other": 5_000}}
    whole = _in_turn(benefits, [sum(claims)], **facts)
    assert _in_turn(benefits, claims, **facts) == whole
