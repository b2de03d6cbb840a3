"""What a bank line tells of whose it is: numbers, accounts, names, words; strong signs and weak."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.matching.values import Line, Owed
from desktop_app.domain.texts import clean, clean_number

Ids = frozenset[int]
NOBODY: Ids = frozenset()

_MARKS = re.compile(r"[\s()\[\]【】〔〕·•・.,、,。:;“”\"'《》<>\-—–_/#*]+")
_ATOM = re.compile(r"[0-9A-Z]+")
_BETWEEN = re.compile(r"[\s\-—–_./]+")
_ATOMS = 6  # TZ A 2027 00001, and two for what is typed between
_SHORTEST_NAME, _SHORTEST_NUMBER = 4, 6
_BRANCH = re.compile("(?:分校|校区|分院|院区|分公司|分厂|分局|分店|支行|附属|幼儿园|附小|附中)")
_TAKEN_BACK = re.compile(
    "冲正|冲销|冲账|冲回|冲减|红冲|抹账|错账|退汇|退回|退款|退票|撤销|反交易|调账"
)
_SAME = str.maketrans("帐消", "账销")  # 冲帐, 撤消: written either way
_OTHER_MONEY = re.compile(
    "工会经费|党费|退还|返还|租金|房租|承包|押金|保证金|捐赠|捐款|善款|利息|结息|工资|社保|慰问"
)
_OURS = "互助"
_YEAR = re.compile(r"(20[0-9]{2})年(?!\s*[0-9]{1,2}月)")
_DRIVE_BEGINS = 7  # July of the year before: who pays earlier pays for another drive
_LEADS = frozenset("代付缴交为给由和及与替含")  # after which a name may begin
_ORGANISED = frozenset("厂校局院所会店部站社司心处办行队馆园场库团委府银村镇乡街县市区省公室组")
_PERSON = (2, 4)  # characters of a person's name


def name_key(text: str) -> str:
    """What two spellings of one name share: no brackets, no spaces, half width, upper case."""
    return _MARKS.sub("", clean(text).upper())


def number_key(text: str) -> str:
    return "".join(_ATOM.findall(clean(text).upper()))


def numbers_in(text: str) -> Iterator[str]:
    """Keys of all that may be a number in a text, whatever stands between its groups."""
    plain = clean(text).upper()
    atoms = list(_ATOM.finditer(plain))
    for first in range(len(atoms)):
        key = ""
        for place in range(first, min(first + _ATOMS, len(atoms))):
            if key and not _BETWEEN.fullmatch(plain, atoms[place - 1].end(), atoms[place].start()):
                break
            key += atoms[place].group()
            yield key


def is_person(name: str) -> bool:
    """Whether it reads as a person's name rather than a unit's."""
    key = name_key(name)
    return _PERSON[0] <= len(key) <= _PERSON[1] and not _ORGANISED & set(key)


def reverses(memo: str) -> bool:
    """Whether it tells of money taken back or come back."""
    return _TAKEN_BACK.search(_MARKS.sub("", clean(memo)).translate(_SAME)) is not None


def tells_no_fee(line: Line) -> bool:
    return line.undone or reverses(line.memo)


def tells_other_money(line: Line) -> bool:
    """Whether its memo names money that units send for something else than a contribution."""
    memo = clean(line.memo)
    return _OURS not in memo and _OTHER_MONEY.search(memo) is not None


def years_in(memo: str) -> frozenset[int]:
    """Years that a memo says it pays for; a month of a year is a day it was sent."""
    return frozenset(int(year) for year in _YEAR.findall(clean(memo)))


def is_early(line: Line, year: int) -> bool:
    """Whether it came before a year's contributions could be paid."""
    return year > 0 and line.day < datetime.date(year - 1, _DRIVE_BEGINS, 1)


def is_variant(name: str, names: Iterable[str]) -> bool:
    """Whether one is the other cut off, or with more words before it."""
    key = name_key(name)
    if len(key) < _SHORTEST_NAME:
        return False
    others = (name_key(other) for other in names)
    return any(len(other) >= _SHORTEST_NAME and (key in other or other in key) for other in others)


@dataclass(frozen=True, slots=True)
class Found:
    """What one line tells, each as the applications it speaks for.

    Args:
        line: that tells it.
        numbers: of which it names the notice's or the business number.
        accounts: which its account is known to pay for.
        payers: which its payer is known to pay for, its own among them.
        own: of the payer itself.
        named: by name in its memo, a set for each name.
    """

    line: Line
    numbers: Ids
    accounts: Ids
    payers: Ids
    own: Ids
    named: tuple[Ids, ...]

    @property
    def known(self) -> Ids:
        """For which the payer is known to pay; nobody where account and name disagree."""
        if self.accounts and self.payers:
            return self.accounts & self.payers
        return self.accounts | self.payers

    @property
    def words(self) -> Ids:
        return NOBODY.union(*self.named)

    @property
    def all(self) -> Ids:
        return self.numbers | self.accounts | self.payers | self.words


class Book:
    """What is owed, to be asked by what a line tells."""

    def __init__(self, owed: Iterable[Owed]) -> None:
        self.by_id: Mapping[int, Owed] = {one.id: one for one in owed}
        self._numbers = _index(
            self.by_id, lambda one: (*one.numbers, one.business_no), number_key, _SHORTEST_NUMBER
        )
        self._shapes = {_shape(number) for number in self._numbers}
        self._accounts = _index(self.by_id, lambda one: one.accounts, clean_number)
        self._payers = _index(self.by_id, lambda one: (*one.names, *one.payers), name_key)
        self._own = _index(self.by_id, lambda one: one.names, name_key)
        self._heads: dict[str, list[str]] = defaultdict(list)  # names by how they begin
        for name in self._own:
            if len(name) >= _SHORTEST_NAME:
                self._heads[name[:_SHORTEST_NAME]].append(name)
        self._amounts: dict[int, set[int]] = defaultdict(set)
        for one in self.by_id.values():
            self._amounts[one.fen].add(one.id)

    def of_amount(self, fen: int) -> Ids:
        return frozenset(self._amounts.get(fen, NOBODY))

    def names_of(self, ids: Ids) -> str:
        """“甲校”, or “甲校”等3份申请."""
        first = self.by_id[min(ids)].name
        return f"“{first}”" + (f"等{len(ids)}份申请" if len(ids) > 1 else "")

    def strange_numbers(self, line: Line) -> tuple[str, ...]:
        """What its memo has that is written as our numbers are and is none of them."""
        keys = dict.fromkeys(numbers_in(line.memo))
        return tuple(
            key for key in keys if _shape(key) in self._shapes and key not in self._numbers
        )

    def alike(self, name: str) -> Ids:
        """Of units whose name a payer's name is much like, or was."""
        if len(name) < _SHORTEST_NAME:
            return NOBODY
        return NOBODY.union(
            *(
                ids
                for own, ids in self._own.items()
                if len(own) >= _SHORTEST_NAME and (name in own or own in name)
            )
        )

    def read(self, line: Line) -> Found:
        accounts = self._accounts.get(clean_number(line.payer_account), NOBODY)
        name = name_key(line.payer_name)
        own = self._own.get(name, NOBODY)
        if not own:  # an account of its own, under a name that the bank cut off
            own = frozenset(one for one in accounts if self._is_own(line, one))
        numbers = self._numbered(line)
        return Found(
            line=line,
            numbers=numbers,
            accounts=accounts,
            payers=self._payers.get(name, NOBODY),
            own=own,
            named=self._named(line, name, alone=not numbers),
        )

    def _is_own(self, line: Line, owed_id: int) -> bool:
        one = self.by_id[owed_id]
        if one.payers:  # whose account it is, nobody said
            return False
        return not name_key(line.payer_name) or is_variant(line.payer_name, one.names)

    def _numbered(self, line: Line) -> Ids:
        keys = {*numbers_in(line.memo), *numbers_in(line.reference)}
        found = (self._numbers[key] for key in keys if key in self._numbers)
        return NOBODY.union(*found)

    def _named(self, line: Line, payer: str, *, alone: bool) -> tuple[Ids, ...]:
        """Units named in the memo, the longest name at each place; the payer itself if alone."""
        memo, heads = _plain_memo(line.memo)
        places = [
            (start, start + len(name), name)
            for start in range(len(memo) - _SHORTEST_NAME + 1)
            for name in self._heads.get(memo[start : start + _SHORTEST_NAME], ())
            if memo.startswith(name, start)
        ]
        whole = {
            name
            for start, end, name in places
            if heads[start]
            and not _BRANCH.match(memo, end)
            and not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in places)
        }
        others = whole if alone and len(whole) == 1 else whole - {payer}
        return tuple(self._own[name] for name in sorted(others))


def _shape(number: str) -> str:
    """How a number is written: what it begins with, then which are letters and which digits."""
    rest = re.sub("[A-Z]", "A", re.sub("[0-9]", "9", number[2:]))
    return number[:2] + rest


def _plain_memo(text: str) -> tuple[str, list[bool]]:
    """The memo as a name's key has it, and at which of its characters a name may begin."""
    plain = clean(text).upper()
    kept, heads, after = [], [], True
    for char in plain:
        if _MARKS.fullmatch(char):
            after = True
            continue
        kept.append(char)
        heads.append(after)
        after = char in _LEADS or char.isdigit()
    return "".join(kept), heads


def _index(
    owed: Mapping[int, Owed],
    words: Callable[[Owed], Iterable[str]],
    key: Callable[[str], str],
    shortest: int = 1,
) -> dict[str, Ids]:
    found: dict[str, set[int]] = defaultdict(set)
    for one in owed.values():
        for word in words(one):
            if len(made := key(word)) >= shortest:
                found[made].add(one.id)
    return {word: frozenset(ids) for word, ids in found.items()}
