"""What a receipt of a case is for: what the unit paid, without what went back to it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.queries import payments as queries
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.cases.cases import Case


def kept_fen(session: Session, case: Case) -> int:
    """Of a case that nothing was paid for, what is due."""
    paid, count = queries.paid(session, case.enrolment.id)
    if not count:
        return case.enrolment.due_fen or 0
    return int(paid) - _back(session, case)


def due_of_receipt(case: Case, kept: int) -> int:
    """What a receipt is for: what is due, or what is kept where that is less."""
    due = case.enrolment.due_fen
    return kept if due is None else min(due, kept)


def check_receipt(session: Session, case: Case, fen: int) -> None:
    """Take what is kept, or what is due where more was paid than that and goes back.

    Raises:
        UserError: `receipt-amount`.
    """
    kept = kept_fen(session, case)
    if fen not in (kept, due_of_receipt(case, kept)):
        told = "已缴金额减去退费" if _back(session, case) else "已缴金额"
        raise UserError(
            "receipt-amount",
            f"票据金额{yuan(fen)}元与{told}{yuan(kept)}元不符。",
            f"请核对票据,或联系{case.scheme.words.whom}重开。",
            "amount_fen",
        )


def _back(session: Session, case: Case) -> int:
    refunds = queries.refunds_of(session, case.enrolment.id)
    return sum(one.fen for one in refunds if one.arrived_on)
