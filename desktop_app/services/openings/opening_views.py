"""What a plan of last year's books shows before it is stored, and its rows that wait."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.codes import RowState
from db.models.imports import ImportBatch
from db.queries import openings
from desktop_app.domain.dates import last_day
from desktop_app.domain.openings.opening_units import OpeningUnit
from desktop_app.services.openings.opening_ledger import Known, look_up
from desktop_app.services.openings.opening_reading import PlannedPerson
from desktop_app.services.openings.opening_rows import UNIT, Accepted, accepted_of
from desktop_app.services.openings.opening_sums import amount, differences
from desktop_app.services.rosters.roster_rows import finding_of
from desktop_app.services.views.openings import (
    OpeningFile,
    OpeningFinding,
    OpeningPlan,
    OpeningUnitLine,
    WaitingLine,
)


def plan_view(session: Session, batches: Sequence[ImportBatch], year: int) -> OpeningPlan:
    ids = [batch.id for batch in batches]
    names = {batch.id: batch.file_name for batch in batches}
    rows = list(openings.rows_of(session, ids))
    accepted = accepted_of(row for row in rows if row.state_code == RowState.ACCEPTED)
    known = look_up(session, year, accepted.everyone)
    lines = _lines(known, accepted)
    return OpeningPlan(
        batch_ids=tuple(ids),
        year=year,
        files=tuple(
            OpeningFile(b.file_name, b.rows_read, b.accepted, b.rejected, b.skipped)
            for b in batches
        ),
        units=lines,
        new_units=sum(line.new for line in lines),
        new_people=sum(line.people for line in lines),
        known_people=sum(line.known for line in lines),
        rejected=sum(batch.rejected for batch in batches),
        findings=tuple(
            OpeningFinding(names[row.batch_id], finding_of(stored))
            for row in rows
            for stored in row.findings
        ),
    )


def waiting_lines(session: Session) -> tuple[WaitingLine, ...]:
    lines = []
    for row, batch in openings.waiting(session):
        texts = row.cells.get("texts", {})
        reasons = [finding_of(stored).message for stored in row.findings if stored[4] == "error"]
        lines.append(
            WaitingLine(
                batch.file_name,
                row.sheet or "",
                row.row_no,
                texts.get("unit", ""),
                "" if row.cells["kind"] == UNIT else texts.get("name", ""),
                ";".join(reasons),
            )
        )
    return tuple(lines)


def _lines(known: Known, accepted: Accepted) -> tuple[OpeningUnitLine, ...]:
    keys = dict.fromkeys((*accepted.units, *accepted.people))
    return tuple(
        _line(known, key, accepted.units.get(key), accepted.people.get(key, ())) for key in keys
    )


def _line(
    known: Known, key: str, unit: OpeningUnit | None, people: Sequence[PlannedPerson]
) -> OpeningUnitLine:
    there = sum(known.has(person) for person in people)
    ends = [person.end for person in people]
    return OpeningUnitLine(
        name=unit.name if unit is not None else known.units[key][1],
        new=key not in known.units,
        people=len(people) - there,
        known=there,
        fen=amount(unit, people) if people else None,
        first=min((person.first for person in people), default=None),
        last=last_day(max(ends)) if ends else None,
        business_no=unit.texts.get("business_no", "") if unit is not None else "",
        note=_note(unit, people),
    )


def _note(unit: OpeningUnit | None, people: Sequence[PlannedPerson]) -> str:
    """Where the table of units and the rosters do not agree; neither is changed for it."""
    if not people:
        return "没有名单,只登记单位"
    return ";".join(text for _code, text in differences(unit, people))
