"""What the first screen, the list of units and the reports count, and what each count means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """What is true of a unit in the drive: a number counts the units that bear a mark.

    ACTIVE: takes part: its account is open, or it has handed in this year already.
    REPORTED: an application of the year is handed in and was not sent back; drafts do not count.
    UNREPORTED: active, and nothing is handed in.
    PAID: of a handed-in application the money agrees or is confirmed; where the scheme asks for
        no money, it is approved.
    UNPAID: an approved application whose money is missing or differs.
    UNSTAMPED: an application stands at a step that waits for stamped papers.
    FINISHED: an application of the year is 办结.
    WAITING: the next step is this user's to take.
    TO_OPEN: registered, and the office has not checked it yet.
    MEND: sent back in review (RETURNED), people of it sent back by the upper office and not yet
        decided on (SENT_BACK), what was paid differs (DIFFERS), or money asked back has not
        arrived (REFUND), of whatever year and finished or not.
    DUE: a day presses (`domain.deadlines`): CLOSING, ENDING, CALL say which.
    """

    ACTIVE = "active"
    REPORTED = "reported"
    UNREPORTED = "unreported"
    PAID = "paid"
    UNPAID = "unpaid"
    UNSTAMPED = "unstamped"
    FINISHED = "finished"
    WAITING = "waiting"
    TO_OPEN = "to-open"
    MEND = "mend"
    RETURNED = "returned"
    SENT_BACK = "sent-back"
    DIFFERS = "differs"
    REFUND = "refund"
    DUE = "due"
    CLOSING = "due-closing"
    ENDING = "due-ending"
    CALL = "due-call"


MARK_LABELS = {
    Mark.WAITING: "等我处理",
    Mark.DUE: "快到期",
    Mark.CLOSING: "集中办理将截止",
    Mark.ENDING: "保障将到期",
    Mark.CALL: "约好再联系",
    Mark.MEND: "要更正",
    Mark.RETURNED: "退回",
    Mark.SENT_BACK: "上报退回",
    Mark.DIFFERS: "缴费不符",
    Mark.REFUND: "退费未到账",
    Mark.TO_OPEN: "待开户",
    Mark.ACTIVE: "应办",
    Mark.REPORTED: "已报",
    Mark.UNREPORTED: "未报",
    Mark.PAID: "已缴",
    Mark.UNPAID: "未缴",
    Mark.UNSTAMPED: "未盖章",
    Mark.FINISHED: "办结",
}
NO_AREA = "未分片区"


@dataclass(frozen=True, slots=True)
class Slice:
    """Which units a number counts: opened, the list shows exactly these.

    Args:
        mark: a Mark, or "" for every unit.
        area: an area's name, NO_AREA, or "" for all.
        step: what the unit's step is called, or "" for any.
    """

    mark: str = ""
    area: str = ""
    step: str = ""

    def holds(self, line: UnitLine) -> bool:
        return (
            self.mark in ("", *line.marks)
            and self.area in ("", line.area or NO_AREA)
            and self.step in ("", line.step_label)
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many units a slice holds."""

    label: str
    units: int
    slice: Slice


@dataclass(frozen=True, slots=True)
class Heads:
    """Units that came so far with the people and the money of their applications."""

    units: int
    people: int
    fen: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the year's drive; people and money are sums over its applications of the year."""

    id: int
    name: str
    kind_label: str
    area: str
    at_work: int | None
    contact: str
    phone: str
    state: str  # db.codes.UnitState
    state_label: str
    step_label: str  # of the application at work, else of the newest; 未报 where there is none
    people: int  # on that application's list, drafts too
    due_fen: int | None
    reported: int  # people handed in
    paid: int  # people whose money is there
    paid_fen: int
    finished: int
    marks: frozenset[str]
    due_on: date | None  # the day that presses
    due_label: str
    due_text: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    unit_id: int
    enrolment_id: int | None  # None: the unit's registration itself waits
    unit: str
    step_label: str
    size: str  # 128人 · 12,800.00
    note: str
    next_label: str
    tone: str  # plain | late | warn


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """Units of an area by how far they came; `active` is those that ought to join."""

    area: str  # NO_AREA where units have none
    active: int
    reported: int
    paid: int
    finished: int

    @property
    def unreported(self) -> int:
        return self.active - self.reported


@dataclass(frozen=True, slots=True)
class Board:
    today: date
    year: int
    closes_on: date | None  # of the drive
    waiting: Count
    waiting_parts: tuple[Count, ...]
    due: Count
    due_parts: tuple[Count, ...]
    mend: Count
    mend_parts: tuple[Count, ...]
    chase: tuple[Count, ...]  # unreported, unpaid, unstamped
    rows: tuple[BoardRow, ...]
    areas: tuple[AreaProgress, ...]
    whole: AreaProgress  # all areas together
    reported: Heads
    paid: Heads
    finished: Heads
    asks_money: bool  # whether the drive's scheme has the units pay
    target: int | None
    last_backup: str  # 今天 08:02,已验证 - or 还没有备份
    units: int
    missing_years: tuple[int, ...] = ()  # whose 放假安排 should be entered by now
    overdue_loans: int = 0  # files lent out whose day to be back has gone by

    @property
    def paid_word(self) -> str:
        """What people are counted as once nothing more is to be paid for them."""
        return "已缴" if self.asks_money else "已审核"


@dataclass(frozen=True, slots=True)
class Report:
    """The board and every unit's line, from one reading."""

    board: Board
    lines: tuple[UnitLine, ...]
