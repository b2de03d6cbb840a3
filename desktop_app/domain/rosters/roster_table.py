"""Every row of a roster's file with what is said of it, judged anew where a cell is typed over."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.headings import FIELD_NAMES, Chosen, is_heading
from desktop_app.domain.rosters.last_roster import LastRoster
from desktop_app.domain.rosters.repairs import CellKey, Changes
from desktop_app.domain.rosters.roster_cells import text_of
from desktop_app.domain.rosters.roster_people import PersonRules
from desktop_app.domain.rosters.roster_values import Block, RosterReport
from desktop_app.domain.rosters.rosters import FileCheck
from desktop_app.domain.tables import Line, Workbook

TWICE = "duplicate-in-file"
CLEANED = "cleaned"
HIDDEN = "hidden-rows"  # of several rows, told at the first
_GRAVITY = {one: at for at, one in enumerate(Severity)}  # errors come first
_SKIPPED = frozenset(("blank-row", "total-row", "title-row"))
_RowKey = tuple[str | None, int]


class Standards(NamedTuple):
    """What the rows are judged by, as for the whole file."""

    rules: PersonRules
    chosen: Chosen
    last: Callable[[], LastRoster] | None


class RosterTable:
    """The rows of a file by number from 0. It is not saved: a plan is made of its `changes`.

    Args:
        besides: what others than the file's own rules say of its rows, such as the ledger; it
            holds as long as the row has that name and number.
    """

    def __init__(
        self,
        workbook: Workbook,
        report: RosterReport,
        standards: Standards,
        changes: Changes,
        besides: Iterable[Finding] = (),
    ) -> None:
        self._by, self._changes = standards, changes
        self._lines: list[tuple[Block, Line]] = list(_lines(workbook, report, changes))
        self._at = {(block.sheet, line.row): at for at, (block, line) in enumerate(self._lines)}
        self._told: dict[int, tuple[Finding, ...]] = {}  # what a row is told by itself
        self._people: dict[str, list[int]] = {}  # identity -> its faultless rows, in order
        self._identity: dict[int, str] = {}
        self._codes: dict[int, frozenset[str]] = {}  # of rows that are told something
        self._counts: Counter[str] = Counter()
        self._undo: list[tuple[CellKey, str | None]] = [
            (key, None) for key in changes.edits if key[:2] in self._at
        ]  # in the order in which they were typed
        self._fill(report)
        self._besides: dict[int, list[tuple[Finding, str]]] = {}
        for finding in besides:
            at = self._at[finding.sheet, finding.row or 0]
            self._besides.setdefault(at, []).append((finding, self._who(at)))
        self._count(sorted({*self._told, *self._besides, *_twice(self._people)}))
        named = {name for block in report.headings for name in block.columns}
        self.fields = tuple(name for name in FIELD_NAMES if name in named)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def changes(self) -> Changes:
        return self._changes

    def place(self, at: int) -> _RowKey:
        block, line = self._lines[at]
        return block.sheet, line.row

    def text(self, at: int, field: str) -> str:
        """What stands in a cell, with what was typed over it."""
        block, line = self._lines[at]
        typed = self._changes.edits.get((block.sheet, line.row, field))
        if typed is not None:
            return typed
        column = block.columns.get(field, len(line.cells))
        return text_of(line.cells[column]) if column < len(line.cells) else ""

    def is_edited(self, at: int, field: str) -> bool:
        return (*self.place(at), field) in self._changes.edits

    def may_edit(self, at: int, field: str) -> bool:
        block, line = self._lines[at]
        return field in block.columns and not is_heading(line.cells, self._by.chosen)

    def findings(self, at: int) -> tuple[Finding, ...]:
        """What a row is told; of two rows with one number the later is refused."""
        told = self._told.get(at, ())
        if at in self._besides:
            who = self._who(at)
            told += tuple(one for one, whose in self._besides[at] if whose == who)
        rows = self._people.get(self._identity.get(at, ""), ())
        if len(rows) < 2:
            return told
        first = rows[0] == at
        if not first:
            told = tuple(one for one in told if one.code != CLEANED)  # told of taken rows only
        sheet, row = self.place(at)
        other_sheet, other = self.place(rows[1] if first else rows[0])
        where = f"第{other}行" if other_sheet == sheet else f"“{other_sheet}”第{other}行"
        rest = "本行已采用,请核对" if first else "请删去多余的一行"
        message = f"第{row}行 与{where}是同一身份证号,{rest}"
        severity = Severity.WARNING if first else Severity.ERROR
        letter = self._lines[at][0].letter
        return (*told, Finding(sheet, row, letter, TWICE, severity, message, "identity"))

    def worst(self, at: int) -> Severity | None:
        """The gravest severity of a row; None for a row without a word."""
        codes = self._codes.get(at, ())
        return next((one for one in Severity if one.value in codes), None)

    def is_skipped(self, at: int) -> bool:
        return any(one.code in _SKIPPED for one in self._told.get(at, ()))

    @property
    def counts(self) -> Counter[str]:
        """How many rows have each code, and each severity as their gravest."""
        return self._counts

    def rows_with(self, code: str) -> list[int]:
        """The rows that have a code, or a severity as their gravest, in order."""
        return sorted([at for at, codes in tuple(self._codes.items()) if code in codes])

    def rows_saying(self, rows: Sequence[int], text: str) -> list[int]:
        """Those of the rows that have a text in a cell."""
        wanted = text.strip().upper()
        return [
            at
            for at in rows
            if any(wanted in self.text(at, field).upper() for field in self.fields)
        ]

    def edited_rows(self) -> list[int]:
        rows = {(sheet, row) for sheet, row, _field in self._changes.edits}
        return sorted(self._at[one] for one in rows if one in self._at)

    def put(self, at: int, field: str, text: str) -> set[int]:
        """Type over a cell; gives the rows that are told something else now."""
        key = (*self.place(at), field)
        if not self.may_edit(at, field) or text == self.text(at, field):
            return set()
        self._undo.append((key, self._changes.edits.get(key)))
        return self._lay(key, text)

    def undo(self) -> set[int]:
        """Take the last typed cell back."""
        if not self._undo:
            return set()
        return self._lay(*self._undo.pop())

    @property
    def last_edited(self) -> int | None:
        """The row that was typed into last."""
        return self._at[self._undo[-1][0][:2]] if self._undo else None

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def _who(self, at: int) -> str:
        return f"{self.text(at, 'name')} {self._identity.get(at)}"

    def _lay(self, key: CellKey, text: str | None) -> set[int]:
        edits = dict(self._changes.edits)
        edits.pop(key, None)
        if text is not None:
            edits[key] = text
        self._changes = replace(self._changes, edits=edits)
        at = self._at[key[:2]]
        touched = {at, *self._people.get(self._identity.get(at, ""), ())}
        self._leave(at)
        self._judge(at)
        touched |= set(self._people.get(self._identity.get(at, ""), ()))
        self._count(touched)
        return touched

    def _count(self, rows: Iterable[int]) -> None:
        for at in rows:
            self._counts.subtract(self._codes.pop(at, ()))
            found = self.findings(at)
            if found:
                worst = min(found, key=lambda one: _GRAVITY[one.severity]).severity
                self._codes[at] = frozenset((*(one.code for one in found), worst.value))
                self._counts.update(self._codes[at])

    def _judge(self, at: int) -> None:
        block, line = self._lines[at]
        sheet, row = block.sheet, line.row
        typed: Mapping[CellKey, str] = {
            (sheet, row, field): self._changes.edits[sheet, row, field]
            for field in block.columns
            if (sheet, row, field) in self._changes.edits
        }
        mine = replace(self._changes, edits=typed)
        check = FileCheck(self._by.rules, self._by.chosen, mine, self._by.last)
        report = check.read_line(block, line)
        if report.findings:
            self._told[at] = report.findings
        for person in report.accepted:
            self._enter(at, person.identity)

    def _enter(self, at: int, identity: str) -> None:
        self._identity[at] = identity
        insort(self._people.setdefault(identity, []), at)

    def _leave(self, at: int) -> None:
        self._told.pop(at, None)
        identity = self._identity.pop(at, None)
        if identity is not None:
            self._people[identity].remove(at)

    def _fill(self, report: RosterReport) -> None:
        """Take over what the whole file was told; only rows of one number are judged again."""
        told: dict[int, list[Finding]] = {}
        twice: set[int] = set()
        for finding in report.findings:
            at = self._at.get((finding.sheet, finding.row or 0))
            if at is None:
                continue
            if finding.code == TWICE:
                twice.add(at)
            elif finding.code != HIDDEN:
                told.setdefault(at, []).append(finding)
        self._told = {at: tuple(found) for at, found in told.items()}
        for person in report.accepted:
            at = self._at[person.sheet, person.row]
            self._identity[at] = person.identity
            self._people[person.identity] = [at]
        for at in sorted(twice):
            self._leave(at)
            self._judge(at)


def _twice(people: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """The rows whose number stands in another row, too."""
    return (at for rows in people.values() if len(rows) > 1 for at in rows)


def _lines(
    workbook: Workbook, report: RosterReport, changes: Changes
) -> Iterator[tuple[Block, Line]]:
    """The rows below each read sheet's heading that have something in them, with their heading.

    Hidden rows are among them unless they are left out.
    """
    for sheet in workbook.sheets:
        blocks = [one for one in report.headings if one.sheet == sheet.name]
        if not blocks:
            continue
        block, later = blocks[0], blocks[1:]
        for line in sheet.lines:
            if line.row <= block.below and block is blocks[0]:
                continue
            left = line.hidden and not changes.hidden_rows
            if not left and any(cell not in (None, "") for cell in line.cells):
                yield block, line
            if later and line.row >= later[0].row:
                block, later = later[0], later[1:]
