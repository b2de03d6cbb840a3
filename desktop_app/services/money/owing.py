"""What the ledger owes to the matching: open amounts, numbers and payers, lines and transfers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import CaseState, PaymentState
from db.models.statements import BankLine
from db.queries import matching as queries
from db.queries.board import money, refunds
from desktop_app.domain.matching.recorded import Recorded
from desktop_app.domain.matching.reversals import Out, marked
from desktop_app.domain.matching.values import Line, Owed
from desktop_app.services.desk import Desk
from desktop_app.services.versions.drive_versions import year_of


def owed_of(session: Session, desk: Desk) -> tuple[Owed, ...]:
    """Every application that a line may be meant for, with what is known of who pays for it."""
    numbers, former = queries.notices(session), queries.former_names(session)
    paid = {row.enrolment_id: row for row in money(session)}
    waiting = {row.enrolment_id for row in refunds(session)}
    names: dict[int, list[str]] = defaultdict(list)
    accounts: dict[int, list[str]] = defaultdict(list)
    for row in queries.payers(session):
        names[row.unit_id].append(row.payer_name)
        accounts[row.unit_id].append(row.payer_account or "")
    found = []
    for row in queries.owing(session, year_of(session, desk)):
        own = (row.name, *dict.fromkeys(former.get(row.unit_id, ())))
        others = (row.payer_name or "", *names[row.unit_id])
        known = (row.payer_account or "", *accounts[row.unit_id])
        found.append(
            Owed(
                id=row.id,
                unit=row.unit_id,
                names=own,
                fen=_open(row, paid.get(row.id), waits=row.id in waiting),
                payers=tuple(one for one in dict.fromkeys(others) if one and one not in own),
                accounts=tuple(one for one in dict.fromkeys(known) if one),
                numbers=tuple(numbers.get(row.id, ())),
                business_no=row.business_no or "",
                year=row.year,
            )
        )
    return tuple(found)


def _open(row: Any, paid: Row[Any] | None, *, waits: bool) -> int:
    """What is still to be paid; nothing once the money was confirmed, unless it went back."""
    due = int(row.due_fen)
    if paid is None:
        return due
    settled = waits or not paid.back or row.state_code == CaseState.FINISHED
    return 0 if paid.confirmed and settled else max(0, due - int(paid.fen))


def lines_in(session: Session) -> list[Line]:
    """Money that came in and is booked as nothing yet; what the bank took back is marked."""
    return marked([line_of(one) for one in queries.free_lines(session)], outs(session))


def outs(session: Session, *, explained: bool = True) -> list[Out]:
    """Money that went out; without `explained` only lines of which nobody said what they are."""
    return [
        Out(one.booked_on, -one.amount_fen, one.other_name, one.other_account or "", one.memo)
        for one in queries.lines_out(session)
        if explained or one.mark_code is None
    ]


def line_of(row: BankLine) -> Line:
    return Line(
        id=row.id,
        day=row.booked_on,
        fen=row.amount_fen,
        payer_name=row.other_name,
        payer_account=row.other_account or "",
        memo=row.memo,
        reference=row.reference or "",
    )


def recorded_transfers(session: Session) -> Sequence[Recorded]:
    """Transfers recorded from slips, of which no line is known."""
    return [
        Recorded(
            payment.id,
            payment.paid_on,
            payment.amount_fen,
            payment.payer_name,
            payment.payer_account or "",
            slip_no or "",
            payment.state_code == PaymentState.RETURNED,
        )
        for payment, slip_no in queries.unseen_payments(session)
    ]
