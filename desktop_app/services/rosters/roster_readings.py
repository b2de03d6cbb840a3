"""A unit's file read for its application: judged by its scheme, what the unit had before at hand.

Nothing is locked while a file is read; what the ledger says of its people is asked afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.domain.rosters.repairs import Changes
from desktop_app.domain.rosters.rosters import RosterReport
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Workbook
from desktop_app.intake.workbooks import Step
from desktop_app.services.cases import cases
from desktop_app.services.cases.mendable import require_roster_taken
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.known_units import titles_in
from desktop_app.services.rosters.roster_changes import kept_changes, require_edits_made
from desktop_app.services.rosters.roster_checks import UnitsOwn, check_roster, file_problem
from desktop_app.services.rosters.roster_columns import columns_in, kept_columns
from desktop_app.services.rosters.roster_ledger import likely_findings
from desktop_app.services.rosters.units_own import units_own
from desktop_app.services.undisturbed import undisturbed


class Reading(NamedTuple):
    """What a file says, and what its batch keeps of the reading."""

    file_name: str
    file_sha256: str
    report: RosterReport
    columns: dict[str, Any]
    changes: dict[str, Any] | None


def read_for_case(
    desk: Desk,
    enrolment_id: int,
    path: Path,
    step: Step | None,
    columns: Mapping[str, str] | None,
    changes: Changes,
) -> Reading:
    """Read and judge a file for an application that takes one.

    Raises:
        UserError: the application takes no list, or the file as a whole cannot be one.
    """
    own = units_own(desk, enrolment_id, path, columns, changes)
    with desk.database.reading() as uow:  # reading a file must not hold the write lock
        case = cases.load(uow.session, enrolment_id)
    require_roster_taken(case)
    workbook, report = read_roster(desk, path, case.scheme, step, own)
    file_problem(report, path.name)
    require_edits_made(changes, report)
    if likely := likely_findings(report):
        report = replace(report, findings=(*report.findings, *likely))
    return Reading(
        path.name,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        report,
        kept_columns(own.columns, columns_in(workbook, own.columns))
        | {"titles": titles_in(workbook)},
        kept_changes(changes, report),
    )


def read_roster(
    desk: Desk,
    path: Path,
    scheme: Scheme,
    step: Step | None,
    own: UnitsOwn | None = None,
    *,
    whole: bool = False,
) -> tuple[Workbook, RosterReport]:
    """Read a file with a reading process of the desk and judge it as of today."""
    today = desk.today()
    with desk.readers.lent() as reader, undisturbed():
        return check_roster(reader, path, scheme, today, own=own, step=step, whole=whole)
