"""Bank statements: what a file would bring in, what is stored, plain values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.columns import Placed


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a file that is looked at.

    Args:
        standing: new, known or doubtful.
        like: of a doubtful line: the stored one that it may be, in words.
    """

    sheet: str | None
    row: int
    day: date
    time: time | None
    amount_fen: int
    balance_fen: int | None
    name: str
    account: str
    memo: str
    reference: str
    standing: str
    like: str = ""


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """What a file would bring in; nothing is saved.

    Args:
        account: the number of the account whose statement it is; empty where nobody said.
        account_known: whether the ledger has that account.
        stored_as: the statement that this very file came in as; 0 where it did not.
        elsewhere: what another account has of it, in words; empty where none has anything.
        elsewhere_remedy: what to do about that.
        elsewhere_file: whether another account has this very file, so that it may not be stored.
        unclear: why it cannot be stored as it is, in words; empty where it can.
        chosen: what is said of its columns, by a person now or before.
    """

    file_name: str
    file_sha256: str
    account: str
    account_name: str
    account_known: bool
    stored_as: int
    first_on: date | None
    last_on: date | None
    whole_days: bool
    rows_read: int
    refused: int
    skipped: int
    new: int
    known: int
    doubtful: int
    new_in_fen: int
    new_out_fen: int
    unclear: str
    columns: tuple[Placed, ...]
    asked: tuple[str, ...]  # letters of columns that a person has to speak of
    chosen: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    lines: tuple[PlannedLine, ...]
    elsewhere: str = ""
    elsewhere_remedy: str = ""
    elsewhere_file: bool = False


@dataclass(frozen=True, slots=True)
class AccountView:
    id: int
    number: str
    name: str
    lines: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class GapView:
    """Balances of an account that do not join, and the same as a sentence."""

    account: str
    after_on: date
    balance_fen: int
    before_on: date
    begins_fen: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementView:
    id: int
    account: str
    file_name: str
    first_on: date
    last_on: date
    lines: int
    new_lines: int
    imported_at: datetime
    state: str
    state_label: str
    note: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A stored line, and where it was first seen.

    Args:
        used: it is booked as a transfer.
        mark_label: the kind of what is no contribution; empty where it may be one.
    """

    id: int
    account: str
    day: date
    time: time | None
    amount_fen: int
    balance_fen: int | None
    name: str
    other_account: str
    memo: str
    reference: str
    used: bool
    where: str
    mark_label: str = ""
