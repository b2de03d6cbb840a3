"""Mending a case: what was entered wrongly is taken back with a reason, and nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from db.codes import CaseState, EnrolleeState, RowState
from db.models.enrolments import BusinessNumber, Enrollee
from db.models.papers import IssuedForm
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases, mendable
from desktop_app.services.cases.applications import check_workers
from desktop_app.services.cases.covers import move_cover
from desktop_app.services.cases.fundings import (
    ACCOUNTS,
    Charge,
    accounts_now,
    accounts_text,
    check_charges,
    restate_parts,
)
from desktop_app.services.cases.recounts import recount
from desktop_app.services.cases.voiding import (
    forms_with_cover,
    take_back_forms,
    unstamp,
    void_covers,
    void_forms,
)
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.rosters.parked import parked_row
from desktop_app.services.sane import MOST_TEXT, check_people, stated_reason


class MendingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("mending.remove-people", Permission.REGISTER, Area.ENROLMENTS, Area.MEMBERS)
    def remove_people(
        self, tx: Transaction, enrolment_id: int, line_nos: tuple[int, ...], reason: str
    ) -> int:
        """撤出: the rows stay, the people are free to come in again, here or elsewhere."""
        why = stated_reason(reason)
        case = mendable.draft_case(tx.session, enrolment_id)
        asked = set(line_nos)
        if not asked:
            raise UserError("people-missing", "没有选要撤出的人。", "请先在名单中选人。")
        query = select(Enrollee).where(
            Enrollee.enrolment_id == enrolment_id, Enrollee.state_code == EnrolleeState.LISTED
        )
        rows = [row for row in tx.session.scalars(query) if row.line_no in asked]
        unknown = asked - {row.line_no for row in rows}
        if unknown:
            numbers = "、".join(str(number) for number in sorted(unknown)[:10])
            raise UserError(
                "person-unknown", f"名单上没有第{numbers}行的人,或已撤出。", "请刷新名单后再选。"
            )
        accounts = {ACCOUNTS: accounts_now(tx.session, case)}
        for row in rows:
            row.state_code = EnrolleeState.WITHDRAWN
        recount(tx, case)
        cases.note(tx, case, f"撤出{len(asked)}人:{why}")
        tx.audit(f"enrolment {enrolment_id}", people=len(asked), **accounts)
        return len(asked)

    @act("mending.drop-parked", Permission.REGISTER, Area.ENROLMENTS)
    def drop_parked(
        self, tx: Transaction, enrolment_id: int, batch_id: int, seq: int, reason: str
    ) -> None:
        """A row that waited for its correction waits no longer; it stays as dropped."""
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        cases.require_open(case)
        row = parked_row(tx.session, enrolment_id, batch_id, seq)
        row.state_code = RowState.DROPPED
        cases.note(tx, case, f"放弃待补正1行:{why}")
        tx.audit(f"enrolment {enrolment_id}", batch=batch_id, seq=seq)

    @act("mending.set-workers", Permission.REGISTER, Area.ENROLMENTS, Area.UNITS)
    def set_workers(
        self, tx: Transaction, enrolment_id: int, at_work: int, women: int | None, reason: str
    ) -> None:
        """Correct how many work there; the unit's own numbers follow where they are the same."""
        why = stated_reason(reason)
        case = mendable.draft_case(tx.session, enrolment_id)
        check_workers(at_work, women)
        check_people(at_work, "在职职工人数", "at_work")
        enrolment, unit = case.enrolment, case.unit
        if (unit.at_work, unit.women) == (enrolment.at_work, enrolment.women):
            unit.at_work, unit.women = at_work, women
        before, accounts = enrolment.at_work, {ACCOUNTS: accounts_now(tx.session, case)}
        enrolment.at_work, enrolment.women = at_work, women
        cases.note(tx, case, f"在职人数由{before}人改为{at_work}人:{why}")
        tx.audit(f"enrolment {enrolment_id}", at_work=at_work, women=women, **accounts)

    @act("mending.send-back", Permission.REVIEW, Area.ENROLMENTS, Area.PRINTS)
    def send_back(self, tx: Transaction, enrolment_id: int, reason: str) -> None:
        """An approved case becomes a returned draft; what was printed of it is void."""
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        enrolment = case.enrolment
        mendable.require_approved(tx.session, case)
        covers, forms = void_covers(tx, case, why), void_forms(tx, case, why)
        unstamp(tx, case, forms)
        enrolment.approved_by = enrolment.approved_at = None
        enrolment.effective_on = enrolment.until_on = None
        for plan, _record in queries.plans_of(tx.session, enrolment_id):
            plan.from_on = plan.until_on = plan.document_no = None
        number = f"(业务号{enrolment.business_no}仍保留)" if enrolment.business_no else ""
        enrolment.state_code, enrolment.returned_for = CaseState.RETURNED, why + number
        cases.move(tx, enrolment, case.steps[0].key, f"审核后退回:{why}{number}")
        tx.audit(f"enrolment {enrolment_id}", forms=len(forms), covers=covers)

    @act("mending.correct-effective", Permission.SUBMIT, Area.ENROLMENTS, Area.MEMBERS,
         Area.PRINTS)  # fmt: skip
    def correct_effective(
        self,
        tx: Transaction,
        enrolment_id: int,
        effective_on: date,
        reason: str,
        document_no: str = "",
        *,
        void_printed: bool = False,
    ) -> int:
        """更正生效日: everyone's cover moves with it; what was printed with the wrong day is void.

        Printed forms say the wrong day to the unit, so they are asked about: `void_printed`.

        Returns:
            How many printed forms are void by it; they are printed and stamped anew.
        """
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        before = mendable.covered_days(tx.session, case)
        if effective_on == before[0]:
            raise UserError(
                "effective-same", "生效日没有改动。", "请照计划书改正。", "effective_on"
            )
        printed = forms_with_cover(tx.session, case, before)
        if printed and not void_printed:
            raise _printed_already(printed)
        plans = queries.plans_of(tx.session, enrolment_id)
        kept = next((plan.document_no for plan, _record in plans if plan.document_no), None)
        covers = move_cover(tx, case, effective_on, document_no.strip() or kept)
        text = f"生效日由{before[0].isoformat()}改为{effective_on.isoformat()}:{why}"
        take_back_forms(tx, case, printed, why, text)
        tx.audit(f"enrolment {enrolment_id}", covers=covers, forms=len(printed))
        return len(printed)

    @act("mending.correct-funding", Permission.REGISTER, Area.ENROLMENTS, Area.PRINTS)
    def correct_funding(
        self, tx: Transaction, enrolment_id: int, charges: tuple[Charge, ...], reason: str
    ) -> None:
        """更正列支渠道: other accounts for a payer's part, whose sum stays; paid or finished, too.

        A payer that `charges` does not name keeps its accounts. A printed form that tells the
        accounts is out of force by it; one in a closed file stays, and the history says so.
        """
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        parts = mendable.rechargeable(tx.session, case)
        check_charges(parts, charges)
        kept = accounts_now(tx.session, case)
        gone, come = restate_parts(tx.session, case, charges)
        if not come:
            raise UserError("funding-same", "列支渠道没有改动。", "请写明改从哪个渠道列支、多少。")
        text = f"列支渠道由{accounts_text(parts, gone)}改为{accounts_text(parts, come)}:{why}"
        cases.note(tx, case, text if len(text) <= MOST_TEXT else f"列支渠道已更正:{why}")
        tx.audit(f"enrolment {enrolment_id}", **{ACCOUNTS: kept})

    @act("mending.void", Permission.REVIEW, Area.ENROLMENTS, Area.MEMBERS, Area.PRINTS)
    def void(self, tx: Transaction, enrolment_id: int, reason: str) -> None:
        """作废: its people are free, its cover and forms void; the unit may start anew."""
        why = stated_reason(reason)
        case = cases.load(tx.session, enrolment_id)
        mendable.require_voidable(tx.session, case)
        covers, forms = void_covers(tx, case, why), void_forms(tx, case, why)
        query = select(Enrollee).where(
            Enrollee.enrolment_id == enrolment_id, Enrollee.state_code.in_(queries.IN)
        )
        people = tx.session.scalars(query).all()
        for row in people:
            row.state_code = EnrolleeState.WITHDRAWN
        numbers = select(BusinessNumber).where(
            BusinessNumber.enrolment_id == enrolment_id, BusinessNumber.voided_at.is_(None)
        )
        for number in tx.session.scalars(numbers):
            number.voided_at = tx.now
        count = len({row.line_no for row in people})
        case.enrolment.state_code = CaseState.VOID
        cases.note(tx, case, f"作废:{why}")
        tx.audit(f"enrolment {enrolment_id}", people=count, forms=len(forms), covers=covers)


def _printed_already(printed: Sequence[IssuedForm]) -> UserError:
    numbers = "、".join(form.number for form in printed)
    return UserError(
        "printed-with-date",
        f"已打印的{numbers}上是原来的生效日,没有更正。",
        "要更正的,请确认把它们作废,更正后重新打印、盖章。",
        "void_printed",
    )
