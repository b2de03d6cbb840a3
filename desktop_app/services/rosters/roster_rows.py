"""Rows of a plan as they wait in import_row, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from db.codes import IdentityKind, RowState, Sex
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.rosters import RosterReport, RosterRow

_Key = tuple[str | None, int]


def waiting_rows(
    batch_id: int, report: RosterReport, extra: dict[_Key, Finding]
) -> Iterator[dict[str, Any]]:
    """Give the rows that are refused or told of; `extra` refuses by the ledger's knowledge."""
    findings: dict[_Key, list[Any]] = {}
    for finding in (*report.findings, *extra.values()):
        if finding.row is not None:
            findings.setdefault((finding.sheet, finding.row), []).append(as_list(finding))
    seq = 0
    refused = (row for row in report.accepted if (row.sheet, row.row) in extra) if extra else ()
    for row in refused:
        seq += 1
        key = (row.sheet, row.row)
        found = findings.pop(key, [])
        yield waiting_row((batch_id, seq, key), RowState.PARKED, _cells(row), found)
    for bad in report.refused:
        seq += 1
        key = (bad.sheet, bad.row)
        yield waiting_row((batch_id, seq, key), RowState.PARKED, bad.cells, findings.pop(key, []))
    for key, found in findings.items():
        seq += 1
        yield waiting_row((batch_id, seq, key), RowState.SKIPPED, {}, found)


def packed(rows: Iterable[RosterRow]) -> bytes:
    """The good rows of a file in a few bytes each, for the batch that waits."""
    told = json.dumps([[row.sheet, row.row, *person_cells(row)] for row in rows])
    return zlib.compress(told.encode(), 1)


def unpacked(waiting: bytes | None) -> list[RosterRow]:
    """The good rows that wait with a batch."""
    told = json.loads(zlib.decompress(waiting)) if waiting else []
    return [person_of(sheet, row, stored) for sheet, row, *stored in told]


def as_list(finding: Finding) -> list[Any]:
    return [
        finding.sheet,
        finding.row,
        finding.column,
        finding.code,
        finding.severity.value,
        finding.message,
        finding.field,
    ]


def finding_of(stored: list[Any]) -> Finding:
    sheet, row, column, code, severity, message, field = stored
    return Finding(sheet, row, column, code, Severity(severity), message, field)


def person_of(sheet: str | None, row_no: int, stored: list[Any]) -> RosterRow:
    name, identity, kind, sex, born, phone, card, plans, shares, remark, over_age = stored
    return RosterRow(
        sheet,
        row_no,
        name,
        identity,
        IdentityKind(kind),
        Sex(sex) if sex else None,
        date.fromisoformat(born) if born else None,
        phone,
        card,
        tuple(plans) if plans is not None else None,
        shares,
        remark,
        over_age,
    )


def person_cells(row: RosterRow) -> list[Any]:
    return [
        row.name,
        row.identity,
        row.identity_kind.value,
        row.sex.value if row.sex else None,
        row.born.isoformat() if row.born else None,
        row.phone,
        row.bank_card,
        list(row.plans) if row.plans is not None else None,
        row.shares,
        row.remark,
        row.over_age,
    ]


def _cells(row: RosterRow) -> dict[str, str]:
    cells = {"name": row.name, "identity": row.identity, "phone": row.phone or ""}
    return cells | ({"bank_card": row.bank_card} if row.bank_card else {})


def waiting_row(
    place: tuple[int, int, _Key], state: RowState, cells: Any, findings: list[Any]
) -> dict[str, Any]:
    """One row of import_row; `place` is its batch, its number there, and sheet and row."""
    batch_id, seq, (sheet, row_no) = place
    return {
        "batch_id": batch_id,
        "seq": seq,
        "sheet": sheet,
        "row_no": row_no,
        "state_code": state,
        "cells": cells,
        "findings": findings,
    }
