"""A case's list beside the ledger: who speaks against a row, and who its people are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.codes import Sex
from db.queries import enrolments as queries
from db.queries import members as member_queries
from db.queries.members import Known
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.likely import Signs
from desktop_app.domain.rosters.rosters import RosterReport, RosterRow
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.roster_members import misnamed
from desktop_app.services.rosters.applied import applied_findings
from desktop_app.services.rosters.former_numbers import former_notes, former_numbers, met_twice
from desktop_app.services.rosters.namesakes import insured_notes, likely_notes

Key = tuple[str | None, int]


class Told(NamedTuple):
    """What the ledger says of a file's good rows.

    Args:
        people: the rows, each with the number that the ledger has of its person now.
        refused: what speaks against a row.
        noted: what somebody has to look at; the rows are taken.
        known: what the ledger has of the people's numbers.
        within: the same, said to the desk alone: whom the file has twice, as it seems, and whose
            plans or shares are not those of the application.
    """

    people: Sequence[RosterRow]
    refused: dict[Key, Finding]
    noted: tuple[Finding, ...]
    known: Mapping[str, Known]
    within: tuple[Finding, ...] = ()

    @property
    def taken(self) -> Sequence[RosterRow]:
        """The people against whom nothing speaks."""
        refused = self.refused
        if not refused:
            return self.people
        return [row for row in self.people if (row.sheet, row.row) not in refused]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.refused.values(), *self.noted)


def told_of(session: Session, case: Case, report: RosterReport) -> Told:
    """What only the ledger knows of a report's good rows, each at its identity number."""
    signs = Signs(report.accepted)
    told = told_of_people(session, case, report.accepted, signs)
    return told._replace(
        refused={at: _placed(one, report) for at, one in told.refused.items()},
        noted=tuple(_placed(one, report) for one in told.noted),
        within=(
            *(_placed(one, report) for one in likely_notes(signs)),
            *applied_findings(session, case, report),
        ),
    )


def told_of_people(session: Session, case: Case, rows: Sequence[RosterRow], signs: Signs) -> Told:
    """The same of rows by themselves, without their columns; `signs` are those of the rows."""
    known = member_queries.known_by_identity(session, [row.identity for row in rows])
    former = former_numbers(session, rows, known)
    people = rows
    sure = {number: one.number for number, one in former.items() if one.sure}
    if sure:
        people = [row._replace(identity=sure.get(row.identity, row.identity)) for row in rows]
        known |= member_queries.known_by_identity(session, [*sure.values()])
    refused = {(one.sheet, one.row or 0): one for one in met_twice(rows, sure)}
    refused |= _refused(session, case, people, known)
    noted = (*former_notes(rows, former), *insured_notes(session, case, signs, known))
    kept = [one for one in noted if (one.sheet, one.row or 0) not in refused]
    return Told(people, refused, tuple(kept), known)


def _refused(
    session: Session, case: Case, rows: Sequence[RosterRow], known: Mapping[str, Known]
) -> dict[Key, Finding]:
    """People of other units, numbers under another name, men where only women may join."""
    elsewhere = queries.elsewhere(
        session, known, case.enrolment.year, case.scheme_id, case.enrolment.id
    )
    free = misnamed(session, rows, known)
    names = {
        number: one.name for number, one in known.items() if not one.merged and number not in free
    }
    join = case.scheme.words.join
    plans = [
        case.scheme.plan(plan.plan_key) for _, plan in queries.plans_of(session, case.enrolment.id)
    ]
    women_only = bool(plans) and all(plan.women_only for plan in plans)
    found: dict[Key, Finding] = {}
    for row in rows:
        name = names.get(row.identity)
        if row.identity in elsewhere:
            unit, year = elsewhere[row.identity]
            text = f"{row.name}已由“{unit}”办理{year}年度{join},请与本人核对后从一家删去"
            found[row.sheet, row.row] = _error(row, "duplicate-elsewhere", text)
        elif name is not None and name_key(name) != name_key(row.name):
            text = f"台账中这个身份证号的姓名是“{name}”,名单上是“{row.name}”,请向本人核对"
            found[row.sheet, row.row] = _error(row, "name-differs", text)
        elif women_only and row.sex != Sex.FEMALE:
            text = f"这份申请只办女职工的项目,{row.name}不能{join},请从名单中删去"
            found[row.sheet, row.row] = _error(row, "women-only", text)
    return found


def _placed(finding: Finding, report: RosterReport) -> Finding:
    return replace(finding, column=report.identity_column(finding.sheet, finding.row or 0))


def _error(row: RosterRow, code: str, text: str) -> Finding:
    return Finding(row.sheet, row.row, None, code, Severity.ERROR, text, "identity")
