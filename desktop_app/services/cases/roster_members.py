"""Members of a roster: those the ledger knows are found by number, the others are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.base import Base
from db.bulk import insert_rows, reserved_ids
from db.codes import IdentityKind, MemberState, Sex
from db.models.members import Member
from db.queries import members as queries
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.acts import Transaction
from desktop_app.services.search_keys import keys_of, tail_of

_COLUMNS = (
    "id", "uid", "name", "name_key", "initials", "sort_key", "identity_kind_code", "identity_no",
    "identity_tail", "identity_shared", "sex_code", "born_on", "phone", "phone_tail", "bank_card",
    "state_code", "row_version",
)  # fmt: skip
_RESIDENT = IdentityKind.RESIDENT.value


def store_members(
    tx: Transaction,
    people: Sequence[RosterRow],
    found: Mapping[str, queries.Known] | None = None,
) -> dict[str, int]:
    """Return identity -> member id for all of them; new ones are inserted in one go.

    `found` is what the ledger knows of their numbers, where it was asked already.
    """
    if found is None:
        found = queries.known_by_identity(tx.session, [person.identity for person in people])
    ids = {number: one.id for number, one in found.items() if not one.merged}
    new = [person for person in people if person.identity not in ids]
    if new:
        table = Base.metadata.tables[Member.__tablename__]
        numbers = reserved_ids(tx.session, table, len(new))
        insert_rows(tx.session, table, _COLUMNS, _rows(tx, numbers, new))
        ids.update(zip((person.identity for person in new), numbers, strict=True))
    _refresh_phones(tx, people, found)
    return ids


def _rows(
    tx: Transaction, numbers: Sequence[int], people: Sequence[RosterRow]
) -> Iterator[tuple[Any, ...]]:
    sounds, uids, active = tx.desk.sounds(), tx.desk.uids, MemberState.ACTIVE.value
    sexes = {id(sex): sex.value for sex in Sex}  # an enum's own hash is slow
    for number, person in zip(numbers, people, strict=True):
        born, identity, phone, sex = person.born, person.identity, person.phone, person.sex
        kind = person.identity_kind
        yield (
            number,
            uids(),
            person.name,
            *keys_of(person.name, sounds),
            _RESIDENT if kind is IdentityKind.RESIDENT else kind.value,
            identity,
            identity[::-1],
            False,
            sexes[id(sex)] if sex else None,
            born.isoformat() if born else None,
            phone,
            phone[::-1] if phone else None,
            person.bank_card,
            active,
            1,
        )


def _refresh_phones(
    tx: Transaction, people: Sequence[RosterRow], found: Mapping[str, queries.Known]
) -> None:
    """The newest roster knows the newest phone; the change is logged by field."""
    if not found:
        return
    for person in people:
        known = found.get(person.identity)
        if known is None or known.merged or not person.phone or person.phone == known.phone:
            continue
        member = tx.session.get_one(Member, known.id)
        member.phone, member.phone_tail = person.phone, tail_of(person.phone)
