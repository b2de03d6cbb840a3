"""How many of a unit's workers must join."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.participation import (
    Judged,
    explain_participation,
    hangs_on_open_border,
    judge,
    judge_women,
    needed,
)
from desktop_app.domain.schemes.scheme_parts import Figure, Participation
from desktop_app.domain.schemes.schemes import Scheme

_LIMIT = Figure(100, FigureState.CONFIRMED, "试")


@pytest.fixture
def rule(scheme: Scheme) -> Participation:
    assert scheme.participation is not None
    return scheme.participation


@pytest.mark.parametrize(
    ("at_work", "wanted"),
    [(0, 0), (1, 1), (99, 99), (100, 100), (101, 81), (105, 84), (106, 85), (107, 86), (500, 400)],
)
def test_up_to_a_hundred_everyone_above_four_fifths_rounded_up(
    rule: Participation, at_work: int, wanted: int
) -> None:
    assert needed(at_work, rule) == wanted


def test_the_border_itself_goes_by_the_scheme(rule: Participation) -> None:
    assert needed(100, replace(rule, including=False)) == 80
    assert needed(99, replace(rule, including=False)) == 99


@given(st.integers(101, 10_000), st.integers(0, 10_000))
def test_the_judgement_is_the_share_itself(at_work: int, joining: int) -> None:
    rule = Participation(Fraction(4, 5), _LIMIT, True, "试")
    judged = judge(at_work, joining, rule)
    assert judged.ok is (joining * 5 >= at_work * 4)
    assert judged.missing == max(0, judged.needed - joining)


def test_a_scheme_without_a_rule_asks_for_nobody() -> None:
    assert judge(50, 0, None) == Judged(True, 0, 0)
    assert judge_women(50, 20, 0, None) == Judged(True, 0, 0)
    assert not hangs_on_open_border(100, None)


def test_women_are_counted_among_women_by_the_size_of_the_unit(rule: Participation) -> None:
    assert judge_women(100, 40, 39, rule) == Judged(False, 40, 1)
    assert judge_women(300, 99, 80, rule) == Judged(True, 80, 0)
    assert judge_women(300, 99, 79, rule) == Judged(False, 80, 1)


def test_only_a_unit_on_the_open_border_hangs_on_it(rule: Participation) -> None:
    assert hangs_on_open_border(100, rule)
    assert not hangs_on_open_border(99, rule)


def test_a_confirmed_border_leaves_nothing_open(priced: Scheme) -> None:
    assert not hangs_on_open_border(100, priced.participation)


def test_the_limit_may_be_held_against_the_number_of_women(rule: Participation) -> None:
    by_women = replace(rule, women_limit="women")
    assert judge_women(300, 99, 98, by_women) == Judged(False, 99, 1)
    assert judge_women(300, 101, 81, by_women) == Judged(True, 81, 0)
    assert judge_women(100, 40, 39, by_women) == Judged(False, 40, 1)


def test_a_women_s_plan_may_have_no_base_of_its_own(rule: Participation) -> None:
    assert judge_women(300, 99, 0, replace(rule, women_base="none")) == Judged(True, 0, 0)


def test_the_judgement_is_told_in_one_sentence(rule: Participation) -> None:
    step = explain_participation(101, 80, rule)
    assert (step.rule, step.input, step.output) == ("participation", "80/101", "81")
    assert step.clause == rule.source
    assert "还差1人" in step.text
    assert "已够" in explain_participation(101, 81, rule).text
    assert explain_participation(101, 0, None).clause == ""
