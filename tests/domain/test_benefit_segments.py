"""The straight pieces that a database works with give the fen of the rule they come from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.benefit_facts import Before, Facts
from desktop_app.domain.benefit_segments import bulk_rule
from desktop_app.domain.benefits import evaluate
from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    CASE_CAPPED,
    DAILY,
    PERIOD,
    RATE,
    STEPS,
    TWO_PARTS,
    WAITING,
    benefits_of,
)

SHARES = st.builds("{}/{}".format, st.integers(0, 40), st.sampled_from((40, 70, 99, 100)))
SUMS = st.integers(0, 3_000)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A plan that accumulates, with whatever may go with it."""
    borders = sorted(draw(st.sets(st.integers(0, 2_000), min_size=1, max_size=4)))
    bands = ",".join(f'{{ above_fen = {one}, share = "{draw(SHARES)}" }}' for one in borders)
    text = 'source = "演示"\n[accumulation]\nover = "period"\nsource = "演示"\n'
    text += f'[[parts]]\nid = "a"\nkind = "brackets"\nsource = "演示"\nbands = [{bands}]\n'
    if draw(st.booleans()):
        text += f'[minimum]\nsource = "演示"\nfen = {draw(st.integers(0, 500))}\n'
    if draw(st.booleans()):
        text += f'[[ceilings]]\nsource = "演示"\nper = "period"\nfen = {draw(SUMS)}\n'
    if draw(st.booleans()):
        text += f'[deductible]\nsource = "演示"\nper = "period"\nfen = {draw(SUMS)}\n'
    return text


@given(texts(), SUMS)
def test_the_pieces_give_what_the_rule_gives(text: str, own: int) -> None:
    benefits = benefits_of(text)
    rule = bulk_rule(benefits)
    wanted = evaluate(benefits, Facts(eligible_own_fen=own, before=Before())).fen
    assert rule.benefit(own) == wanted


@given(texts())
def test_the_pieces_begin_at_nothing_and_follow_each_other(text: str) -> None:
    starts = [piece.start for piece in bulk_rule(benefits_of(text)).pieces]
    assert starts[0] == 0
    assert all(one < other for one, other in pairwise(starts))


@pytest.mark.parametrize(
    "text",
    [
        DAILY,
        WAITING,
        TWO_PARTS,
        RATE.replace("1/3", "1/1000003"),
        RATE + '[[stacking]]\nmode = "net-of"\nplans = ["a"]\nsource = "演示"\n',
        RATE + '[[ceilings]]\nper = "lifetime"\nfen = 1\nsource = "演示"\n',
        RATE + '[[ceilings]]\nper = "case"\nfen = 1\nper_share = true\nsource = "演示"\n',
        PERIOD + '[[ceilings]]\nper = "case"\nfen = 1\nsource = "演示"\n',
    ],
)
def test_rules_that_need_more_than_a_feed_carries_are_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        bulk_rule(benefits_of(text))
    assert caught.value.code == "not-in-bulk"


def test_unknown_figures_are_to_be_confirmed() -> None:
    with pytest.raises(UserError) as caught:
        bulk_rule(benefits_of("to_confirm = true"))
    assert (caught.value.code, caught.value.where) == ("to-confirm", "plans.demo.benefits")


def test_open_clauses_are_told_but_known_ceilings_only_concern_who_reaches_them() -> None:
    text = CASE_CAPPED.replace('kind = "rate"', 'kind = "rate"\nto_confirm = true')
    text = text.replace("fen = 50000", "fen = 50000\nto_confirm = true")
    text += '[[ceilings]]\nper = "lifetime"\nto_confirm = true\n[waiting]\nto_confirm = true\n'
    assert bulk_rule(benefits_of(text)).to_confirm == tuple(
        f"plans.demo.benefits.{key}" for key in ("aid", "ceilings.lifetime", "waiting")
    )
    assert bulk_rule(benefits_of(BRACKETS)).to_confirm == ()


def test_a_ceiling_of_the_case_stands_in_the_pieces() -> None:
    text = RATE + '[[ceilings]]\nper = "case"\nfen = 100\nsource = "演示"\n'
    rule = bulk_rule(benefits_of(text))
    assert [rule.benefit(own) for own in (0, 297, 298, 299, 9_000)] == [0, 99, 99, 100, 100]


def test_the_rule_names_the_plans_that_share_its_ceiling() -> None:
    text = CASE_CAPPED.replace("fen = 50000", 'fen = 50000\nplans = ["demo", "other"]')
    rule = bulk_rule(benefits_of(text))
    assert (rule.ceiling_fen, rule.shared_with) == (50_000, ("other",))
    assert bulk_rule(benefits_of(STEPS)).ceiling_fen is None
