"""What is said of a statement's file when it is looked at or stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NEW, KNOWN = "new", "known"
Row = tuple[str | None, int]  # the sheet's name where the file has sheets, and the row


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A file and what a person says of it.

    Args:
        account: the number of the office's account; empty where the file says it.
        new_account: whether the account may be new to the ledger.
        columns: headings, or `@` and a letter, with their fields; None as the last time.
        whole_days: whether the file has its first and last day whole; None as the last time.
        doubtful: what all doubtful lines are that `rows` does not name: new, known, or nothing.
        rows: what single doubtful lines are.
        again: whether each of two accounts has these lines, as a person says.
        sha256: of the file as it was looked at; None where nobody looked.
    """

    path: Path
    account: str = ""
    new_account: bool = False
    columns: tuple[tuple[str, str], ...] | None = None
    whole_days: bool | None = None
    doubtful: str = ""
    rows: tuple[tuple[Row, str], ...] = ()
    sha256: str | None = None
    again: bool = False
