"""先查名单: a roster judged before any unit, scheme or office exists."""

from __future__ import annotations

from datetime import date
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from db.files import write_atomically
from desktop_app.documents.corrections import (
    Corrections,
    corrections_name,
    corrections_workbook,
)
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


def save_corrections(report: RosterReport, source: Path, target: Path | None, on: date) -> Path:
    """Write 《单位_需更正》 beside the file, never over another one."""
    place = target or _free(source.with_name(corrections_name(source.stem)))
    if place.exists() and place.samefile(source):
        raise FileError(
            "target-is-source",
            f"《{source.name}》是单位送来的名单,没有覆盖它。",
            "请另起一个文件名。",
            str(place),
        )
    letter = Corrections(
        unit_name=source.stem, source=source.name, checked_on=on, office="", report=report
    )
    write_atomically(place, corrections_workbook(letter))
    return place


def names_by_row(report: RosterReport) -> dict[tuple[str | None, int], str]:
    """Whose each row with a finding is, by sheet and row."""
    told = {(finding.sheet, finding.row) for finding in report.findings}
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


def _free(path: Path) -> Path:
    """Return the path, or the next one with a number that no file has yet."""
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}({count}){path.suffix}")
    return candidate
