"""Statements that overlap: each line of the account is kept once, and no twin is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.statements.bank_lines import BankLine, Part, Span
from desktop_app.domain.statements.known_lines import (
    Judged,
    KnownLine,
    Standing,
    judge_lines,
    settled,
)
from desktop_app.errors import UserError

DAY = date(2026, 3, 2)
NEXT = DAY + timedelta(1)
PLAIN = BankLine(DAY, 6000, name="安平镇中心小学(演示)", memo="会费")


def span(first: date = DAY, last: date = DAY, *, whole: bool = False) -> Span:
    return Span(first, last, whole, whole)


def known(*lines: BankLine, seen: Span | None = None) -> list[KnownLine]:
    return [KnownLine(key, line, (seen or span(),)) for key, line in enumerate(lines, 1)]


def standings(judged: Sequence[Judged]) -> list[str]:
    return [one.standing.value for one in judged]


@dataclass
class Account:
    """The lines of one account as statements come in; what is doubtful is answered rightly."""

    truth: Sequence[BankLine]
    lines: dict[int, tuple[BankLine, set[Span]]] = field(default_factory=dict)
    told: list[Span] = field(default_factory=list)
    met: set[int] = field(default_factory=set)  # places of the truth that a statement had
    asked: int = 0

    def read(self, first: int, end: int, seen: Span) -> None:
        lines = self.truth[first:end]
        knowns = [KnownLine(key, line, tuple(at)) for key, (line, at) in self.lines.items()]
        judged = judge_lines(knowns, self.told, lines, seen)
        assert [one.line for one in judged] == list(lines)
        keys = [one.key for one in judged if one.key is not None]
        assert len(keys) == len(set(keys))
        fresh = Counter(self.truth[at] for at in range(first, end) if at not in self.met)
        new = Counter(one.line for one in judged if one.standing is Standing.NEW)
        doubtful = Counter(one.line for one in judged if one.standing is Standing.DOUBTFUL)
        assert new <= fresh <= new + doubtful  # nothing twice, nothing lost
        answer = fresh - new
        for one in judged:
            asked = one.standing is Standing.DOUBTFUL
            self.asked += asked
            add = one.standing is Standing.NEW or (asked and answer[one.line] > 0)
            if add:
                answer[one.line] -= asked
                self.lines[len(self.lines)] = (one.line, {seen})
            elif one.key is not None:
                self.lines[one.key][1].add(seen)
        self.met |= set(range(first, end))
        self.told.append(seen)

    def agrees(self) -> bool:
        held = Counter(line for line, _seen in self.lines.values())
        return held == Counter(self.truth[at] for at in self.met)


NAMES = ("甲校(演示)", "乙校(演示)")


@st.composite
def truths(draw: st.DrawFn, *, balance: bool = False, reference: bool = False) -> list[BankLine]:
    """A true statement of a few days, with many lines that look the same."""
    made: list[BankLine] = []
    held = 0
    for day in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(0, 5))):
            fen = draw(st.sampled_from((100, 100, 200)))
            held += fen
            made.append(
                BankLine(
                    DAY + timedelta(day),
                    fen,
                    balance_fen=held if balance else None,
                    name=draw(st.sampled_from(NAMES)),
                    memo="会费",
                    reference=f"R{len(made)}" if reference else None,
                )
            )
    return made


def cut(truth: Sequence[BankLine], first: int, end: int, *, told: bool) -> Span:
    """The span of a part of the truth; whether it has its first and last day whole is told."""
    starts = first == 0 or truth[first - 1].day != truth[first].day
    ends = end == len(truth) or truth[end].day != truth[end - 1].day
    return Span(truth[first].day, truth[end - 1].day, told and starts, told and ends)


@st.composite
def cuts(draw: st.DrawFn, truth: Sequence[BankLine], *, days: bool) -> list[tuple[int, int]]:
    """Parts of a true statement in any order, some of them twice."""
    edges = [
        at
        for at in range(len(truth) + 1)
        if not days or at in (0, len(truth)) or truth[at].day != truth[at - 1].day
    ]
    parts = [(a, b) for a in edges for b in edges if a < b]
    return draw(st.lists(st.sampled_from(parts), max_size=6)) if parts else []


def read_all(data: st.DataObject, truth: list[BankLine], *, days: bool, told: bool) -> Account:
    account = Account(truth)
    for first, end in data.draw(cuts(truth, days=days)):
        account.read(first, end, cut(truth, first, end, told=told))
    assert account.agrees()
    return account


@settings(max_examples=250)
@given(st.data(), truths())
def test_statements_of_whole_days_give_each_line_once_and_nothing_is_asked(
    data: st.DataObject, truth: list[BankLine]
) -> None:
    assert read_all(data, truth, days=True, told=True).asked == 0


@settings(max_examples=250)
@given(st.data(), truths(), st.booleans())
def test_statements_cut_anywhere_lose_and_double_nothing(
    data: st.DataObject, truth: list[BankLine], told: bool
) -> None:
    read_all(data, truth, days=False, told=told)


@settings(max_examples=250)
@given(st.data(), truths(balance=True, reference=True), st.booleans())
def test_files_that_say_less_than_others_still_lose_and_double_nothing(
    data: st.DataObject, truth: list[BankLine], told: bool
) -> None:
    """Each file has some of the fields only; lines are counted by day and amount."""
    stored: list[tuple[BankLine, set[Span]]] = []
    spans: list[Span] = []
    met: set[int] = set()
    for first, end in data.draw(cuts(truth, days=False)):
        seen = cut(truth, first, end, told=told)
        lacks = data.draw(st.sets(st.sampled_from(tuple(LACKED))))
        lines = [line._replace(**{one: LACKED[one] for one in lacks}) for line in truth[first:end]]
        knowns = [KnownLine(key, line, tuple(at)) for key, (line, at) in enumerate(stored)]
        judged = judge_lines(knowns, spans, lines, seen)
        fresh = Counter(lines[at - first] for at in range(first, end) if at not in met)
        new = Counter(one.line for one in judged if one.standing is Standing.NEW)
        doubtful = Counter(one.line for one in judged if one.standing is Standing.DOUBTFUL)
        assert new <= fresh <= new + doubtful
        for one in settled(judged, _answered(judged, fresh - new), knowns):
            if one.key is None:
                stored.append((one.line, {seen}))
            else:
                stored[one.key][1].add(seen)
        met |= set(range(first, end))
        spans.append(seen)
    assert _kinds(line for line, _seen in stored) == _kinds(truth[at] for at in met)


LACKED = {"balance_fen": None, "reference": None, "name": "", "memo": ""}


def _answered(judged: Sequence[Judged], new: Counter[BankLine]) -> dict[int, Standing]:
    """The right answer for each doubtful line: so many of those that look the same are new."""
    answers = {}
    for at, one in enumerate(judged):
        if one.standing is Standing.DOUBTFUL:
            answers[at] = Standing.NEW if new[one.line] > 0 else Standing.KNOWN
            new[one.line] -= 1
    return answers


def _kinds(lines: Iterable[BankLine]) -> Counter[tuple[date, int]]:
    return Counter((line.day, line.amount_fen) for line in lines)


@settings(max_examples=200)
@given(st.data(), truths(reference=True))
def test_references_decide_wherever_the_statements_are_cut(
    data: st.DataObject, truth: list[BankLine]
) -> None:
    assert read_all(data, truth, days=False, told=False).asked == 0


@settings(max_examples=200)
@given(st.data(), truths(balance=True))
def test_balances_decide_wherever_the_statements_are_cut(
    data: st.DataObject, truth: list[BankLine]
) -> None:
    assert read_all(data, truth, days=False, told=False).asked == 0


@settings(max_examples=200)
@given(st.data(), truths())
def test_parts_of_more_than_a_day_are_doubted_only_where_an_end_meets_a_beginning(
    data: st.DataObject, truth: list[BankLine]
) -> None:
    account = Account(truth)
    for first, end in data.draw(cuts(truth, days=False)):
        seen = cut(truth, first, end, told=False)
        parts = {seen.part_of(line.day) for line in truth[first:end]}
        before = {one.part_of(line.day) for one in account.told for line in truth[first:end]}
        asked = account.asked
        account.read(first, end, seen)
        if not (parts | before) & {Part.SOME} and not {Part.HEAD, Part.TAIL} <= parts | before:
            assert account.asked == asked
    assert account.agrees()


def test_two_rows_that_look_the_same_are_two_lines() -> None:
    judged = judge_lines([], [], [PLAIN, PLAIN], span(whole=True))
    assert standings(judged) == ["new", "new"]


@pytest.mark.parametrize("seen", [span(whole=True), span(DAY, NEXT), span(DAY - timedelta(1), DAY)])
def test_a_statement_that_has_both_again_adds_none(seen: Span) -> None:
    stored = known(PLAIN, PLAIN, seen=seen)
    judged = judge_lines(stored, [seen], [PLAIN, PLAIN], seen)
    assert standings(judged) == ["known", "known"]
    assert {one.key for one in judged} == {1, 2}


def test_a_statement_that_has_one_more_adds_one() -> None:
    stored = known(PLAIN, seen=span(DAY, NEXT))
    judged = judge_lines(stored, [span(DAY, NEXT)], [PLAIN, PLAIN], span(whole=True))
    assert sorted(standings(judged)) == ["known", "new"]


def test_an_end_and_a_beginning_of_a_day_are_asked_about() -> None:
    begins, ends = span(DAY, NEXT), span(DAY - timedelta(1), DAY)
    judged = judge_lines(known(PLAIN, seen=begins), [begins], [PLAIN], ends)
    assert [(one.standing.value, one.key) for one in judged] == [("doubtful", 1)]


def test_a_part_of_a_day_that_has_one_more_surely_adds_one() -> None:
    judged = judge_lines(known(PLAIN), [span()], [PLAIN, PLAIN], span())
    assert sorted(standings(judged)) == ["doubtful", "new"]


def test_a_whole_day_that_lacks_a_known_line_is_asked_about() -> None:
    stored = known(PLAIN, PLAIN)
    judged = judge_lines(stored, [span()], [PLAIN], span(whole=True))
    assert standings(judged) == ["doubtful"]


def test_a_day_thought_whole_that_grew_adds_what_is_new() -> None:
    whole = span(whole=True)
    judged = judge_lines(known(PLAIN, seen=whole), [whole], [PLAIN, PLAIN], whole)
    assert sorted(standings(judged)) == ["known", "new"]


def test_another_reference_is_another_line() -> None:
    stored = known(PLAIN._replace(reference="A1"))
    judged = judge_lines(stored, [span()], [PLAIN._replace(reference="A2")], span())
    assert standings(judged) == ["new"]


OTHERWISE = {
    "its number": {"reference": "77001122"},
    "a fuller memo": {"reference": None, "memo": "转账 会费"},
    "a name cut short": {"reference": None, "name": "安平镇中心小学"},
    "another time": {"reference": None, "time": time(9, 31)},
}


@pytest.mark.parametrize("told", OTHERWISE.values(), ids=OTHERWISE)
def test_a_whole_day_told_in_other_words_is_asked_about(told: dict[str, object]) -> None:
    """Where both statements have the whole day, none has a line that the other lacks."""
    whole = span(whole=True)
    stored = known(PLAIN._replace(reference="E2026", time=time(9, 30)), seen=whole)
    judged = judge_lines(stored, [whole], [PLAIN._replace(**told)], whole)  # type: ignore[arg-type]
    assert [(one.standing.value, one.key) for one in judged] == [("doubtful", 1)]
    done = settled(judged, {0: Standing.KNOWN}, stored)
    assert [(one.standing.value, one.key) for one in done] == [("known", 1)]
    assert standings(settled(judged, {0: Standing.NEW}, stored)) == ["new"]


@pytest.mark.parametrize("told", ["number", "memo"])
def test_one_balance_under_another_number_is_asked_about(told: str) -> None:
    stored = known(PLAIN._replace(reference="E2026", balance_fen=9000))
    line = PLAIN._replace(reference="7700", balance_fen=9000)
    line = line._replace(memo="转账 会费") if told == "memo" else line
    judged = judge_lines(stored, [span()], [line], span())
    assert [(one.standing.value, one.key) for one in judged] == [("doubtful", 1)]


def test_a_line_more_of_another_number_is_new_where_none_is_missing() -> None:
    whole = span(whole=True)
    stored = known(PLAIN._replace(reference="A1"), seen=whole)
    lines = [PLAIN._replace(reference=one) for one in ("A1", "A2")]
    assert standings(judge_lines(stored, [whole], lines, whole)) == ["known", "new"]


def test_one_reference_is_one_line_whatever_else_a_layout_says() -> None:
    stored = known(PLAIN._replace(reference="A1"))
    line = PLAIN._replace(reference="A1", memo="转账", name="安平镇中心小学工会(演示)")
    assert standings(judge_lines(stored, [span()], [line], span())) == ["known"]


def test_a_reference_that_stands_twice_decides_nothing() -> None:
    twice = [PLAIN._replace(reference="A1")] * 2
    assert standings(judge_lines(known(*twice), [span()], twice, span())) == ["doubtful"] * 2


def test_a_balance_with_another_payer_is_another_line() -> None:
    stored = known(PLAIN._replace(balance_fen=9000))
    other = PLAIN._replace(balance_fen=9000, name="乙校(演示)")
    assert standings(judge_lines(stored, [span()], [other], span())) == ["new"]


def test_a_balance_that_came_back_is_asked_about() -> None:
    came = BankLine(DAY, 100, balance_fen=100, name="甲校(演示)")
    back = BankLine(DAY, -100, balance_fen=0, name="甲校(演示)")
    judged = judge_lines(known(came), [span()], [back, came], span())
    assert standings(judged) == ["new", "doubtful"]


def test_a_layout_that_says_less_is_still_the_same_line() -> None:
    full = PLAIN._replace(account="6210", memo="转账;会费", time=time(9, 30, 12))
    less = PLAIN._replace(name="", memo="会费", time=time(9, 30))
    whole = span(whole=True)
    assert standings(judge_lines(known(full, seen=whole), [whole], [less], whole)) == ["known"]


@pytest.mark.parametrize(
    ("one", "other", "standing"),
    [
        ("6217****1234", "6217000011111234", "known"),
        ("6217****1234", "6217000011115678", "new"),
        ("6217000011111234", "6217000011115678", "new"),
    ],
)
def test_a_masked_account_is_held_against_what_is_seen_of_it(
    one: str, other: str, standing: str
) -> None:
    whole = span(whole=True)
    stored = known(PLAIN._replace(account=one), seen=whole)
    judged = judge_lines(stored, [whole], [PLAIN._replace(account=other)], whole)
    assert standings(judged) == [standing]


def test_a_masked_name_is_held_against_all() -> None:
    whole = span(whole=True)
    stored = known(PLAIN._replace(name="*三"), seen=whole)
    lines = [PLAIN._replace(name=name) for name in ("李四", "张三")]
    assert standings(judge_lines(stored, [whole], lines, whole)) == ["new", "known"]


def test_lines_are_paired_so_that_as_many_as_can_be_are_known() -> None:
    """The line without a payer gives way to the one that only it can be."""
    whole = span(whole=True)
    nameless = PLAIN._replace(name="")
    stored = known(nameless, PLAIN._replace(name="甲校(演示)"), seen=whole)
    lines = [PLAIN._replace(name=name) for name in NAMES]
    judged = judge_lines(stored, [whole], lines, whole)
    assert [(one.standing.value, one.key) for one in judged] == [("known", 2), ("known", 1)]


def test_a_line_that_may_be_several_gives_way_to_one_that_can_be_one_alone() -> None:
    whole = span(whole=True)
    stored = known(
        PLAIN._replace(name=""), PLAIN._replace(name=NAMES[0], account="6210"), seen=whole
    )
    lines = [PLAIN._replace(name=name) for name in NAMES]
    judged = judge_lines(stored, [whole], lines, whole)
    assert [(one.standing.value, one.key) for one in judged] == [("known", 2), ("known", 1)]


def test_a_line_without_a_balance_is_left_out_of_the_chain() -> None:
    line = PLAIN._replace(balance_fen=9000)
    judged = judge_lines(known(line), [span()], [PLAIN._replace(amount_fen=5), line], span())
    assert standings(judged) == ["new", "known"]


def test_days_outside_a_span_are_not_its_own() -> None:
    assert span().part_of(NEXT) is Part.NONE


def test_a_thousand_equal_amounts_of_a_day_are_judged_at_once() -> None:
    whole = span(whole=True)
    lines = [PLAIN._replace(name=f"职工{n}(演示)") for n in range(2000)]
    judged = judge_lines(known(*lines, seen=whole), [whole], lines, whole)
    assert set(standings(judged)) == {"known"}


def test_where_nobody_can_tell_which_of_several_is_known_all_are_asked_about() -> None:
    whole = span(whole=True)
    stored = known(PLAIN._replace(name="", reference="A1"))
    lines = [PLAIN._replace(name=name) for name in NAMES]
    judged = judge_lines(stored, [span()], lines, whole)
    assert [(one.standing.value, one.key) for one in judged] == [
        ("doubtful", 1),
        ("doubtful", None),
    ]
    answers = {0: Standing.NEW, 1: Standing.KNOWN}
    done = settled(judged, answers, stored)
    assert [(one.standing.value, one.key) for one in done] == [("new", None), ("known", 1)]
    with pytest.raises(UserError) as refusal:
        settled(judged, {0: Standing.KNOWN, 1: Standing.KNOWN}, stored)
    assert refusal.value.code == "statement-row"


def test_what_is_settled_leaves_the_other_lines_as_they_are() -> None:
    stored = known(PLAIN, PLAIN._replace(reference="A1"))
    lines = [PLAIN._replace(reference="A1"), PLAIN, PLAIN._replace(amount_fen=5)]
    judged = judge_lines(stored, [span()], lines, span())
    assert standings(judged) == ["known", "doubtful", "new"]
    done = settled(judged, {1: Standing.KNOWN}, stored)
    assert [(one.standing.value, one.key) for one in done] == [
        ("known", 2),
        ("known", 1),
        ("new", None),
    ]
