"""Reading one person whole: applications, money, cover, claims and what happened to each.

Each statement is built once: building it costs more than asking it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.codes import BatchState, CaseState, PaymentState, RowState
from db.models.claims import Claim, ClaimStep
from db.models.enrolments import Cover, Enrollee, Enrolment, EnrolmentStep
from db.models.imports import ImportBatch, ImportRow
from db.models.office import AppUser
from db.models.payments import Payment, PaymentAllocation
from db.models.schemes import PlanRecord
from db.models.units import Unit

_GONE = (PaymentState.RETURNED, PaymentState.VOID)


def listings(session: Session, member_id: int) -> Sequence[Row[Enrolment, Unit, str, str]]:
    """Return (Enrolment, Unit, state in the list, plan name), newest year and case first."""
    return session.execute(_listings(), {"member": member_id}).all()


@functools.cache
def _listings() -> Select[Enrolment, Unit, str, str]:
    return (
        select(Enrolment, Unit, Enrollee.state_code, PlanRecord.name)
        .join(Enrollee, Enrollee.enrolment_id == Enrolment.id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .join(PlanRecord, PlanRecord.id == Enrollee.plan_id)
        .where(Enrollee.member_id == bindparam("member"))
        .order_by(Enrolment.year.desc(), Enrolment.id.desc(), Enrollee.line_no, PlanRecord.sort_no)
    )


def covers(session: Session, member_id: int) -> Sequence[Row[Cover, str, Enrolment, str]]:
    """Return (Cover, plan name, Enrolment, unit name), the latest first."""
    return session.execute(_covers(), {"member": member_id}).all()


@functools.cache
def _covers() -> Select[Cover, str, Enrolment, str]:
    return (
        select(Cover, PlanRecord.name, Enrolment, Unit.name)
        .join(PlanRecord, PlanRecord.id == Cover.plan_id)
        .join(Enrolment, Enrolment.id == Cover.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(Cover.member_id == bindparam("member"))
        .order_by(Cover.from_on.desc(), PlanRecord.sort_no, Cover.id.desc())
    )


def money(session: Session, enrolments: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Return enrolment id -> (payments that count, confirmed ones, ones that differ)."""
    rows = session.execute(_money(), {"ids": enrolments})
    return {case: (paid, sure, off) for case, paid, sure, off in rows}


@functools.cache
def _money() -> Select[int, int, int, int]:
    differs = func.count(Payment.id).filter(PaymentAllocation.agrees.is_(False))
    return (
        select(
            PaymentAllocation.enrolment_id,
            func.count(Payment.id),
            func.count(PaymentAllocation.confirmed_on),
            differs,
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(PaymentAllocation.enrolment_id.in_(_many()), Payment.state_code.not_in(_GONE))
        .group_by(PaymentAllocation.enrolment_id)
    )


def claims(session: Session, member_id: int) -> Sequence[Row[Claim, str]]:
    """Return (Claim, plan name), newest first."""
    return session.execute(_claims(), {"member": member_id}).all()


@functools.cache
def _claims() -> Select[Claim, str]:
    query = select(Claim, PlanRecord.name).join(PlanRecord, PlanRecord.id == Claim.plan_id)
    return query.where(Claim.member_id == bindparam("member")).order_by(Claim.id.desc())


def case_steps(session: Session, enrolments: Sequence[int]) -> Sequence[Row[EnrolmentStep, str]]:
    return session.execute(_case_steps(), {"ids": enrolments}).all()


@functools.cache
def _case_steps() -> Select[EnrolmentStep, str]:
    query = select(EnrolmentStep, AppUser.name).join(AppUser, AppUser.id == EnrolmentStep.user_id)
    return query.where(EnrolmentStep.enrolment_id.in_(_many()))


def claim_steps(session: Session, of: Sequence[int]) -> Sequence[Row[ClaimStep, str]]:
    return session.execute(_claim_steps(), {"ids": of}).all() if of else []


@functools.cache
def _claim_steps() -> Select[ClaimStep, str]:
    query = select(ClaimStep, AppUser.name).join(AppUser, AppUser.id == ClaimStep.user_id)
    return query.where(ClaimStep.claim_id.in_(_many()))


def parked(session: Session, identity: str) -> Sequence[Row[ImportRow, str, Enrolment, str]]:
    """Return rows of this number that wait for correction with a case that is under way.

    Each comes with its file's name, its case and the unit's name. The walk begins at the cases:
    of those under way there are few.
    """
    return session.execute(_parked(), {"identity": identity}).all()


@functools.cache
def _parked() -> Select[ImportRow, str, Enrolment, str]:
    return (
        select(ImportRow, ImportBatch.file_name, Enrolment, Unit.name)
        .select_from(Enrolment)
        .join(ImportBatch, ImportBatch.enrolment_id == Enrolment.id)
        .join(ImportRow, ImportRow.batch_id == ImportBatch.id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            Enrolment.state_code.in_((CaseState.OPEN, CaseState.RETURNED)),
            ImportBatch.state_code == BatchState.STORED,
            ImportBatch.rejected > 0,
            ImportRow.state_code == RowState.PARKED,
            ImportRow.cells["identity"].as_string() == bindparam("identity"),
        )
        .order_by(ImportRow.batch_id, ImportRow.seq)
    )


def _many() -> BindParameter[Any]:
    return bindparam("ids", expanding=True)
