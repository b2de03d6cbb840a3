"""A bank statement as a file has it: every row of every sheet judged, its sums held together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN, Chosen
from desktop_app.domain.rosters.roster_values import RefusedRow
from desktop_app.domain.statements import statement_findings as findings
from desktop_app.domain.statements.balances import Chain, check_chain
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.signs import Signed, signed_rows
from desktop_app.domain.statements.statement_headings import (
    Columns,
    Question,
    StatementHeading,
    find_heading,
    first_line,
    placed_columns,
)
from desktop_app.domain.statements.statement_rows import Row, RowReader
from desktop_app.domain.statements.statement_skips import skip_code
from desktop_app.domain.statements.statement_titles import Titles, read_titles
from desktop_app.domain.statements.statement_units import other_units
from desktop_app.domain.tables import Line, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class StatementReport:
    """The answer on one file; rows_read = lines + refused + skipped.

    Args:
        lines: in the file's order.
        questions: what a person has to say of the columns before anything is read.
    """

    rows_read: int
    lines: tuple[BankLine, ...]
    refused: tuple[RefusedRow, ...]
    skipped: int
    findings: tuple[Finding, ...]
    columns: tuple[Placed, ...]
    questions: tuple[Question, ...]
    titles: Titles
    chains: tuple[Chain, ...]

    @property
    def signature(self) -> str:
        """The headings of the first sheet, by which a layout is known again."""
        titled = [one for one in self.columns if one.title]
        return "\n".join(one.title for one in titled if one.sheet == titled[0].sheet)

    @property
    def in_time(self) -> tuple[BankLine, ...]:
        """The lines from the oldest on, those of a day as they followed each other."""
        days = [line.day for line in self.lines]
        newest_first = any(one.newest_first for one in self.chains) or days[:1] > days[-1:]
        return self.lines[::-1] if newest_first else self.lines

    @property
    def blocked(self) -> bool:
        """Whether anything is unclear or unread, so that the lines may not be all there are."""
        return any(one.severity is Severity.ERROR for one in self.findings)


def read_statement(
    workbook: Workbook, chosen: Chosen = NOTHING_CHOSEN, *, today: datetime.date
) -> StatementReport:
    """Read a statement as it came.

    Args:
        workbook: the file's cells.
        chosen: what a person said of columns: their headings, or `@` and a letter, to fields.
        today: no line is later.
    """
    reading = _Reading(chosen, today)
    for sheet in workbook.sheets:
        reading.sheet(sheet)
    return reading.report()


def statement_document(report: StatementReport) -> dict[str, object]:
    """The report's counts and sums, as the commands print them."""
    came = [line.amount_fen for line in report.lines if line.amount_fen > 0]
    went = [line.amount_fen for line in report.lines if line.amount_fen < 0]
    days = [line.day for line in report.lines]
    return {
        "rows_read": report.rows_read,
        "accepted": len(report.lines),
        "refused": len(report.refused),
        "skipped": report.skipped,
        "in": {"lines": len(came), "fen": sum(came)},
        "out": {"lines": len(went), "fen": -sum(went)},
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "balances": [
            {"checked": one.checked, "breaks": len(one.breaks), "newest_first": one.newest_first}
            for one in report.chains
        ],
        "titles": report.titles._asdict(),
        "columns": report.columns,
        "questions": report.questions,
        "findings": report.findings,
        "lines": [line._asdict() for line in report.lines],
    }


class _Reading:
    """One file on its way, sheet by sheet."""

    def __init__(self, chosen: Chosen, today: datetime.date) -> None:
        self._chosen, self._today = chosen, today
        self._rows, self._skipped = 0, 0
        self._lines: list[BankLine] = []
        self._refused: list[RefusedRow] = []
        self._findings: list[Finding] = []
        self._columns: list[Placed] = []
        self._unread: list[Sheet] = []
        self._headings = 0
        self._questions: list[Question] = []
        self._titles = Titles()
        self._chains: list[Chain] = []
        self._accounts: dict[str, int] = {}  # the file's own accounts, each with its first row

    def report(self) -> StatementReport:
        if not self._headings:
            for sheet in self._unread[:1]:
                self._columns += placed_columns(sheet, self._chosen)
                self._titles = read_titles(sheet.lines[: first_line(sheet.lines)])
            self._findings.append(findings.no_heading(filled=bool(self._unread)))
        else:
            self._findings += [findings.sheet_unread(sheet.name) for sheet in self._unread]
            if not self._lines and not self._refused and not self._questions:
                self._findings.append(findings.nothing())
        if len(self._accounts) > 1:
            self._findings.append(findings.several_accounts(self._accounts))
        elif self._accounts and not self._titles.account:
            self._titles = self._titles._replace(account=next(iter(self._accounts)))
        return StatementReport(
            self._rows,
            tuple(self._lines),
            tuple(self._refused),
            self._skipped,
            tuple(self._findings),
            tuple(self._columns),
            tuple(self._questions),
            self._titles,
            tuple(self._chains),
        )

    def sheet(self, sheet: Sheet) -> None:
        found = find_heading(sheet.lines, self._chosen)
        if found is None:
            if any(any(line.cells) for line in sheet.lines) and not sheet.hidden:
                self._unread.append(sheet)
        elif sheet.hidden:
            self._findings.append(findings.hidden_sheet(sheet.name))
        else:
            self._under(sheet, found)

    def _under(self, sheet: Sheet, found: StatementHeading) -> None:
        self._headings += 1
        placed = placed_columns(sheet, self._chosen)
        self._columns += placed
        told = read_titles(sheet.lines[: found.start])
        if self._titles.account and told.account not in ("", self._titles.account):
            self._accounts |= dict.fromkeys((self._titles.account, told.account), 0)
        self._titles = self._titles.with_others(told)
        self._findings += map(findings.other_unit, other_units(sheet, found))
        asked = found.columns.questions
        if asked:
            self._questions += asked
            self._findings += [findings.question(sheet.name, one, placed) for one in asked]
            return
        reader = RowReader(sheet.name, found.columns, self._today)
        rows = [self._row(reader, line) for line in self._read(sheet, found)]
        signed = signed_rows([row for row in rows if row is not None], found.columns, self._chosen)
        self._keep(sheet, signed, found.columns, placed)

    def _read(self, sheet: Sheet, found: StatementHeading) -> Iterator[Line]:
        """The lines that are not passed by; blank ones after the last are not counted."""
        above = sheet.lines[found.below - 1].row if found.below else 0
        unseen: list[int] = []
        for line in sheet.lines[found.below :]:
            code = skip_code(line.cells, found.columns)
            if code == "blank-row":
                continue
            self._pass_blank(sheet.name, above + 1, line.row)
            above = line.row
            self._rows += 1
            if line.hidden:
                unseen.append(line.row)
            if code is None:
                yield line
            else:
                self._skipped += 1
                self._findings.append(findings.skipped(sheet.name, line.row, code))
        if unseen:
            self._findings.append(findings.hidden_rows(sheet.name, unseen))

    def _pass_blank(self, sheet: str | None, first: int, end: int) -> None:
        if first < end:
            self._rows += end - first
            self._skipped += end - first
            self._findings.append(findings.blank(sheet, first, end - 1))

    def _row(self, reader: RowReader, line: Line) -> Row | None:
        row = reader.read(line)
        self._findings += findings.of_row(row)
        if row.own_account:
            self._accounts.setdefault(row.own_account, line.row)
        if not row.refused:
            return row
        codes = [one.code for _field, one in row.problems if one.severity is Severity.ERROR]
        self._refused.append(
            RefusedRow(row.line.sheet, line.row, reader.texts(line), tuple(dict.fromkeys(codes)))
        )
        return None

    def _keep(
        self, sheet: Sheet, signed: Signed, columns: Columns, placed: Sequence[Placed]
    ) -> None:
        if signed.unclear:
            self._questions.append(signed.unclear)
            self._findings.append(findings.question(sheet.name, signed.unclear, placed))
        lines = [line for line in signed.lines if line.amount_fen]
        empty = [line for line in signed.lines if not line.amount_fen]
        self._skipped += len(empty)
        self._findings += [findings.skipped(one.sheet, one.row, "no-money") for one in empty]
        self._lines += lines
        self._findings += findings.of_twins(lines)
        if columns.first("balance") is not None and lines:
            chain = check_chain(lines)
            self._chains.append(chain)
            self._findings += findings.of_chain(sheet.name, chain, sides_said=signed.said)
