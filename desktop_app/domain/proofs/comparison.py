"""A proof against a roster, name by name: who stands on both, who on one alone.

Nothing is guessed: a number tells a person, a masked number together with the name, and a name
alone only where nobody else on either side bears it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.names import name_key
from desktop_app.domain.proofs.pairing import paired
from desktop_app.domain.proofs.proof_numbers import HIDDEN, fits, known_digits, names_agree
from desktop_app.domain.proofs.proof_values import ProofPerson

_END = 4  # characters by which a number is looked up
_TELLING = 7  # digits of a masked number that say 姓名不同 where nobody else has them
_SURE = 14  # digits that say so whatever the names are: place and birth date are among them


class Standing(StrEnum):
    ROSTER_ONLY = "roster-only"
    NAME_DIFFERS = "name-differs"
    PROOF_ONLY = "proof-only"
    AGREES = "agrees"


class By(StrEnum):
    NUMBER = "number"
    MASKED = "masked-number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class RosterPerson:
    line_no: int
    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One person of either side, or of both; `note` says what a person has to look at."""

    standing: Standing
    person: RosterPerson | None
    proof: ProofPerson | None
    by: By | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be looked at first: the roster's people whom the proof lacks, then the others."""

    lines: tuple[ComparedLine, ...]

    def count(self, standing: Standing) -> int:
        return sum(line.standing is standing for line in self.lines)

    @property
    def stopped(self) -> int:
        """Who stands on both, though the proof says 停保 or the like."""
        return sum(line.person is not None and _stopped(line.proof) != "" for line in self.lines)

    @property
    def by_name_alone(self) -> int:
        return sum(line.by is By.NAME for line in self.lines)


def compare(proof: Sequence[ProofPerson], roster: Sequence[RosterPerson]) -> Comparison:
    """Everyone of both sides exactly once."""
    work = _Work(proof, roster)
    work.by_number()
    work.by_masked_number()
    work.by_name()
    work.by_masked_number_alone()
    work.leave()
    order = list(Standing)
    lines = sorted(work.lines, key=lambda line: (order.index(line.standing), _place(line)))
    return Comparison(tuple(lines))


def _place(line: ComparedLine) -> int:
    return line.person.line_no if line.person is not None else 0


class _Work:
    """The people of both sides who are not yet paired."""

    def __init__(self, proof: Sequence[ProofPerson], roster: Sequence[RosterPerson]) -> None:
        self.lines: list[ComparedLine] = []
        self._proof, self._roster = list(proof), list(roster)
        self._printed = Counter(name_key(one.name) for one in proof)
        self._listed = Counter(name_key(one.name) for one in roster)

    def by_number(self) -> None:
        listed = {one.identity: one for one in self._roster}
        whole = [one for one in self._proof if one.number and not one.masked]
        self._keep([(one, listed[one.number]) for one in whole if one.number in listed], By.NUMBER)

    def by_masked_number(self) -> None:
        """Name and what is seen of the number; where several fit, only if it comes out even."""
        masked = [one for one in self._proof if one.masked]
        index = _Index(self._roster)
        fitting = [index.of_name_and_number(one) for one in masked]
        self._keep_paired(masked, paired(fitting))

    def by_name(self) -> None:
        listed = {name_key(one.name): one for one in self._roster}
        pairs = []
        for one in self._proof:
            key = name_key(one.name)
            alone = self._printed[key] == self._listed[key] == 1
            if alone and not one.number and key in listed:
                pairs.append((one, listed[key]))
        self._keep(pairs, By.NAME)

    def by_masked_number_alone(self) -> None:
        """姓名不同: what is seen of the number fits one who is left, and nobody else."""
        masked = [one for one in self._proof if one.masked and known_digits(one.number) >= _TELLING]
        index = _Index(self._roster)
        fitting = [index.of_another_name(one) for one in masked]
        self._keep_paired(masked, paired(fitting, most=1))

    def leave(self) -> None:
        """Who is on one side alone, and what speaks for a mistake rather than an absence."""
        index = _Index(self._roster)
        unclear: set[int] = set()  # of the roster: who may be meant by more people than one
        listed = Counter(name_key(one.name) for one in self._roster)
        printed = Counter(name_key(one.name) for one in self._proof)
        numbered = {name_key(one.name) for one in self._proof if one.number}
        for one in self._proof:
            key, fitting = name_key(one.name), index.of_name_and_number(one) if one.masked else []
            unclear.update(fitting)
            note = _note("名单", listed[key], clear=bool(one.number) and not fitting)
            self.lines.append(ComparedLine(Standing.PROOF_ONLY, None, one, None, note))
        for at, person in enumerate(self._roster):
            key = name_key(person.name)
            note = _note("证明", printed[key], clear=key in numbered and at not in unclear)
            self.lines.append(ComparedLine(Standing.ROSTER_ONLY, person, None, None, note))

    def _keep_paired(self, ones: Sequence[ProofPerson], pairs: Sequence[tuple[int, int]]) -> None:
        self._keep([(ones[one], self._roster[at]) for one, at in pairs], By.MASKED)

    def _keep(self, pairs: Sequence[tuple[ProofPerson, RosterPerson]], by: By) -> None:
        for one, person in pairs:
            same = not one.name or names_agree(one.name, person.name)
            standing = Standing.AGREES if same else Standing.NAME_DIFFERS
            self.lines.append(ComparedLine(standing, person, one, by, _stopped(one)))
        gone, found = {id(one) for one, _ in pairs}, {id(person) for _, person in pairs}
        self._proof = [one for one in self._proof if id(one) not in gone]
        self._roster = [person for person in self._roster if id(person) not in found]


class _Index:
    """Who of a roster may be meant, without a look at everyone for each."""

    def __init__(self, roster: Sequence[RosterPerson]) -> None:
        self._roster = roster
        self._by_name: dict[str, list[int]] = {}
        self._by_end: dict[str, list[int]] = {}
        for at, person in enumerate(roster):
            self._by_name.setdefault(name_key(person.name), []).append(at)
            self._by_end.setdefault(person.identity[-_END:], []).append(at)

    def of_name_and_number(self, one: ProofPerson) -> list[int]:
        if HIDDEN not in one.name:
            near = self._by_name.get(name_key(one.name), [])
            return [at for at in near if fits(one.number, self._roster[at].identity)]
        return [at for at in self.of_number(one) if names_agree(one.name, self._roster[at].name)]

    def of_number(self, one: ProofPerson) -> list[int]:
        end = one.number[-_END:]
        near = range(len(self._roster)) if HIDDEN in end else self._by_end.get(end, [])
        return [at for at in near if fits(one.number, self._roster[at].identity)]

    def of_another_name(self, one: ProofPerson) -> list[int]:
        """Few digits are alike by chance: then the names must have something in common."""
        near = self.of_number(one)
        if known_digits(one.number) >= _SURE:
            return near
        return [at for at in near if set(one.name) & set(self._roster[at].name)]


def _stopped(one: ProofPerson | None) -> str:
    return f"证明上写的是“{one.stopped}”,请核对" if one is not None and one.stopped else ""


def _note(other: str, of_name: int, *, clear: bool) -> str:
    """What to say of namesakes on the other side; `clear` where the number is another one."""
    if not of_name:
        return ""
    if of_name == 1 and clear:
        return f"{other}里有同名的人,号码对不上,请核对号码"
    return f"{other}里同名的有{of_name}人,分不清是哪一位,请核对号码"
