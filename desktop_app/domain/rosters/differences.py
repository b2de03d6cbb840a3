"""A unit's list beside the one before: each person is one change of one kind, nobody is lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.names import name_key

Key = int | str  # the ledger's key of somebody, or the number of whom it does not know
FIRST_DIGITS = 14  # region and birth date: what a wrongly copied tail leaves as it was


class Kind(StrEnum):
    NEW = "new"
    RENEWED = "renewed"
    MOVED_IN = "moved-in"
    RENAMED = "renamed"
    CORRECTED = "corrected"
    LEFT = "left"
    MOVED_OUT = "moved-out"
    WAITING = "waiting"


LABELS = {
    Kind.NEW: "新增",
    Kind.RENEWED: "续保",
    Kind.MOVED_IN: "调入",
    Kind.RENAMED: "改名",
    Kind.CORRECTED: "证件更正",
    Kind.LEFT: "退出",
    Kind.MOVED_OUT: "调出",
    Kind.WAITING: "待补正",
}


class Listed(NamedTuple):
    """Somebody as a list has him. A named tuple: a list may have 200,000 of them.

    `was` is the number that stood on the list, where it has been corrected in the ledger since.
    """

    key: Key
    number: str
    name: str
    born: date | None = None
    was: str = ""


class Change(NamedTuple):
    """What has become of one person between the two lists.

    `likely` pairs are one person to all appearance and nobody has said so; somebody new is one with
    a person of the `unit` named. A person who `waits` stands in the file, in a row that was
    refused.
    """

    kind: Kind
    key: Key
    name: str
    number: str
    before: bool  # on the list before
    after: bool  # on the list as it is, or would be
    was_name: str = ""
    was_number: str = ""
    unit: str = ""  # the other one
    year: int | None = None  # of somebody new, when he was on a list of the office last
    likely: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the ledger knows of people beyond the unit's two lists, by their keys.

    Args:
        then: the other unit that had somebody on its list before.
        now: the other unit that has somebody on its list of this period.
        years: the year of somebody's last list, of any unit.
        names: under which name the ledger has somebody.
        likely: the other unit on whose list of this period somebody of the same name and birth
            date stands under another number.
    """

    then: Mapping[Key, str] = field(default_factory=dict)
    now: Mapping[Key, str] = field(default_factory=dict)
    years: Mapping[Key, int] = field(default_factory=dict)
    names: Mapping[Key, str] = field(default_factory=dict)
    likely: Mapping[Key, str] = field(default_factory=dict)


def changes(
    before: Iterable[Listed],
    after: Iterable[Listed],
    refused: Iterable[Listed] = (),
    elsewhere: Elsewhere | None = None,
) -> tuple[Change, ...]:
    """Lay two lists beside each other; `refused` rows of the new one stand on neither.

    Those of the new list come first, in its order, then those who are on it no more.
    """
    return _Sorting(before, elsewhere or Elsewhere()).sorted(after, refused)


def counts(found: Iterable[Change]) -> dict[Kind, int]:
    """How many of each kind, none left out."""
    counted = Counter(change.kind for change in found)
    return {kind: counted[kind] for kind in Kind}


class _Sorting:
    def __init__(self, before: Iterable[Listed], elsewhere: Elsewhere) -> None:
        self._gone = {one.key: one for one in before}
        self._former = {one.was: one.key for one in self._gone.values() if one.was}
        self._elsewhere = elsewhere

    def sorted(self, after: Iterable[Listed], refused: Iterable[Listed]) -> tuple[Change, ...]:
        now = {one.key: one for one in after}
        found = {one.key: self._met(one) for one in now.values()}
        come = {key: now[key] for key, change in found.items() if change is None}
        rows = _apart(now, refused)
        waiting = [self._refused(row) for row in rows.values() if row.key in self._gone]
        moved = [self._moved_out(one) for one in self._pop(self._elsewhere.now)]
        for one in [one for key, one in come.items() if key in self._elsewhere.then]:
            found[one.key] = self._moved_in(come.pop(one.key))
        for old, one in self._likely(come, _ALIKE):
            found[one.key] = _both(Kind.CORRECTED, old, one, likely=True)
        told = {change.key for change in waiting}
        loose = {key: row for key, row in rows.items() if key not in told}
        pairs = [*self._likely(loose, (*_ALIKE, _named))]
        waiting += [_waiting(Kind.WAITING, old, row, likely=True) for old, row in pairs]
        waiting += [self._unmet(row) for row in loose.values()]
        left = [_gone(Kind.LEFT, one) for one in self._gone.values()]
        there = (change or self._new(now[key]) for key, change in found.items())
        return (*there, *left, *moved, *waiting)

    def _met(self, one: Listed) -> Change | None:
        """Somebody of the new list who is on the old one under the same number."""
        old = self._gone.pop(one.key, None)
        if old is None and one.number in self._former:  # the roster has not heard of the correction
            old = self._gone.pop(self._former[one.number], None)
            return _both(Kind.CORRECTED, old, one, likely=True) if old is not None else None
        if old is None:
            return None
        if old.name == one.name and not old.was:  # nearly everyone: nothing to be looked at
            return Change(Kind.RENEWED, one.key, one.name, one.number, True, True)
        if name_key(old.name) != name_key(one.name):
            return _both(Kind.RENAMED, old, one)
        return _both(Kind.CORRECTED if old.was else Kind.RENEWED, old, one)

    def _refused(self, row: Listed) -> Change:
        """A refused row of somebody of the old list: he neither goes on nor leaves yet."""
        old = self._gone.pop(row.key)
        unit = self._elsewhere.now.get(row.key)
        if unit is not None:
            return _waiting(Kind.MOVED_OUT, old, row)._replace(unit=unit)
        same = name_key(old.name) == name_key(row.name)
        return _waiting(Kind.WAITING if same else Kind.RENAMED, old, row)

    def _unmet(self, row: Listed) -> Change:
        """A refused row of somebody who was not on the old list."""
        unit, name = self._elsewhere.now.get(row.key), self._elsewhere.names.get(row.key)
        change = Change(Kind.WAITING, row.key, row.name, row.number, False, False, waits=True)
        if unit is not None:
            return change._replace(kind=Kind.MOVED_IN, unit=unit)
        if name is not None and name_key(name) != name_key(row.name):
            return change._replace(kind=Kind.RENAMED, was_name=name)
        return change

    def _pop(self, keys: Mapping[Key, str]) -> list[Listed]:
        return [self._gone.pop(key) for key in [*self._gone] if key in keys]

    def _moved_out(self, one: Listed) -> Change:
        return _gone(Kind.MOVED_OUT, one)._replace(unit=self._elsewhere.now[one.key])

    def _moved_in(self, one: Listed) -> Change:
        return _come(Kind.MOVED_IN, one)._replace(unit=self._elsewhere.then[one.key])

    def _new(self, one: Listed) -> Change:
        unit, year = self._elsewhere.likely.get(one.key), self._elsewhere.years.get(one.key)
        return _come(Kind.NEW, one)._replace(year=year, unit=unit or "", likely=unit is not None)

    def _likely(
        self, come: dict[Key, Listed], alike: Sequence[_Sign]
    ) -> Iterator[tuple[Listed, Listed]]:
        """Take out pairs that one sign ties to each other and to nobody else."""
        for sign in alike:
            old, new = _by_sign(self._gone.values(), sign), _by_sign(come.values(), sign)
            for same in [one for one in new if len(new[one]) == len(old.get(one, ())) == 1]:
                yield self._gone.pop(old[same][0].key), come.pop(new[same][0].key)


def _apart(now: Mapping[Key, Listed], refused: Iterable[Listed]) -> dict[Key, Listed]:
    """Refused rows of people who are not on the list.

    A number that somebody of another name has, too, makes them nobody else: a spreadsheet may have
    rounded it, or 办理中 stands in its place.
    """
    rows: dict[Key, Listed] = {}
    for row in refused:
        other = now.get(row.key) or rows.get(row.key)
        if other is not None and name_key(other.name) != name_key(row.name):
            key = f"{row.number} {row.name}"
            rows[key] = row._replace(key=key)
        elif other is None:
            rows[row.key] = row
    return rows


_Sign = Callable[[Listed], Hashable | None]


def _by_sign(people: Iterable[Listed], sign: _Sign) -> dict[Hashable, list[Listed]]:
    found: defaultdict[Hashable, list[Listed]] = defaultdict(list)
    for one in people:
        if (what := sign(one)) is not None:
            found[what].append(one)
    return found


def _born(one: Listed) -> Hashable | None:
    return (name_key(one.name), one.born) if one.name and one.born else None


def _digits(one: Listed) -> Hashable | None:
    head = (one.was or one.number)[:FIRST_DIGITS]
    return (name_key(one.name), head) if one.name and len(head) == FIRST_DIGITS else None


def _named(one: Listed) -> Hashable | None:
    """The name alone: for a refused row, whose number may be damaged."""
    return name_key(one.name) or None


_ALIKE: tuple[_Sign, ...] = (_born, _digits)


def _both(kind: Kind, old: Listed, one: Listed, *, likely: bool = False) -> Change:
    was_number, was_name = old.was or old.number, old.name
    return Change(
        kind,
        one.key,
        one.name,
        one.number,
        True,
        True,
        was_name if name_key(was_name) != name_key(one.name) else "",
        was_number if was_number != one.number else "",
        likely=likely,
    )


def _waiting(kind: Kind, old: Listed, row: Listed, *, likely: bool = False) -> Change:
    return _both(kind, old, row, likely=likely)._replace(after=False, waits=True)


def _gone(kind: Kind, one: Listed) -> Change:
    return Change(kind, one.key, one.name, one.number, True, False)


def _come(kind: Kind, one: Listed) -> Change:
    return Change(kind, one.key, one.name, one.number, False, True)
