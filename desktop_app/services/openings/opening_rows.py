"""Rows of last year's books as they wait in import_row, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.codes import RowState
from db.models.imports import ImportRow
from desktop_app.domain.issues import Finding
from desktop_app.domain.openings.opening_units import OpeningUnit, Taken, unit_key
from desktop_app.domain.rosters.rosters import RefusedRow
from desktop_app.services.openings.opening_reading import File, PlannedPerson
from desktop_app.services.rosters.roster_rows import as_list, person_cells, person_of, waiting_row

UNIT, PERSON, FILE = "unit", "person", "file"


@dataclass
class Accepted:
    """What waits to be stored, people by the key of their unit."""

    units: dict[str, OpeningUnit] = field(default_factory=dict)
    people: dict[str, list[PlannedPerson]] = field(default_factory=dict)

    @property
    def everyone(self) -> list[PlannedPerson]:
        return [person for people in self.people.values() for person in people]


def waiting_rows(batch_id: int, file: File) -> Iterator[dict[str, Any]]:
    """Give every row of a file with its state; a file that was not read is one row of its own."""
    found = _by_place(file.findings)
    seq = 0
    for place, state, cells in _rows(file):
        seq += 1
        findings = found.pop(place, [])
        yield waiting_row((batch_id, seq, _at(place)), state, cells, findings)
    for place, findings in found.items():
        seq += 1
        state = RowState.PARKED if place[1] is None else RowState.SKIPPED
        yield waiting_row((batch_id, seq, _at(place)), state, {"kind": FILE}, findings)


def accepted_of(rows: Iterable[ImportRow]) -> Accepted:
    found = Accepted()
    for row in rows:
        if row.cells["kind"] == UNIT:
            unit = _unit_of(row)
            found.units[unit_key(unit.name)] = unit
        else:
            person = _planned_of(row)
            found.people.setdefault(person.unit, []).append(person)
    return found


_Key = tuple[str | None, int | None]


def _rows(file: File) -> Iterator[tuple[_Key, RowState, dict[str, Any]]]:
    for unit in file.units:
        yield (unit.sheet, unit.row), RowState.ACCEPTED, {"kind": UNIT} | _unit_cells(unit)
    for person in file.people:
        place = (person.row.sheet, person.row.row)
        yield place, RowState.ACCEPTED, {"kind": PERSON} | _planned_cells(person)
    for kind, refused in ((UNIT, file.refused_units), (PERSON, file.refused_people)):
        for bad in refused:
            yield (bad.sheet, bad.row), RowState.PARKED, {"kind": kind, "texts": bad.cells}


def refused_of(row: ImportRow, file: str) -> RefusedRow:
    """A refused row under the name of its file and sheet."""
    sheet = " · ".join(filter(None, (file, row.sheet)))
    return RefusedRow(sheet, row.row_no, dict(row.cells.get("texts", {})), ())


def _by_place(findings: Iterable[Finding]) -> dict[_Key, list[Any]]:
    found: dict[_Key, list[Any]] = {}
    for finding in findings:
        found.setdefault((finding.sheet, finding.row), []).append(as_list(finding))
    return found


def _unit_cells(unit: OpeningUnit) -> dict[str, Any]:
    return {
        "unit": unit.name,
        "unit_kind": unit.kind,
        "texts": unit.texts,
        "counts": unit.counts,
        "plans": unit.plans,
        "shares": unit.shares,
        "fen": unit.taken.fen,
        "days": [_iso(unit.taken.first), _iso(unit.taken.last)],
    }


def _unit_of(row: ImportRow) -> OpeningUnit:
    cells = row.cells
    first, last = (_date(text) for text in cells["days"])
    return OpeningUnit(
        row.sheet,
        row.row_no,
        cells["unit"],
        cells["unit_kind"],
        cells["texts"],
        cells["counts"],
        tuple(cells["plans"]) if cells["plans"] is not None else None,
        cells["shares"],
        Taken(cells["fen"], first, last),
    )


def _planned_cells(person: PlannedPerson) -> dict[str, Any]:
    return {
        "person": person_cells(person.row),
        "unit": person.unit,
        "plans": person.plans,
        "days": [_iso(person.first), _iso(person.end)],
        "fen": person.fen,
    }


def _planned_of(row: ImportRow) -> PlannedPerson:
    cells = row.cells
    first, end = (date.fromisoformat(text) for text in cells["days"])
    plans = tuple((key, shares) for key, shares in cells["plans"])
    person = person_of(row.sheet, row.row_no, cells["person"])
    return PlannedPerson(person, cells["unit"], plans, first, end, cells["fen"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _at(place: _Key) -> tuple[str | None, int]:
    """Sheet and row; 0 where it is about the file as a whole."""
    sheet, row_no = place
    return sheet, row_no or 0
