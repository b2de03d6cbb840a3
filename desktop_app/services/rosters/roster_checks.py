"""先查名单: a roster judged before any unit, scheme or office exists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from desktop_app.documents.glyphs import missing_glyphs
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN, Chosen
from desktop_app.domain.rosters.rosters import HEAD, RosterCheck, RosterReport
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Sheet, Workbook
from desktop_app.errors import FileError
from desktop_app.intake.workbooks import Step, WorkbookReader


class UnitsOwn(NamedTuple):
    """What of a unit the reading of its file needs."""

    kind: str | None = None  # for share limits
    columns: Chosen = NOTHING_CHOSEN


def check_roster(
    reader: WorkbookReader,
    path: Path,
    scheme: Scheme | None,
    on: date,
    *,
    own: UnitsOwn | None = None,
    step: Step | None = None,
) -> tuple[Workbook, RosterReport]:
    """Read a file and judge its rows as they come; FileError where it is no workbook.

    Returns:
        the workbook with the first lines of its sheets, and the report on all lines.
    """
    own = own or UnitsOwn()
    check = RosterCheck(scheme, on, missing_glyphs, own.kind, own.columns)
    kind, heads = "", []
    for _number, of_sheet in groupby(reader.parts(path, step=step), attrgetter("sheet")):
        parts = iter(of_sheet)
        first = next(parts)
        kind, lines = (
            first.kind,
            chain(first.lines, chain.from_iterable(one.lines for one in parts)),
        )
        heads.append(Sheet(first.name, tuple(islice(lines, HEAD)), first.hidden))
        check.read_sheet(heads[-1], lines)
    return Workbook(path.name, kind, tuple(heads)), check.report()


def names_by_row(
    report: RosterReport, more: Iterable[tuple[str | None, int]] = ()
) -> dict[tuple[str | None, int], str]:
    """Whose each row with a finding is, by sheet and row; `more` are rows told of besides."""
    told = {(finding.sheet, finding.row) for finding in report.findings} | set(more)
    rows = [(row.sheet, row.row, row.name) for row in report.accepted]
    rows += [(row.sheet, row.row, row.cells.get("name", "")) for row in report.refused]
    return {(sheet, row): name for sheet, row, name in rows if (sheet, row) in told}


def file_problem(report: RosterReport, file: str) -> None:
    """Raise what is wrong with the file as a whole; what to do about it ends its sentence."""
    for finding in report.findings:
        if finding.row is None and finding.severity.value == "error":
            told, mark, remedy = finding.message.rpartition(",请")
            message, todo = (told, f"请{remedy}。") if mark else (finding.message, "")
            raise FileError(finding.code, f"《{file}》:{message}。", todo, file)
