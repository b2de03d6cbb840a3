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
    """The lines, with those marked that a line out may take back.

    Where one line out may take back several, all of them are marked: none is matched unseen.
    """
    by_fen: dict[int, list[Out]] = defaultdict(list)
    for one in out:
        if reverses(one.memo):
            by_fen[one.fen].append(one)
    return [
        replace(line, undone=True) if any(_of(line, one) for one in by_fen[line.fen]) else line
        for line in lines
    ]


def _of(line: Line, one: Out) -> bool:
    if not 0 <= (one.day - line.day).days <= DAYS:
        return False
    mine, other = clean_number(line.payer_account), clean_number(one.account)
    if mine and other:
        return mine == other
    return not one.name or name_key(one.name) == name_key(line.payer_name)
