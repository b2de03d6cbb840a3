"""The receipts of a case as its page shows them, and what may be done about them now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import CaseState
from db.models.payments import DuesReceipt
from desktop_app.domain.enrolment_facts import Facts
from desktop_app.services.cases import mendable
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.receipt_sums import due_of_receipt, kept_fen
from desktop_app.services.views.receipts import ReceiptLine, Receipts


def receipts_of(session: Session, case: Case, facts: Facts) -> Receipts:
    """Every receipt of the case; a finished one may still get its receipt."""
    query = select(DuesReceipt).where(DuesReceipt.enrolment_id == case.enrolment.id)
    rows = session.scalars(query.order_by(DuesReceipt.id)).all()
    numbers = {row.id: row.number for row in rows}
    lines = tuple(_line(row, numbers) for row in rows)
    kept = kept_fen(session, case)
    void = case.enrolment.state_code == CaseState.VOID
    counts = any(line.counts for line in lines)
    return Receipts(
        lines,
        may_record=not void and not counts and _wanted(case, facts, kept),
        may_reissue=not void and counts,
        none_left=not kept,
        fen=due_of_receipt(case, kept),
    )


def _line(row: DuesReceipt, numbers: dict[int, str]) -> ReceiptLine:
    return ReceiptLine(
        number=row.number,
        issued_on=row.issued_on,
        fen=row.amount_fen,
        state=row.state_code,
        red_no=row.red_no or "",
        ended_for=row.ended_for or "",
        replaces=numbers.get(row.replaces_id or 0, ""),
        has_file=row.attachment_id is not None,
    )


def _wanted(case: Case, facts: Facts, kept: int) -> bool:
    """Whether there is money to give one for; where none is due, only if a step waits for it."""
    if facts.payment_fen is not None and facts.due_fen:
        return kept > 0 and mendable.has_arrived(case, facts)
    asked = any("receipt" in step.requires for step in case.steps)
    free = facts.due_fen == 0 and facts.people > 0 and case.enrolment.approved_at is not None
    return asked and free
