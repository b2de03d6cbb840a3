"""Cover: one interval per person and plan, opened when the effective date is known."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from db.codes import CoverState, EnrolleeState
from db.models.enrolments import Cover, Enrollee
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.queries import enrolments as queries
from desktop_app.domain.dates import chinese_date, coverage_end, last_day
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case


def open_covers(tx: Transaction, case: Case) -> int:
    """Open the cover of everyone listed; refuse, naming the person, where one overlaps."""
    enrolment = case.enrolment
    assert enrolment.effective_on is not None
    assert enrolment.until_on is not None
    query = select(Enrollee.member_id, Enrollee.plan_id, Enrollee.shares).where(
        Enrollee.enrolment_id == enrolment.id, Enrollee.state_code == EnrolleeState.LISTED
    )
    rows = [
        {
            "member_id": member_id,
            "plan_id": plan_id,
            "enrolment_id": enrolment.id,
            "shares": shares,
            "from_on": enrolment.effective_on,
            "until_on": enrolment.until_on,
            "state_code": CoverState.ACTIVE,
        }
        for member_id, plan_id, shares in tx.session.execute(query)
    ]
    if rows:
        _refuse_overlap(tx, case)
        tx.session.execute(
            insert(Cover), rows
        )  # the overlap rule of the database has the last word
    return len(rows)


def begin_cover(tx: Transaction, case: Case, effective_on: date, document_no: str) -> int:
    """Cover runs from the day that stands on the plan document; how many began.

    Raises:
        UserError: `not-approved`, `effective-set`, `effective-date`, `cover-overlaps`.
    """
    cases.require_not_void(case)
    if case.enrolment.approved_at is None:  # the list may still change, and cover with it
        raise UserError("not-approved", "审核通过后才能登记生效日。", "请先完成审核。")
    if case.enrolment.effective_on is not None:
        raise UserError(
            "effective-set", "生效日已经登记过。", "登记错的,请用“更正生效日”。", "effective_on"
        )
    set_cover(tx, case, _covered_days(case, effective_on), document_no.strip() or None)
    return open_covers(tx, case)


def move_cover(tx: Transaction, case: Case, effective_on: date, document_no: str | None) -> int:
    """Cover that began on a day typed wrong runs from the right one; how many moved.

    Raises:
        UserError: `effective-date`, `cover-overlaps`.
    """
    days = _covered_days(case, effective_on)
    set_cover(tx, case, days, document_no)
    tx.session.flush()
    _refuse_overlap(tx, case)
    query = select(Cover).where(
        Cover.enrolment_id == case.enrolment.id, Cover.state_code == CoverState.ACTIVE
    )
    covers = tx.session.scalars(query).all()
    for cover in covers:
        cover.from_on, cover.until_on = days
    return len(covers)


def _covered_days(case: Case, effective_on: date) -> tuple[date, date]:
    """The first day and the end, of a day that may be one of the case's year."""
    if abs(effective_on.year - case.enrolment.year) > 1:
        raise UserError(
            "effective-date",
            f"生效日{effective_on.isoformat()}不会是{case.enrolment.year}年度的。",
            "请照计划书上的日期填写。",
            "effective_on",
        )
    return effective_on, coverage_end(effective_on, case.scheme.coverage.months)


def set_cover(
    tx: Transaction, case: Case, days: tuple[date, date], document_no: str | None = None
) -> None:
    """Give the case and each of its plans the first day and the end."""
    case.enrolment.effective_on, case.enrolment.until_on = days
    for plan, _record in queries.plans_of(tx.session, case.enrolment.id):
        plan.from_on, plan.until_on = days
        plan.document_no = document_no


def _refuse_overlap(tx: Transaction, case: Case) -> None:
    enrolment = case.enrolment
    query = (
        select(Member.name, PlanRecord.name, Cover.until_on)
        .join(Enrollee, Enrollee.member_id == Cover.member_id)
        .join(Member, Member.id == Cover.member_id)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .where(
            Enrollee.enrolment_id == enrolment.id,
            Enrollee.plan_id == Cover.plan_id,
            Enrollee.state_code == EnrolleeState.LISTED,
            Cover.enrolment_id != enrolment.id,  # its own moves along
            Cover.state_code == CoverState.ACTIVE,
            Cover.from_on < enrolment.until_on,
            Cover.until_on > enrolment.effective_on,
        )
        .limit(1)
    )
    clash = tx.session.execute(query).first()
    if clash is not None:
        name, plan, until = clash
        raise UserError(
            "cover-overlaps",
            f"{name}的“{plan}”已保障到{chinese_date(last_day(until))},与新的保障期重叠。",
            "请核对生效日,或把此人从名单中移出。",
            "effective_on",
        )
