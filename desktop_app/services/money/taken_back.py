"""Booked lines whose money the bank's own account gave out again: they pay for nothing any more."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.queries import matching as queries
from desktop_app.domain.matching.reversals import marked
from desktop_app.services.money.owing import line_of, outs


def taken_back(session: Session) -> dict[int, date]:
    """Transfer -> the day its money went out again, where no refund of it was asked for.

    A refund that was asked for is the office's own, and counted where refunds are.
    """
    out = outs(session, explained=False)
    if not out:
        return {}
    asked = queries.refunded(session)
    paid = {line_of(line): payment.id for line, payment in queries.booked_in_force(session)}
    return {
        paid_for: line.went_on
        for line, paid_for in zip(marked(paid, out), paid.values(), strict=True)
        if line.went_on is not None and paid_for not in asked
    }


def cases_taken_back(session: Session) -> dict[int, date]:
    """Application -> the first day on which money went out again that is booked for it."""
    found: dict[int, date] = {}
    if back := taken_back(session):
        for row in queries.parts_of(session, tuple(back)):
            day = back[row.payment_id]
            found[row.enrolment_id] = min(found.get(row.enrolment_id, day), day)
    return found
