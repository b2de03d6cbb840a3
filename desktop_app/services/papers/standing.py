"""Prints in force against the ledger: what an act has made untrue is taken out of force with it.

Looked at when an act is closed, and only for cases of which it changed a fact and which have
prints in force; never when a page is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.changes import touched
from db.codes import CaseState, IssueState
from db.models.enrolments import Enrollee
from db.models.papers import IssuedForm
from db.models.payments import PaymentAllocation
from db.queries.many import among
from desktop_app.documents.differences import PLACES, differences, in_words
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.voiding import take_back_changed
from desktop_app.services.done import Area
from desktop_app.services.papers.form_codes import form_title
from desktop_app.services.papers.form_values import form_of
from desktop_app.services.papers.issuing import content_values

# Of which rows which fields stand on paper; another change is none of the prints' business.
_WATCHED: Mapping[str, frozenset[str]] = MappingProxyType({
    "member": frozenset({"name", "identity_no", "sex_code"}),
    "unit": frozenset({"name", "employer_code", "union_code", "kind_code", "town",
                       "invoice_title", "invoice_code"}),
    "enrolment": frozenset({"kind_code", "at_work", "women", "people", "due_fen", "total_fen",
                            "business_no", "effective_on", "until_on"}),
    "enrolment_plan": frozenset({"shares", "fee_fen", "people", "due_fen"}),
    "enrollee": frozenset({"line_no", "member_id", "plan_id", "state_code"}),
    "funding_part": frozenset({"payer_code", "channel_code", "fen"}),
    "payment": frozenset({"state_code"}),
    "payment_allocation": frozenset({"confirmed_on"}),
})  # fmt: skip
_OF_CASE = tuple(PLACES)
_NOTHING: frozenset[Area] = frozenset()
CHANGED = "内容已改"


def compare_standing(tx: Transaction) -> frozenset[Area]:
    """Take out of force what this act has made untrue; the areas that this changed."""
    rows = _watched(tx.session)
    if not rows:
        return _NOTHING
    found = [_compare(tx, enrolment_id) for enrolment_id in _cases(tx.session, rows)]
    return frozenset({Area.PRINTS, Area.ENROLMENTS}) if any(found) else _NOTHING


def _watched(session: Session) -> dict[str, list[int]]:
    rows: dict[str, set[int]] = {}
    for table, row, field in touched(session):
        name = field.rpartition(":")[2]
        if name in _WATCHED.get(table, ()):
            rows.setdefault(table, set()).add(row)
    return {table: sorted(ids) for table, ids in rows.items()}


def _cases(session: Session, rows: Mapping[str, list[int]]) -> list[int]:
    """The cases that these rows belong to, of those with prints in force, by their ids."""
    found: set[int] = set()
    for table, ids in rows.items():
        query = select(IssuedForm.enrolment_id).where(
            _belongs(session, table, ids),
            IssuedForm.state_code == IssueState.VALID,
            IssuedForm.form_key.in_(_OF_CASE),
        )
        found.update(one for one in session.scalars(query.distinct()) if one is not None)
    return sorted(found)


def _belongs(session: Session, table: str, ids: list[int]) -> ColumnElement[bool]:
    """Whether a print is of a case with one of these rows."""
    match table:
        case "unit":
            return among(session, IssuedForm.unit_id, ids)
        case "member" | "enrollee":
            column = Enrollee.member_id if table == "member" else Enrollee.id
            listed = select(Enrollee.enrolment_id).where(among(session, column, ids))
            return IssuedForm.enrolment_id.in_(listed)
        case "payment" | "payment_allocation":
            paid = PaymentAllocation.payment_id
            of_money = select(PaymentAllocation.enrolment_id).where(among(session, paid, ids))
            return IssuedForm.enrolment_id.in_(of_money)
        case _:  # rows of the case itself
            return among(session, IssuedForm.enrolment_id, ids)


def _compare(tx: Transaction, enrolment_id: int) -> bool:
    """Whether a print of the case is out of force now, or differs in a closed file."""
    case = cases.load(tx.session, enrolment_id)
    if case.enrolment.state_code == CaseState.VOID:
        return False
    wrong = {}
    for form in _standing(tx.session, enrolment_id):
        found = _differences(tx, case, form)
        if found:
            wrong[form] = f"{CHANGED}:{in_words(found)}"
    if not wrong:
        return False
    if case.enrolment.state_code == CaseState.FINISHED:
        return _note_closed(tx, case, wrong)
    take_back_changed(tx, case, wrong, f"{_told(tx.session, wrong)},{_to_do(case, wrong)}")
    return True


def _standing(session: Session, enrolment_id: int) -> list[IssuedForm]:
    query = select(IssuedForm).where(
        IssuedForm.enrolment_id == enrolment_id,
        IssuedForm.state_code == IssueState.VALID,
        IssuedForm.form_key.in_(_OF_CASE),
    )
    return list(session.scalars(query.order_by(IssuedForm.id)))


def _differences(tx: Transaction, case: Case, form: IssuedForm) -> tuple[str, ...]:
    if form.form_key == "confirmation" and case.enrolment.effective_on is None:
        return ("保障期",)  # which it confirms
    now = form_of(tx.session, tx.desk, case, form.form_key)
    return differences(form.form_key, form.content, content_values(now))


def _note_closed(tx: Transaction, case: Case, wrong: Mapping[IssuedForm, str]) -> bool:
    """A closed file keeps what it holds; that it differs is said once."""
    new = {form: why for form, why in wrong.items() if form.note != why}
    for form, why in new.items():
        form.note = why
    if new:
        cases.note(tx, case, f"{_told(tx.session, new)}(已归档的不换)")
    return bool(new)


def _told(session: Session, wrong: Mapping[IssuedForm, str]) -> str:
    """《会员名单》MD-A-2027-00001内容已改:第12行姓名."""
    return ";".join(
        f"《{form_title(session, form)}》{form.number}{why}" for form, why in wrong.items()
    )


def _to_do(case: Case, wrong: Iterable[IssuedForm]) -> str:
    sealed = {paper.id for paper in case.scheme.papers if paper.seal}
    again = any(form.form_key in sealed for form in wrong)
    return "作废,须重新打印、盖章" if again else "作废,须重新打印"
