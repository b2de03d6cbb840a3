"""What is proposed for a statement's lines: each once, never for certain where it is ambiguous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.matching.choices import (
    Choice,
    How,
    choose,
    is_borne_out,
    reasons,
    weak,
)
from desktop_app.domain.matching.evidence import Book, Ids, tells_no_fee
from desktop_app.domain.matching.sums import only_way
from desktop_app.domain.matching.values import Line, Owed, Part, Proposal, State
from desktop_app.domain.money import yuan


def propose(lines: Iterable[Line], owed: Iterable[Owed]) -> tuple[Proposal, ...]:
    """Say for every line what it pays for, the certain ones first.

    Args:
        lines: money that came in and pays for nothing yet.
        owed: every application that may be paid for, those paid already among them.
    """
    book = Book(owed)
    desk = _Desk(book)
    choices = [choose(book.read(line), book) for line in sorted(lines, key=_order)]
    certain: list[list[Choice]] = []
    open_: list[list[Choice]] = []
    for group in _groups([one for one in choices if not tells_no_fee(one.found.line)]):
        (certain if _is_certain(group, book) else open_).append(group)
    made = [desk.pay(group, certain=True) for group in certain]
    for group in open_:
        made += [desk.pay(part, certain=False) for part in _apart(group)]
    made += [desk.leave(one) for one in choices if tells_no_fee(one.found.line)]
    return tuple(made)


def _order(line: Line) -> tuple[object, ...]:
    return line.day, line.id


def _groups(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Lines that may be meant for the same, however many lie between."""
    parent = {place: place for place in range(len(choices))}

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place] = parent[parent[place]]
        return place

    first: dict[int, int] = {}
    for place, choice in enumerate(choices):
        for one in choice.rivals:
            parent[root(place)] = root(first.setdefault(one, place))
    groups: dict[int, list[Choice]] = defaultdict(list)
    for place, choice in enumerate(choices):
        groups[root(place)].append(choice)
    return sorted(groups.values(), key=lambda group: _order(group[0].found.line))


def _is_certain(group: Sequence[Choice], book: Book) -> bool:
    """Whether the lines can mean nothing else, and their money is just what is owed."""
    if not all(is_borne_out(one, book) for one in group):
        return False
    first = group[0]
    if len(group) == 1:
        return bool(_exact(first, book))
    one_target = len(first.targets) == 1 and all(
        one.targets == first.targets and one.targets <= one.found.known for one in group
    )
    due = sum(book.by_id[one].fen for one in first.targets)
    return one_target and sum(one.found.line.fen for one in group) == due


def _exact(choice: Choice, book: Book) -> Ids:
    """The targets whose amounts make up the line to the fen, where there is one way only."""
    amounts = {one: book.by_id[one].fen for one in choice.targets}
    fen = choice.found.line.fen
    if choice.how == How.ALL:
        right = sum(amounts.values()) == fen and all(amounts.values())
        return choice.targets if right else frozenset()
    return only_way(amounts, fen) or frozenset()


def _apart(group: Sequence[Choice]) -> list[list[Choice]]:
    """Instalments of one application together, all else line by line."""
    single: dict[Ids, list[Choice]] = {}
    rest: list[list[Choice]] = []
    for choice in group:
        if choice.how == How.ALL and len(choice.targets) == 1 and not choice.doubts:
            single.setdefault(choice.targets, []).append(choice)
        else:
            rest.append([choice])
    return sorted([*single.values(), *rest], key=lambda one: _order(one[0].found.line))


@dataclass(slots=True)
class _Desk:
    """What is still owed while proposals are made, so that no two pay the same twice."""

    book: Book
    left: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = {one.id: one.fen for one in self.book.by_id.values()}

    def pay(self, group: Sequence[Choice], *, certain: bool) -> Proposal:
        targets = self._targets(group[0])
        due = sum(self.left[one] for one in targets)
        parts, idle = [], False
        for choice in group:
            made = self._parts(choice, targets)
            idle |= not made
            parts += made
        fen = sum(one.found.line.fen for one in group)
        booked = sum(part.fen for part in parts)
        named = frozenset().union(*(one.touches for one in group))
        candidates = named or weak(group[0].found, self.book)
        return Proposal(
            lines=tuple(one.found.line.id for one in group),
            parts=tuple(parts),
            remainder_fen=fen - booked,
            shortfall_fen=due - booked,
            state=_state(fen, due, targets, candidates, idle=idle),
            certain=certain,
            reasons=self._reasons(group, targets, fen, due),
            candidates=tuple(sorted(candidates)),
        )

    def leave(self, choice: Choice) -> Proposal:
        line = choice.found.line
        return Proposal(
            lines=(line.id,),
            parts=(),
            remainder_fen=line.fen,
            shortfall_fen=0,
            state=State.NO_FEE,
            certain=False,
            reasons=choice.doubts,
            candidates=tuple(sorted(choice.found.all)),
        )

    def _targets(self, choice: Choice) -> tuple[int, ...]:
        """What to put the money to; nothing where that would be a guess."""
        if choice.doubts or choice.how == How.NONE:
            return ()
        if choice.how == How.ALL:
            return tuple(sorted(choice.targets))
        amounts = {one: self.left[one] for one in choice.targets}
        return tuple(sorted(only_way(amounts, choice.found.line.fen) or ()))

    def _parts(self, choice: Choice, targets: Iterable[int]) -> list[Part]:
        parts, rest = [], choice.found.line.fen
        for one in targets:
            fen = min(rest, self.left[one])
            if fen:
                parts.append(Part(choice.found.line.id, one, fen))
                self.left[one] -= fen
                rest -= fen
        return parts

    def _reasons(
        self, group: Sequence[Choice], targets: Sequence[int], fen: int, due: int
    ) -> tuple[str, ...]:
        told: dict[str, None] = {}
        for choice in group:
            told |= dict.fromkeys((*reasons(choice, self.book), *choice.doubts))
        if targets:
            told[_amount_text(fen, due, len(group))] = None
        elif not told:
            told["没有编号、账号或户名能认出是哪家的。"] = None
            if same := self.book.of_amount(fen):
                told[f"{yuan(fen)}元和{self.book.names_of(same)}的应缴金额相同。"] = None
        elif group[0].how == How.AMONG and not group[0].doubts:
            told["付款人替几份申请付款,凭金额认不出是哪几份。"] = None
        return tuple(told)


def _state(fen: int, due: int, targets: Sequence[int], candidates: Ids, *, idle: bool) -> State:
    if not targets:
        return State.UNCLEAR if candidates else State.UNKNOWN
    if fen == due:
        return State.EXACT
    if fen < due:
        return State.SHORT
    return State.REPEATED if idle else State.OVER


def _amount_text(fen: int, due: int, lines: int) -> str:
    money = f"{yuan(fen)}元" if lines == 1 else f"{lines}笔合计{yuan(fen)}元"
    if not due:
        return f"应缴的已经缴清,{money}是重复缴的。"
    if fen == due:
        return f"{money},和应缴的相符。"
    word = "少" if fen < due else "多"
    return f"{money},比应缴的{yuan(due)}元{word}{yuan(abs(due - fen))}元。"
