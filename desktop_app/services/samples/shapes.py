"""Plain shapes of the sample county: what was invented, and what a check of it must find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.codes import Handling, PostCategory, Sex, UnitKind

Place = tuple[str | None, int]  # sheet (None in text files) and row as Excel shows it


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    identity: str
    sex: Sex
    born: date
    phone: str
    card: str
    post: PostCategory


@dataclass(frozen=True, slots=True)
class Expected:
    """What reading a roster must answer, under the Xianfeng scheme on the county's day."""

    accepted: int
    rejected: int
    skipped: int
    women: int  # among the accepted
    codes: Mapping[Place, frozenset[str]]  # rows without a finding are absent

    @property
    def rows_read(self) -> int:
        return self.accepted + self.rejected + self.skipped


@dataclass(frozen=True, slots=True)
class SampleSlip:
    """The figures on a bank slip's picture."""

    number: str
    paid_on: date
    amount_fen: int
    people: int


@dataclass(frozen=True, slots=True)
class SampleUnit:
    name: str
    employer_code: str
    union_code: str
    kind: UnitKind
    town: str
    area: str
    at_work: int
    women: int
    contact_name: str
    phone: str
    payer_name: str
    payer_account: str
    payer_bank: str
    handling: Handling
    plans: tuple[str, ...]
    shares: int
    joining: int  # people who join this year
    workers: tuple[Person, ...]  # the payroll, the first `joining` of it join
    accepted: tuple[Person, ...]  # those whose line is good
    folder: Path
    roster: Path | None
    proof: Path | None
    over_age_proof: Path | None
    certificate: Path
    union_certificate: Path
    slip: Path | None
    slip_facts: SampleSlip | None
    expected: Expected | None


@dataclass(frozen=True, slots=True)
class SampleClaim:
    """A worker's stay in hospital, with the pictures he brings."""

    unit_name: str
    person: Person
    plan: str
    event_on: date
    hospital: str
    claimed_fen: int
    papers: Mapping[str, Path]  # the paper's Chinese name -> picture


@dataclass(frozen=True, slots=True)
class County:
    office_name: str
    areas: tuple[tuple[str, str], ...]  # area and the person who answers for it
    units: tuple[SampleUnit, ...]
    fees_fen: Mapping[str, int]  # invented figures by plan: demonstration only
    claims: tuple[SampleClaim, ...]
    ledger: Path
    folder: Path
    on: date
