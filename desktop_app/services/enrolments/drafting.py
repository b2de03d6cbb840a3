"""A draft changed instead of begun anew: its plans and shares, the accounts of its money."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from db.codes import EnrolleeState, Handling, Sex
from db.models.enrolments import Enrollee, EnrolmentPlan
from db.models.members import Member
from db.queries import enrolments as queries
from desktop_app.domain.schemes.fee_classes import fee_for_unit
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.applications import PlanShares
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.draft_plans import PLANS_AND_SHARES, refuse_anew, require_plans
from desktop_app.services.cases.fundings import (
    ACCOUNTS,
    Charge,
    accounts_now,
    accounts_text,
    check_charges,
    payer_parts,
    write_parts,
)
from desktop_app.services.cases.mendable import draft_case
from desktop_app.services.cases.recounts import channel_of, recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.enrolments.draft_states import PLANS, plans_now
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.scheme_texts import plan_ids
from desktop_app.services.views.funding import PayerPart

_LATER = "请用“更正”(F7)里的“更正列支渠道”,写明原因。"
# Who was sent back, by the review or from above, may be listed again: with the plans of now.
_ON_THE_LIST = (*queries.IN, EnrolleeState.REFUSED, EnrolleeState.RETURNED)


class DraftingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("enrolment.set-plans", Permission.REGISTER, Area.ENROLMENTS)
    def set_plans(self, tx: Transaction, enrolment_id: int, plans: PlanShares) -> None:
        """Other plans or shares for everyone on the list; what it comes to is counted anew."""
        case = draft_case(tx.session, enrolment_id, PLANS_AND_SHARES)
        people, women = queries.count_people(tx.session, enrolment_id)
        require_plans(case, plans, (people, women))
        kept = _kept(tx, case)
        before = cases.quote_of_case(tx.session, case, self.desk)
        _set_plans(tx, case, plans)
        tx.session.flush()
        refuse_anew(case.scheme, before, cases.quote_of_case(tx.session, case, self.desk))
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            recount(tx, case)
        names = "、".join(f"{case.scheme.plan(key).short_name}{count}份" for key, count in plans)
        cases.note(tx, case, f"项目改为{names}")
        tx.audit(f"enrolment {enrolment_id}", plans=len(plans), **kept)

    @act("enrolment.set-funding", Permission.REGISTER, Area.ENROLMENTS)
    def set_funding(self, tx: Transaction, enrolment_id: int, charges: tuple[Charge, ...]) -> None:
        """Say what each payer's part is charged to; a payer without any is left unstated."""
        case = draft_case(tx.session, enrolment_id, "列支渠道", _LATER)
        if case.enrolment.handling_code == Handling.BY_UNIT:
            raise UserError(
                "by-unit",
                "单位自办的申请不在这里填列支渠道。",
                f"由单位在{case.scheme.words.system}里填写。",
            )
        kept = _kept(tx, case)
        recount(tx, case)
        tx.session.flush()
        parts = payer_parts(tx.session, case)
        if not parts:
            raise UserError(
                "funding-open",
                "这份申请还没有算出金额,不能填列支渠道。",
                "请先读入名单;费用待核对的,请负责人先确认。",
            )
        check_charges(parts, charges)
        _keep(tx, case, parts, charges)
        cases.note(tx, case, f"列支渠道:{accounts_text(parts, charges) or '未写明'}")
        tx.audit(f"enrolment {enrolment_id}", parts=len(charges), **kept)

    @look()
    def funding(self, enrolment_id: int) -> tuple[PayerPart, ...]:
        """What each payer bears, and the accounts it is and may be charged to."""
        with self.desk.database.reading() as uow:
            return payer_parts(uow.session, cases.load(uow.session, enrolment_id))


def _kept(tx: Transaction, case: Case) -> dict[str, str]:
    """What 撤销 needs to know of the draft as it is."""
    return {PLANS: plans_now(tx.session, case), ACCOUNTS: accounts_now(tx.session, case)}


def _set_plans(tx: Transaction, case: Case, plans: PlanShares) -> None:
    """Bring the plans, and the rows of everyone on the list, to what is wanted."""
    ids = plan_ids(tx.session, case.scheme_id)
    wanted = {ids[key]: (key, shares) for key, shares in plans}
    there = {plan.plan_id: plan for plan, _ in queries.plans_of(tx.session, case.enrolment.id)}
    rows = tx.session.scalars(
        select(Enrollee).where(
            Enrollee.enrolment_id == case.enrolment.id, Enrollee.state_code.in_(_ON_THE_LIST)
        )
    ).all()
    for plan_id, (key, shares) in wanted.items():
        if plan_id not in there:
            _add_plan(tx, case, (plan_id, key, shares), rows)
        else:
            there[plan_id].shares = shares
    for row in rows:
        if row.plan_id in wanted:
            row.shares = wanted[row.plan_id][1]
        else:
            tx.session.delete(row)
    for plan_id, plan in there.items():
        if plan_id not in wanted:
            tx.session.delete(plan)


def _add_plan(
    tx: Transaction, case: Case, chosen: tuple[int, str, int], rows: Sequence[Enrollee]
) -> None:
    """Everyone on the list who may hold it holds the new plan."""
    plan_id, key, shares = chosen
    plan = case.scheme.plan(key)
    fee = fee_for_unit(plan, case.unit.kind_code)
    tx.session.add(
        EnrolmentPlan(
            enrolment_id=case.enrolment.id,
            plan_id=plan_id,
            shares=shares,
            fee_fen=None if fee.open else fee.value,
            people=0,
        )
    )
    people = {row.line_no: (row.member_id, row.state_code) for row in rows}
    women = set(
        tx.session.scalars(
            select(Enrollee.member_id)
            .join(Member, Member.id == Enrollee.member_id)
            .where(Enrollee.enrolment_id == case.enrolment.id, Member.sex_code == Sex.FEMALE)
        )
    )
    held = set(
        tx.session.scalars(
            select(Enrollee.line_no).where(
                Enrollee.enrolment_id == case.enrolment.id, Enrollee.plan_id == plan_id
            )
        )
    )
    new = [
        {
            "enrolment_id": case.enrolment.id,
            "line_no": line_no,
            "member_id": member_id,
            "plan_id": plan_id,
            "shares": shares,
            "state_code": state,
        }
        for line_no, (member_id, state) in people.items()
        if line_no not in held and (member_id in women or not plan.women_only)
    ]
    if new:
        tx.session.execute(insert(Enrollee), new)


def _keep(
    tx: Transaction, case: Case, parts: tuple[PayerPart, ...], charges: tuple[Charge, ...]
) -> None:
    """Write the parts anew: as told, and as the scheme has it what nobody told an account of."""
    stated = {payer for payer, _channel, _fen in charges}
    rest = [
        (part.payer, channel_of(case, part.payer), part.fen)
        for part in parts
        if part.payer not in stated
    ]
    write_parts(tx, case, (*charges, *rest))
