"""The short way for a roster's rows: people of whom nothing has to be said, read in one go.

Whatever it does not take is judged by `roster_people`, which says the same of all that it takes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from db.codes import IdentityKind, Sex
from desktop_app.domain.eligibility import AgeLimits
from desktop_app.domain.identity import plain_resident
from desktop_app.domain.names import LONGEST
from desktop_app.domain.rosters.roster_cells import (
    birth_differs,
    plain_phone,
    read_bank_card,
    read_plain_sex,
)
from desktop_app.domain.rosters.roster_values import RosterRow
from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import clean

_AS_ROW = partial(tuple.__new__, RosterRow)  # a third of the time of calling it
_JUDGED = ("plans", "shares")  # fields that have rules of their own
_RESIDENT = IdentityKind.RESIDENT


class PlainRows:
    """How the rows of one block are read.

    Args:
        sheet: the block's sheet.
        columns: field to column index.
        known: characters that were found good in names; it grows.
        limits: the scheme's ages, where they are judged.
        on: the day of the check: nobody is born after it.
    """

    def __init__(
        self,
        sheet: str | None,
        columns: Mapping[str, int],
        known: set[str],
        limits: AgeLimits | None,
        on: datetime.date,
    ) -> None:
        self._sheet, self._known, self._limits, self._on = sheet, known, limits, on
        self._name, self._identity = columns["name"], columns["identity"]
        self._sex, self._born = columns.get("sex"), columns.get("born")
        self._contacts = [
            (place, columns[field], read)
            for place, (field, read) in enumerate(_CONTACTS)
            if field in columns
        ]
        self._judged = [columns[field] for field in _JUDGED if field in columns]
        self._width = max(columns.values()) + 1

    def read(self, row: int, cells: Sequence[Cell]) -> RosterRow | None:
        """The person of a row; None where the row must be looked at."""
        if len(cells) < self._width:
            return None
        identity, name = cells[self._identity], cells[self._name]
        if type(identity) is not str or type(name) is not str:
            return None
        who = plain_resident(identity)
        if who is None or not (0 < len(name) <= LONGEST and self._known.issuperset(name)):
            return None
        born, sex = who
        if not self._fits(cells, born, sex) or (told := self._told(cells)) is None:
            return None
        phone, card, remark = told
        return _AS_ROW(
            (
                self._sheet, row, name, identity, _RESIDENT, sex, born, phone, card, None, None,
                remark, False,
            )
        )  # fmt: skip

    def _fits(self, cells: Sequence[Cell], born: datetime.date, sex: Sex) -> bool:
        """Whether age, sex and birth date are as the number says, and nothing else is judged."""
        if born > self._on or (self._limits is not None and not self._limits.fits(born, sex)):
            return False
        if self._sex is not None:
            cell = cells[self._sex]
            if cell is not None and read_plain_sex(cell) is not sex:
                return False
        if self._judged and any(cells[at] is not None for at in self._judged):
            return False
        return self._born is None or _same_day(cells[self._born], born)

    def _told(self, cells: Sequence[Cell]) -> Sequence[str | None] | None:
        """Phone, bank card and remark; None where one of them must be looked at."""
        found: list[str | None] = [None, None, None]
        for place, at, read in self._contacts:
            cell = cells[at]
            if cell is not None:
                value = read(cell)
                if value is None:
                    return None
                found[place] = value or None
        return found


def _card(cell: Cell) -> str | None:
    value, cleaned, problems = read_bank_card(cell)
    return None if cleaned or problems else value


def _remark(cell: Cell) -> str | None:
    return clean(cell) if type(cell) is str and cell[:1] != "#" else None


def _same_day(cell: Cell, born: datetime.date) -> bool:
    if isinstance(cell, str) and (type(cell) is not str or cell[:1] == "#"):
        return False  # an error cell
    return cell is None or not birth_differs(cell, born)


_CONTACTS: tuple[tuple[str, Callable[[Cell], str | None]], ...] = (
    ("phone", plain_phone),
    ("bank_card", _card),
    ("remark", _remark),
)
