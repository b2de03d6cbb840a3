"""工作日历: the years the office enters or corrects, laid over those the program carries."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.files import write_atomically
from db.models.acts import ChangeLog, Operation
from db.models.calendar import CalendarYear
from db.models.office import AppUser
from desktop_app.domain.calendar_years import (
    YearDraft,
    check_year,
    differences,
    doubts,
    fixed_days,
    refuse_emptying,
    text_of_year,
    working_days,
    year_of_text,
)
from desktop_app.domain.working_days import WorkCalendar, YearDays
from desktop_app.errors import FileError, UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.office_calendar import carried_calendar, days_of_row
from desktop_app.services.offices.calendar_views import (
    STATE_LABELS,
    YearChange,
    YearLine,
    YearState,
    YearView,
)
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_file

MOST_BYTES = 1_000_000


class CalendarService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("calendar.set-year", Permission.FIGURES, Area.CALENDAR)
    def set_year(self, tx: Transaction, draft: YearDraft, *, replace: bool = False) -> int:
        """Enter or correct a year with the notice it stands in; `replace` one by an unusual one.

        What was computed before keeps its stored steps; only what is computed from now on changes.
        """
        check_year(draft)
        row = _row(tx.session, draft.year)
        before = _days(row, draft.year)
        if before == draft.days:
            raise UserError(
                "calendar-unchanged",
                f"{draft.year}年与现有的安排相同,没有改动。",
                "改动日期或依据后再保存。",
                "year",
            )
        if not replace:
            refuse_emptying(draft, before)
        if row is None:
            row = tx.add(CalendarYear(year=draft.year))
        row.source = draft.source
        row.off = [day.isoformat() for day in draft.off]
        row.worked = [day.isoformat() for day in draft.worked]
        row.set_by, row.set_at = tx.user_id, tx.now
        tx.session.flush()
        tx.audit(
            f"calendar_year {row.id}",
            year=draft.year,
            off=len(draft.off),
            worked=len(draft.worked),
            source=draft.source,
        )
        return row.id

    @look()
    def list_years(self) -> tuple[YearLine, ...]:
        """Every year that is known, up to the next one, which may still be missing."""
        with self.desk.database.reading() as uow:
            rows = {row.year: (row, name) for row, name in uow.session.execute(_with_names())}
        carried = carried_calendar().years
        known = {*carried, *rows, self.desk.today().year + 1}
        years = range(min(known), max(known) + 1)
        return tuple(_line(year, *rows.get(year, (None, ""))) for year in years)

    @look()
    def in_force(self) -> WorkCalendar:
        """The calendar that working days are counted by here."""
        return self.desk.calendar()

    @look()
    def get_year(self, year: int) -> YearView:
        with self.desk.database.reading() as uow:
            query = _with_names().where(CalendarYear.year == year)
            row, name = uow.session.execute(query).one_or_none() or (None, "")
            history = () if row is None else _history(uow.session, row)
        return _view(year, row, name, history)

    @look()
    def read_file(self, file: Path, year: int) -> YearDraft:
        """A year out of a file in the carried file's form; nothing is saved."""
        return year_of_text(_text_of(file), year, file.name)

    @look()
    def save_file(self, year: int, target: Path) -> str:
        """Write a year in that form, for another office; returns the file's path."""
        require_file(self.desk, target)
        draft = YearDraft.of(year, self._known(year))
        write_atomically(target, text_of_year(draft).encode())
        return str(target)

    def _known(self, year: int) -> YearDays:
        found = self.desk.calendar().years.get(year)
        if found is None:
            raise UserError(
                "calendar-missing",
                f"{year}年的放假安排还没有录入。",
                "请先对照国务院办公厅通知录入并保存。",
                "year",
            )
        return found


def _with_names() -> Any:
    return select(CalendarYear, AppUser.name).join(AppUser, AppUser.id == CalendarYear.set_by)


def _row(session: Session, year: int) -> CalendarYear | None:
    return session.scalars(select(CalendarYear).where(CalendarYear.year == year)).one_or_none()


def _days(row: CalendarYear | None, year: int) -> YearDays | None:
    return carried_calendar().years.get(year) if row is None else days_of_row(row)


def _state(year: int, row: CalendarYear | None) -> YearState:
    carried = carried_calendar().knows(year)
    if row is not None:
        return YearState.CORRECTED if carried else YearState.OWN
    return YearState.CARRIED if carried else YearState.MISSING


def _line(year: int, row: CalendarYear | None, name: str) -> YearLine:
    days, state = _days(row, year), _state(year, row)
    return YearLine(
        year=year,
        state=state.value,
        state_label=STATE_LABELS[state],
        source="" if days is None else days.source,
        working_days=working_days(year, days),
        set_by=name,
        set_at=None if row is None else row.set_at,
    )


def _view(
    year: int, row: CalendarYear | None, name: str, history: tuple[YearChange, ...]
) -> YearView:
    if not 1900 <= year <= 9998:  # the calendar of dates ends there
        raise UserError("calendar-year", f"没有{year}年的工作日历。", "请核对年份。", "year")
    days, carried = _days(row, year), carried_calendar().years.get(year)
    shown = YearDraft(year, fixed_days(year), (), "") if days is None else YearDraft.of(year, days)
    against: tuple[str, ...] = ()
    if row is not None and days is not None and carried is not None:
        against = differences(carried, days)
    return YearView(
        line=_line(year, row, name),
        off=shown.off,
        worked=shown.worked,
        doubts=() if days is None else doubts(shown),
        against_carried=against,
        history=history,
    )


def _history(session: Session, row: CalendarYear) -> tuple[YearChange, ...]:
    """Walk back from what stands now through the change log to the first entry."""
    query = (
        select(ChangeLog, Operation.at, AppUser.name)
        .join(Operation, Operation.id == ChangeLog.operation_id)
        .join(AppUser, AppUser.id == Operation.actor_id)
        .where(ChangeLog.table_name == CalendarYear.__tablename__, ChangeLog.row_id == row.id)
        .order_by(ChangeLog.hlc.desc(), ChangeLog.id)
    )
    acts: dict[bytes | None, tuple[datetime, str, dict[str, Any]]] = {}
    for line, at, name in session.execute(query):
        acts.setdefault(line.operation_id, (at, name, {}))[2][line.field] = line.old
    state = CalendarYear(
        off=row.off, worked=row.worked, source=row.source, set_by=row.set_by, set_at=row.set_at
    )
    found = []
    for at, name, old in acts.values():
        after = days_of_row(state)
        for field, value in old.items():
            setattr(state, field, value)
        found.append(YearChange(at, name, differences(days_of_row(state), after)))
    return (*found, _first(session, state, row.year))


def _first(session: Session, state: CalendarYear, year: int) -> YearChange:
    carried = carried_calendar().years.get(year)
    words = ("录入",) if carried is None else differences(carried, days_of_row(state))
    at: datetime | str = state.set_at  # as the change log holds it, where it was changed since
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    name = session.scalars(select(AppUser.name).where(AppUser.id == state.set_by)).one()
    return YearChange(when, name, words)


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValueError
        return data.decode("utf-8-sig")
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    except ValueError:  # no UTF-8, or far too big
        raise FileError(
            "calendar-invalid",
            "这个文件不是工作日历。",
            "请选择由本程序存出的工作日历文件(.toml)。",
            str(file),
        ) from None
