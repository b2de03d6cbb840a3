"""What every dialog of one enrolment is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.codes import PaperState
from desktop_app.domain.enrolments import Missing
from desktop_app.domain.money import yuan
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.units import UnitView
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services


THERE = (PaperState.KEPT, PaperState.SEEN, PaperState.STAMPED)  # of a paper


@dataclass(frozen=True, slots=True)
class Case:
    services: Services
    tasks: TaskRunner
    unit: UnitView
    view: EnrolmentView
    today: date


def told(missing: Missing) -> str:
    """What is missing and what to do, as one sentence."""
    message = missing.message.rstrip("。")
    if missing.remedy.startswith("依据"):  # a rule's sentence stands by itself
        return f"{message}。{missing.remedy}"
    return f"{message},{missing.remedy}" if missing.remedy else f"{message}。"


def case_sentence(case: Case) -> str:
    """Whose case, how many people, how much money."""
    view = case.view
    due = "金额待核对" if view.due_fen is None else f"应缴 {yuan(view.due_fen)} 元"
    if view.due_fen is not None and view.total_fen not in (None, view.due_fen):
        due += f"(合计 {yuan(view.total_fen or 0)} 元,其余由工会承担)"
    return f"{view.unit_name} · {view.year} 年度 · {view.people} 人 · {due}"
