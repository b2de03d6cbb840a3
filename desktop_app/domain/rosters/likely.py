"""People who may be one person twice, with a number that was corrected in between.

They stay two: namesakes born on one day do exist, and only somebody who knows them can tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.roster_values import RosterRow

Sign = tuple[str, datetime.date]  # name, however it is spelt, and birth date


class Insured(NamedTuple):
    """Somebody on a list of the period, as the ledger has him."""

    number: str
    unit: str
    year: int
    own: bool  # of the very unit whose list is looked at


class Signs:
    """A list's people by their signs: asked of the ledger, and of the list itself.

    Attributes:
        first: who has a sign first.
        later: who comes with the sign of somebody above, and who that is.
    """

    def __init__(self, people: Iterable[RosterRow]) -> None:
        self.first: dict[Sign, RosterRow] = {}
        self.later: list[tuple[RosterRow, RosterRow]] = []
        for person in people:
            if person.born is not None:
                key = name_key(person.name)
                # a long list keeps one text of nearly everyone, not two
                sign = person.name if key == person.name else key, person.born
                first = self.first.setdefault(sign, person)
                if first is not person:
                    self.later.append((person, first))

    def having(self, sign: Sign) -> Iterator[RosterRow]:
        """Everyone of the list with that sign."""
        first = self.first.get(sign)
        if first is not None:
            yield first
            yield from (person for person, above in self.later if above is first)


def likely_insured(person: RosterRow, namesakes: Sequence[Insured]) -> Insured | None:
    """Of those who share a person's sign, the one to ask about: another unit's before his own's."""
    others = [one for one in namesakes if one.number != person.identity]
    return min(others, key=lambda one: one.own, default=None)
