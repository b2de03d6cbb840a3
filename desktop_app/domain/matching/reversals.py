"""Lines that the bank took back again: the money came in and went out, and is nobody's fee."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.domain.matching.evidence import name_key, reverses
from desktop_app.domain.matching.values import Line
from desktop_app.domain.texts import clean_number

DAYS = 31


@dataclass(frozen=True, slots=True)
class Out:
    """Money that went out; `fen` is what went."""

    day: datetime.date
    fen: int
    name: str = ""
    account: str = ""
    memo: str = ""


def marked(lines: Iterable[Line], out: Iterable[Out]) -> list[Line]:
    """The lines, with those marked that a line out takes back, or may take back.

    Where one line out may take back several, all of them are marked: none is matched unseen.
    """
    by_fen: dict[int, list[Out]] = defaultdict(list)
    for one in out:
        by_fen[one.fen].append(one)
    return [_marked(line, by_fen[line.fen]) for line in lines]


def _marked(line: Line, out: Iterable[Out]) -> Line:
    after = [one for one in out if 0 <= (one.day - line.day).days <= DAYS]
    taken = [one.day for one in after if reverses(one.memo) and _of(line, one)]
    went = [one.day for one in after if _to_payer(line, one)]
    if not (taken or went):
        return line
    return replace(line, undone=bool(taken), went_on=min(taken + went))


def _of(line: Line, one: Out) -> bool:
    """Whether nothing speaks against who is paid being who paid."""
    if line.payer_account and one.account:
        return clean_number(line.payer_account) == clean_number(one.account)
    return not one.name or name_key(one.name) == name_key(line.payer_name)


def _to_payer(line: Line, one: Out) -> bool:
    return bool(one.name or (one.account and line.payer_account)) and _of(line, one)
