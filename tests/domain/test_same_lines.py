"""Which lines may be the same: found by what they say, never by holding all against all."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.statements import same_lines
from desktop_app.domain.statements.bank_lines import BankLine, Span
from desktop_app.domain.statements.known_lines import KnownLine, judge_lines
from desktop_app.domain.statements.same_lines import best_pairs

DAY = date(2026, 3, 2)
LINES = st.lists(
    st.builds(
        BankLine,
        st.just(DAY),
        st.just(6000),
        st.sampled_from([None, time(9, 0), time(9, 1)]),
        st.sampled_from([None, 100, 200]),
        st.sampled_from(["", "甲校", "乙校", "甲*", "*"]),
        st.sampled_from([None, "6210", "62**"]),
        st.sampled_from(["", "会费", "会费;一月", "一月", "会费;二月", "转账;会费;二月"]),
        st.sampled_from([None, "A1", "A2"]),
    ),
    max_size=9,
)


@given(LINES, LINES)
def test_whatever_may_be_the_same_is_found(known: list[BankLine], new: list[BankLine]) -> None:
    looks, others = ({same_lines._look(one) for one in lines} for lines in (known, new))
    beside = same_lines._beside(looks, others)
    for look in looks:
        wanted = {other for other in others if same_lines._may_be(look, other)}
        assert set(beside[look]) == wanted
        assert len(beside[look]) == len(wanted)


@given(LINES, LINES)
def test_the_groups_are_those_that_touch(known: list[BankLine], new: list[BankLine]) -> None:
    pairs = best_pairs(known, new, frozenset())
    group_of = {place: at for at, (_knowns, news) in enumerate(pairs.groups) for place in news}
    assert sorted(group_of) == list(range(len(new)))
    looks = [same_lines._look(one) for one in known]
    for at, look in enumerate(looks):
        near = [n for n, one in enumerate(new) if same_lines._may_be(look, same_lines._look(one))]
        touched = {group_of[place] for place in near}
        assert len(touched) == (1 if near else 0)
        assert [at in knowns for knowns, _news in pairs.groups].count(True) == len(touched)
    assert all(at in pairs.groups[group_of[place]][0] for place, at in pairs.of.items())


@pytest.mark.parametrize(
    "memo",
    ["会费;{}", "第{}号", "会费;{};二月"],
)
def test_thousands_of_lines_of_one_payer_and_sum_are_held_against_a_few_each(
    memo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    may_be = same_lines._may_be
    monkeypatch.setattr(
        same_lines, "_may_be", lambda one, other: asked.append(1) or may_be(one, other)
    )
    lines = [BankLine(DAY, 6000, name="甲校", memo=memo.format(at)) for at in range(2000)]
    known = [KnownLine(at, one, (Span(DAY, DAY),)) for at, one in enumerate(lines)]
    judged = judge_lines(known, [Span(DAY, DAY)], lines, Span(DAY, DAY))
    assert [one.key for one in judged] == list(range(2000))
    assert len(asked) <= 3 * len(lines)
