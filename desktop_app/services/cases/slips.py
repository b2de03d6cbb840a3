"""Bank slips: each of one transfer, with its number and its picture, whichever comes first."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.codes import CaseState, PaymentState
from db.models.enrolments import Enrolment
from db.models.papers import Attachment
from db.models.payments import BankSlip, Payment, PaymentAllocation
from db.models.units import Unit
from db.queries import payments as queries
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.domain.texts import clean_number
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.paid import compare_payments
from desktop_app.services.desk import Desk


def keep_slip(
    tx: Transaction, payment: Payment, attachment: Attachment | None, slip_no: str | None
) -> None:
    """What is there of a transfer's slip: its number alone is kept as well."""
    number = clean_number(slip_no or "") or None
    if attachment is None and number is None:
        return
    tx.add(
        BankSlip(
            payment_id=payment.id,
            attachment_id=attachment.id if attachment else None,
            slip_no=number,
            amount_fen=payment.amount_fen,
            paid_on=payment.paid_on,
        )
    )


def give_slip(tx: Transaction, desk: Desk, case: cases.Case, attachment: Attachment) -> None:
    """A slip that came after its transfer was recorded: of the last one that has none yet."""
    counted = [one for one, _part in queries.parts_of(tx.session, case.enrolment.id, counted=True)]
    known = {
        slip.payment_id: slip for slip in queries.slips_of(tx.session, [one.id for one in counted])
    }
    bare = [one for one in counted if one.id not in known or known[one.id].attachment_id is None]
    if not bare:
        return
    _refuse_booked(
        tx.session, attachment, None,
        "请附这一笔自己的回单;一张回单上有两笔的,请退回这一笔,重新登记时注明。",
    )  # fmt: skip
    if bare[-1].id in known:
        known[bare[-1].id].attachment_id = attachment.id
    else:
        keep_slip(tx, bare[-1], attachment, None)
    tx.session.flush()
    compare_payments(tx, desk, case)
    for part in queries.parts(tx.session, bare[-1].id):
        other = cases.load(tx.session, part.enrolment_id)
        if part.enrolment_id != case.enrolment.id and other.enrolment.state_code == CaseState.OPEN:
            compare_payments(tx, desk, other)  # which waited for the same slip


def require_first(session: Session, attachment: Attachment | None, slip_no: str | None) -> None:
    """One slip is of one transfer; the same picture or number is asked about."""
    _refuse_booked(
        session, attachment, clean_number(slip_no or "") or None,
        "请核对是不是同一笔;确是另一笔转账的,请注明后再登记。",
    )  # fmt: skip


def _refuse_booked(
    session: Session, attachment: Attachment | None, number: str | None, remedy: str
) -> None:
    same = []
    if attachment is not None:
        same.append(BankSlip.attachment_id == attachment.id)
    if number is not None:
        same.append(func.upper(BankSlip.slip_no) == number.upper())
    if not same:
        return
    query = (
        select(BankSlip, Unit.name)
        .join(Payment, Payment.id == BankSlip.payment_id)
        .join(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .join(Enrolment, Enrolment.id == PaymentAllocation.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            or_(*same),
            Payment.state_code.not_in((PaymentState.RETURNED, PaymentState.VOID)),
        )
        .order_by(BankSlip.id.desc())
    )
    found = session.execute(query.limit(1)).first()
    if found is None:
        return
    slip, unit = found
    cases_paid = queries.shared(session, [slip.payment_id])[slip.payment_id]
    whose = f"“{unit}”" + (f"等{cases_paid}份申请" if cases_paid > 1 else "")
    what = f"回单号{number}" if _is_same(slip.slip_no, number) else "这张回单"
    raise UserError(
        "slip-again",
        f"{what}已登记在{whose}{chinese_date(slip.paid_on)}的缴费{yuan(slip.amount_fen)}元上。",
        remedy,
        "again",
    )


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.upper() == other.upper()
