"""Rows of a plan as they wait in import_row, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

from db.codes import IdentityKind, RowState, Sex
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.rosters import RosterReport, RosterRow

_Key = tuple[str | None, int]
_AS_ROW = partial(tuple.__new__, RosterRow)  # a third of the time of calling it
_MEANT: dict[str, dict[Any, Any]] = {
    "identity_kind": {kind.value: kind for kind in IdentityKind},
    "sex": {None: None, **{sex.value: sex for sex in Sex}},
}


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


def packed(rows: Sequence[RosterRow]) -> bytes:
    """The good rows of a file in a few bytes each, for the batch that waits.

    Column by column: what all rows share, such as the sheet, stands there once.
    """
    columns = dict(zip(RosterRow._fields, map(list, zip(*rows, strict=True)), strict=False))
    if rows:
        columns["born"] = [None if born is None else born.isoformat() for born in columns["born"]]
    told = {name: _once(values) for name, values in columns.items()}
    return zlib.compress(json.dumps({"rows": len(rows), "columns": told}).encode(), 1)


def unpacked(waiting: bytes | None) -> list[RosterRow]:
    """The good rows that wait with a batch."""
    told = json.loads(zlib.decompress(waiting)) if waiting else []
    if isinstance(told, list):  # as former versions kept them, row by row
        return [person_of(sheet, row, stored) for sheet, row, *stored in told]
    if not told["rows"]:
        return []
    columns = {name: _each(values, told["rows"]) for name, values in told["columns"].items()}
    for name, meant in _MEANT.items():
        columns[name] = map(meant.__getitem__, columns[name])
    columns["born"] = map(_born, columns["born"])
    columns["plans"] = (None if plans is None else tuple(plans) for plans in columns["plans"])
    places = (columns[name] for name in RosterRow._fields)
    return list(map(_AS_ROW, zip(*places, strict=True)))


def _once(values: list[Any]) -> list[Any]:
    first = values[0]
    return [first] if values.count(first) == len(values) else values


def _each(values: list[Any], count: int) -> Iterable[Any]:
    return repeat(values[0], count) if len(values) == 1 else values


def _born(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


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
