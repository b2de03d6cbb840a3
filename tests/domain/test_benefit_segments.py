"""The straight pieces that a database works with give the fen of the rule they come from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.benefits.benefit_facts import Before, Facts
from desktop_app.domain.benefits.benefit_segments import bulk_rule, in_period
from desktop_app.domain.benefits.benefit_touches import Touches
from desktop_app.domain.benefits.benefits import evaluate
from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    CASE_CAPPED,
    CLASS_LESS,
    DAILY,
    PERIOD,
    RATE,
    SEVERITY,
    STEPS,
    TWO_PARTS,
    WAITING,
    benefits_of,
    stacked,
)

SHARES = st.builds("{}/{}".format, st.integers(0, 40), st.sampled_from((40, 70, 99, 100)))
SUMS = st.integers(0, 3_000)
CEILING = '[[ceilings]]\nper = "{}"\nfen = 100\n{}\n'


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
        SEVERITY,
    ],
)
def test_rules_that_need_more_than_a_feed_carries_are_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        bulk_rule(benefits_of(text))
    assert caught.value.code == "not-in-bulk"


FALLING = STEPS.replace("fen = 600000 }", "fen = 100000 }")
ONCE_BY_CLASS = (
    PERIOD
    + '[deductible]\nsource = "演示"\nper = "period"\nfen = 9\n'
    + '[classes.hardship]\nsource = "演示"\nlabel = "特困"\n'
    + "deductible_fen = 5\nlater_deductible_fen = 3\n"
)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (stacked("net-of"), "stacking", "其他项目已付"),
        (RATE + WAITING[WAITING.index("[waiting]") :], "waiting", "等待期"),
        (RATE.replace("[[parts]]", "ends_plan = true\n[[parts]]"), "ends_plan", "终止"),
        (RATE + CEILING.format("lifetime", 'source = "演示"'), "ceilings.lifetime", "历年"),
        (RATE + CEILING.format("period", 'source = "演示"\nper_share = true'),
         "ceilings.period", "份数"),
        (RATE + CEILING.format("case", 'source = "演示"\nplans = ["demo", "other"]'),
         "ceilings.case", "合用"),
        (PERIOD + CEILING.format("case", 'source = "演示"'), "ceilings.case", "每次封顶"),
        (TWO_PARTS, "aid、plans.demo.benefits.more", "几项合并"),
        (FALLING, "illness", "递增"),
        (ONCE_BY_CLASS, "classes.hardship", "住院次数"),
    ],
)  # fmt: skip
def test_what_the_bulk_cannot_do_is_named(text: str, key: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        bulk_rule(benefits_of(text))
    assert str(caught.value.where).endswith(f"plans.demo.benefits.{key}")


def test_a_case_ceiling_of_the_plan_alone_and_open_ceilings_are_done_in_bulk() -> None:
    own = RATE + CEILING.format("case", 'source = "演示"\nplans = ["demo"]')
    assert bulk_rule(benefits_of(own)).benefit(9_000) == 100
    unknown = RATE + '[[ceilings]]\nper = "period"\nper_share = true\nto_confirm = true\n'
    assert bulk_rule(benefits_of(unknown)).ceilings == ()


def test_each_class_of_people_has_a_rule_of_its_own() -> None:
    text = CLASS_LESS + (
        '[classes.worker]\nlabel = "劳模"\nsource = "演示"\n'
        "deductible_fen = 100\nlater_deductible_fen = 50\n"
        '[deductible]\nsource = "演示"\nfen = 300\nlater_fen = 200\n'
    )
    rule = bulk_rule(benefits_of(text))
    hardship, worker = (one.rule for one in rule.classes)
    assert [(one.key, one.label) for one in rule.classes] == [
        ("hardship", "特困"), ("worker", "劳模")
    ]  # fmt: skip
    assert [one.benefit(300) for one in (rule, hardship, worker)] == [100, 150, 100]
    heights = [(one.first_fen, one.later_fen) for one in (rule, hardship, worker)]
    assert heights == [(300, 200), (300, 200), (100, 50)]


def test_a_rate_of_nothing_is_never_raised_to_the_minimum() -> None:
    minimum = "[minimum]\nfen = 500\nto_confirm = true\n"
    rule = bulk_rule(benefits_of(RATE.replace("1/3", "0/1") + minimum))
    assert (rule.benefit(10**9), rule.touches.sums) == (0, ())
    steps = STEPS.replace("from_fen = 500000", "from_fen = 0") + minimum.replace("500", "150001")
    raised = bulk_rule(benefits_of(steps)).touches.sums
    assert [(one.start, one.end) for one in raised] == [(0, 2_000_000)]
    assert bulk_rule(benefits_of(STEPS + minimum)).touches.sums == ()
    beyond = bulk_rule(benefits_of(STEPS + minimum.replace("500", "999999")))
    assert [(one.start, one.end) for one in beyond.touches.sums] == [(500_000, None)]


def test_unknown_figures_are_to_be_confirmed() -> None:
    with pytest.raises(UserError) as caught:
        bulk_rule(benefits_of("to_confirm = true"))
    assert (caught.value.code, caught.value.where) == ("to-confirm", "plans.demo.benefits")


def test_open_clauses_are_told_but_known_ceilings_only_concern_who_reaches_them() -> None:
    text = CASE_CAPPED.replace('kind = "rate"', 'kind = "rate"\nto_confirm = true')
    text = text.replace("fen = 50000", "fen = 50000\nto_confirm = true")
    text += '[[ceilings]]\nper = "lifetime"\nto_confirm = true\n[waiting]\nto_confirm = true\n'
    rule = bulk_rule(benefits_of(text))
    assert rule.touches.always == tuple(
        f"plans.demo.benefits.{key}" for key in ("waiting", "aid", "ceilings.lifetime")
    )
    assert [one.open_key for one in rule.ceilings] == ["plans.demo.benefits.ceilings.period"]
    assert bulk_rule(benefits_of(BRACKETS)).touches == Touches((), None, None, None, (), ())


def test_a_ceiling_of_the_case_stands_in_the_pieces() -> None:
    text = RATE + '[[ceilings]]\nper = "case"\nfen = 100\nsource = "演示"\n'
    rule = bulk_rule(benefits_of(text))
    assert [rule.benefit(own) for own in (0, 297, 298, 299, 9_000)] == [0, 99, 99, 100, 100]


def test_the_rule_names_the_plans_that_share_its_ceiling() -> None:
    text = CASE_CAPPED.replace("fen = 50000", 'fen = 50000\nplans = ["demo", "other"]')
    rule = bulk_rule(benefits_of(text))
    assert (rule.ceiling_fen, rule.shared_with) == (50_000, ("other",))
    assert bulk_rule(benefits_of(STEPS)).ceiling_fen is None


def test_a_period_goes_by_the_ceiling_of_its_days() -> None:
    dated = RATE + "".join(
        f'[[ceilings]]\nper = "period"\nfen = {fen}\nsource = "演示"\n{day}\n'
        for fen, day in ((100, "until = 2019-12-31"), (200, "from = 2020-01-01"))
    )
    benefits = benefits_of(dated + '[accumulation]\nover = "period"\nsource = "演示"\n')
    for year, fen in ((2019, 100), (2020, 200)):
        found = in_period(benefits, date(year, 1, 1), date(year, 12, 31))
        assert bulk_rule(found).ceiling_fen == fen
    assert bulk_rule(benefits).ceiling_fen == 100  # of no day: the least of both
    with pytest.raises(UserError) as caught:
        in_period(benefits, date(2019, 7, 1), date(2020, 6, 30))
    assert caught.value.code == "not-in-bulk"
    assert caught.value.where == "plans.demo.benefits.ceilings.period-until-2019-12-31"
