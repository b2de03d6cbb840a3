"""退费: money of a case that is too much is asked back, and comes back to who paid it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.models.payments import Payment, PaymentAllocation, Refund
from db.queries import payments as queries
from db.queries.holds import hold_money
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.cases import cases
from desktop_app.services.cases.dues import take_back_confirmation
from desktop_app.services.cases.mendable import refundable
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_money, stated_reason

ASK = "refund.ask"


class RefundService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act(ASK, Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS, Area.PRINTS)
    def ask(self, tx: Transaction, enrolment_id: int, fen: int, on: date, reason: str) -> int:
        """Ask for money that arrived and is too much; the payments stay in the book as they are."""
        why = stated_reason(reason)
        check_money(fen, "退费金额", "fen")
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        left = refundable(tx.session, case)
        if fen > left:
            raise UserError(
                "refund-too-much",
                f"退费{yuan(fen)}元多于这份申请还在账上的{yuan(left)}元。",
                "请核对金额。",
                "fen",
            )
        self._check_day(tx.session, enrolment_id, on)
        payers = []
        for payment, part in _split(tx.session, enrolment_id, fen):
            tx.session.add(
                Refund(
                    payment_id=payment.id,
                    enrolment_id=enrolment_id,
                    fen=part,
                    asked_on=on,
                    reason=why,
                )
            )
            payers.append(f"{payment.payer_name}{yuan(part)}元")
        cases.note(tx, case, f"申请退费,退给{'、'.join(payers)}:{why}")
        take_back_confirmation(tx, case)
        tx.audit(f"enrolment {enrolment_id}", fen=fen, refunds=len(payers))
        return fen

    @act("refund.arrive", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def arrive(self, tx: Transaction, enrolment_id: int, on: date) -> int:
        """The money is back with who paid it; said by another person than who asked for it."""
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        waiting = _needed(tx.session, enrolment_id)
        # Who asked last asked for all that waits: nothing more is asked for while something does.
        if cases.who_took(tx.session, enrolment_id, ASK) == tx.user_id:
            raise UserError(
                "same-person", "退费到账须由另一位同事登记。", "请换一位同事登录后再办。"
            )
        if any(on < one.asked_on for one in waiting) or on > self.desk.today():
            raise UserError(
                "date", "到账日须在申请退费以后、今天以前。", "请照单位的回单填写。", "on"
            )
        for one in waiting:
            one.arrived_on = on
        fen = sum(one.fen for one in waiting)
        cases.note(tx, case, f"退费{yuan(fen)}元已退到付款单位")
        tx.audit(f"enrolment {enrolment_id}", fen=fen, refunds=len(waiting))
        return fen

    @act("refund.cancel", Permission.PAY, Area.PAYMENTS, Area.ENROLMENTS)
    def cancel(self, tx: Transaction, enrolment_id: int, reason: str) -> int:
        """Asked for by mistake: it is asked for no longer; the change log keeps what it was."""
        why = stated_reason(reason)
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        waiting = _needed(tx.session, enrolment_id)
        fen = sum(one.fen for one in waiting)
        for one in waiting:
            tx.session.delete(one)
        cases.note(tx, case, f"撤回退费{yuan(fen)}元的申请:{why}")
        tx.audit(f"enrolment {enrolment_id}", fen=fen, refunds=len(waiting))
        return fen

    def _check_day(self, session: Session, enrolment_id: int, on: date) -> None:
        first = min(payment.paid_on for payment, _part in _arrived(session, enrolment_id))
        if on < first or on > self.desk.today():
            raise UserError("date", "申请退费的日期须在缴费以后、今天以前。", "请改正日期。", "on")


def _arrived(session: Session, enrolment_id: int) -> list[tuple[Payment, PaymentAllocation]]:
    """What of which transfer arrived for the case, the newest first."""
    found = queries.parts_of(session, enrolment_id, counted=True)
    return [(payment, part) for payment, part in reversed(found) if part.confirmed_on]


def _split(session: Session, enrolment_id: int, fen: int) -> list[tuple[Payment, int]]:
    """Which payment gives back how much of the case's money, the newest first."""
    before = queries.refunds_of(session, enrolment_id)
    parts = []
    for payment, of_case in _arrived(session, enrolment_id):
        left = of_case.fen - sum(one.fen for one in before if one.payment_id == payment.id)
        part = min(fen, left)
        if part:
            parts.append((payment, part))
            fen -= part
    return parts


def _needed(session: Session, enrolment_id: int) -> Sequence[Refund]:
    waiting = [one for one in queries.refunds_of(session, enrolment_id) if one.arrived_on is None]
    if not waiting:
        raise UserError("refund-none", "这份申请没有等着到账的退费。", "请刷新后再看。")
    return waiting
