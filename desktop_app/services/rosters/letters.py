"""《单位_需更正》: a unit's own file with remarks, written beside it to be sent back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from db.files import write_atomically
from db.models.office import Office
from desktop_app.documents.corrections import corrections_name
from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.headings import NOTHING_CHOSEN
from desktop_app.domain.rosters.letters import (
    Letter,
    for_unit,
    notes_of,
    remarks_of,
    remarks_on,
)
from desktop_app.domain.rosters.repairs import NO_CHANGES, ONE_BY_ONE, Changes, Repair
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import FileError
from desktop_app.intake.letters import written
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.roster_checks import (
    UnitsOwn,
    check_roster,
    file_problem,
    names_by_row,
)
from desktop_app.services.rosters.roster_columns import checked_choice
from desktop_app.services.rosters.roster_ledger import known_people, ledger_findings
from desktop_app.services.rosters.units_own import units_own
from desktop_app.services.versions.drive_versions import drive_version
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.rosters import SavedLetter

_OURS = re.compile(r"_需更正(\(\d+\))?$")  # a letter that came back with faults again


class Asked(NamedTuple):
    """What a letter is asked for.

    Args:
        enrolment_id: the case whose list it is; without one the ledger is not asked.
        columns: what a person said of the columns; None: as for the unit's last file.
        password: what locks the letter; None: what opened the unit's file; empty: nothing.
        changes: what a clerk of this office put into the file's cells.
    """

    target: Path | None = None
    enrolment_id: int | None = None
    columns: Mapping[str, str] | None = None
    password: str | None = None
    changes: Changes = NO_CHANGES


class _About(NamedTuple):
    office: str
    scheme: Scheme
    own: UnitsOwn
    case: Case | None


def save_letter(desk: Desk, path: Path, asked: Asked) -> SavedLetter:
    """Write the letter beside the file, never over another one, or where it is asked for."""
    about, today = _about(desk, path, asked), desk.today()
    with desk.readers.lent() as reader:
        _, report = check_roster(reader, path, about.scheme, today, own=about.own)
        file_problem(report, path.name)
        told = _of_ledger(desk, about.case, report)
        source = _OURS.sub("", path.stem)
        counts = len(report.accepted) - len(told), report.rejected + len(told)
        names = names_by_row(report, told)
        letter = Letter(
            f"{about.case.unit.name if about.case else source}:名单需更正的内容",
            notes_of(about.office, path.name, (report.rows_read, *counts), today),
            today,
            remarks_on(_in_order(report, told), names) + remarks_of(_put(report)),
        )
        password = reader.password_of(path) if asked.password is None else asked.password
        made = written(reader, path, letter, password)
    place = asked.target or _free(path.with_name(corrections_name(source)))
    if place.exists() and place.samefile(path):
        raise FileError(
            "target-is-source",
            f"《{path.name}》是单位送来的名单,没有覆盖它。",
            "请另起一个文件名。",
            str(place),
        )
    write_atomically(place, made.data)
    return SavedLetter(str(place), bool(password), made.same_looks)


def _about(desk: Desk, path: Path, asked: Asked) -> _About:
    chosen = checked_choice(asked.columns or {}) or NOTHING_CHOSEN
    with desk.database.reading() as uow:
        session = uow.session
        office = session.scalars(select(Office.name)).one()
        if asked.enrolment_id is None:
            scheme = scheme_in_force(session, drive_version(session, desk).id)
            return _About(office, scheme, UnitsOwn(None, chosen), None)
        desk.require(Permission.REGISTER)  # the letter tells what the ledger says
        case = cases.load(session, asked.enrolment_id)
    own = units_own(desk, asked.enrolment_id, path, asked.columns, asked.changes)
    return _About(office, case.scheme, own, case)


def _put(report: RosterReport) -> Iterator[Repair]:
    """What stands otherwise now than in the unit's file: typed, or taken one by one."""
    yield from report.edits
    yield from (one for one in report.repairs if one.taken and one.kind in ONE_BY_ONE)


def _of_ledger(
    desk: Desk, case: Case | None, report: RosterReport
) -> dict[tuple[str | None, int], Finding]:
    """What the ledger says against taken rows, in the words that a unit may read."""
    if case is None:
        return {}
    with desk.database.reading() as uow:
        told = ledger_findings(
            uow.session, case, report.accepted, known_people(uow.session, report.accepted)
        )
    names = {(row.sheet, row.row): row.name for row in report.accepted} if told else {}
    return {
        at: replace(for_unit(one, names[at]), column=report.identity_column(*at))
        for at, one in told.items()
    }


def _in_order(
    report: RosterReport, told: Mapping[tuple[str | None, int], Finding]
) -> list[Finding]:
    """All findings, sheet by sheet as the file has them, row by row."""
    found = [*report.findings, *told.values()]
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(one.sheet for one in found))}
    return sorted(found, key=lambda one: (sheets[one.sheet], one.row or 0))


def _free(path: Path) -> Path:
    """Return the path, or the next one with a number that no file has yet."""
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}({count}){path.suffix}")
    return candidate
