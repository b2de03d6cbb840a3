"""One enrolment as its rules see it: facts gathered, steps taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolleeState, EnrolmentKind, Handling, PaperState, Role
from db.models.acts import Operation
from db.models.enrolments import Enrolment, EnrolmentStep
from db.models.papers import EnrolmentPaper, IssuedForm
from db.models.payments import DuesReceipt
from db.models.schemes import SchemeVersion
from db.models.units import Unit
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from db.queries import prints
from db.queries.many import among, asked
from desktop_app.domain.eligibility import AgeLimits
from desktop_app.domain.enrolments import Facts, Missing, missing
from desktop_app.domain.figures import figure_label, open_border
from desktop_app.domain.quotes import Quote, cover_by_rule
from desktop_app.domain.schemes.scheme_parts import Step
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.quotes import Standing, due_of, quote_of, refusals, total_of
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.versions.scheme_texts import scheme_in_force

PERMISSIONS: dict[str, Permission] = {Role.REVIEWER: Permission.REVIEW}
# What the dialog of an act brings with it, and so is not missing before it opens.
BRINGS: dict[str, frozenset[str]] = {
    "enrolment.enter-number": frozenset({"business-number"}),
    "payment.record": frozenset({"payment", "slip", "corporate", "amount"}),
    "payment.confirm": frozenset({"effective-date"}),
}
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


def facts_of(session: Session, case: Case, desk: Desk) -> Facts:
    """Gather what the steps ask about."""
    enrolment, unit = case.enrolment, case.unit
    people, women = queries.count_people(session, enrolment.id)
    plans = queries.plans_of(session, enrolment.id)
    keys = tuple(plan.plan_key for _, plan in plans)
    fen, paid_people, count = payment_queries.paid(session, enrolment.id)
    refunds = payment_queries.refunds_of(session, enrolment.id)
    counted = payment_queries.parts_of(session, enrolment.id, counted=True)
    papers = queries.papers_of(session, enrolment.id)
    by_unit = enrolment.handling_code == Handling.BY_UNIT
    found = quote_of_case(session, case, desk)
    first = cover_by_rule(case.scheme, found)
    before = _before(session, case)
    due, total = enrolment.due_fen, enrolment.total_fen
    waits = enrolment.approved_at is None and enrolment.state_code != CaseState.FINISHED
    if waits and not by_unit:  # what it comes to by today's figures
        due, total = due_of(found), total_of(found)
    return Facts(
        people=enrolment.people if by_unit else people,
        parked=len(queries.parked_rows(session, enrolment.id)),
        women=(enrolment.women or 0) if by_unit else women,  # whose roster only the unit has
        at_work=enrolment.at_work,
        women_at_work=enrolment.women,
        over_age=_over_age(session, case, desk),
        plans=keys,
        plan_shares=tuple((record.plan_key, plan.shares) for plan, record in plans),
        unit_kind=unit.kind_code,
        due_fen=due,
        total_fen=total,
        payment_fen=int(fen) - sum(one.fen for one in refunds) if count else None,
        back_fen=sum(one.fen for one in refunds),
        back_waits=any(one.arrived_on is None for one in refunds),
        payment_people=int(paid_people) if paid_people is not None and not refunds else None,
        slip=bool(counted) and _slipped(session, {payment.id for payment, _part in counted}),
        corporate=not any(payment.payer_is_person for payment, _part in counted),
        payment_confirmed=(due == 0 and enrolment.people > 0)
        or (bool(counted) and all(part.confirmed_on for _payment, part in counted)),
        effective_on=enrolment.effective_on or (first.first if first is not None else None),
        business_no=enrolment.business_no,
        invoice=bool(unit_invoice(unit).code),
        receipt=_has_receipt(session, enrolment.id),
        papers=_there(papers),
        printed=_printed(session, enrolment.id),
        stamped=frozenset(
            key for key, paper in papers.items() if paper.state_code == PaperState.STAMPED
        ),
        void=_void(session, enrolment.id),
        to_confirm=tuple(figure_label(case.scheme, key) for key in _open(case, found)),
        refused=refusals(found, case.scheme),
        before_people=before[0],
        before_women=before[1],
        sent_back=queries.count_sent_back(session, enrolment.id, EnrolleeState.REFUSED),
        returned=queries.count_sent_back(session, enrolment.id, EnrolleeState.RETURNED),
        asks_effective=case.scheme.coverage.kind == "from-plan-document",
    )


def _slipped(session: Session, ids: set[int]) -> bool:
    """Whether every one of the payments has its slip: one does not do for all instalments."""
    slips = payment_queries.slips_of(session, [*ids], pictured=True)
    lines = payment_queries.lines_of(session, [*ids])  # of the office's own statements
    return {*(one.payment_id for one in slips), *(one.payment_id for one in lines)} == ids


def _open(case: Case, found: Quote) -> tuple[str, ...]:
    """Keys of the open figures that amount, cover and participation of the case hang on."""
    border = open_border(case.scheme, case.enrolment.at_work)
    if case.enrolment.handling_code == Handling.BY_UNIT:  # its amount is worked out elsewhere
        return tuple(border)
    return tuple(dict.fromkeys((*found.to_confirm, *border)))


def _before(session: Session, case: Case) -> tuple[int, int]:
    """People, and women, whom the unit's applications of the period have already brought in."""
    if case.enrolment.kind_code != EnrolmentKind.ADDITION:
        return 0, 0
    counts = [
        queries.count_people(session, one.id)
        for one in queries.of_unit(session, case.unit.id)
        if one.year == case.enrolment.year
        and one.id < case.enrolment.id
        and one.state_code != CaseState.VOID
    ]
    return sum(people for people, _ in counts), sum(women for _, women in counts)


def missing_before(case: Case, facts: Facts) -> tuple[Missing, ...]:
    """What is missing before the next act can even be opened."""
    brought = BRINGS.get(case.step.act, frozenset())
    requires = tuple(need for need in case.step.requires if need not in brought)
    return missing(replace(case.step, requires=requires), facts, case.scheme)


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


def advance(tx: Transaction, case: Case, note: str | None = None) -> None:
    """Take the step the case stands at; refuse where something is missing."""
    tx.session.flush()
    lacking = missing(case.step, facts_of(tx.session, case, tx.desk), case.scheme)
    if lacking:
        first = lacking[0]
        raise UserError(first.code, first.message, first.remedy)
    require_other_person(tx, case)
    after = case.scheme.step_after(case.step.key, case.enrolment.handling_code)
    if after is None:
        case.enrolment.state_code = CaseState.FINISHED
    move(tx, case.enrolment, after.key if after else case.step.key, note)


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


def quote_of_case(
    session: Session, case: Case, desk: Desk, standing: Standing | None = None
) -> Quote:
    return quote_of(session, desk, case.enrolment, case.unit, case.scheme, standing)


def _over_age(session: Session, case: Case, desk: Desk) -> int:
    limits = AgeLimits(case.scheme.eligibility, desk.today())
    born = queries.born_of_people(session, case.enrolment.id)
    return sum(1 for day in born if day is not None and limits.is_above(day))


def _has_receipt(session: Session, enrolment_id: int) -> bool:
    query = select(DuesReceipt.id).where(
        DuesReceipt.enrolment_id == enrolment_id, DuesReceipt.state_code == "valid"
    )
    return session.scalars(query.limit(1)).first() is not None


def _there(papers: dict[str, EnrolmentPaper]) -> frozenset[str]:
    return frozenset(
        key
        for key, paper in papers.items()
        if paper.state_code in (PaperState.KEPT, PaperState.SEEN, PaperState.STAMPED)
    )


def _void(session: Session, enrolment_id: int) -> tuple[tuple[str, str], ...]:
    query = prints.out_of_force().where(IssuedForm.enrolment_id == enrolment_id)
    return tuple((key, why or "") for _case, key, why in session.execute(query))


def _printed(session: Session, enrolment_id: int) -> frozenset[str]:
    query = select(IssuedForm.form_key).where(
        IssuedForm.enrolment_id == enrolment_id, IssuedForm.state_code == "valid"
    )
    return frozenset(session.scalars(query))
