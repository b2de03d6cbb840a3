"""What the unit page is drawn from: read in one call, told in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.codes import Role, UnitState
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.units import UnitView

if TYPE_CHECKING:
    from desktop_app.services.services import Services


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page is drawn from, read in one call."""

    unit: UnitView
    case: EnrolmentView | None
    year: int
    today: date
    may_review: bool  # whether the signed-in user's role may open or return a unit


def read_unit(services: Services, unit_id: int) -> Shown:
    """The unit with its newest case; runs off the GUI thread."""
    unit = services.units.get(unit_id)
    newest = unit.enrolments[0].id if unit.enrolments else None
    case = services.enrolments.get(newest) if newest is not None else None
    office = services.office.view()
    may_review = Permission.REVIEW in GRANTS[Role(office.user.role)]
    return Shown(unit, case, services.schemes.current_year(), office.today, may_review)


def facts_text(draft: UnitDraft, unit: UnitView) -> str:
    """Codes, kind, people, area and who to call, in one line."""
    at_work = "" if draft.at_work is None else f"在职 {draft.at_work} 人"
    if at_work and draft.women is not None:
        at_work += f"(女 {draft.women})"
    contact = f"{draft.contact_name or ''} {draft.contact_phone or ''}".strip()
    parts = (
        draft.employer_code or "无单位代码",
        f"工会 {draft.union_code}" if draft.union_code else "",
        unit.kind_label,
        at_work,
        draft.area or "",
        f"联系人 {contact}" if contact else "",
        unit.state_label if unit.state != UnitState.OPEN else "",
    )
    return " · ".join(part for part in parts if part)
