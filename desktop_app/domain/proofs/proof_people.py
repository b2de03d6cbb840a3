"""The lines of a proof put together to people, whom each month and insurance names again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from desktop_app.domain.names import name_key
from desktop_app.domain.proofs.proof_numbers import HIDDEN
from desktop_app.domain.proofs.proof_values import ProofPerson, ProofRow

_STOPPED = re.compile("停|中断|终止|注销|退|欠|未|死亡|封存")


def people_in(rows: Sequence[ProofRow]) -> tuple[ProofPerson, ...]:
    """Each person once, in the order of the proof.

    A number, whole or with stars beside the name, tells a person, and so does the insurance
    office's own number. Names alone are counted: where one month names 张伟 twice there are two,
    and without months every line is a person.
    """
    groups: dict[Hashable, list[ProofRow]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    people: list[ProofPerson] = []
    for same in groups.values():
        people += _several(same) if _by_name_alone(same[0]) else [_one(same)]
    return tuple(people)


def _key(row: ProofRow) -> Hashable:
    if row.number and HIDDEN not in row.number:
        return row.number
    return name_key(row.name), row.number or row.social


def _by_name_alone(row: ProofRow) -> bool:
    return not row.number and not row.social


def _one(rows: Sequence[ProofRow]) -> ProofPerson:
    first = rows[0]
    name = next((row.name for row in rows if row.name), "")
    social = next((row.social for row in rows if row.social), "")
    return ProofPerson(name, first.number, social, first.where, len(rows), _stopped(rows))


def _stopped(rows: Sequence[ProofRow]) -> str:
    return next((row.state for row in rows if _STOPPED.search(row.state)), "")


def _several(rows: Sequence[ProofRow]) -> list[ProofPerson]:
    """As many people as one month, or one kind of insurance, has lines of the name."""
    turns = Counter(row.turn for row in rows)
    count = max(turns.values()) if "" not in turns else len(rows)
    busiest = max(turns, key=lambda turn: turns[turn])
    places = [row for row in rows if row.turn == busiest] if "" not in turns else list(rows)
    people = [
        ProofPerson(row.name, "", "", row.where, 1, _stopped((row,))) for row in places[:count]
    ]
    people[0] = replace(people[0], rows=len(rows) - count + 1)
    return people
