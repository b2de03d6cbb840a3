"""People of a file who may be one person twice, with a number that was corrected in between."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from desktop_app.domain.rosters.roster_values import RosterRow


def likely_same(people: Iterable[RosterRow]) -> Iterator[tuple[RosterRow, RosterRow]]:
    """Each later person with the name and birth date of an earlier one, who comes second.

    They stay two: namesakes born on one day do exist.
    """
    seen: dict[tuple[str, datetime.date], RosterRow] = {}
    for person in people:
        if person.born is not None:
            first = seen.setdefault((person.name, person.born), person)
            if first is not person:
                yield person, first
