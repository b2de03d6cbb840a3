"""Claims as the list and the card beside it show them, and whom one can be made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.domain.benefits.benefit_needs import FactField
from desktop_app.domain.enrolments import Missing
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.worksheets import IssuedOnce, WorksheetView


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
    business_no: str = ""
    may_number: bool = False
    may_void: bool = False
    voided: str = ""  # why it was
    receipt: IssuedOnce | None = None
    owed: str = ""  # what the person's unit has not paid of the year that covers; a warning


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """A person a claim can be made for: every plan that covers the event's date."""

    member_id: int
    name: str
    identity: str  # masked
    unit: str
    plans: tuple[tuple[str, str], ...]  # (plan key, 住院医疗 至2027年11月30日24时)
