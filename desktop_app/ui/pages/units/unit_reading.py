"""A page that knows its unit: read in one call, told in one line, read again on any change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.codes import Role, UnitState
from desktop_app.services.done import Area
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.offers import NOTHING, UnitOffers
from desktop_app.services.views.undo import UndoOffer
from desktop_app.services.views.units import UnitView
from desktop_app.ui.dialogs.acts import OTHERS
from desktop_app.ui.dialogs.case import Case
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HEARS = {
    Area.UNITS, Area.MEMBERS, Area.ENROLMENTS, Area.PAYMENTS,
    Area.PRINTS, Area.SUBMISSIONS, Area.SCHEMES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page is drawn from, read in one call."""

    unit: UnitView
    case: EnrolmentView | None
    year: int
    today: date
    may_review: bool  # whether the signed-in user's role may open or return a unit
    older: bool = False  # an earlier case is shown, not the newest
    undo: UndoOffer | None = None  # of the case; None where there is no case
    offers: UnitOffers = NOTHING  # what may be begun now


class UnitReadingPage(QWidget):
    """Reads itself again whenever anything of its unit changed; a subclass draws it."""

    loaded = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, unit_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.services, self.tasks, self.unit_id = services, tasks, unit_id
        self._ticket = 0
        self._case_id: int | None = None
        self.shown: Shown | None = None
        self.banner = Banner()
        self.tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        self.tasks.drop(self._ticket)
        call = partial(read_unit, self.services, self.unit_id, self._case_id)
        self._ticket = self.tasks.read(self, call, self._show, on_error=self.banner.show_failure)

    def show_case(self, case_id: int | None) -> None:
        """Turn to this case of the unit, or to its newest one."""
        if case_id != self._case_id:
            self._case_id = case_id
            self.reload()

    def case(self) -> Case | None:
        """What a dialog of the case that is shown is given; None where the unit has none."""
        shown = self.shown
        if shown is None or shown.case is None:
            return None
        return Case(self.services, self.tasks, shown.unit, shown.case, shown.today)

    def draw(self, shown: Shown) -> None:
        raise NotImplementedError

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.draw(shown)
        self.loaded.emit()

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def read_unit(services: Services, unit_id: int, case_id: int | None = None) -> Shown:
    """The unit with its newest case, or the one asked for; runs off the GUI thread."""
    unit = services.units.get(unit_id)
    newest = unit.enrolments[0].id if unit.enrolments else None
    known = {row.id for row in unit.enrolments}
    asked = case_id if case_id in known else newest
    case = services.enrolments.get(asked) if asked is not None else None
    office = services.office.view()
    may_review = Permission.REVIEW in GRANTS[Role(office.user.role)]
    year = services.schemes.current_year()
    undo = services.undo.offer(asked) if asked is not None else None
    offers = services.offers.of_unit(unit_id)
    return Shown(unit, case, year, office.today, may_review, asked != newest, undo, offers)


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


def reviews_now(view: EnrolmentView | None) -> bool:
    """Whether the case waits for review, by the user who is signed in."""
    if view is None or view.next_act != "enrolment.approve":
        return False
    return not any(one.code in OTHERS for one in view.missing)
