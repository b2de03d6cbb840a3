"""What of a case's unit the reading of its file needs: columns, changes, last period's people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop_app.domain.rosters.headings import NOTHING_CHOSEN
from desktop_app.domain.rosters.repairs import Changes
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.roster_changes import (
    checked_changes,
    last_roster,
    require_same_file,
)
from desktop_app.services.rosters.roster_checks import UnitsOwn
from desktop_app.services.rosters.roster_columns import checked_choice, remembered


def units_own(
    desk: Desk,
    enrolment_id: int,
    path: Path,
    columns: Mapping[str, str] | None,
    changes: Changes,
) -> UnitsOwn:
    """Without `columns` what was said of the unit's last file holds."""
    require_same_file(changes, path)
    with desk.database.reading() as uow:
        case = cases.load(uow.session, enrolment_id)
        chosen = checked_choice(columns or {}) or NOTHING_CHOSEN
        if columns is None:
            chosen = remembered(uow.session, case.unit.id)
    last = last_roster(desk.database, case.unit.id, case.enrolment.year)
    return UnitsOwn(case.unit.kind_code, chosen, checked_changes(changes), last)
