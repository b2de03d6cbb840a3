"""Payments: the slip recorded, people and amount compared, the province's confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.codes import PaymentState
from db.models.payments import Payment
from db.queries import payments as queries
from db.queries.holds import hold_money
from desktop_app.domain.money import FIRST_YEAR, yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.bookings import book, take_out, take_part
from desktop_app.services.cases.case_steps import advance
from desktop_app.services.cases.covers import begin_cover
from desktop_app.services.cases.mendable import detachable, returnable
from desktop_app.services.cases.paid import settle
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import PaymentDraft, PaymentPart
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import (
    check_line,
    check_money,
    check_people,
    stated_reason,
)


class PaymentService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("payment.record", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def record(self, tx: Transaction, enrolment_id: int, draft: PaymentDraft) -> int:
        """Record a transfer; the case moves on only where people and amount agree."""
        self._check(draft)
        part = PaymentPart(enrolment_id, draft.amount_fen, draft.people)
        payment = book(tx, self.desk, draft, (part,))
        tx.audit(
            f"enrolment {enrolment_id}", payment=payment.id, fen=draft.amount_fen,
            people=draft.people,
        )  # fmt: skip
        return payment.id

    @act("payment.record-shared", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def record_shared(
        self, tx: Transaction, parts: Sequence[PaymentPart], draft: PaymentDraft
    ) -> int:
        """Record one transfer that pays for several cases, such as a treasury's for its schools."""
        self._check(draft)
        for part in parts:
            check_money(part.fen, "缴费金额", "amount_fen")
        _refuse_uneven(parts, draft.amount_fen)
        payment = book(tx, self.desk, draft, parts)
        tx.audit(f"payment {payment.id}", fen=draft.amount_fen, cases=len(parts))
        return payment.id

    @act("payment.return", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def return_(self, tx: Transaction, payment_id: int, reason: str) -> None:
        """退回单位重缴: the payment stays in the book, with the reason it went back for.

        One that pays for several cases goes back whole, and each of them waits for its money.
        """
        hold_money(tx.session, payments=(payment_id,))
        payment = returnable(tx.session, tx.session.get(Payment, payment_id))
        if not reason.strip():
            raise UserError("reason-missing", "没有写退回的原因。", "请写明原因。")
        take_out(tx, self.desk, payment, PaymentState.RETURNED, ("退回缴费", reason.strip()))
        tx.audit(f"payment {payment_id}")

    @act("payment.take-part-out", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def take_part_out(
        self, tx: Transaction, enrolment_id: int, payment_id: int, reason: str
    ) -> int:
        """Let a transfer pay for one case no more; that money is left on it; how much it is.

        What the transfer pays of other cases stays, confirmed or not.

        Raises:
            UserError: `reason-missing`, `payment-unknown`, `payment-confirmed`.
        """
        why = stated_reason(reason)
        hold_money(tx.session, (enrolment_id,), (payment_id,))
        payment = tx.session.get(Payment, payment_id)
        case = cases.load(tx.session, enrolment_id)
        fen = take_part(tx, self.desk, detachable(tx.session, payment, enrolment_id), case, why)
        tx.audit(f"enrolment {enrolment_id}", payment=payment_id, fen=fen)
        return fen

    @act("payment.confirm", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def confirm(
        self,
        tx: Transaction,
        enrolment_id: int,
        on: date,
        effective_on: date | None = None,
        document_no: str = "",
    ) -> None:
        """到账: recorded by another person than who recorded the slip; of this case's part alone.

        `effective_on` begins the cover at once, where the plan document came with the money;
        where one of the two is refused, neither is stored.
        """
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        if effective_on is not None:
            begin_cover(tx, case, effective_on, document_no)
            tx.session.flush()
        cases.require_step(case, "payment.confirm")
        counted = queries.parts_of(tx.session, enrolment_id, counted=True)
        payments = [payment for payment, _part in counted]
        if on > self.desk.today():
            raise UserError("date", "到账日晚于今天。", "请核对到账日期。", "on")
        if any(on < payment.paid_on for payment in payments):
            raise UserError("date", "到账日早于缴费日。", "请核对到账日期。", "on")
        advance(tx, case)
        for payment, part in counted:
            if part.confirmed_on:  # arrived before, of which too much went back
                continue
            part.confirmed_on, part.confirmed_by = on, tx.user_id
            settle(tx.session, payment)
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


def _refuse_uneven(parts: Sequence[PaymentPart], fen: int) -> None:
    if len({part.enrolment_id for part in parts}) < len(parts):
        raise UserError("part-twice", "同一份申请写了两次。", "每份申请只写一次它的金额。")
    told = sum(part.fen for part in parts)
    if told != fen:
        raise UserError(
            "parts-differ",
            f"各份申请合计{yuan(told)}元,和这笔转账{yuan(fen)}元不一致。",
            "请照付款单位的明细改正。",
            "amount_fen",
        )
