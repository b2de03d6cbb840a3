"""Rows that waited as 待补正 and whose people came in again with a later file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from db.codes import RowState
from db.models.imports import ImportRow
from db.queries import enrolments as queries
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.mended import may_be_mended
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.domain.texts import clean_number
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case


def work_off(
    tx: Transaction, case: Case, batch_id: int, people: Sequence[RosterRow], here: set[str]
) -> None:
    """A parked row whose person came in again, mended or as before, no longer waits.

    A namesake mends nobody's row: one who was on the list already, one with quite another number.
    """
    waiting = queries.parked_rows(tx.session, case.enrolment.id)
    if not waiting:
        return
    named: defaultdict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.identity not in here:
            named[name_key(person.name)].append(person.identity)
    identities = {person.identity for person in people}
    again = select(ImportRow.cells).where(
        ImportRow.batch_id == batch_id, ImportRow.state_code == RowState.PARKED
    )
    same = {_told(cells) for cells in tx.session.scalars(again)}
    for row, _file in waiting:
        name, identity = _told(row.cells)
        mended = any(may_be_mended(identity, number) for number in named.get(name, ()))
        if mended or identity in identities or (name, identity) in same:
            tx.session.execute(
                update(ImportRow)
                .where(ImportRow.batch_id == row.batch_id, ImportRow.seq == row.seq)
                .values(state_code=RowState.DROPPED, cells=row.cells | {"mended_in": batch_id})
            )


def _told(cells: dict[str, Any]) -> tuple[str, str]:
    """Whose row it is, by what stands in it."""
    return name_key(str(cells.get("name", ""))), clean_number(
        str(cells.get("identity", ""))
    ).upper()
