"""What the facts of enrolments are gathered from: the same few queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from db.codes import CaseState, EnrolmentKind, IssueState, RowState, Sex
from db.models.enrolments import Enrollee, Enrolment, EnrolmentPlan
from db.models.imports import ImportBatch, ImportRow
from db.models.members import Member
from db.models.papers import EnrolmentPaper, IssuedForm
from db.models.payments import BankSlip, DuesReceipt, Payment, PaymentAllocation, Refund
from db.models.schemes import PlanRecord
from db.models.statements import BankLine
from db.queries.enrolments import IN, SENT_BACK
from db.queries.many import among_told, asked, is_sqlite, told
from db.queries.payments import COUNTED
from db.queries.prints import out_of_force

Rows = Sequence[Any]  # each with the columns of its query by name
_Within = Callable[[InstrumentedAttribute[Any]], ColumnElement[bool]]


class CaseRows(NamedTuple):
    """Of one enrolment; each row begins with its id, what follows has the names given here."""

    people: Rows  # at most one: people and women among those listed or covered, each person once
    born: Rows  # born_on, people of the same
    sent_back: Rows  # state_code, people of those sent back, neither put right nor given up
    plans: Rows  # plan_key, shares in the scheme's order
    parked: Rows  # at most one: rows that were refused and still wait
    parts: Rows  # fen, people, confirmed_on, payer_is_person, slip, line of the money that counts
    refunds: Rows  # fen, arrived_on of what was asked back
    receipts: Rows  # in force
    papers: Rows  # paper_key, state_code
    printed: Rows  # form_key of the valid prints
    void: Rows  # form_key, note of forms whose last print is void
    before: Rows  # people, women of each application of the unit and year before an addition


def rows_of(session: Session, ids: Collection[int]) -> dict[int, CaseRows]:
    """What the ledger has of enrolments, by their ids."""
    found = {name: query(session, ids) for name, query in _QUERIES.items()}
    return {id_: CaseRows(**{name: rows[id_] for name, rows in found.items()}) for id_ in ids}


class _CaseQuery:
    """A query whose first column is the enrolment; put together once a process."""

    def __init__(self, make: Callable[[_Within], Select[*tuple[Any, ...]]]) -> None:
        self._made = cache(lambda sqlite: make(lambda column: among_told(column, sqlite=sqlite)))

    def __call__(self, session: Session, ids: Collection[int]) -> Mapping[int, Rows]:
        """Rows by enrolment; one without any has none."""
        query = self._made(is_sqlite(session))
        found: dict[int, list[Any]] = defaultdict(list)
        for row in asked(session, query, told(session, ids)):
            found[row[0]].append(row)
        return {id_: found.get(id_, ()) for id_ in ids}


_PEOPLE = func.count(func.distinct(Enrollee.member_id))
_WOMEN = _PEOPLE.filter(Member.sex_code == Sex.FEMALE)

_JOINING = _CaseQuery(
    lambda within: (
        select(Enrollee.enrolment_id, _PEOPLE.label("people"), _WOMEN.label("women"))
        .join(Member, Member.id == Enrollee.member_id)
        .where(within(Enrollee.enrolment_id), Enrollee.state_code.in_(IN))
        .group_by(Enrollee.enrolment_id)
    )
)

_BORN = _CaseQuery(
    lambda within: (
        select(Enrollee.enrolment_id, Member.born_on, _PEOPLE.label("people"))
        .join(Member, Member.id == Enrollee.member_id)
        .where(
            within(Enrollee.enrolment_id), Enrollee.state_code.in_(IN), Member.born_on.is_not(None)
        )
        .group_by(Enrollee.enrolment_id, Member.born_on)
    )
)

_SENT_BACK = _CaseQuery(
    lambda within: (
        select(
            Enrollee.enrolment_id,
            Enrollee.state_code,
            func.count(func.distinct(Enrollee.line_no)).label("people"),
        )
        .where(within(Enrollee.enrolment_id), Enrollee.state_code.in_(SENT_BACK))
        .group_by(Enrollee.enrolment_id, Enrollee.state_code)
    )
)

_PLANS = _CaseQuery(
    lambda within: (
        select(EnrolmentPlan.enrolment_id, PlanRecord.plan_key, EnrolmentPlan.shares)
        .join(PlanRecord, PlanRecord.id == EnrolmentPlan.plan_id)
        .where(within(EnrolmentPlan.enrolment_id))
        .order_by(PlanRecord.sort_no)
    )
)

_PARKED = _CaseQuery(
    lambda within: (
        select(ImportBatch.enrolment_id, func.count().label("rows"))
        .join(ImportRow, ImportRow.batch_id == ImportBatch.id)
        .where(
            within(ImportBatch.enrolment_id),
            ImportBatch.state_code == "stored",
            ImportRow.state_code == RowState.PARKED,
        )
        .group_by(ImportBatch.enrolment_id)
    )
)

_PARTS = _CaseQuery(
    lambda within: (
        select(
            PaymentAllocation.enrolment_id,
            PaymentAllocation.fen,
            PaymentAllocation.people,
            PaymentAllocation.confirmed_on,
            Payment.payer_is_person,
            exists()
            .where(BankSlip.payment_id == Payment.id, BankSlip.attachment_id.is_not(None))
            .label("slip"),
            exists().where(BankLine.payment_id == Payment.id).label("line"),
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(within(PaymentAllocation.enrolment_id), Payment.state_code.in_(COUNTED))
    )
)

_REFUNDS = _CaseQuery(
    lambda within: select(Refund.enrolment_id, Refund.fen, Refund.arrived_on).where(
        within(Refund.enrolment_id)
    )
)

_RECEIPTS = _CaseQuery(
    lambda within: select(DuesReceipt.enrolment_id).where(
        within(DuesReceipt.enrolment_id), DuesReceipt.state_code == IssueState.VALID
    )
)

_PAPERS = _CaseQuery(
    lambda within: select(
        EnrolmentPaper.enrolment_id, EnrolmentPaper.paper_key, EnrolmentPaper.state_code
    ).where(within(EnrolmentPaper.enrolment_id))
)

_PRINTED = _CaseQuery(
    lambda within: select(IssuedForm.enrolment_id, IssuedForm.form_key).where(
        within(IssuedForm.enrolment_id), IssuedForm.state_code == IssueState.VALID
    )
)

_VOID = _CaseQuery(
    lambda within: out_of_force().where(within(IssuedForm.enrolment_id)).order_by(IssuedForm.id)
)


def _of_earlier(within: _Within) -> Select[*tuple[Any, ...]]:
    earlier = aliased(Enrolment)
    same = (earlier.unit_id == Enrolment.unit_id, earlier.year == Enrolment.year)
    return (
        select(Enrolment.id, _PEOPLE.label("people"), _WOMEN.label("women"))
        .join(earlier, (earlier.id < Enrolment.id) & same[0] & same[1])
        .join(Enrollee, Enrollee.enrolment_id == earlier.id)
        .join(Member, Member.id == Enrollee.member_id)
        .where(
            within(Enrolment.id),
            Enrolment.kind_code == EnrolmentKind.ADDITION,
            earlier.state_code != CaseState.VOID,
            Enrollee.state_code.in_(IN),
        )
        .group_by(Enrolment.id, earlier.id)
    )


_BEFORE = _CaseQuery(_of_earlier)

_QUERIES = {
    "people": _JOINING,
    "born": _BORN,
    "sent_back": _SENT_BACK,
    "plans": _PLANS,
    "parked": _PARKED,
    "parts": _PARTS,
    "refunds": _REFUNDS,
    "receipts": _RECEIPTS,
    "papers": _PAPERS,
    "printed": _PRINTED,
    "void": _VOID,
    "before": _BEFORE,
}
