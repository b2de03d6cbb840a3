"""A unit as its list and its page show it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.services.drafts import UnitDraft
from desktop_app.services.views.enrolments import EnrolmentRow
from desktop_app.services.views.papers import PaperLine

UNIT_PAPERS = {
    "code-certificate": "统一社会信用代码证书",
    "union-certificate": "工会法人资格证书",
}


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
    returned_for: str = ""  # why the registration went back; empty where it did not
