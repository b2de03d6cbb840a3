"""A unit's roster: every row of every sheet judged, with an address for whatever is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.rosters import hidden, unread
from desktop_app.domain.rosters.columns import place_heading
from desktop_app.domain.rosters.file_findings import FileFindings, Place, named
from desktop_app.domain.rosters.headings import (
    NOTHING_CHOSEN,
    Chosen,
    Heading,
    columns_of,
    is_heading,
)
from desktop_app.domain.rosters.last_roster import LastRoster
from desktop_app.domain.rosters.letters import is_explanations
from desktop_app.domain.rosters.repairing import Mender
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes, Repair
from desktop_app.domain.rosters.roster_cells import is_blank, text_of
from desktop_app.domain.rosters.roster_edits import CellEdits
from desktop_app.domain.rosters.roster_people import Judgement, PersonRules
from desktop_app.domain.rosters.roster_rows import skip_code
from desktop_app.domain.rosters.roster_values import (
    Block,
    RefusedRow,
    RosterReport,
    RosterRow,
    file_report,
    repairs_document,
    report_document,
)
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell, Line, Sheet, Workbook, column_letter

__all__ = [
    "RefusedRow",
    "RosterReport",
    "RosterRow",
    "file_report",
    "read_roster",
    "repairs_document",
    "report_document",
]

HEAD = 100  # lines in which a heading and what its columns look like are found
_ROWS = 1 << 32  # more than a sheet has


def read_roster(  # noqa: PLR0913 - each is one thing that is said of the file
    workbook: Workbook,
    *,
    scheme: Scheme | None,
    on: datetime.date,
    encodable: Callable[[str], str] | None = None,
    unit_kind: str | None = None,
    chosen: Chosen = NOTHING_CHOSEN,
    changes: Changes = NO_CHANGES,
    last: Callable[[], LastRoster] | None = None,
) -> RosterReport:
    """Judge a roster as it came.

    Args:
        workbook: the file's cells.
        scheme: whose ages, plans and share limits apply; without one they are not judged.
        on: the day the ages are counted on.
        encodable: gives the characters of a name that no carried font can draw.
        unit_kind: code of the unit's kind, for share limits.
        chosen: what a person said of columns, by their headings.
        changes: what a person types over cells, which repairs are taken, what of the hidden
            rows and sheets is read.
        last: gives last period's roster of the unit; asked only where a number is damaged.
    """
    rules = PersonRules(scheme, on, encodable, unit_kind)
    check = FileCheck(rules, chosen, changes, last)
    for sheet in workbook.sheets:
        check.read_sheet(sheet)
    return check.report()


class FileCheck:
    """One file on its way through the rules, sheet by sheet."""

    def __init__(
        self,
        rules: PersonRules,
        chosen: Chosen,
        changes: Changes,
        last: Callable[[], LastRoster] | None,
    ) -> None:
        self._rules, self._chosen, self._changes = rules, chosen, changes
        self._edits, self._mender = CellEdits(changes), Mender(rules, changes, last)
        self._repairs: list[Repair] = []
        self._sheets = 0
        self._accepted: list[RosterRow] = []
        self._refused: list[RefusedRow] = []
        self._told = FileFindings()
        self._first: dict[
            str, int
        ] = {}  # identity -> where it stood first, its sheet's number times _ROWS more
        self._warned: set[str] = set()
        self._headings = 0
        self._filled = False  # whether any visible sheet has something in it
        self._skipped = 0
        self._columns: dict[str, int] = {}
        self._width, self._letter = 0, ""
        self._starts: list[Place] = []  # of each block of rows below a heading
        self._blocks: list[Block] = []
        self._unread: list[Place] = []  # first people of sheets without a heading
        self._hidden = ""  # the first hidden sheet whose list is left out

    def report(self) -> RosterReport:
        rows = len(self._accepted) + len(self._refused) + self._skipped
        if not self._headings:
            hidden_sheet = "" if self._unread else self._hidden
            self._told.unread_file(filled=self._filled, hidden_sheet=hidden_sheet)
        elif not rows:
            self._told.nobody()
        if self._headings:  # else the whole file is told
            for place in self._unread:
                self._told.without_heading(place)
        return RosterReport(
            rows,
            tuple(self._accepted),
            tuple(self._refused),
            self._skipped,
            self._told.in_order(),
            tuple(self._blocks),
            tuple(self._repairs),
            tuple(self._edits.made),
        )

    def read_sheet(self, sheet: Sheet, rest: Iterable[Line] = ()) -> None:
        """Judge the next sheet of the file.

        Args:
            sheet: its first `HEAD` lines at least.
            rest: the lines after those, read once; they need not be in memory together.
        """
        sheet_no, self._sheets = self._sheets, self._sheets + 1
        if is_explanations(sheet):
            self._told.explanations(sheet_no, sheet.name)
            return
        if sheet.hidden and not self._changes.hidden_sheets:
            self._tell_hidden(sheet_no, replace(sheet, lines=(*sheet.lines, *rest)))
            return
        heading = place_heading(sheet.lines, self._chosen)
        self._filled = self._filled or any(any(line.cells) for line in sheet.lines)
        if heading is None:
            self._pass_by(sheet_no, sheet, rest)
        else:
            self._read_below(sheet_no, sheet, heading, rest)

    def _pass_by(self, sheet_no: int, sheet: Sheet, rest: Iterable[Line]) -> None:
        """Leave a sheet without a heading; people on it are told of."""
        self._filled = self._filled or any(any(line.cells) for line in rest)
        if seen := unread.people_without_heading(sheet.lines[:HEAD]):
            self._unread.append(Place(sheet_no, sheet.name, *seen))

    def _read_below(
        self, sheet_no: int, sheet: Sheet, heading: Heading, rest: Iterable[Line]
    ) -> None:
        self._headings += 1
        ends = sheet.lines[heading.below - 1].row if heading.below else 0
        self._set_columns(heading.columns, Place(sheet_no, sheet.name, 0, ""), ends)
        if seen := unread.people_beside(sheet.lines[:HEAD], heading, self._chosen):
            self._told.beside(sheet_no, sheet.name, seen)
        if heading.guessed:
            row = sheet.lines[heading.below - 1].row
            letter = column_letter(heading.columns[heading.guessed])
            place = Place(sheet_no, sheet.name, row, self._letter)
            self._told.guessed(place, heading.guessed, letter)
        if sheet.hidden:
            place = Place(sheet_no, sheet.name, max(ends, 1), self._letter)
            self._told.hidden_sheet(place, taken=True)
        unseen = self._read_lines(sheet_no, sheet.name, chain(sheet.lines[heading.below :], rest))
        if unseen:
            place = Place(sheet_no, sheet.name, unseen[0], self._letter)
            self._told.hidden_rows(place, unseen, taken=self._changes.hidden_rows)

    def read_line(self, block: Block, line: Line) -> RosterReport:
        """Judge one row by itself, under a heading that is known."""
        self._headings += 1
        at = Place(0, block.sheet, block.row, "")
        self._set_columns(dict(block.columns), at, block.below)
        self._read_row(Place(0, block.sheet, line.row, block.letter), line.cells)
        return self.report()

    def _read_lines(self, sheet_no: int, sheet: str | None, lines: Iterable[Line]) -> list[int]:
        """Judge the lines below a heading; the hidden ones among them, read or left."""
        unseen: list[int] = []
        base = sheet_no * _ROWS
        above = None  # the row read before; blank rows before the first are not counted
        for row, cells, hidden_row in lines:
            left = hidden_row and not self._changes.hidden_rows
            person = None if self._edits or left else self._plain.read(row, cells)
            if person is not None and person.identity not in self._first and above == row - 1:
                self._first[person.identity] = base + row if base else row
                above = row
                self._accepted.append(person)
                if hidden_row:
                    unseen.append(row)
                continue
            if not any(cells) and all(map(is_blank, cells)):
                continue
            place = Place(sheet_no, sheet, row, self._letter)
            if above is not None and row > above + 1:
                self._skip_blanks(place, above + 1)
            above, skipped = row, self._skipped
            if left:
                self._leave(place, cells)
            else:
                self._read_row(place, cells)
            if hidden_row and skipped == self._skipped:
                unseen.append(row)
                self._skipped += left
        return unseen

    def _leave(self, place: Place, cells: tuple[Cell, ...]) -> None:
        """Pass by a hidden row; what has no person is told as anywhere."""
        cells += (None,) * (self._width - len(cells))
        code = skip_code(cells, self._columns)
        if code is not None:
            self._skip(place, cells, code)

    def _tell_hidden(self, sheet_no: int, sheet: Sheet) -> None:
        """Say that a hidden sheet has people, who are not read."""
        row = hidden.unread_row(sheet, self._chosen)
        if row is not None:
            self._hidden = self._hidden or sheet.name or ""
            self._told.hidden_sheet(Place(sheet_no, sheet.name, row, ""), taken=False)

    def _set_columns(self, columns: dict[str, int], at: Place, below: int) -> None:
        self._columns, self._width = columns, max(columns.values()) + 1
        self._letter = column_letter(columns["identity"])
        self._blocks.append(Block(at.sheet, at.row, self._letter, columns, below))
        self._starts.append(at._replace(letter=self._letter))
        self._plain = self._rules.plain_rows(at.sheet, columns)

    def _read_row(self, place: Place, cells: tuple[Cell, ...]) -> None:
        if len(cells) < self._width:
            cells += (None,) * (self._width - len(cells))
        if self._edits:
            at = (place.sheet, place.row)
            cells = self._edits.laid(at, cells, self._columns, self._chosen)
        identity = cells[self._columns["identity"]]
        plain = isinstance(identity, str) and len(identity) >= 15 and identity[:6].isdigit()
        if not plain and self._skips(place, cells):
            return
        judgement = self._rules.judge(place.sheet, place.row, cells, self._columns)
        if judgement.problems or judgement.cleaned:
            at = (place.sheet, place.row)
            cells, judgement, found = self._mender.mend(at, cells, self._columns, judgement)
            self._repairs += found
        self._keep(place, cells, judgement)

    def _skips(self, place: Place, cells: tuple[Cell, ...]) -> bool:
        """Skip a row that has no person; one that somebody typed into is meant as a person's."""
        typed = (place.sheet, place.row) == self._edits.last and not all(map(is_blank, cells))
        code = None if typed else skip_code(cells, self._columns)
        if code is not None:
            self._skip(place, cells, code)
        return code is not None

    def _keep(self, place: Place, cells: tuple[Cell, ...], judgement: Judgement) -> None:
        person = judgement.person
        if person is not None:
            key = place.sheet_no * _ROWS + place.row
            first = self._first.setdefault(person.identity, key)
            if first != key:
                judgement = self._refuse_second(place, judgement, self._place_of(first))
                person = None
        if person is None:
            self._refuse(place, cells, judgement)
        else:
            self._accepted.append(person)
        if judgement.problems or judgement.cleaned:
            self._told.row(place, judgement, self._columns)

    def _place_of(self, key: int) -> Place:
        sheet_no, row = divmod(key, _ROWS)
        above = [one for one in self._starts if one.sheet_no == sheet_no and one.row <= row]
        return above[-1]._replace(row=row)

    def _refuse_second(self, place: Place, judgement: Judgement, first: Place) -> Judgement:
        """Refuse the later of two rows with one identity; warn at the first, once."""
        message = f"与{named(first, place)}是同一身份证号,请删去多余的一行"
        problem = Problem("duplicate-in-file", Severity.ERROR, message)
        person = judgement.person
        if person is not None and person.identity not in self._warned:
            self._warned.add(person.identity)
            self._told.first_of_two(first, place)
        return Judgement(None, (*judgement.problems, ("identity", problem)), judgement.cleaned)

    def _refuse(self, place: Place, cells: tuple[Cell, ...], judgement: Judgement) -> None:
        texts = {field: text_of(cells[column]) for field, column in self._columns.items()}
        codes = dict.fromkeys(
            problem.code for _, problem in judgement.problems if problem.severity is Severity.ERROR
        )
        self._refused.append(RefusedRow(place.sheet, place.row, texts, tuple(codes)))

    def _skip(self, place: Place, cells: tuple[Cell, ...], code: str) -> None:
        self._skipped += 1
        self._told.skipped(place, code)
        again = columns_of(cells, self._chosen)
        moved = any(self._columns.get(field) != column for field, column in again.items())
        if code == "title-row" and moved and is_heading(cells, self._chosen):
            # a second block of the sheet may order its columns otherwise
            self._set_columns(again, place, place.row)

    def _skip_blanks(self, place: Place, first: int) -> None:
        self._skipped += place.row - first
        self._told.blanks(place, first)
