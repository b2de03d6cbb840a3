"""One enrolment as its rules see it, who may take its next step, and the moves in its history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, Role
from db.models.acts import Operation
from db.models.enrolments import Enrolment, EnrolmentStep
from db.models.schemes import SchemeVersion
from db.models.units import Unit
from db.queries import payments as payment_queries
from db.queries.many import among, asked
from desktop_app.domain.enrolments import Missing
from desktop_app.domain.quotes import Quote
from desktop_app.domain.schemes.scheme_parts import Step
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.quotes import Asking, quote_of
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.versions.scheme_texts import scheme_in_force

PERMISSIONS: dict[str, Permission] = {Role.REVIEWER: Permission.REVIEW}
BOOKED = "payment.record"  # taken by everybody who booked money of the case, by whatever act
_STEPS = (
    select(func.count())
    .select_from(EnrolmentStep)
    .where(EnrolmentStep.enrolment_id == bindparam("case"))
)


@dataclass(frozen=True, slots=True)
class Case:
    """An enrolment with its unit, its scheme as confirmed, and the step it stands at."""

    enrolment: Enrolment
    unit: Unit
    scheme: Scheme
    scheme_id: int

    @property
    def step(self) -> Step:
        return self.scheme.step(self.enrolment.step_key, self.enrolment.handling_code)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.scheme.steps[self.enrolment.handling_code]


def load(session: Session, enrolment_id: int) -> Case:
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise UserError("enrolment-unknown", "没有这份申请。", "请刷新单位页面后再试。")
    version = session.get_one(SchemeVersion, enrolment.scheme_version_id)
    return Case(
        enrolment,
        session.get_one(Unit, enrolment.unit_id),
        scheme_in_force(session, version.id),
        version.scheme_id,
    )


def load_many(session: Session, ids: Collection[int]) -> dict[int, Case]:
    """Cases by their id, in as many queries for many as for one of each version."""
    query = (
        select(Enrolment, Unit, SchemeVersion)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .join(SchemeVersion, SchemeVersion.id == Enrolment.scheme_version_id)
        .where(among(session, Enrolment.id, sorted(ids)))
    )
    rows = session.execute(query).all()
    schemes = {id_: scheme_in_force(session, id_) for id_ in {row[2].id for row in rows}}
    return {
        enrolment.id: Case(enrolment, unit, schemes[version.id], version.scheme_id)
        for enrolment, unit, version in rows
    }


def may_send(case: Case) -> bool:
    """Whether this office sends the case to the system above: approved, and not the unit's own."""
    enrolment = case.enrolment
    reached = enrolment.approved_at is not None and enrolment.state_code != CaseState.VOID
    mine = bool(case.scheme.province) and enrolment.handling_code == Handling.ON_BEHALF
    return reached and mine


def require_open(case: Case) -> None:
    if case.enrolment.state_code in (CaseState.FINISHED, CaseState.VOID):
        raise UserError("case-closed", "这份申请已经结束。", "如有变动,请办理更正或新的申请。")


def require_not_void(case: Case) -> None:
    if case.enrolment.state_code == CaseState.VOID:
        raise UserError("case-void", "这份申请已作废。", "请在单位页面办理新的申请。")


def require_step(case: Case, act: str) -> None:
    """Refuse an act that is not the case's next step."""
    require_open(case)
    if case.step.act != act:
        raise UserError(
            "wrong-step",
            f"这份申请现在是“{case.step.state}”,还不能做这一步。",
            f"请先完成:{case.step.action}。",
        )


def require_other_person(tx: Transaction, case: Case) -> None:
    """Two different people on every step that says so."""
    if tx.user_id in _took_before(tx.session, case):
        raise same_person(case)


def not_by_this_user(session: Session, case: Case, desk: Desk) -> Missing | None:
    """Why the signed-in user may not take the next step himself; said before he tries."""
    needed = PERMISSIONS.get(case.step.who, Permission.REGISTER)
    if needed not in GRANTS[desk.actor.role]:
        return Missing("not-permitted", "这一步由审核人办理", "请审核人登录后办理。")
    if desk.actor.user_id in _took_before(session, case):
        refusal = same_person(case)
        return Missing(refusal.code, refusal.message, refusal.remedy)
    return None


def _took_before(session: Session, case: Case) -> frozenset[int]:
    """Who took the act that the next step's person must differ from."""
    if not case.step.other_than:
        return frozenset()
    if case.step.other_than == BOOKED:
        return payment_queries.booked_by(session, case.enrolment.id)
    took = who_took(session, case.enrolment.id, case.step.other_than)
    return frozenset() if took is None else frozenset((took,))


def who_took(session: Session, enrolment_id: int, act_name: str) -> int | None:
    """Who took this act on the case last; none where nobody has."""
    query = (
        select(EnrolmentStep.user_id)
        .join(Operation, Operation.id == EnrolmentStep.operation_id)
        .where(EnrolmentStep.enrolment_id == enrolment_id, Operation.act == act_name)
        .order_by(EnrolmentStep.seq.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def same_person(case: Case) -> UserError:
    return UserError(
        "same-person",
        f"“{case.step.action}”须由另一位同事办理。",
        "请换一位同事登录后再办。",
    )


def move(tx: Transaction, enrolment: Enrolment, to_key: str, note: str | None = None) -> None:
    """Write a move into the case's history and make it."""
    tx.session.add(
        EnrolmentStep(
            enrolment_id=enrolment.id,
            seq=asked(tx.session, _STEPS, {"case": enrolment.id}).scalar_one() + 1,
            from_key=enrolment.step_key,
            to_key=to_key,
            at=tx.now,
            user_id=tx.user_id,
            operation_id=tx.operation_id,
            note=note,
        )
    )
    enrolment.step_key = to_key


def note(tx: Transaction, case: Case, text: str) -> None:
    """Write into the case's history without moving it."""
    move(tx, case.enrolment, case.enrolment.step_key, text)


def quote_of_case(session: Session, case: Case, desk: Desk, asking: Asking | None = None) -> Quote:
    return quote_of(session, desk, case.enrolment, case.unit, case.scheme, asking)
