"""The plain values that services hand out: what pages, the command line and tests see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from desktop_app.domain.benefit_needs import FactField
from desktop_app.domain.enrolments import Missing, StepView
from desktop_app.domain.issues import Finding
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.quote_views import QuoteView
from desktop_app.services.worksheet_views import WorksheetView


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    login: str
    name: str
    role: str
    role_label: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    name: str
    county: str
    demo: bool
    desk_letter: str
    user: UserView
    today: date


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """先查名单: what is wrong with a file, before any unit or scheme exists."""

    file_name: str
    rows_read: int
    accepted: int
    rejected: int
    skipped: int
    findings: tuple[Finding, ...]
    unit_id: int | None  # the unit the file's name or title speaks of, where one is found
    unit_name: str | None
    # whose the row with a finding is, by sheet and row; empty where the row has no name
    names: Mapping[tuple[str | None, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperLine:
    key: str
    label: str
    state: str  # db.codes.PaperState
    state_label: str
    note: str
    attachment_id: int | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """One line of a list of enrolments."""

    id: int
    unit_id: int
    unit_name: str
    year: int
    handling_label: str
    step_label: str  # 待审核, 待缴费 ...
    people: int
    due_fen: int | None
    business_no: str | None
    state: str
    total_fen: int | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int
    name: str
    kind_label: str
    area: str
    at_work: int | None
    contact: str
    state: str
    state_label: str
    step_label: str  # of this year's enrolment; 未报 where there is none
    people: int
    due_fen: int | None


@dataclass(frozen=True, slots=True)
class UnitView:
    id: int
    uid: str
    draft: UnitDraft
    kind_label: str
    state: str  # registered, open, returned, ended
    state_label: str
    papers: tuple[PaperLine, ...]
    enrolments: tuple[EnrolmentRow, ...]  # newest first


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan that may be taken; fee_fen is None while it is to be confirmed."""

    key: str
    label: str
    holders: str  # all | women
    fee_fen: int | None
    max_shares: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    key: str
    label: str
    shares: int
    fee_fen: int | None
    people: int
    due_fen: int | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    id: int
    amount_fen: int
    people: int | None
    paid_on: date
    payer_name: str
    payer_is_person: bool
    state: str
    state_label: str
    confirmed_on: date | None


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


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Everything of one case that its page shows."""

    id: int
    uid: str
    unit_id: int
    unit_name: str
    year: int
    handling: str
    handling_label: str
    state: str
    steps: tuple[StepView, ...]
    step_key: str
    step_label: str
    next_label: str  # text of the one button, without 下一步:
    next_act: str  # act key, e.g. enrolment.submit
    missing: tuple[Missing, ...]  # empty: the button is live
    plans: tuple[PlanLine, ...]
    people: int
    parked: int
    participation: str  # 在职107人,应不少于86人(80%):已够
    at_work: int | None
    women: int | None
    due_fen: int | None
    paid_fen: int
    difference: str  # money in words, empty where it agrees
    to_confirm: tuple[str, ...]
    business_no: str | None
    effective_on: date | None
    last_on: date | None
    papers: tuple[PaperLine, ...]
    payments: tuple[PaymentLine, ...]
    forms: tuple[FormLine, ...]
    returned_for: str
    submitted_by: str
    folder: str  # last upload folder's name
    total_fen: int | None = None  # with what unions bear; due_fen is what the unit transfers
    quote: QuoteView | None = None  # what it comes to and how; None where the unit works it out


@dataclass(frozen=True, slots=True)
class PersonLine:
    line_no: int
    member_id: int
    name: str
    identity: str  # masked
    sex_label: str
    age: int | None
    plans: str
    contribution_fen: int | None
    state_label: str
    note: str


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A refused row that waits with the case for correction (待补正)."""

    batch_id: int
    seq: int
    where: str  # 名册.xlsx · Sheet1 · 第7行
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a roster would do; saved as a waiting batch outside the ledger."""

    batch_id: int
    file_name: str
    rows_read: int
    accepted: int
    rejected: int
    skipped: int
    new_people: int
    known_people: int
    findings: tuple[Finding, ...]
    participation: str
    due_fen: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search box, complete in its row."""

    kind: str  # member | unit | enrolment
    id: int
    unit_id: int | None
    enrolment_id: int | None
    title: str
    detail: str  # unit · plan · from-to · paid · claims


@dataclass(frozen=True, slots=True)
class BoardRow:
    unit_id: int
    enrolment_id: int
    unit: str
    step_label: str
    size: str  # 128人 · 12,800.00
    note: str
    next_label: str
    tone: str  # plain | late | warn


@dataclass(frozen=True, slots=True)
class AreaProgress:
    area: str
    done: int
    units: int


@dataclass(frozen=True, slots=True)
class Board:
    today: date
    year: int
    waiting: int
    waiting_note: str
    late: int
    late_note: str
    returned: int
    returned_note: str
    rows: tuple[BoardRow, ...]
    areas: tuple[AreaProgress, ...]
    people: int
    target: int | None
    last_backup: str  # 今天 08:02,已验证,902人 - or 还没有备份
    units: int
    missing_years: tuple[int, ...] = ()  # whose 放假安排 should be entered by now


@dataclass(frozen=True, slots=True)
class ClaimRow:
    id: int
    number: str
    person: str
    unit: str
    plan: str
    event_on: date
    claimed_fen: int | None
    step_label: str
    papers_missing: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    id: int
    number: str
    person: str
    identity: str  # masked
    unit: str
    plan: str
    event_on: date
    cover: str  # 自2026年12月1日0时起至…24时止, or why there is none
    claimed_fen: int | None
    on_paper: bool
    papers: tuple[PaperLine, ...]
    decided_fen: int | None
    decided_on: date | None
    step_label: str
    next_label: str
    next_act: str
    missing: tuple[Missing, ...]
    decides: str = "province"  # province, office, insurance
    pays: str = "province"  # province, office, hospital-bill
    amount_fen: int | None = None  # what it goes by: the worksheet's amount, or the one asked for
    paid_on: date | None = None  # paid out, or arrived from the province
    told_on: date | None = None
    may_skip: bool = False  # the next act may be left out
    may_figure: bool = False
    returns_to: str = ""  # the step it may be sent back to
    may_refuse: bool = False
    refusal: str = ""  # the rule's text
    refusal_rules: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # as typed
    fields: tuple[FactField, ...] = ()  # what the plan's rules ask for
    worksheet: WorksheetView | None = None


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """A person a claim can be made for: every plan that covers the event's date."""

    member_id: int
    name: str
    identity: str  # masked
    unit: str
    plans: tuple[tuple[str, str], ...]  # (plan key, 住院医疗 至2027年11月30日24时)


@dataclass(frozen=True, slots=True)
class ExportedFolder:
    submission_id: int
    number: str
    folder: str  # full path
    files: tuple[str, ...]
    people: int
    due_fen: int | None
    package_sha256: str


@dataclass(frozen=True, slots=True)
class AnswerResult:
    accepted: int
    failed: int
    unknown: int
    lines: tuple[tuple[str, str], ...]  # (name, reason)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of the scheme that the head has to confirm before it may be used."""

    path: str
    label: str
    value: int | None
    state: str
    state_label: str
    document_no: str


@dataclass(frozen=True, slots=True)
class BackupLine:
    path: str
    made_at: datetime
    people: int
    verified: bool
    size: int
