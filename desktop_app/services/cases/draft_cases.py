"""A case that is still a draft: what may be changed there, and its note in the history."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case


def draft_case(session: Session, enrolment_id: int, what: str = "名单和人数") -> Case:
    """The case, as long as it is a draft; `what` is said to be changed."""
    case = cases.load(session, enrolment_id)
    cases.require_open(case)
    if case.enrolment.step_key != case.steps[0].key:
        raise UserError(
            "not-a-draft",
            f"这份申请现在是“{case.step.state}”,不能再改{what}。",
            "需要改动时,请由审核人退回后再改。",
        )
    return case


def note(tx: Transaction, case: Case, text: str) -> None:
    """Write into the case's history without moving it."""
    cases.move(tx, case.enrolment, case.enrolment.step_key, text)
