"""Last year's books as they came in a workbook: units, people, who is of which unit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop_app.domain.issues import Finding, Problem, Severity
from desktop_app.domain.money import yuan
from desktop_app.domain.openings.opening_headings import UNIT_NAMES, beside_people, unit_heading
from desktop_app.domain.openings.opening_units import (
    OpeningUnit,
    Taken,
    Told,
    judge_unit,
    read_taken,
    unit_name,
    without_errors,
)
from desktop_app.domain.rosters import unread
from desktop_app.domain.rosters.roster_cells import text_of
from desktop_app.domain.rosters.roster_rows import TOTALS
from desktop_app.domain.rosters.rosters import RefusedRow, RosterRow, read_roster
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Sheet, Workbook, column_letter
from desktop_app.domain.texts import clean

_NOTHING = (
    "没有找到单位表或名单的表头:单位表要有“单位名称”和“统一社会信用代码”等列,"
    "名单要有“姓名”和“身份证号”两列"
)
_Key = tuple[str | None, int]


class OpeningPerson(NamedTuple):
    """A person as last year's roster has him, and the unit that his row names."""

    row: RosterRow
    unit: str | None
    taken: Taken

    @property
    def texts(self) -> dict[str, str]:
        """His row as text by field, for whoever has to mend it."""
        row, taken = self.row, self.taken
        texts = {
            "unit": self.unit,
            "name": row.name,
            "identity": row.identity,
            "phone": row.phone,
            "plans": "、".join(row.plans or ()),
            "shares": str(row.shares or ""),
            "fen": yuan(taken.fen) if taken.fen is not None else "",
            "first": taken.first.isoformat() if taken.first is not None else "",
            "last": taken.last.isoformat() if taken.last is not None else "",
        }
        return {field: text for field, text in texts.items() if text}


@dataclass(frozen=True, slots=True)
class OpeningBook:
    """One file: rows_read = units + people + refused of both + skipped."""

    rows_read: int
    units: tuple[OpeningUnit, ...]
    people: tuple[OpeningPerson, ...]
    refused_units: tuple[RefusedRow, ...]
    refused_people: tuple[RefusedRow, ...]
    skipped: int
    findings: tuple[Finding, ...]
    titles: str  # the file's name and the first lines of its sheets, where a unit may be named


def read_opening(
    workbook: Workbook,
    scheme: Scheme,
    on: datetime.date,
    encodable: Callable[[str], str] | None = None,
) -> OpeningBook:
    """Judge a workbook of last year: every visible sheet is a table of units, a roster, or passed.

    Args:
        workbook: the file's cells.
        scheme: whose ages, plans and share limits apply.
        on: the day the ages are counted on.
        encodable: gives the characters of a name that no carried font can draw.
    """
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    tables = _Tables(scheme)
    for sheet in visible:
        tables.read(sheet)
    rosters = tuple(sheet for sheet in visible if beside_people(sheet.lines) is not None)
    hidden = tuple(sheet for sheet in workbook.sheets if sheet.hidden)  # told of, not read
    lists = replace(workbook, sheets=(*rosters, *hidden))
    people, refused, skipped = _people(lists, scheme, on, encodable)
    findings = (*tables.findings, *people.findings, *_unread(visible))
    if not rosters and not tables.count:
        nothing = Finding(None, None, None, "header-not-found", Severity.ERROR, _NOTHING)
        findings = (nothing,)
    return OpeningBook(
        tables.rows_read + people.rows_read,
        tuple(tables.units),
        people.people,
        tuple(tables.refused),
        refused,
        tables.skipped + skipped,
        findings,
        "".join((workbook.file_name, *_titles(visible))),
    )


class _Tables:
    """The tables of units of one file on their way through the rules."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.count = self.rows_read = self.skipped = 0
        self.units: list[OpeningUnit] = []
        self.refused: list[RefusedRow] = []
        self.findings: list[Finding] = []

    def read(self, sheet: Sheet) -> None:
        found = unit_heading(sheet.lines)
        if found is None:
            return
        self.count += 1
        for line in sheet.lines[found.below :]:
            first = next((text_of(cell) for cell in line.cells if text_of(cell).strip()), "")
            if not first:
                continue
            self.rows_read += 1
            if clean(first).replace(" ", "").startswith(TOTALS):
                self.skipped += 1
                continue
            place = (sheet.name, line.row)
            unit, told = judge_unit(place, line.cells, found.columns, self._scheme)
            self.findings += _findings(place, told, found.columns)
            if unit is not None:
                self.units.append(unit)
                continue
            cells = without_errors(line.cells, found.columns, [])
            texts = {field: text_of(cell) for field, cell in cells.items() if field in UNIT_NAMES}
            codes = tuple(p.code for _, p in told if p.severity is Severity.ERROR)
            self.refused.append(RefusedRow(*place, texts, codes))


@dataclass(frozen=True, slots=True)
class _People:
    rows_read: int
    people: tuple[OpeningPerson, ...]
    findings: tuple[Finding, ...]


def _people(
    rosters: Workbook, scheme: Scheme, on: datetime.date, encodable: Callable[[str], str] | None
) -> tuple[_People, tuple[RefusedRow, ...], int]:
    """People of the rosters; a wrong amount or day beside one refuses his row as well."""
    if not rosters.sheets:
        return _People(0, (), ()), (), 0
    report = read_roster(rosters, scheme=scheme, on=on, encodable=encodable)
    shown = [sheet for sheet in rosters.sheets if not sheet.hidden]
    beside = {(sheet.name, row): said for sheet in shown for row, said in _beside(sheet)}
    people, findings = [], [one for one in report.findings if shown or one.row is not None]
    refused = [
        replace(bad, cells=bad.cells | beside[bad.sheet, bad.row].texts) for bad in report.refused
    ]
    for row in report.accepted:
        said = beside[row.sheet, row.row]
        person = OpeningPerson(row, said.unit, said.taken)
        findings += said.findings
        if said.findings:
            codes = tuple(finding.code for finding in said.findings)
            refused.append(RefusedRow(row.sheet, row.row, person.texts | said.texts, codes))
        else:
            people.append(person)
    found = _People(report.rows_read, tuple(people), tuple(findings))
    return found, tuple(refused), report.skipped


class _Said(NamedTuple):
    """What a row of a roster says besides its person."""

    unit: str | None
    taken: Taken
    findings: list[Finding]
    texts: dict[str, str]


def _beside(sheet: Sheet) -> Iterator[tuple[int, _Said]]:
    below, columns = beside_people(sheet.lines) or (0, {})
    wanted = {field: at for field, at in columns.items() if field not in ("plans", "shares")}
    for line in sheet.lines[below:]:
        told: list[Told] = []
        values = without_errors(line.cells, wanted, told)
        unit = unit_name(values) or None
        taken = read_taken(values, told)
        found = _findings((sheet.name, line.row), told, wanted)
        texts = {field: text_of(cell) for field, cell in values.items()}
        yield line.row, _Said(unit, taken, found, texts)


def _findings(place: _Key, told: Sequence[Told], columns: Mapping[str, int]) -> list[Finding]:
    sheet, row = place
    return [_finding(sheet, row, field, problem, columns) for field, problem in told]


def _finding(
    sheet: str | None, row: int, field: str, problem: Problem, columns: Mapping[str, int]
) -> Finding:
    letter = column_letter(columns[field]) if field in columns else None
    message = f"第{row}行 {problem.message}"
    return Finding(sheet, row, letter, problem.code, problem.severity, message, field)


def _unread(visible: Sequence[Sheet]) -> Iterator[Finding]:
    """People on sheets that are neither a table of units nor a roster."""
    for sheet in visible:
        if unit_heading(sheet.lines) is None and beside_people(sheet.lines) is None:
            seen = unread.people_without_heading(sheet.lines)
            if seen is not None:
                at, message = (sheet.name, *seen), unread.sheet_message(sheet.name or "")
                yield Finding(*at, "sheet-unread", Severity.WARNING, message, "identity")


def _titles(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets[:3]:
        for line in sheet.lines[:4]:
            yield from (cell for cell in line.cells if isinstance(cell, str))
