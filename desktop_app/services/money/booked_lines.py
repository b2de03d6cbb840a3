"""The lines that are booked, each with the transfer that it is and what that pays for."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy.orm import Session

from db.codes import PaymentState
from db.queries import matching as queries
from db.queries.payments import COUNTED
from desktop_app.domain.labels import label
from desktop_app.services.money.match_views import money_line
from desktop_app.services.money.owing import line_of
from desktop_app.services.money.taken_back import taken_back
from desktop_app.services.views.matching import BookedLine, OwedLine

WITH_REST, NO_FEE = "有余款", "不是缴费"  # all that it pays for agrees, or it pays for nothing
BACK = "银行已退出"


def booked_lines(session: Session) -> tuple[BookedLine, ...]:
    """Every booked line, the newest first; a fixed number of queries."""
    parts: dict[int, list[OwedLine]] = defaultdict(list)
    uneven: set[int] = set()
    for row in queries.booked_parts(session):
        part = OwedLine(row.enrolment_id, row.unit_id, row.name, row.fen)
        uneven |= {row.payment_id} if row.agrees is False else set()
        parts[row.payment_id].append(part)
    asked, acts = queries.refunded_left(session), queries.booking_acts(session)
    back = taken_back(session)
    found = []
    for line, payment in queries.booked(session):
        state = PaymentState(payment.state_code)
        paid = tuple(parts[payment.id])
        left = payment.amount_fen - sum(one.fen for one in paid) - asked.get(payment.id, 0)
        only_left = state is PaymentState.DIFFERS and left and payment.id not in uneven
        told = (WITH_REST if paid else NO_FEE) if only_left else label(state)
        found.append(
            BookedLine(
                line=money_line(line_of(line)),
                payment_id=payment.id,
                parts=paid,
                left_fen=left if state in COUNTED else 0,
                recorded=acts.get(line.id) == "match.link",
                person=payment.payer_is_person,
                state_label=BACK if payment.id in back else told,
                note=payment.note or "",
                back_on=back.get(payment.id),
            )
        )
    return tuple(found)
