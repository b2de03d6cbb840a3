"""What users type into a form, checked and saved by an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """What is typed to register a unit; kind is a db.codes.UnitKind value."""

    name: str
    kind: str
    employer_code: str | None = None
    union_code: str | None = None
    town: str | None = None
    area: str | None = None
    at_work: int | None = None
    women: int | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    payer_name: str | None = None
    payer_account: str | None = None
    payer_bank: str | None = None
    payer_bank_no: str | None = None
    invoice_title: str | None = None
    invoice_code: str | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentDraft:
    """What is said to begin an application.

    Args:
        handling: a db.codes.Handling value.
        plans: plan ids with the shares per person.
        at_work: the unit's workers on the payroll.
        women: the women among them.
        kind: a db.codes.EnrolmentKind value; None leaves it to the ledger.
        ends: last covered day of the cover that is renewed, where the ledger does not know it.
    """

    handling: str
    plans: tuple[tuple[str, int], ...]
    at_work: int
    women: int | None = None
    kind: str | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """What the bank slip says.

    `again`: the same slip or number stands in the books already, and this is another transfer.
    """

    amount_fen: int
    people: int | None
    paid_on: date
    payer_name: str
    payer_is_person: bool = False
    payer_account: str | None = None
    slip: Path | None = None
    slip_no: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """What of one transfer pays for one case."""

    enrolment_id: int
    fen: int
    people: int | None = None


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What is noted of a call; `about` is unreported, unpaid, unstamped or other."""

    about: str
    outcome: str | None = None
    spoke_with: str | None = None
    phone: str | None = None
    again_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What is typed to register a claim; without a member the person is known by words only.

    `again`: the person has a claim of the same day and plan already, and this is another one.
    """

    plan_key: str
    event_on: date
    member_id: int | None = None
    person_name: str = ""
    identity_no: str | None = None
    claimed_fen: int | None = None
    facts: Mapping[str, Any] | None = None  # of the event, as `rules benefit` takes them
    again: bool = False


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person's particulars as typed; an empty phone leaves the one that is known."""

    name: str
    identity: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class StartDraft:
    """What an office is asked at its start.

    Args:
        scheme: the id of a carried scheme.
        year: of the drive.
        target: the people it aims at, where the office was given a number.
        figures: key paths with their values; what is not among them stays open.
        document: name and number of the one document they all stand in.
    """

    scheme: str
    year: int
    target: int | None = None
    figures: tuple[tuple[str, int], ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class LoanDraft:
    """借阅: who takes a file of the archive, what for, and until when."""

    borrower: str
    purpose: str
    due_on: date
    borrower_of: str = ""


@dataclass(frozen=True, slots=True)
class SealDraft:
    """用印: which prints (by their numbers, or a case's by its 业务号), which seal, for whom."""

    numbers: tuple[str, ...]
    seal: str
    copies: int  # of each form
    used_on: date
    asked_by: str
    kept_by: str


@dataclass(frozen=True, slots=True)
class ReissueDraft:
    """A receipt given instead of one that was flushed in red.

    Args:
        red_no: number of the receipt in red.
        number: of the new one.
        issued_on: day of the new one.
        amount_fen: of the new one.
        reason: why the first was wrong.
    """

    red_no: str
    number: str
    issued_on: date
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeyDraft:
    """What opens the office's certificate file for one signature; it is stored nowhere.

    Args:
        password: of the PKCS#12 file; no repr tells it, so neither does a stored operation.
        file: where that file lies on this PC, where not in the place that was set.
    """

    password: str = field(default="", repr=False)
    file: Path | None = None
