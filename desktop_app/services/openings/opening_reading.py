"""Last year's books read: every file judged for itself, then people brought to their units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from db.codes import Sex
from desktop_app.documents.glyphs import missing_glyphs
from desktop_app.domain.coverage import period
from desktop_app.domain.dates import coverage_end
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.openings.opening_units import OpeningUnit, Taken, unit_key
from desktop_app.domain.openings.openings import OpeningBook, OpeningPerson, read_opening
from desktop_app.domain.rosters.rosters import RefusedRow, RosterRow
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import WORKBOOK_ENDS
from desktop_app.errors import FileError, UserError
from desktop_app.intake.file_digests import file_digest
from desktop_app.intake.workbooks import Step, WorkbookReader
from desktop_app.services.views.openings import OpeningDraft

PlanShares = tuple[tuple[str, int], ...]


class PlannedPerson(NamedTuple):
    """A person with all that his cover needs."""

    row: RosterRow
    unit: str  # its name's key
    plans: PlanShares
    first: date
    end: date  # the day after the last
    fen: int | None

    def as_told(self, unit_name: str) -> OpeningPerson:
        """Himself as a row to be mended."""
        taken = Taken(self.fen, self.first, self.end - timedelta(days=1))
        return OpeningPerson(self.row, unit_name, taken)


class Booked(NamedTuple):
    """What books stored before say of a unit: what later rows of it go by."""

    name: str
    plans: PlanShares = ()
    days: tuple[date, date] | None = None


@dataclass
class File:
    """One file: what of it can be stored, and what cannot."""

    name: str
    sha256: str
    rows_read: int = 0
    skipped: int = 0
    titles: str = ""
    units: list[OpeningUnit] = field(default_factory=list)
    people: list[PlannedPerson] = field(default_factory=list)
    raw: list[OpeningPerson] = field(default_factory=list)
    refused_units: list[RefusedRow] = field(default_factory=list)
    refused_people: list[RefusedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def refuse_unit(self, unit: OpeningUnit, code: str, text: str) -> None:
        self._tell(unit.sheet, unit.row, "unit", code, text)
        cells = {"unit": unit.name} | unit.texts
        self.refused_units.append(RefusedRow(unit.sheet, unit.row, cells, (code,)))

    def refuse_person(self, person: OpeningPerson, code: str, text: str, field_: str) -> None:
        row = person.row
        self._tell(row.sheet, row.row, field_, code, text)
        self.refused_people.append(RefusedRow(row.sheet, row.row, person.texts, (code,)))

    def warn(self, unit: OpeningUnit, code: str, text: str) -> None:
        message = f"第{unit.row}行 {text}"
        self.findings.append(
            Finding(unit.sheet, unit.row, None, code, Severity.WARNING, message, "unit")
        )

    def _tell(self, sheet: str | None, row: int, field_: str, code: str, text: str) -> None:
        message = f"第{row}行 {text}"
        self.findings.append(Finding(sheet, row, None, code, Severity.ERROR, message, field_))


def expand(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files themselves, and those of folders in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for inside in sorted(path.rglob("*")):
            hidden = inside.name.startswith((".", "~$"))
            if inside.is_file() and inside.suffix.lower() in WORKBOOK_ENDS and not hidden:
                found[inside] = None
    if not found:
        raise UserError(
            "files-missing", "没有找到表格文件。", "请选单位表和名单,或放它们的文件夹。"
        )
    return tuple(found)


def read_files(
    reader: WorkbookReader, paths: Sequence[Path], scheme: Scheme, on: date, step: Step | None
) -> list[File]:
    """Read and judge each file; one that cannot be read says so and stops no other."""
    files = []
    for done, path in enumerate(paths, start=1):
        files.append(_read(reader, path, scheme, on))
        if step is not None:
            step(done, len(paths))
    return files


def _read(reader: WorkbookReader, path: Path, scheme: Scheme, on: date) -> File:
    try:
        digest = file_digest(path)
        book = read_opening(reader.read(path), scheme, on, missing_glyphs)
    except FileError as error:
        return _unread(path, error.code, f"{error.message}{error.remedy}")
    return _file_of(path, digest, book)


def _unread(path: Path, code: str, text: str) -> File:
    problem = Finding(None, None, None, code, Severity.ERROR, text)
    return File(path.name[:400], "", findings=[problem])


def _file_of(path: Path, digest: str, book: OpeningBook) -> File:
    return File(
        path.name[:400],
        digest,
        book.rows_read,
        book.skipped,
        book.titles,
        list(book.units),
        [],
        list(book.people),
        list(book.refused_units),
        list(book.refused_people),
        list(book.findings),
    )


class Gatherer:
    """Brings people to their units and gives each his plans and days, over all files together."""

    def __init__(self, scheme: Scheme, draft: OpeningDraft, known: Mapping[str, Booked]) -> None:
        self._scheme, self._draft, self._booked = scheme, draft, known
        self._names = {key: unit.name for key, unit in known.items()}  # the ledger's, the files'
        self._told: dict[str, OpeningUnit] = {}
        self._codes: dict[str, str] = {}
        self._first: dict[str, str] = {}  # identity -> where it stood first
        whole = period(scheme.coverage, draft.year)
        days = (whole.first, whole.end) if whole is not None else None
        if draft.first is not None:
            days = (draft.first, coverage_end(draft.first, scheme.coverage.months))
        self._days = days

    def units(self, files: Sequence[File]) -> None:
        """Keep each unit once; a name that comes again is refused, a code that does is doubtful."""
        for file in files:
            units, file.units = file.units, []
            for unit in units:
                key = unit_key(unit.name)
                if key in self._told:
                    text = f"单位“{unit.name}”在单位表里出现了两次,请删去多余的一行"
                    file.refuse_unit(unit, "unit-twice", text)
                    continue
                self._told[key] = unit
                self._names[key] = unit.name
                file.units.append(unit)
                self._doubt_code(file, unit)

    def _doubt_code(self, file: File, unit: OpeningUnit) -> None:
        code = unit.texts.get("employer_code")
        other = self._codes.setdefault(code, unit.name) if code else unit.name
        if other != unit.name:
            text = f"与“{other}”的统一社会信用代码相同,请核对是不是同一家"
            file.warn(unit, "code-shared", text)

    def name_of(self, key: str) -> str:
        return self._names[key]

    def people(self, files: Sequence[File]) -> None:
        """Give each his unit, plans and days; UserError where neither files nor user say them."""
        for file in files:
            raw, file.raw = file.raw, []
            own = self._unit_in(file.titles) if any(one.unit is None for one in raw) else None
            unknown: dict[str, int] = {}
            for person in raw:
                self._place(file, person, own, unknown)

    def _place(
        self, file: File, person: OpeningPerson, own: str | None, unknown: dict[str, int]
    ) -> None:
        row = person.row
        key = unit_key(person.unit) if person.unit else own
        if key is None or key not in self._names:
            text = (
                f"单位表里没有“{person.unit}”,请在单位表补上这家单位后一起导入"
                if person.unit
                else "没有写单位,从文件名和标题也认不出是哪家单位,请补“单位名称”一列"
            )
            file.refuse_person(person, "unit-unknown", text, "unit")
            return
        before = self._first.get(row.identity)
        if before is not None:
            text = f"{row.name}与{before}是同一身份证号,请删去多余的一行"
            file.refuse_person(person, "duplicate-in-books", text, "identity")
            return
        self._first[row.identity] = f"《{file.name}》第{row.row}行"
        plans = self._plans(row, key)
        if not plans:
            text = f"{row.name}不是女职工,不能参加女职工的项目,请改正项目或性别"
            file.refuse_person(person, "women-only", text, "plans")
            return
        first, end = self._days_of(person, key)
        file.people.append(PlannedPerson(row, key, plans, first, end, person.taken.fen))

    def _plans(self, row: RosterRow, key: str) -> PlanShares:
        unit, booked = self._told.get(key), self._booked.get(key)
        told = unit.plans if unit is not None else None
        shares = row.shares or (unit.shares if unit is not None else None)
        chosen = dict((booked.plans if booked else ()) or self._draft.plans)
        keys = row.plans or told or tuple(chosen)
        if not keys:
            raise UserError(
                "plans-missing",
                "文件里没有写参加的项目。",
                "请选上年参加的项目,或在单位表加“参加项目”一列。",
                "plans",
            )
        plans = [self._scheme.plan(key) for key in keys]
        return tuple(
            (plan.id, shares or chosen.get(plan.id, 1))
            for plan in plans
            if not plan.women_only or row.sex is Sex.FEMALE
        )

    def _days_of(self, person: OpeningPerson, key: str) -> tuple[date, date]:
        unit, booked = self._told.get(key), self._booked.get(key)
        for taken in (person.taken, unit.taken if unit is not None else person.taken):
            if taken.first is not None:
                end = coverage_end(taken.first, self._scheme.coverage.months)
                return taken.first, (_day_after(taken.last) if taken.last else end)
        days = (booked.days if booked else None) or self._days
        if days is None:
            raise UserError(
                "first-missing",
                "文件里没有写保障起止日期。",
                "请填上年保障的第一天,或在单位表加“保障起”“保障止”两列。",
                "first",
            )
        return days

    def _unit_in(self, titles: str) -> str | None:
        """The unit that the file's name or its first lines speak of; the longest name wins."""
        text = unit_key(titles)
        return max((key for key in self._names if key in text), key=len, default=None)


def _day_after(last: date) -> date:
    return last + timedelta(days=1)
