"""Which lines of a new statement are known already, which are new, and which nobody can tell.

Two lines that look the same may be one line seen twice, or two transfers. A reference or a balance
decides where both have it. Else it is counted, a day at a time, by what each statement has of the
day: all of it, its beginning or its end; two beginnings of one day lie one in the other, a
beginning and an end need not touch.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.statements.bank_lines import BankLine, Part, Span
from desktop_app.domain.statements.same_lines import (
    Steps,
    agree,
    best_pairs,
    look_alike,
    told_otherwise,
)
from desktop_app.errors import UserError


class Standing(StrEnum):
    KNOWN = "known"
    NEW = "new"
    DOUBTFUL = "doubtful"  # known or new: a person has to say


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of the account that is stored.

    Args:
        seen: the spans of the statements that have it.
    """

    key: int
    line: BankLine
    seen: tuple[Span, ...]


class Judged(NamedTuple):
    """What a line of a new statement is; `key` is the known line it is, or may be.

    A doubtful line without a key may be a known one, too, in the place of another doubtful line.
    """

    line: BankLine
    standing: Standing
    key: int | None = None


def judge_lines(
    known: Iterable[KnownLine],
    told: Sequence[Span],
    lines: Sequence[BankLine],
    span: Span,
) -> tuple[Judged, ...]:
    """Hold a statement against what is known of its account.

    Args:
        known: the stored lines of at least the statement's days.
        told: the spans of all statements that are stored.
        lines: the statement's lines.
        span: the days it tells.
    """
    groups: defaultdict[tuple[datetime.date, int], _Group] = defaultdict(_Group)
    for at, line in enumerate(lines):
        groups[line.day, line.amount_fen].new.append(at)
    days: defaultdict[datetime.date, list[BankLine]] = defaultdict(list)
    for line in lines:
        days[line.day].append(line)
    for one in known:
        days[one.line.day].append(one.line)
        if (one.line.day, one.line.amount_fen) in groups:
            groups[one.line.day, one.line.amount_fen].known.append(one)
    judged: dict[int, Judged] = {}
    seen: dict[datetime.date, _Day] = {}
    for (day, _fen), group in groups.items():
        if day not in seen:
            whole = any(one.part_of(day) is Part.WHOLE for one in told)
            seen[day] = _Day(day, span.part_of(day), whole, Steps(days[day]))
        judged |= _Judging(lines, group, seen[day]).judged()
    return tuple(judged[at] for at in range(len(lines)))


class _Group:
    """The lines of one day and amount."""

    def __init__(self) -> None:
        self.known: list[KnownLine] = []
        self.new: list[int] = []  # places in the statement


class _Day(NamedTuple):
    """A day of the new statement.

    Args:
        part: what of it the new statement has.
        whole: whether a stored statement has all of it.
        steps: the balances of all lines of it that are seen.
    """

    day: datetime.date
    part: Part
    whole: bool
    steps: Steps


class _Judging:
    """One group on its way to its answer."""

    def __init__(self, lines: Sequence[BankLine], group: _Group, day: _Day) -> None:
        self._lines, self._day = lines, day
        self._known, self._new = group.known, group.new
        self._judged: dict[int, Judged] = {}

    def judged(self) -> dict[int, Judged]:
        self._decide(lambda line: line.reference, lambda _known, _new: True)
        self._decide(lambda line: line.balance_fen, self._same_balance)
        pairs = best_pairs(
            [one.line for one in self._known],
            [self._lines[at] for at in self._new],
            frozenset(at for at, one in enumerate(self._known) if self._is_beside(one)),
        )
        for knowns, news in pairs.groups:
            sure = self._sure(knowns, news, pairs.of)
            told = all(pairs.of.get(place) in sure for place in news)
            lines = [self._lines[at] for at in map(self._new.__getitem__, news)]
            lines += [self._known[at].line for at in knowns]
            alike = told or not knowns or look_alike(lines)
            for place in news:
                self._judge(place, pairs.of.get(place), sure if alike else None)
        self._doubt_left()
        return self._judged

    def _doubt_left(self) -> None:
        """Ask about a new line beside a known one that is missing where it would have to stand."""
        met = {one.key for one in self._judged.values()}
        left = [one for one in self._known if one.key not in met]
        for at in self._new:
            if self._judged[at].standing is not Standing.NEW:
                continue
            line = self._lines[at]
            same = next((one for one in left if self._is_missed(one, line)), None)
            if same is not None:
                left.remove(same)
                self._judged[at] = Judged(line, Standing.DOUBTFUL, same.key)

    def _is_missed(self, one: KnownLine, line: BankLine) -> bool:
        if not told_otherwise(one.line, line):
            return False
        if one.line.balance_fen is not None and line.balance_fen is not None:
            return one.line.balance_fen == line.balance_fen
        return self._day.part is Part.WHOLE or self._day.whole or self._is_beside(one)

    def _decide(
        self,
        word: Callable[[BankLine], Hashable],
        same: Callable[[BankLine, BankLine], bool],
    ) -> None:
        """Take out the lines that a reference or a balance names, where it names one alone."""
        known: defaultdict[Hashable, list[KnownLine]] = defaultdict(list)
        for one in self._known:
            known[word(one.line)].append(one)
        new: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in self._new:
            new[word(self._lines[at])].append(at)
        gone = set()
        for said in new.keys() & known.keys() - {None}:
            one, at = known[said][0], new[said][0]
            alone = len(known[said]) == len(new[said]) == 1
            if alone and same(one.line, self._lines[at]):
                self._judged[at] = Judged(self._lines[at], Standing.KNOWN, one.key)
                gone.add(one.key)
        self._known = [one for one in self._known if one.key not in gone]
        self._new = [at for at in self._new if at not in self._judged]

    def _same_balance(self, known: BankLine, new: BankLine) -> bool:
        return (
            None in (known.reference, new.reference)
            and agree(known, new)
            and not self._day.steps.may_loop(new)
        )

    def _is_beside(self, one: KnownLine) -> bool:
        """Whether it stands in a part of the day that begins, or ends, where this one does."""
        part, day = self._day.part, self._day.day
        ends = part in (Part.HEAD, Part.TAIL)
        return ends and any(span.part_of(day) is part for span in one.seen)

    def _sure(
        self, knowns: Sequence[int], news: Sequence[int], of: Mapping[int, int]
    ) -> frozenset[int]:
        """The known lines that are in the statement for certain."""
        paired = frozenset(of[place] for place in news if place in of)
        none_left = len(paired) == len(knowns)
        none_more = len(paired) == len(news)
        if (self._day.part is Part.WHOLE and none_left) or (self._day.whole and none_more):
            return paired
        return frozenset(at for at in paired if self._is_beside(self._known[at]))

    def _judge(self, place: int, known: int | None, sure: frozenset[int] | None) -> None:
        """Without `sure`, nobody can tell which of several lines are the known ones."""
        at = self._new[place]
        standing = Standing.DOUBTFUL
        if sure is not None and known is None:
            standing = Standing.NEW
        elif sure is not None and known in sure:
            standing = Standing.KNOWN
        key = None if known is None else self._known[known].key
        self._judged[at] = Judged(self._lines[at], standing, key)


def settled(
    judged: Sequence[Judged], answers: Mapping[int, Standing], known: Iterable[KnownLine]
) -> tuple[Judged, ...]:
    """The same with what a person said of the doubtful lines, each known one a line of its own.

    Args:
        judged: the statement's lines.
        answers: what each doubtful line is, by its place.
        known: as they were judged against.

    Raises:
        UserError: `statement-row` where more lines are said to be known than there are.
    """
    claimed: defaultdict[tuple[datetime.date, int], list[int]] = defaultdict(list)
    done = list(judged)
    for at, answer in answers.items():
        done[at] = Judged(judged[at].line, Standing.NEW)
        if answer is Standing.KNOWN:
            claimed[judged[at].line.day, judged[at].line.amount_fen].append(at)
    taken = {one.key for one in judged if one.standing is Standing.KNOWN}
    free: defaultdict[tuple[datetime.date, int], list[KnownLine]] = defaultdict(list)
    for one in known:
        if one.key not in taken:
            free[one.line.day, one.line.amount_fen].append(one)
    for kind, places in claimed.items():
        keys = _same(free[kind], [judged[at].line for at in places])
        for place, at in enumerate(places):
            if place not in keys:
                raise UserError(
                    "statement-row",
                    f"第{judged[at].line.row}行不能再算已有的:以前读入的都对上了别的行。",
                    "请把多出来的一笔算新的。",
                )
            done[at] = Judged(judged[at].line, Standing.KNOWN, keys[place])
    return tuple(done)


def _same(known: Sequence[KnownLine], lines: Sequence[BankLine]) -> dict[int, int]:
    """The key of the known line that each line is, by its place; first those told alike."""
    pairs = best_pairs([one.line for one in known], lines, frozenset())
    keys = {place: known[at].key for place, at in pairs.of.items()}
    left = [one for one in known if one.key not in keys.values()]
    for place, line in enumerate(lines):
        if place in keys:
            continue
        same = next((one for one in left if told_otherwise(one.line, line)), None)
        if same is not None:
            left.remove(same)
            keys[place] = same.key
    return keys
