"""A paper that comes in and a form that goes out, as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PaperLine:
    key: str
    label: str
    state: str  # db.codes.PaperState
    state_label: str
    note: str
    attachment_id: int | None
    by_statement: bool = False  # bank lines stand for it, and no rule wants it on paper


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form of the case: issued (number, state) or not yet, and whether it may print now."""

    key: str  # notice, application, roster, confirmation, archive-list
    label: str
    issued_id: int | None
    number: str | None
    issued_at: datetime | None
    copies: int
    stamped: bool
    may_print: bool
    why_not: str
    wanted: int = 2  # copies printed at first
    again: str = ""  # what must be done anew, where what was printed is void: 需重新盖章
    provisional: str = ""  # number of a 暂用 print that no final one stands for
    again_for: str = ""  # why: 内容已改:第12行姓名
    remedy: str = ""  # what to do, where going on with the steps does not bring it


@dataclass(frozen=True, slots=True)
class ProvisionalLine:
    """A 暂用 print that waits for the final one."""

    issued_id: int
    number: str
    label: str
    unit: str
    unit_id: int
    enrolment_id: int
    issued_on: date
