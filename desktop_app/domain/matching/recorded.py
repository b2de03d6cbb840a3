"""Which bank lines are transfers that were recorded from their slips before."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.matching.evidence import is_variant, name_key, number_key
from desktop_app.domain.matching.values import Line
from desktop_app.domain.texts import clean_number

DAYS = 5  # between a slip's day and the bank's


@dataclass(frozen=True, slots=True)
class Recorded:
    """A transfer that was recorded, sent back or not, and that no bank line is known of."""

    id: int
    day: datetime.date
    fen: int
    payer_name: str
    payer_account: str = ""
    slip_no: str = ""
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What of the lines was recorded before.

    Args:
        pairs: line to transfer, where neither could be another's.
        unclear: lines that may be one of several, or one that was sent back, each with those.
    """

    pairs: dict[int, int]
    unclear: dict[int, tuple[int, ...]]


def recorded_before(lines: Iterable[Line], recorded: Iterable[Recorded]) -> Known:
    """Pair lines with the transfers that they are; what fits several is nobody's.

    What was sent back makes nothing a pair: the same money may have been paid anew since.
    """
    by_fen: dict[int, list[Recorded]] = defaultdict(list)
    back = set()
    for one in recorded:
        by_fen[one.fen].append(one)
        if one.returned:
            back.add(one.id)
    fits = {
        line.id: found
        for line in lines
        if not line.undone
        and (found := tuple(sorted(one.id for one in by_fen[line.fen] if _is(line, one))))
    }
    times: dict[int, int] = defaultdict(int)
    for found in fits.values():
        for number in found:
            times[number] += 1
    pairs = {
        line: found[0]
        for line, found in fits.items()
        if len(found) == 1 and times[found[0]] == 1 and found[0] not in back
    }
    return Known(pairs, {line: found for line, found in fits.items() if line not in pairs})


def _is(line: Line, one: Recorded) -> bool:
    """The amount is the same; so must the day be, nearly, and who paid."""
    if abs((line.day - one.day).days) > DAYS:
        return False
    number = number_key(one.slip_no)
    if number and number == number_key(line.reference):
        return True
    account = clean_number(one.payer_account)
    if account and line.payer_account:
        return account == clean_number(line.payer_account)
    return name_key(one.payer_name) == name_key(line.payer_name) or is_variant(
        line.payer_name, (one.payer_name,)
    )
