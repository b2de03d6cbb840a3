"""《需更正》 of last year's books: the refused rows of all files, to be mended and read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.codes import RowState
from db.models.imports import ImportBatch
from db.queries import openings
from desktop_app.documents.corrections import Corrections, UnitRows
from desktop_app.domain.issues import Finding
from desktop_app.domain.openings.opening_headings import UNIT_NAMES
from desktop_app.domain.rosters.rosters import RefusedRow, RosterReport
from desktop_app.services.openings.opening_rows import FILE, UNIT, refused_of
from desktop_app.services.rosters.roster_rows import finding_of


def letter_of(
    session: Session, batches: Sequence[ImportBatch], office: str, on: date
) -> Corrections:
    """Gather what is refused; each row stands under the name of its file and sheet."""
    names = {batch.id: batch.file_name for batch in batches}
    refused: dict[bool, list[RefusedRow]] = {True: [], False: []}
    findings: dict[bool, list[Finding]] = {True: [], False: []}
    for row in openings.rows_of(session, list(names), RowState.PARKED):
        if row.cells["kind"] == FILE:
            continue
        of_unit = row.cells["kind"] == UNIT
        bad = refused_of(row, names[row.batch_id])
        refused[of_unit].append(bad)
        findings[of_unit] += [
            Finding(bad.sheet, bad.row, one.column, one.code, one.severity, one.message, one.field)
            for one in map(finding_of, row.findings)
        ]
    read, accepted = (sum(getattr(b, of) for b in batches) for of in ("rows_read", "accepted"))
    people = RosterReport(read, (), tuple(refused[False]), read - accepted, tuple(findings[False]))
    units = UnitRows(UNIT_NAMES, tuple(refused[True]), tuple(findings[True]))
    source = "、".join(dict.fromkeys(names.values()))[:200]
    return Corrections("期初建账", source, on, office, people, units=units)
