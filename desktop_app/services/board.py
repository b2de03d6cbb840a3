"""工作台: what waits, what is late, how the drive stands against its aim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.backup import list_backups
from db.codes import CaseState, Role, UnitState
from db.files import BACKUPS
from db.models.enrolments import Enrolment
from db.models.office import Area
from db.models.schemes import CoveragePeriod
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.calendar_years import missing_years
from desktop_app.domain.money import yuan
from desktop_app.services import cases
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.enrolment_views import money_difference
from desktop_app.services.schemes import year_of
from desktop_app.services.unit_views import step_label
from desktop_app.services.views.board import AreaProgress, Board, BoardRow

LATE_AFTER = timedelta(days=3)
CHINA = timedelta(hours=8)
_STAMP = "%Y%m%dT%H%M%S"


class BoardService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def board(self) -> Board:
        """Gather the first screen; every number on it is counted from the ledger now."""
        with self.desk.database.reading() as uow:
            session = uow.session
            year = year_of(session, self.desk)
            rows, waiting, late = [], [], []
            for enrolment, name in queries.of_year(session, year):
                if enrolment.state_code == CaseState.FINISHED:
                    continue
                row = self._row(session, enrolment, name)
                rows.append(row)
                if self._mine(session, enrolment):
                    waiting.append(row)
                if row.tone == "late":
                    late.append(name)
            returned = [row.unit for row in rows if row.step_label == "退回"]
            registered = session.scalars(
                select(func.count())
                .select_from(Unit)
                .where(Unit.state_code == UnitState.REGISTERED)
            ).one()
            return Board(
                today=self.desk.today(),
                year=year,
                waiting=len(waiting) + registered,
                waiting_note=_waiting_note(waiting, registered),
                late=len(late),
                late_note="、".join(late[:2]) + ("…" if len(late) > 2 else ""),
                returned=len(returned),
                returned_note="、".join(returned[:2]),
                rows=tuple(sorted(rows, key=lambda row: ("late", "warn", "plain").index(row.tone))),
                areas=_areas(session, year),
                people=_people(session, year),
                target=_target(session, year),
                last_backup=last_backup(self.desk.folder, self.desk.now()),
                units=session.scalars(select(func.count()).select_from(Unit)).one(),
                missing_years=missing_years(self.desk.today(), self.desk.calendar(session)),
            )

    def _row(self, session: Session, enrolment: Enrolment, name: str) -> BoardRow:
        case = cases.load(session, enrolment.id)
        facts = cases.facts_of(session, case, self.desk)
        missing = cases.missing_before(case, facts)
        note, tone = self._note(session, enrolment), "plain"
        difference = money_difference(facts)
        if difference:
            note, tone = difference.split(":")[0], "late"
        elif enrolment.returned_for:
            note, tone = enrolment.returned_for, "warn"
        elif missing:
            note, tone = missing[0].message, "warn"
        size = f"{enrolment.people}人"
        if enrolment.due_fen is not None:
            size += f" · {yuan(enrolment.due_fen)}"
            if enrolment.total_fen != enrolment.due_fen:
                size += f"(合计{yuan(enrolment.total_fen or 0)})"
        return BoardRow(
            unit_id=enrolment.unit_id,
            enrolment_id=enrolment.id,
            unit=name,
            step_label=step_label(session, enrolment),
            size=size,
            note=note,
            next_label=case.step.action,
            tone=tone,
        )

    def _note(self, session: Session, enrolment: Enrolment) -> str:
        """Who moved it last, and when."""
        step, who = queries.history_of(session, enrolment.id)[-1]
        return f"{who} {step.at + CHINA:%m-%d %H:%M}"

    def _mine(self, session: Session, enrolment: Enrolment) -> bool:
        """Whether the next step waits for this user's role."""
        step = cases.load(session, enrolment.id).step
        reviews = self.desk.actor.role in (Role.REVIEWER, Role.HEAD)
        return (step.who == Role.REVIEWER) == reviews


def last_backup(folder: Path, now: datetime) -> str:
    """今天 08:02, or 还没有备份; the folder's name carries the UTC time it was made."""
    found = list_backups(folder / BACKUPS)
    if not found:
        return "还没有备份"
    made = datetime.strptime(found[0].name.split("Z")[0], _STAMP).replace(tzinfo=UTC) + CHINA
    day = "今天" if made.date() == (now + CHINA).date() else f"{made:%m-%d}"
    return f"{day} {made:%H:%M},已验证"


def _waiting_note(waiting: list[BoardRow], registered: int) -> str:
    counts: dict[str, int] = {}
    for row in waiting:
        counts[row.step_label] = counts.get(row.step_label, 0) + 1
    parts = [f"{count}家{label}" for label, count in counts.items()]
    if registered:
        parts.append(f"{registered}家待开户")
    return " · ".join(parts[:3])


def _areas(session: Session, year: int) -> tuple[AreaProgress, ...]:
    """Units with an application of the year that passed review, of all units of the area."""
    done = func.count(func.distinct(Enrolment.unit_id)).filter(Enrolment.approved_at.is_not(None))
    query = (
        select(Area.name, done, func.count(func.distinct(Unit.id)))
        .join(Unit, Unit.area_id == Area.id)
        .outerjoin(
            Enrolment,
            (Enrolment.unit_id == Unit.id)
            & (Enrolment.year == year)
            & (Enrolment.state_code != CaseState.VOID),
        )
        .where(Unit.state_code != UnitState.ENDED)
        .group_by(Area.id, Area.name, Area.sort_no)
        .order_by(Area.sort_no)
    )
    return tuple(AreaProgress(name, ready, units) for name, ready, units in session.execute(query))


def _people(session: Session, year: int) -> int:
    query = select(func.sum(Enrolment.people)).where(
        Enrolment.year == year, Enrolment.state_code != CaseState.VOID
    )
    return session.scalars(query).one() or 0


def _target(session: Session, year: int) -> int | None:
    query = select(func.max(CoveragePeriod.target_people)).where(CoveragePeriod.year == year)
    return session.scalars(query).one()
