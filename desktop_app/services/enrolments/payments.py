"""Payments: the slip recorded, people and amount compared, the province's confirmation."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.codes import PaperState, PaymentState
from db.models.payments import Payment, PaymentAllocation
from db.queries import enrolments as queries
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_papers import set_paper
from desktop_app.services.cases.covers import begin_cover
from desktop_app.services.cases.mendable import returnable
from desktop_app.services.cases.paid import SLIP, compare_payments, payer_difference
from desktop_app.services.cases.slips import keep_slip, require_first
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import PaymentDraft
from desktop_app.services.files import keep_scan
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import FIRST_YEAR, check_line, check_money, check_people


class PaymentService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("payment.record", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def record(self, tx: Transaction, enrolment_id: int, draft: PaymentDraft) -> int:
        """Record a transfer; the case moves on only where people and amount agree."""
        self._check(draft)
        slip = keep_scan(tx, draft.slip) if draft.slip else None
        case = cases.load(tx.session, enrolment_id)
        cases.require_open(case)
        words = case.scheme.words
        if case.enrolment.approved_at is None or case.enrolment.due_fen is None:
            raise UserError(
                "not-due",
                "这份申请还没有应缴的金额。",
                f"请先审核通过并核对{words.fee}标准。",
            )
        if case.enrolment.due_fen == 0:
            raise UserError(
                "nothing-due", "这份申请不用单位缴款。", "费用由工会承担,请接着办下一步。"
            )
        if any(one.confirmed_on for one in queries.payments_of(tx.session, enrolment_id)):
            raise UserError(
                "payment-confirmed",
                "这份申请的钱已经确认到账,没有再登记缴费。",
                f"若单位又付了一笔,请联系{words.whom}退回。",
            )
        if not draft.again:
            require_first(tx.session, slip, draft.slip_no)
        payment = tx.add(
            Payment(
                amount_fen=draft.amount_fen,
                people=draft.people,
                paid_on=draft.paid_on,
                payer_name=draft.payer_name.strip(),
                payer_account=draft.payer_account,
                payer_is_person=draft.payer_is_person,
                state_code=PaymentState.RECORDED,
                recorded_by=tx.user_id,
                recorded_at=tx.now,
            )
        )
        tx.session.flush()
        tx.session.add(
            PaymentAllocation(
                payment_id=payment.id,
                enrolment_id=enrolment_id,
                fen=draft.amount_fen,
                people=draft.people,
            )
        )
        keep_slip(tx, payment, slip, draft.slip_no)
        if slip is not None:
            set_paper(tx, enrolment_id, SLIP, PaperState.KEPT, slip.id, pages=slip.pages)
        people = f"、{draft.people}人" if draft.people is not None else ""
        other = payer_difference(payment, case.unit)
        text = f"登记缴费{yuan(draft.amount_fen)}元{people}{';' if other else ''}{other}"
        cases.note(tx, case, text)
        compare_payments(tx, self.desk, case)
        tx.audit(
            f"enrolment {enrolment_id}", payment=payment.id, fen=draft.amount_fen,
            people=draft.people,
        )  # fmt: skip
        return payment.id

    @act("payment.return", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def return_(self, tx: Transaction, payment_id: int, reason: str) -> None:
        """退回单位重缴: the payment stays in the book, with the reason it went back for."""
        payment = returnable(tx.session.get(Payment, payment_id))
        if not reason.strip():
            raise UserError("reason-missing", "没有写退回的原因。", "请写明原因。")
        payment.state_code, payment.note = PaymentState.RETURNED, reason.strip()
        paid_for = select(PaymentAllocation.enrolment_id).where(
            PaymentAllocation.payment_id == payment_id
        )
        for enrolment_id in tx.session.scalars(paid_for).all():
            case = cases.load(tx.session, enrolment_id)
            agrees = compare_payments(tx, self.desk, case)
            text = f"退回缴费{yuan(payment.amount_fen)}元:{payment.note}"
            cases.move(tx, case.enrolment, _step_after_return(case, agrees), text)
        tx.audit(f"payment {payment_id}")

    @act("payment.confirm", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def confirm(
        self,
        tx: Transaction,
        enrolment_id: int,
        on: date,
        effective_on: date | None = None,
        document_no: str = "",
    ) -> None:
        """到账: recorded by another person than who recorded the slip.

        `effective_on` begins the cover at once, where the plan document came with the money;
        where one of the two is refused, neither is stored.
        """
        case = cases.load(tx.session, enrolment_id)
        if effective_on is not None:
            begin_cover(tx, case, effective_on, document_no)
            tx.session.flush()
        cases.require_step(case, "payment.confirm")
        payments = [
            payment
            for payment in queries.payments_of(tx.session, enrolment_id)
            if payment.state_code not in (PaymentState.RETURNED, PaymentState.VOID)
        ]
        if on > self.desk.today():
            raise UserError("date", "到账日晚于今天。", "请核对到账日期。", "on")
        if any(on < payment.paid_on for payment in payments):
            raise UserError("date", "到账日早于缴费日。", "请核对到账日期。", "on")
        if case.step.other_than and tx.user_id in {payment.recorded_by for payment in payments}:
            raise cases.same_person(case)
        cases.advance(tx, case)
        for payment in payments:
            payment.confirmed_on, payment.confirmed_by = on, tx.user_id
        tx.audit(f"enrolment {enrolment_id}", payments=len(payments))

    def _check(self, draft: PaymentDraft) -> None:
        check_money(draft.amount_fen, "缴费金额", "amount_fen")
        if draft.people is not None:
            check_people(draft.people, "缴费人数", "people")
        check_line(draft.payer_name, "付款户名", "payer_name")
        check_line(draft.payer_account, "付款账号", "payer_account")
        check_line(draft.slip_no, "回单号", "slip_no")
        if not draft.payer_name.strip():
            raise UserError("payer", "没有填付款户名。", "请照银行回单填写。", "payer_name")
        if draft.paid_on > self.desk.today():
            raise UserError("date", "缴费日晚于今天。", "请照银行回单填写。", "paid_on")
        if draft.paid_on.year < FIRST_YEAR:
            raise UserError("date", "缴费日太早,不会是这笔钱的。", "请照银行回单填写。", "paid_on")


def _step_after_return(case: cases.Case, agrees: bool) -> str:
    """Where the case stands once money went back: where it is waited for, if it was there."""
    paying = next((step for step in case.steps if step.act == "payment.record"), None)
    waits = paying is not None and not agrees and case.step.act == "payment.confirm"
    return paying.key if paying is not None and waits else case.step.key
