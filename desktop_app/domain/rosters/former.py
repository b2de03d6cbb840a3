"""A person who comes in again by a number that the office has corrected since."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.roster_values import RosterRow


class Renumbered(NamedTuple):
    """Somebody who had a number before, as the ledger has him now."""

    number: str
    name: str
    born: datetime.date | None


class Met(NamedTuple):
    """Whom a row's number belonged to; `sure` where it is the row's person and nobody else."""

    number: str
    sure: bool


def met(person: RosterRow, before: Sequence[Renumbered]) -> Met | None:
    """The one whom a number means that somebody of the same name had before.

    With the same birth date he is the person; with another one, or several such people, somebody
    has to say so. Under another name the number is somebody else's.
    """
    key = name_key(person.name)
    named = [one for one in before if name_key(one.name) == key]
    born = [one for one in named if one.born == person.born]
    if len(born) == 1:
        return Met(born[0].number, sure=True)
    return Met(named[0].number, sure=False) if named else None
