"""Members of a roster: those the ledger knows are found by number, the others are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.base import Base
from db.bulk import insert_rows, reserved_ids
from db.codes import IdentityKind, MemberState, Sex
from db.models.members import Member
from db.queries import members as queries
from desktop_app.domain.names import name_key
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
    _rename(tx, people, misnamed(tx.session, people, found))
    _refresh_phones(tx, people, found)
    return ids


def misnamed(
    session: Session, people: Sequence[RosterRow], found: Mapping[str, queries.Known]
) -> dict[str, int]:
    """Identity -> member id of those who only a list that was taken back gave another name.

    They stand on no list and never did for good, so that the next list may name them.
    """
    other = {
        person.identity: found[person.identity].id
        for person in people
        if person.identity in found
        and not found[person.identity].merged
        and name_key(found[person.identity].name) != name_key(person.name)
    }
    held = queries.held(session, list(other.values())) if other else set()
    return {number: id_ for number, id_ in other.items() if id_ not in held}


def _rename(tx: Transaction, people: Sequence[RosterRow], ids: Mapping[str, int]) -> None:
    for person in people if ids else ():
        if person.identity in ids:
            member = tx.session.get_one(Member, ids[person.identity])
            keys = keys_of(person.name, tx.desk.sounds())
            member.name, member.name_key = person.name, keys.name_key
            member.initials, member.sort_key = keys.initials, keys.sort_key


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
