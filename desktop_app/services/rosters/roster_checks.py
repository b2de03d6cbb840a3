"""先查名单: a roster judged before any unit, scheme or office exists."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from desktop_app.documents.glyphs import missing_glyphs
from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN, Chosen
from desktop_app.domain.rosters.hidden import ListsHiddenError
from desktop_app.domain.rosters.last_roster import LastRoster
from desktop_app.domain.rosters.repairs import NO_CHANGES, Changes
from desktop_app.domain.rosters.roster_people import PersonRules
from desktop_app.domain.rosters.roster_table import RosterTable, Standards
from desktop_app.domain.rosters.rosters import HEAD, FileCheck, RosterReport
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Sheet, Workbook
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import Step, WorkbookReader

LONG = 20_000  # rows


class UnitsOwn(NamedTuple):
    """What of a unit the reading of its file needs."""

    kind: str | None = None  # for share limits
    columns: Chosen = NOTHING_CHOSEN
    changes: Changes = NO_CHANGES
    last: Callable[[], LastRoster] | None = None  # last period's people


def check_roster(  # noqa: PLR0913 - each a question of its own, most by name
    reader: WorkbookReader,
    path: Path,
    scheme: Scheme | None,
    on: date,
    *,
    own: UnitsOwn | None = None,
    step: Step | None = None,
    whole: bool = False,
) -> tuple[Workbook, RosterReport]:
    """Read a file and judge its rows as they come; FileError where it is no workbook.

    Returns:
        the workbook with the first lines of its sheets, with all where the `whole` is asked for,
        and the report on all lines.
    """
    own = own or UnitsOwn()
    rules = PersonRules(scheme, on, missing_glyphs, own.kind)
    check = FileCheck(rules, own.columns, own.changes, own.last)
    kind, heads = "", []
    for _number, of_sheet in groupby(reader.parts(path, step=step), attrgetter("sheet")):
        parts = iter(of_sheet)
        first = next(parts)
        kind, lines = (
            first.kind,
            chain(first.lines, chain.from_iterable(one.lines for one in parts)),
        )
        heads.append(Sheet(first.name, tuple(islice(lines, None if whole else HEAD)), first.hidden))
        check.read_sheet(heads[-1], lines)
    return Workbook(path.name, kind, tuple(heads)), check.report()


def table_of(
    read: tuple[Workbook, RosterReport],
    scheme: Scheme | None,
    on: date,
    own: UnitsOwn,
    besides: Iterable[Finding],
) -> RosterTable:
    """The file's rows to look through; last period's people are read before anybody types."""
    rules = PersonRules(scheme, on, missing_glyphs, own.kind)
    if own.last is not None:
        own.last()
    standards = Standards(rules, own.columns, own.last)
    table = RosterTable(*read, standards, own.changes, besides)
    if len(table) > LONG:
        gc.freeze()  # a round of garbage collection would walk all its rows, and the window stand
    return table


def names_by_row(
    report: RosterReport, more: Iterable[tuple[str | None, int]] = ()
) -> dict[tuple[str | None, int], str]:
    """Whose each row with a finding is, by sheet and row; `more` are rows told of besides."""
    told = {(finding.sheet, finding.row) for finding in report.findings} | set(more)
    rows = [(row.sheet, row.row, row.name) for row in report.accepted]
    rows += [(row.sheet, row.row, row.cells.get("name", "")) for row in report.refused]
    return {(sheet, row): name for sheet, row, name in rows if (sheet, row) in told}


def file_problem(report: RosterReport, file: str) -> None:
    """Raise what is wrong with the file as a whole; what to do about it ends its sentence.

    Raises:
        FileError: nobody was read; `ListsHiddenError` where hidden sheets have people.
    """
    hidden = not report.headings and any(one.code == "hidden-sheet" for one in report.findings)
    kind = ListsHiddenError if hidden else FileError
    for finding in report.findings:
        if finding.row is None and finding.severity.value == "error":
            told, mark, remedy = finding.message.rpartition(",请")
            message, todo = (told, f"请{remedy}。") if mark else (finding.message, "")
            raise kind(finding.code, f"《{file}》:{message}。", todo, file)
