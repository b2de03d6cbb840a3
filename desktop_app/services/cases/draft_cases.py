"""A case that is still a draft: what may be changed there, and its note in the history."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.mendable import require_draft


def draft_case(session: Session, enrolment_id: int, what: str = "名单和人数") -> Case:
    """The case, as long as it is a draft; `what` is said to be changed."""
    case = cases.load(session, enrolment_id)
    require_draft(case, what)
    return case


def note(tx: Transaction, case: Case, text: str) -> None:
    """Write into the case's history without moving it."""
    cases.move(tx, case.enrolment, case.enrolment.step_key, text)
