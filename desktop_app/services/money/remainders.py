"""What of a transfer pays for nothing: used for another application, or given back to its payer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models.payments import Payment, Refund
from db.queries import payments as queries
from db.queries.holds import hold_money
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases.bookings import add_parts
from desktop_app.services.cases.paid import settle
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.money.parts import check_parts
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason
from desktop_app.services.views.matching import RemainderLine

ASK = "remainder.refund"


class RemainderService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_remainders(self) -> tuple[RemainderLine, ...]:
        """Every transfer with money that pays for nothing, what went back of it among them."""
        with self.desk.database.reading() as uow:
            return tuple(_line(uow.session, one) for one in queries.with_remainder(uow.session))

    @act("remainder.use", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def use(self, tx: Transaction, payment_id: int, parts: Sequence[PaymentPart]) -> None:
        """Let what is left of a transfer pay for further applications.

        Raises:
            UserError: `remainder-none`, as for `match.book`.
        """
        hold_money(tx.session, [part.enrolment_id for part in parts], (payment_id,))
        payment, left = _left(tx.session, payment_id)
        paid = {part.enrolment_id for part in queries.parts(tx.session, payment_id)}
        if paid & {part.enrolment_id for part in parts}:
            raise UserError(
                "part-twice", "这笔转账已经缴了这份申请。", "请选别的申请,或撤回后重新认款。"
            )
        check_parts(tx.session, self.desk, parts, left)
        add_parts(tx, self.desk, payment, parts)
        tx.audit(f"payment {payment_id}", fen=sum(part.fen for part in parts), cases=len(parts))

    @act(ASK, Permission.PAY, Area.PAYMENTS)
    def refund(self, tx: Transaction, payment_id: int, on: date, reason: str) -> int:
        """Ask for all that is left to go back to who paid it; how much that is.

        Raises:
            UserError: `reason-missing`, `remainder-none`, `date`.
        """
        why = stated_reason(reason)
        hold_money(tx.session, payments=(payment_id,))
        payment, left = _left(tx.session, payment_id)
        if not payment.paid_on <= on <= self.desk.today():
            raise UserError("date", "申请退费的日期须在缴费以后、今天以前。", "请改正日期。", "on")
        tx.session.add(
            Refund(
                payment_id=payment_id,
                enrolment_id=None,
                fen=left,
                asked_on=on,
                reason=why,
            )
        )
        settle(tx.session, payment)
        tx.audit(f"payment {payment_id}", fen=left)
        return left

    @act("remainder.arrive", Permission.PAY, Area.PAYMENTS)
    def arrive(self, tx: Transaction, payment_id: int, on: date) -> int:
        """The money is back with who paid it; said by another person than who asked for it.

        Raises:
            UserError: `refund-none`, `same-person`, `date`.
        """
        waiting = _waiting(tx.session, payment_id)
        if queries.who_did(tx.session, f"payment {payment_id}", ASK) == tx.user_id:
            raise UserError(
                "same-person", "退费到账须由另一位同事登记。", "请换一位同事登录后再办。"
            )
        if not waiting.asked_on <= on <= self.desk.today():
            raise UserError(
                "date", "到账日须在申请退费以后、今天以前。", "请照单位的回单填写。", "on"
            )
        waiting.arrived_on = on
        tx.audit(f"payment {payment_id}", fen=waiting.fen)
        return waiting.fen

    @act("remainder.cancel", Permission.PAY, Area.PAYMENTS)
    def cancel(self, tx: Transaction, payment_id: int, reason: str) -> int:
        """Asked for by mistake: the money is left again; the change log keeps what it was.

        Raises:
            UserError: `reason-missing`, `refund-none`.
        """
        why = stated_reason(reason)
        hold_money(tx.session, payments=(payment_id,))
        waiting = _waiting(tx.session, payment_id)
        payment = tx.session.get_one(Payment, payment_id)
        payment.note = f"撤回退费:{why}"
        tx.session.delete(waiting)
        settle(tx.session, payment)
        tx.audit(f"payment {payment_id}", fen=waiting.fen)
        return waiting.fen


def _left(session: Session, payment_id: int) -> tuple[Payment, int]:
    """A transfer that counts and is held, and what of it pays for nothing."""
    payment = session.get(Payment, payment_id)
    left = 0
    if payment is not None and payment.state_code in queries.COUNTED:
        left = queries.left_of(session, payment)
    if payment is None or not left:
        raise UserError("remainder-none", "这笔转账没有余下的钱。", "请刷新后再看。")
    return payment, left


def _waiting(session: Session, payment_id: int) -> Refund:
    waiting = [one for one in queries.refunds_left(session, payment_id) if one.arrived_on is None]
    if not waiting:
        raise UserError("refund-none", "这笔转账没有等着到账的退费。", "请刷新后再看。")
    return waiting[0]


def _line(session: Session, payment: Payment) -> RemainderLine:
    refunds = queries.refunds_left(session, payment.id)
    waiting = next((one for one in refunds if one.arrived_on is None), None)
    return RemainderLine(
        payment_id=payment.id,
        paid_on=payment.paid_on,
        payer_name=payment.payer_name,
        payer_account=payment.payer_account or "",
        fen=payment.amount_fen,
        left_fen=queries.left_of(session, payment),
        waiting_fen=waiting.fen if waiting else 0,
        asked_on=waiting.asked_on if waiting else None,
        back_fen=sum(one.fen for one in refunds if one.arrived_on),
        note=_told(payment.note or "", refunds),
    )


def _told(note: str, refunds: Sequence[Refund]) -> str:
    """Why it pays for nothing, and why it goes back: the same words once."""
    reasons = dict.fromkeys(one.reason for one in refunds if one.reason != note)
    return ";".join(filter(None, (note, *(f"退费:{reason}" for reason in reasons))))
