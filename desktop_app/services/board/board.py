"""工作台: what waits, what presses, how the drive stands; every number has its list of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from db.backup import list_backups
from db.codes import UnitState
from db.files import BACKUPS
from db.queries import archives
from db.queries import board as queries
from desktop_app.domain.calendar_years import missing_years
from desktop_app.domain.dates import CHINA
from desktop_app.domain.money import yuan
from desktop_app.services.acts import look
from desktop_app.services.board.board_cases import Drive, JudgedCase, lacking
from desktop_app.services.board.board_lines import SENT_BACK, TO_OPEN, JudgedUnit, read_drive
from desktop_app.services.cases.dues import asks_money
from desktop_app.services.desk import Desk
from desktop_app.services.views.board import (
    MARK_LABELS,
    NO_AREA,
    AreaProgress,
    Board,
    BoardRow,
    Count,
    Heads,
    Mark,
    Report,
    Slice,
    UnitLine,
)

CHASED = (Mark.UNREPORTED, Mark.UNPAID, Mark.UNSTAMPED)
_STAMP = "%Y%m%dT%H%M%S"
_TONES = ("late", "warn", "plain")


class BoardService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def board(self) -> Board:
        """Gather the first screen; every number on it is counted from the ledger now."""
        with self.desk.database.reading() as uow:
            return _board(*read_drive(uow.session, self.desk))

    @look()
    def list_lines(self) -> tuple[UnitLine, ...]:
        """Every unit beside the drive's year: the lists behind the board's numbers."""
        with self.desk.database.reading() as uow:
            return _lines(read_drive(uow.session, self.desk)[1])

    @look()
    def report(self) -> Report:
        with self.desk.database.reading() as uow:
            drive, units = read_drive(uow.session, self.desk)
            return Report(_board(drive, units), _lines(units))


Units = tuple[JudgedUnit, ...]


def _lines(units: Units) -> tuple[UnitLine, ...]:
    return tuple(unit.line for unit in units)


def _board(drive: Drive, units: Units) -> Board:
    lines, desk = _lines(units), drive.desk
    return Board(
        today=desk.today(),
        year=drive.year,
        closes_on=drive.closes_on,
        waiting=count_of(lines, Mark.WAITING),
        waiting_parts=_by_step(lines),
        due=count_of(lines, Mark.DUE),
        due_parts=_parts(lines, (Mark.CLOSING, Mark.ENDING, Mark.CALL)),
        mend=count_of(lines, Mark.MEND),
        mend_parts=_parts(lines, (Mark.RETURNED, Mark.SENT_BACK, Mark.DIFFERS, Mark.REFUND)),
        chase=tuple(count_of(lines, mark) for mark in CHASED),
        rows=_rows(drive, units),
        areas=_areas(lines),
        whole=_progress("", lines),
        reported=_heads(lines, Mark.REPORTED),
        paid=_heads(lines, Mark.PAID),
        finished=_heads(lines, Mark.FINISHED),
        asks_money=any(asks_money(drive.scheme, way) for way in drive.scheme.steps),
        target=queries.target(drive.session, drive.year),
        last_backup=last_backup(desk.folder, desk.now()),
        units=len(lines),
        overdue_loans=archives.overdue(drive.session, desk.today()),
        missing_years=missing_years(desk.today(), desk.calendar(drive.session)),
    )


def count_of(lines: Iterable[UnitLine], mark: Mark) -> Count:
    return Count(MARK_LABELS[mark], sum(mark in line.marks for line in lines), Slice(mark))


def _parts(lines: Sequence[UnitLine], marks: Iterable[Mark]) -> tuple[Count, ...]:
    return tuple(part for mark in marks if (part := count_of(lines, mark)).units)


def _by_step(lines: Iterable[UnitLine]) -> tuple[Count, ...]:
    """What waits for this user by step, most first."""
    steps = Counter(line.step_label for line in lines if Mark.WAITING in line.marks)
    return tuple(
        Count(step, units, Slice(Mark.WAITING, step=step)) for step, units in steps.most_common()
    )


def _areas(lines: Iterable[UnitLine]) -> tuple[AreaProgress, ...]:
    """The areas in their order; those of no area, where there are any, last."""
    by_area: dict[str, list[UnitLine]] = {}
    for line in lines:
        if Mark.ACTIVE in line.marks:
            by_area.setdefault(line.area or NO_AREA, []).append(line)
    return tuple(_progress(area, inside) for area, inside in by_area.items())


def _progress(area: str, lines: Iterable[UnitLine]) -> AreaProgress:
    tally = Counter(mark for line in lines for mark in line.marks)
    return AreaProgress(
        area, tally[Mark.ACTIVE], tally[Mark.REPORTED], tally[Mark.PAID], tally[Mark.FINISHED]
    )


def _heads(lines: Iterable[UnitLine], mark: Mark) -> Heads:
    inside = [line for line in lines if mark in line.marks]
    people = sum(int(getattr(line, mark.value)) for line in inside)
    return Heads(len(inside), people, sum(line.paid_fen for line in inside))


def _rows(drive: Drive, units: Units) -> tuple[BoardRow, ...]:
    """What is to be done, the most pressing first."""
    placed = []
    for unit in units:
        if unit.row.state_code in (UnitState.REGISTERED, UnitState.RETURNED):
            placed.append((unit, _unit_row(unit)))
        todo = (case for case in unit.cases if case.open or case.sent_back or case.refund_fen)
        placed += [(unit, _case_row(drive, unit, case)) for case in todo]

    def urgency(item: tuple[JudgedUnit, BoardRow]) -> tuple[int, int]:
        presses = item[0].pressing
        return _TONES.index(item[1].tone), presses.on.toordinal() if presses else 9_999_999

    return tuple(row for _unit, row in sorted(placed, key=urgency))


def _unit_row(unit: JudgedUnit) -> BoardRow:
    row = unit.row
    back = row.state_code == UnitState.RETURNED
    registered = f"{row.registered_at.astimezone(CHINA):%m-%d} 登记"
    return BoardRow(
        unit_id=row.id,
        enrolment_id=None,
        unit=row.name,
        step_label=SENT_BACK if back else TO_OPEN,
        size="" if row.at_work is None else f"在职{row.at_work}人",
        note=(row.note or "") if back else registered,
        next_label="补正登记" if back else "审核开户",
        tone="warn" if back else "plain",
    )


def _case_row(drive: Drive, unit: JudgedUnit, case: JudgedCase) -> BoardRow:
    note, tone = _note(drive, unit, case)
    other_year = f"{case.row.year}年度 " if case.row.year != drive.year else ""
    return BoardRow(
        unit_id=unit.row.id,
        enrolment_id=case.row.id,
        unit=unit.row.name,
        step_label=case.step_label,
        size=size_text(case.row),
        note=other_year + note,
        next_label=_next_label(case),
        tone=tone,
    )


def _next_label(case: JudgedCase) -> str:
    if case.sent_back:
        return "处理退回的人"
    return case.stage.step.action if case.open else "登记退费到账"


def _note(drive: Drive, unit: JudgedUnit, case: JudgedCase) -> tuple[str, str]:
    """What presses, else what is wrong, else what is missing, else who moved it last."""
    if case.difference:
        return case.difference.split(":")[0], "late"
    if unit.pressing is not None:
        return unit.pressing.text, "late"
    owed = _owed(drive, unit, case)
    if owed:
        return owed, "warn"
    move = drive.moves[case.row.id]
    return f"{move.who} {move.at.astimezone(CHINA):%m-%d %H:%M}", "plain"


def _owed(drive: Drive, unit: JudgedUnit, case: JudgedCase) -> str:
    """What somebody has to mend, bring or wait for; empty where only the next step is left."""
    if case.sent_back:
        return f"上报后退回的{case.sent_back}人还没有处理"
    if case.returned:
        return case.returned
    lacks = lacking(drive, case, unit.row, unit.people_before(case)) if case.open else ""
    if lacks or not case.refund_fen:
        return lacks
    return f"退费{yuan(case.refund_fen)}元还没有到账"


def size_text(row: Row[Any]) -> str:
    size = f"{row.people}人"
    if row.due_fen is not None:
        size += f" · {yuan(row.due_fen)}"
        if row.total_fen != row.due_fen:
            size += f"(合计{yuan(row.total_fen or 0)})"
    return size


def last_backup(folder: Path, now: datetime) -> str:
    """今天 08:02, or 还没有备份; the folder's name carries the UTC time it was made."""
    found = list_backups(folder / BACKUPS)
    if not found:
        return "还没有备份"
    stamp = datetime.strptime(found[0].name.split("Z")[0], _STAMP)
    made = stamp.replace(tzinfo=UTC).astimezone(CHINA)
    day = "今天" if made.date() == now.astimezone(CHINA).date() else f"{made:%m-%d}"
    return f"{day} {made:%H:%M},已验证"
