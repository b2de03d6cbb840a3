"""What a batch of prints may hold: the forms on a case's way and those beside it, each of a case.

The forms beside the way are made in a room above this one: whoever joins the rooms hands it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolmentKind, UnitState
from db.models.enrolments import Enrolment
from db.models.units import Unit
from desktop_app.documents.kinds import FormOf, keys_of
from desktop_app.domain.enrolments import Facts, Missing
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import form_rules
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.papers.prints import issue_form

FORMS = form_rules.FORMS
FURTHER = keys_of(FormOf.CASE, further=True)
RENEWAL = "renewal-notice"  # the one form that goes out before the year has a case
NO_CASE = Missing("no-case", "今年还没有申请。", "请先在单位页面办理新的申请。")


class FurtherForms(Protocol):
    def issue(self, tx: Transaction, form_key: str, enrolment_id: int) -> int: ...

    def why_not(
        self, session: Session, desk: Desk, form_key: str, case: Case
    ) -> Missing | None: ...


class BatchForms:
    """Every kind of form of a case, whichever room makes it."""

    def __init__(self, further: FurtherForms) -> None:
        self._further = further

    def issue(self, tx: Transaction, form_key: str, enrolment_id: int) -> int:
        if form_key in FURTHER:
            return self._further.issue(tx, form_key, enrolment_id)
        return issue_form(tx, enrolment_id, form_key)

    def why_not(
        self, session: Session, desk: Desk, form_key: str, case: Case, facts: Facts | None
    ) -> Missing | None:
        """Why it may not be printed now; `facts` are asked about for a form on the way."""
        if form_key in FURTHER:
            return self._further.why_not(session, desk, form_key, case)
        assert facts is not None
        return form_rules.why_not(form_key, case, facts)


def unknown_form(form_key: str) -> UserError:
    return UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")


def case_for(
    form_key: str, unit: Unit, cases: Sequence[Enrolment], year: int
) -> Enrolment | Missing:
    """The case that a unit's form is of, or why there is none.

    Args:
        form_key: its kind.
        unit: whose it is.
        cases: all of the unit, the newest first.
        year: the drive's.
    """
    of_year = _of_year(cases, year)
    if form_key != RENEWAL:
        return of_year[0] if of_year else NO_CASE
    if unit.state_code == UnitState.ENDED:
        return Missing("ended", "这家单位已经终止,不用通知续保。", "")
    if of_year:
        return Missing("begun", f"{year}年度已经有申请,不用再通知续保。", "")
    before = _of_year(cases, year - 1)
    if not before:
        remedy = "请在单位页面办理新的申请。"
        return Missing("none-before", f"{year - 1}年度没有申请,不能通知续保。", remedy)
    whole = [one for one in before if one.kind_code != EnrolmentKind.ADDITION]
    return (whole or before)[0]


def _of_year(cases: Sequence[Enrolment], year: int) -> list[Enrolment]:
    return [one for one in cases if one.year == year and one.state_code != CaseState.VOID]
