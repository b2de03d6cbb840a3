"""What is read of a proof: its people, each once, however many months and pages name them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.proofs.proof_numbers import HIDDEN


@dataclass(frozen=True, slots=True)
class ProofPerson:
    """One insured person.

    Args:
        name: as the proof prints it; a hidden character is a star, empty where none is printed.
        number: the identity number, hidden characters as stars; empty where none is printed.
        social: the social insurance office's own number of the person, where it has a column.
        where: the first place that names the person, in words.
        rows: how many lines of the proof are about the person.
        stopped: what the proof says of the person's insurance where that is 停保 or the like.
    """

    name: str
    number: str
    social: str
    where: str
    rows: int = 1
    stopped: str = ""

    @property
    def masked(self) -> bool:
        return HIDDEN in self.number


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One line of a proof that names somebody, before its people are put together."""

    name: str
    number: str
    social: str
    turn: str  # month and kind of insurance: the same person has a line for each
    where: str
    state: str = ""  # 正常参保, 停保
