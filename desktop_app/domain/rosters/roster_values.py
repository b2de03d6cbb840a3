"""What a roster check gives: people that may be stored, rows to mend, findings, counts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple

from db.codes import IdentityKind, Sex
from desktop_app.domain.issues import Finding


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


@dataclass(frozen=True, slots=True)
class RosterReport:
    """The answer on one file; rows_read = accepted + rejected + skipped."""

    rows_read: int
    accepted: tuple[RosterRow, ...]
    refused: tuple[RefusedRow, ...]
    skipped: int
    findings: tuple[Finding, ...]
    headings: tuple[tuple[str | None, int, str], ...] = ()  # sheet, row, the identity's column

    @property
    def rejected(self) -> int:
        return len(self.refused)

    def identity_column(self, sheet: str | None, row: int) -> str | None:
        """The letter under which a row has its identity number: blocks of a sheet may differ."""
        above = [letter for name, at, letter in self.headings if name == sheet and at <= row]
        return above[-1] if above else None


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


def file_report(finding: Finding) -> RosterReport:
    """The report on a file that could not be read, so that its answer has the same shape."""
    return RosterReport(0, (), (), 0, (finding,))
