"""Members of a roster: those the ledger knows are found by number, the others are made."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from db.codes import MemberState
from db.models.members import Member
from db.queries import members as queries
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.acts import Transaction
from desktop_app.services.search_keys import keys_of, tail_of


def store_members(tx: Transaction, people: list[RosterRow]) -> dict[str, int]:
    """Return identity -> member id for all of them; new ones are inserted in one go."""
    identities = [person.identity for person in people]
    known = queries.ids_by_identity(tx.session, identities)
    new = [person for person in people if person.identity not in known]
    if new:
        sounds = tx.desk.sounds()
        tx.session.execute(insert(Member), [_row(tx, person, sounds) for person in new])
        known |= queries.ids_by_identity(tx.session, [person.identity for person in new])
    _refresh_phones(tx, [person for person in people if person.phone])
    return known


def _row(tx: Transaction, person: RosterRow, sounds: Any) -> dict[str, Any]:
    keys = keys_of(person.name, sounds)
    return {
        "uid": tx.desk.uids(),
        "name": person.name,
        "name_key": keys.name_key,
        "initials": keys.initials,
        "sort_key": keys.sort_key,
        "identity_kind_code": person.identity_kind.value,
        "identity_no": person.identity,
        "identity_tail": tail_of(person.identity),
        "identity_shared": False,
        "sex_code": person.sex.value if person.sex else None,
        "born_on": person.born,
        "phone": person.phone,
        "phone_tail": tail_of(person.phone),
        "bank_card": person.bank_card,
        "state_code": MemberState.ACTIVE,
        "row_version": 1,
    }


def _refresh_phones(tx: Transaction, people: list[RosterRow]) -> None:
    """The newest roster knows the newest phone; the change is logged by field."""
    phones = {person.identity: person.phone for person in people}
    for member in queries.with_other_phone(tx.session, phones):
        member.phone = phones[member.identity_no or ""]
        member.phone_tail = tail_of(member.phone)
