"""Whether two lines of one day and amount may be the same line, and the best pairing of many."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.texts import clean_number


class _Look(NamedTuple):
    """What tells one line of a day and amount from another."""

    reference: str | None
    balance: int | None
    name: str
    account: str
    memo: frozenset[str]  # its parts, of one column each
    minute: datetime.time | None


class Pairs(NamedTuple):
    """Pairs of lines that may be the same.

    Args:
        of: place of a new line to the place of the known one it is paired with.
        groups: places of known and of new lines that have to do with each other.
    """

    of: Mapping[int, int]
    groups: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def agree(one: BankLine, other: BankLine) -> bool:
    """Whether nothing speaks against the other side being the same."""
    return _agree(_look(one), _look(other))


def told_otherwise(one: BankLine, other: BankLine) -> bool:
    """Whether both may be one line of a day and amount that two layouts tell in other words.

    Layouts have other numbers of it (交易流水号, 企业流水号), a fuller memo, a name cut short.
    """
    name, said = (clean_number(line.name).lower() for line in (one, other))
    cut = bool(name and said) and (name.startswith(said) or said.startswith(name))
    return (cut or words_agree(name, said)) and words_agree(
        clean_number(one.account or ""), clean_number(other.account or "")
    )


def look_alike(lines: Iterable[BankLine]) -> bool:
    """Whether nothing tells any of these lines from another."""
    return len(set(map(_look, lines))) < 2


class Steps:
    """The balances of a day's lines, each a step from one balance to another."""

    def __init__(self, of_day: Iterable[BankLine]) -> None:
        self._to: defaultdict[int, set[int]] = defaultdict(set)
        signs = set()
        for one in of_day:
            if one.balance_fen is not None:
                self._to[one.balance_fen - one.amount_fen].add(one.balance_fen)
                signs.add(one.amount_fen > 0)
        self._one_way = len(signs) < 2

    def may_loop(self, line: BankLine) -> bool:
        """Whether the balance came back to what it was before a line, so that it may recur."""
        if self._one_way:
            return False
        after = line.balance_fen or 0
        reached, waiting = {after}, [after]
        while waiting:
            for end in self._to.get(waiting.pop(), set()) - reached:
                reached.add(end)
                waiting.append(end)
        return after - line.amount_fen in reached


def best_pairs(known: Sequence[BankLine], new: Sequence[BankLine], first: frozenset[int]) -> Pairs:
    """Pair as many lines as may be the same, those that look the same before others.

    Args:
        known: lines of one day and amount.
        new: others of that day and amount.
        first: places of known lines that are paired before the other known ones.
    """
    looks = [_look(line) for line in known]
    places: defaultdict[_Look, list[int]] = defaultdict(list)
    for at, line in enumerate(new):
        places[_look(line)].append(at)
    beside = _beside(set(looks), places)
    order = sorted(range(len(known)), key=lambda at: at not in first)
    of: dict[int, int] = {}
    free = {look: deque(ones) for look, ones in places.items()}
    left = []
    for at in order:
        if free.get(looks[at]):
            of[free[looks[at]].popleft()] = at
        else:
            left.append(at)
    for at in left:
        _widen(at, lambda at: [p for one in beside[looks[at]] for p in places[one]], of)
    return Pairs(of, _groups(looks, places, beside))


def _beside(looks: Iterable[_Look], others: Iterable[_Look]) -> dict[_Look, list[_Look]]:
    """Of each look those of the others that may be the same; most are found by a word or two."""
    near = _Near(others)
    return {look: [other for other in near.to(look) if _may_be(look, other)] for look in looks}


class _Near:
    """Looks by what they say, so that of thousands only a few are held against each other."""

    def __init__(self, looks: Iterable[_Look]) -> None:
        self._at = {look: at for at, look in enumerate(looks)}
        self._often = Counter(part for look in self._at for part in look.memo)
        self._saying: defaultdict[tuple[str, object], list[_Look]] = defaultdict(list)
        for look in self._at:
            for said in self._words(look):
                self._saying[said].append(look)

    def to(self, look: _Look) -> list[_Look]:
        """At least those that may be the same, of one name before others."""
        plain = bool(look.name) and "*" not in look.name
        decided: list[tuple[str, object]] = [
            (word, value)
            for word, value in (("reference", look.reference), ("balance", look.balance))
            if value is not None
        ]
        ways = [[said, (said[0], None)] for said in decided]
        if plain:
            ways.append([("name", look.name), ("name", "")])
        if look.minute is not None:
            ways.append([("minute", look.minute), ("minute", None), *decided])
        if look.memo:
            within = [("rarest", part) for part in look.memo]
            ways.append([("rarest", None), *within, ("part", self._rarest(look)), *decided])
        count = {at: sum(len(self._saying[one]) for one in way) for at, way in enumerate(ways)}
        way = ways[min(count, key=lambda at: count[at])] if ways else None
        found = {one for said in way for one in self._saying[said]} if way else set(self._at)
        return sorted(found, key=lambda one: (plain and one.name != look.name, self._at[one]))

    def _words(self, look: _Look) -> Iterator[tuple[str, object]]:
        yield "name", "" if "*" in look.name else look.name
        yield "reference", look.reference
        yield "balance", look.balance
        yield "minute", look.minute
        yield "rarest", self._rarest(look)
        yield from (("part", part) for part in look.memo)

    def _rarest(self, look: _Look) -> str | None:
        """The part of its memo that the fewest have: who has that memo and more has it, too."""
        return min(look.memo, key=lambda part: (self._often[part], part), default=None)


def _widen(start: int, open_to: Callable[[int], Sequence[int]], of: dict[int, int]) -> None:
    """Find a new line for one more known one, moving others to other lines where need be."""
    came: dict[int, int] = {}  # new place -> known place it was reached from
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for place in open_to(at):
            if place in came:
                continue
            came[place] = at
            if place not in of:
                _turn(place, came, of)
                return
            waiting.append(of[place])


def _turn(place: int, came: Mapping[int, int], of: dict[int, int]) -> None:
    held = {known: new for new, known in of.items()}
    while True:
        known = came[place]
        before = held.get(known)
        of[place] = known
        if before is None:
            return
        place = before


def _groups(
    looks: Sequence[_Look],
    places: Mapping[_Look, Sequence[int]],
    beside: Mapping[_Look, Sequence[_Look]],
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """The new lines with the known ones they touch, directly or through others."""
    number = {look: at for at, look in enumerate(places)}
    root = list(number.values())  # leads from each new look's number to that of its group
    for near in beside.values():
        joined = {_root(root, number[one]) for one in near}
        if len(joined) < 2:
            continue
        for at in joined:
            root[at] = min(joined)
    number = {look: _root(root, at) for look, at in number.items()}
    knowns: defaultdict[int, list[int]] = defaultdict(list)
    for at, look in enumerate(looks):
        if beside[look]:
            knowns[number[beside[look][0]]].append(at)
    news: defaultdict[int, list[int]] = defaultdict(list)
    for look, ones in places.items():
        news[number[look]] += ones
    return tuple((tuple(knowns[group]), tuple(sorted(news[group]))) for group in news)


def _root(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def _look(line: BankLine) -> _Look:
    return _Look(
        line.reference,
        line.balance_fen,
        clean_number(line.name).lower(),
        clean_number(line.account or ""),
        frozenset(filter(None, clean_number(line.memo).lower().split(";"))),
        line.time.replace(second=0) if line.time else None,
    )


def _may_be(one: _Look, other: _Look) -> bool:
    if not (_equal(one.reference, other.reference) and _equal(one.balance, other.balance)):
        return False
    if not _agree(one, other):
        return False
    memos = one.memo <= other.memo or other.memo <= one.memo
    decided = _both(one.reference, other.reference) or _both(one.balance, other.balance)
    return decided or (memos and _equal(one.minute, other.minute))


def _both(one: object, other: object) -> bool:
    return one is not None and other is not None


def _agree(one: _Look, other: _Look) -> bool:
    return words_agree(one.name, other.name) and words_agree(one.account, other.account)


def _equal(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def words_agree(one: str, other: str) -> bool:
    """Whether two words may be the same where a part of one is hidden or it is missing."""
    if "*" in one or "*" in other:
        heads = sorted((word.partition("*")[0] for word in (one, other)), key=len)
        tails = sorted((word.rpartition("*")[2] for word in (one, other)), key=len)
        return heads[1].startswith(heads[0]) and tails[1].endswith(tails[0])
    return not one or not other or one == other
