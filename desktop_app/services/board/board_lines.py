"""Every unit of the drive judged at once: how far it came, what waits, what presses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import CaseState, UnitKind, UnitState
from db.queries import board as queries
from desktop_app.domain.dates import last_day
from desktop_app.domain.deadlines import Pressing, Standing, pressing
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.scheme_parts import Step
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.windows import renew_by
from desktop_app.services.board.board_cases import Drive, JudgedCase, judge_case
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.units.unit_views import NOT_YET
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.board import Mark, UnitLine

TO_OPEN, SENT_BACK = "待开户", "登记退回"


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """A unit with its applications, the one at work (or the newest) last."""

    row: Row[Any]
    line: UnitLine
    cases: tuple[JudgedCase, ...]
    pressing: Pressing | None

    def people_before(self, case: JudgedCase) -> int:
        """People of the unit's earlier applications of the same year, to which this one adds."""
        same_year = (one.row for one in self.cases if one.row.year == case.row.year)
        return sum(row.people for row in same_year if row.id < case.row.id)


def read_drive(session: Session, desk: Desk) -> tuple[Drive, tuple[JudgedUnit, ...]]:
    """Read the drive of the office's year and judge every unit of it."""
    year = year_of(session, desk)
    drive = Drive(session, desk, year, _drive_scheme(session, desk))
    closing = (one.closes_on for one in drive.scheme.drives if one.year == year)
    drive.closes_on = next(closing, None)
    rows = queries.cases(session, year)
    for version in sorted({row.scheme_version_id for row in rows}):
        drive.schemes[version] = scheme_in_force(session, version)
    _gather(drive)
    judged: dict[int, list[JudgedCase]] = defaultdict(list)
    for row in rows:
        judged[row.unit_id].append(judge_case(drive, row))
    renewals = _renewals(drive)
    units = queries.units(session)
    return drive, tuple(_judge_unit(drive, row, judged.get(row.id, []), renewals) for row in units)


def _drive_scheme(session: Session, desk: Desk) -> Scheme:
    return scheme_in_force(session, drive_version(session, desk).id)


def _gather(drive: Drive) -> None:
    session = drive.session
    drive.money = {row.enrolment_id: row for row in queries.money(session)}
    for row in queries.papers(session):
        drive.papers[row.enrolment_id][row.paper_key] = row.state_code
    for row in queries.printed(session):
        drive.printed[row.enrolment_id].add(row.form_key)
    for row in queries.out_of_force(session):
        drive.void[row.enrolment_id].append((row.form_key, row.note or ""))
    drive.receipts = frozenset(queries.receipts(session))
    drive.sent_back = {row.enrolment_id: row.people for row in queries.sent_back(session)}
    drive.returned = {row.enrolment_id: row.people for row in queries.returned_people(session)}
    drive.refunds = {row.enrolment_id: int(row.fen) for row in queries.refunds(session)}
    drive.moves = {row.enrolment_id: row for row in queries.last_moves(session)}
    _gather_takers(drive)
    drive.calls = {row.unit_id: row for row in queries.last_calls(session)}
    drive.ends = {row.unit_id: last_day(row.until_on) for row in queries.covered_until(session)}


def _gather_takers(drive: Drive) -> None:
    """Who took each act that another step's person must differ from."""
    acts = {step.other_than for step in _steps(drive.schemes.values()) if step.other_than}
    for row in queries.takers(drive.session, sorted(acts - {cases.BOOKED})):
        drive.takers[row.enrolment_id, row.act] = frozenset((row.user_id,))
    for row in queries.bookers(drive.session):
        key = row.enrolment_id, cases.BOOKED
        drive.takers[key] = drive.takers.get(key, frozenset()) | {row.user_id}


def _renewals(drive: Drive) -> dict[date, date | None]:
    """Until when each cover that ends can be renewed, where the scheme says so."""
    calendar = drive.desk.calendar(drive.session)
    return {ends: renew_by(drive.scheme, ends, calendar) for ends in set(drive.ends.values())}


def _steps(schemes: Iterable[Scheme]) -> Iterable[Step]:
    return (step for scheme in schemes for steps in scheme.steps.values() for step in steps)


def _judge_unit(
    drive: Drive, row: Row[Any], judged: list[JudgedCase], renewals: dict[date, date | None]
) -> JudgedUnit:
    this_year = [one for one in judged if one.row.year == drive.year]
    at_work = [one for one in judged if one.open]
    reported = [one for one in this_year if one.reported]
    shown = max(at_work or this_year, key=lambda one: (one.row.year, one.row.id), default=None)
    presses = _pressing(drive, row, bool(reported), renewals)
    marks = _marks(drive, row, this_year, at_work) | _due_marks(presses)
    if any(one.refund_fen for one in judged):
        marks |= {Mark.REFUND, Mark.MEND}
    paid = [one for one in reported if one.paid]
    line = UnitLine(
        id=row.id,
        name=row.name,
        kind_label=label(UnitKind(row.kind_code)),
        area=row.area or "",
        at_work=row.at_work,
        contact=row.contact or "",
        phone=row.phone or "",
        state=row.state_code,
        state_label=label(UnitState(row.state_code)),
        step_label=shown.step_label if shown else _unit_step(row),
        people=shown.row.people if shown else 0,
        due_fen=shown.row.due_fen if shown else None,
        reported=sum(one.row.people for one in reported),
        paid=sum(one.row.people for one in paid),
        paid_fen=sum(one.paid_fen for one in paid),
        finished=sum(
            one.row.people for one in reported if one.row.state_code == CaseState.FINISHED
        ),
        marks=frozenset(marks),
        due_on=presses.on if presses else None,
        due_label=presses.label if presses else "",
        due_text=presses.text if presses else "",
    )
    return JudgedUnit(row, line, tuple(judged), presses)


def _unit_step(row: Row[Any]) -> str:
    return {UnitState.REGISTERED: TO_OPEN, UnitState.RETURNED: SENT_BACK}.get(
        row.state_code, NOT_YET
    )


def _pressing(
    drive: Drive, row: Row[Any], reported: bool, renewals: dict[date, date | None]
) -> Pressing | None:
    if row.state_code != UnitState.OPEN:
        return None
    ends = drive.ends.get(row.id)
    call = drive.calls.get(row.id)
    standing = Standing(
        handed_in=reported,
        closes_on=drive.closes_on,
        ends=ends,
        renew_by=renewals[ends] if ends is not None else None,
        call_on=call.again_on if call is not None else None,
    )
    return pressing(standing, drive.desk.today())


def _due_marks(presses: Pressing | None) -> frozenset[str]:
    return frozenset((Mark.DUE, Mark(f"due-{presses.reason}"))) if presses else frozenset()


def _marks(
    drive: Drive, row: Row[Any], this_year: list[JudgedCase], at_work: list[JudgedCase]
) -> set[str]:
    marks = _progress_marks(row, this_year)
    for one in at_work:
        marks |= _case_marks(one)
    if any(one.sent_back for one in (*this_year, *at_work)):
        marks |= {Mark.SENT_BACK, Mark.MEND}
    if row.state_code == UnitState.REGISTERED:
        marks.add(Mark.TO_OPEN)
        if Permission.REVIEW in GRANTS[drive.desk.actor.role]:  # it waits for who may open it
            marks.add(Mark.WAITING)
    if row.state_code == UnitState.RETURNED:
        marks |= {Mark.RETURNED, Mark.MEND}
    return marks


def _case_marks(case: JudgedCase) -> set[str]:
    """What is true of an unfinished application."""
    returned = case.row.state_code == CaseState.RETURNED
    holds = (
        (Mark.UNPAID, case.unpaid),
        (Mark.UNSTAMPED, bool(case.unstamped)),
        (Mark.WAITING, case.mine),
        (Mark.DIFFERS, bool(case.difference)),
        (Mark.RETURNED, returned),
        (Mark.MEND, returned or bool(case.difference)),
    )
    return {mark for mark, held in holds if held}


def _progress_marks(row: Row[Any], this_year: list[JudgedCase]) -> set[str]:
    marks: set[str] = set()
    for one in this_year:
        if not one.reported:
            continue
        marks |= {Mark.ACTIVE, Mark.REPORTED}
        if one.paid:
            marks.add(Mark.PAID)
        if one.row.state_code == CaseState.FINISHED:
            marks.add(Mark.FINISHED)
    if not marks and row.state_code == UnitState.OPEN:
        marks |= {Mark.ACTIVE, Mark.UNREPORTED}
    return marks
