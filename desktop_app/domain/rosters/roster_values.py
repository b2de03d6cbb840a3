"""What a roster check gives: people that may be stored, rows to mend, findings, counts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from db.codes import IdentityKind, Sex
from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.repairs import Repair
from desktop_app.domain.tables import column_letter


class RosterRow(NamedTuple):
    """One accepted person. A named tuple: a roster may have 200,000 of them."""

    sheet: str | None
    row: int
    name: str
    identity: str  # 18 characters in capitals; 15 for the old card of foreigners
    identity_kind: IdentityKind
    sex: Sex | None
    born: datetime.date | None
    phone: str | None
    bank_card: str | None
    plans: tuple[str, ...] | None  # where the roster names them
    shares: int | None
    remark: str | None
    over_age: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row to be mended: its cells as text by field, and the codes of its errors."""

    sheet: str | None
    row: int
    cells: dict[str, str]
    codes: tuple[str, ...]


class Block(NamedTuple):
    """Rows under one heading; a sheet has a second one where a repeated heading differs."""

    sheet: str | None
    row: int  # from which on it holds; 0 for the sheet's first
    letter: str  # of the identity's column
    columns: Mapping[str, int]
    below: int  # the row of the heading's last line


@dataclass(frozen=True, slots=True)
class RosterReport:
    """The answer on one file; rows_read = accepted + rejected + skipped."""

    rows_read: int
    accepted: tuple[RosterRow, ...]
    refused: tuple[RefusedRow, ...]
    skipped: int
    findings: tuple[Finding, ...]
    headings: tuple[Block, ...] = ()
    repairs: tuple[Repair, ...] = ()  # of all cells that could be repaired, taken or not
    edits: tuple[Repair, ...] = ()  # what was typed over cells

    @property
    def rejected(self) -> int:
        return len(self.refused)

    def identity_column(self, sheet: str | None, row: int) -> str | None:
        return self.column_of("identity", sheet, row)

    def column_of(self, field: str, sheet: str | None, row: int) -> str | None:
        """The letter under which a row has a field: blocks of a sheet may differ."""
        above = [one for one in self.headings if one.sheet == sheet and one.row <= row]
        at = above[-1].columns.get(field) if above else None
        return None if at is None else column_letter(at)


def report_document(report: RosterReport) -> dict[str, Any]:
    """The report as the command `roster check` prints it."""
    return {
        "rows_read": report.rows_read,
        "accepted": len(report.accepted),
        "rejected": report.rejected,
        "skipped": report.skipped,
        "findings": [
            {
                "sheet": finding.sheet,
                "row": finding.row,
                "column": finding.column,
                "code": finding.code,
                "severity": finding.severity.value,
                "message": finding.message,
            }
            for finding in report.findings
        ],
    }


def repairs_document(report: RosterReport) -> dict[str, Any]:
    """What the report's document has besides where the repairs are asked for."""
    return {"repairs": [asdict(one) for one in report.repairs]}


def file_report(finding: Finding) -> RosterReport:
    """The report on a file that could not be read, so that its answer has the same shape."""
    return RosterReport(0, (), (), 0, (finding,))
