"""One person whole: covers, applications by year, claims, what waits, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.owed_steps import Owed
from desktop_app.services.views.enrolments import HistoryLine


@dataclass(frozen=True, slots=True)
class PersonCover:
    enrolment_id: int
    plan: str
    unit: str
    year: int
    shares: int
    from_on: date
    last_on: date  # the last covered day, to 24:00
    state: str  # covered, later, past, void
    state_label: str  # 保障中, 未开始, 已满期, 已作废
    period: str  # 自2026年12月1日0时起至2027年11月30日24时止
    note: str  # why it ended before its time


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One unit's application that has, or had, the person on its list."""

    enrolment_id: int
    unit_id: int
    unit: str
    year: int
    plans: str
    listed: str  # 在名单内, 保障中, 上级退回, 已撤出
    joining: bool
    open: bool
    step_label: str  # 待缴费
    owed: Owed | None  # None once it is finished or void
    money_label: str  # 未缴, 已缴, 省办确认到账 …
    business_no: str


@dataclass(frozen=True, slots=True)
class PersonClaim:
    id: int
    number: str
    plan: str
    event_on: date
    claimed_fen: int | None
    decided_fen: int | None
    paid_on: date | None
    open: bool
    step_label: str
    owed: Owed | None


@dataclass(frozen=True, slots=True)
class PersonWaiting:
    """Why the person is not yet in: sent back from above, or a row to be corrected."""

    enrolment_id: int
    unit_id: int
    unit: str
    year: int
    what: str  # 上级退回, 待补正
    reason: str
    where: str  # 名册.xlsx · Sheet1 · 第7行


@dataclass(frozen=True, slots=True)
class PersonView:
    id: int
    name: str
    identity: str  # masked
    sex_label: str
    age: int | None
    state_label: str  # 在职
    unit_id: int | None
    unit: str
    case_id: int | None  # of the year that one asks about: still open, else the newest
    covered: bool  # today
    covers: tuple[PersonCover, ...]  # the latest first
    cases: tuple[PersonCase, ...]  # the newest first
    claims: tuple[PersonClaim, ...]  # the newest first
    waiting: tuple[PersonWaiting, ...]
    history: tuple[HistoryLine, ...]  # the newest first
    sentence: str  # for the phone
