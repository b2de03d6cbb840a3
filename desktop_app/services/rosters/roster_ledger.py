"""A case's list beside the ledger: who speaks against a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from db.codes import Sex
from db.queries import enrolments as queries
from db.queries.members import Known, known_by_identity
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.names import name_key
from desktop_app.domain.rosters.likely import likely_same
from desktop_app.domain.rosters.rosters import RosterReport, RosterRow
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.roster_members import misnamed

Key = tuple[str | None, int]


def known_people(session: Session, rows: Iterable[RosterRow]) -> dict[str, Known]:
    """What the ledger has of the rows' numbers."""
    return known_by_identity(session, [row.identity for row in rows])


def ledger_findings(
    session: Session, case: Case, rows: Sequence[RosterRow], known: Mapping[str, Known]
) -> dict[Key, Finding]:
    """What only the ledger knows: people of other units, numbers under another name.

    `known` is what it has of the rows' numbers.
    """
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


def likely_findings(report: RosterReport) -> list[Finding]:
    """A word at each person whose namesake of the same birthday stands above."""
    told = []
    for person, earlier in likely_same(report.accepted):
        other = "" if person.sheet == earlier.sheet else f"“{earlier.sheet}”"
        text = (
            f"第{person.row}行 {person.name}与{other}第{earlier.row}行同名同生日,身份证号不同,"
            "可能是同一人更正过号码,请核对"
        )
        at = (person.sheet, person.row, report.identity_column(person.sheet, person.row))
        told.append(Finding(*at, "person-likely-same", Severity.WARNING, text, "identity"))
    return told


def _error(row: RosterRow, code: str, text: str) -> Finding:
    return Finding(row.sheet, row.row, None, code, Severity.ERROR, text, "identity")
