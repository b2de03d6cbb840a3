"""A draft changed instead of begun anew: its plans and shares, the accounts of its money."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from db.codes import EnrolleeState, EnrolmentKind, Handling, Sex
from db.models.enrolments import Enrollee, EnrolmentPlan, FundingPart
from db.models.members import Member
from db.queries import enrolments as queries
from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.funding_channels import check_funding
from desktop_app.domain.money import yuan
from desktop_app.domain.quotes import quote
from desktop_app.domain.schemes.fee_classes import fee_for_unit
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.applications import PlanShares, check_plans
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.draft_cases import draft_case, note
from desktop_app.services.cases.fundings import payer_parts
from desktop_app.services.cases.quotes import asked_of, refusals
from desktop_app.services.cases.recounts import channel_of, recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.scheme_texts import plan_ids
from desktop_app.services.views.funding import PayerPart

Charge = tuple[str, str, int]  # payer, account, fen
# Who was sent back may be listed again, with the plans of then.
_ON_THE_LIST = (*queries.IN, EnrolleeState.REFUSED)


class DraftingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("enrolment.set-plans", Permission.REGISTER, Area.ENROLMENTS)
    def set_plans(self, tx: Transaction, enrolment_id: int, plans: PlanShares) -> None:
        """Other plans or shares for everyone on the list; what it comes to is counted anew."""
        case = draft_case(tx, enrolment_id, "项目和份数")
        check_plans(case.scheme, plans)
        if case.enrolment.kind_code == EnrolmentKind.ADDITION:
            raise UserError(
                "plans-differ",
                "中途增员的项目和份数须与本单位已办理的相同。",
                "请照原申请办理。",
                "plans",
            )
        _require_women(tx, case, plans)
        before = {one.code for one in self._refusals(tx, case)}
        _set_plans(tx, case, plans)
        tx.session.flush()
        for one in self._refusals(tx, case):
            if one.code not in before:  # what stood against it already is told elsewhere
                raise UserError(one.code, f"{one.message}。", one.remedy, "plans")
        if case.enrolment.handling_code == Handling.ON_BEHALF:
            recount(tx, case)
        names = "、".join(f"{case.scheme.plan(key).short_name}{count}份" for key, count in plans)
        note(tx, case, f"项目改为{names}")
        tx.audit(f"enrolment {enrolment_id}", plans=len(plans))

    @act("enrolment.set-funding", Permission.REGISTER, Area.ENROLMENTS)
    def set_funding(self, tx: Transaction, enrolment_id: int, charges: tuple[Charge, ...]) -> None:
        """Say what each payer's part is charged to; a payer without any is left unstated."""
        case = draft_case(tx, enrolment_id, "列支渠道")
        if case.enrolment.handling_code == Handling.BY_UNIT:
            raise UserError(
                "by-unit",
                "单位自办的申请不在这里填列支渠道。",
                f"由单位在{case.scheme.words.system}里填写。",
            )
        recount(tx, case)
        tx.session.flush()
        parts = payer_parts(tx.session, case)
        if not parts:
            raise UserError(
                "funding-open",
                "这份申请还没有算出金额,不能填列支渠道。",
                "请先读入名单;费用待核对的,请负责人先确认。",
            )
        wanted = {part.payer: part.fen for part in parts}
        allowed = {part.payer: {line.key for line in part.channels} for part in parts}
        check_funding(wanted, charges, allowed)
        _keep(tx, case, parts, charges)
        named = {line.key: line.label for part in parts for line in part.channels}
        said = "、".join(f"{named[key]}{yuan(fen)}元" for _payer, key, fen in charges)
        note(tx, case, f"列支渠道:{said or '未写明'}")
        tx.audit(f"enrolment {enrolment_id}", parts=len(charges))

    @look()
    def funding(self, enrolment_id: int) -> tuple[PayerPart, ...]:
        """What each payer bears, and the accounts it is and may be charged to."""
        with self.desk.database.reading() as uow:
            return payer_parts(uow.session, cases.load(uow.session, enrolment_id))

    def _refusals(self, tx: Transaction, case: Case) -> Sequence[Missing]:
        asked = asked_of(tx.session, self.desk, case.enrolment, case.unit)
        found = quote(case.scheme, asked, self.desk.calendar(tx.session))
        return refusals(found, case.scheme)


def _require_women(tx: Transaction, case: Case, plans: PlanShares) -> None:
    """A man on the list must not be left without any plan."""
    if not all(case.scheme.plan(key).women_only for key, _shares in plans):
        return
    people, women = queries.count_people(tx.session, case.enrolment.id)
    if people > women:
        raise UserError(
            "women-only",
            f"只办女职工的项目,名单里还有{people - women}名男职工。",
            "请先把他们撤出名单,或再选一个男职工也能办的项目。",
            "plans",
        )


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
    tx.session.execute(delete(FundingPart).where(FundingPart.enrolment_id == case.enrolment.id))
    stated = {payer for payer, _channel, _fen in charges}
    rest = [
        (part.payer, channel_of(case, part.payer), part.fen)
        for part in parts
        if part.payer not in stated
    ]
    for line_no, (payer, channel, fen) in enumerate((*charges, *rest), start=1):
        tx.session.add(
            FundingPart(
                enrolment_id=case.enrolment.id,
                line_no=line_no,
                payer_code=payer,
                channel_code=channel,
                fen=fen,
            )
        )
