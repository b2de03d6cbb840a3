"""A proof against a case's list as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One person; the list's side and the proof's side, empty where one of them lacks him.

    Args:
        standing: roster-only, name-differs, proof-only or agrees.
        identity: masked, as lists show it.
        number: as the proof prints it; one it prints whole is masked here too.
        where: where the proof names the person.
        way: how the two were told to be one.
        note: what a person has to look at.
    """

    standing: str
    standing_label: str
    line_no: int | None
    name: str
    identity: str
    proof_name: str
    number: str
    where: str
    way: str
    note: str


@dataclass(frozen=True, slots=True)
class ProofView:
    """What came of it: the file, one sentence, how many of each, everyone."""

    file_name: str
    sentence: str
    agrees: int
    by_name_alone: int
    stopped: int
    name_differs: int
    proof_only: int
    roster_only: int
    lines: tuple[ProofLine, ...]
