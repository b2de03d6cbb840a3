"""Lines that are no contribution: marked by kind, listed, and a line's whole history."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import BankMark, PaymentState
from db.models.payments import Payment
from db.models.statements import BankLine
from db.queries import matching as queries
from db.queries import payments as payment_queries
from db.queries import statements as statement_queries
from db.queries.holds import hold_money
from desktop_app.domain.labels import label
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.bookings import take_out
from desktop_app.services.cases.mendable import returnable
from desktop_app.services.desk import Desk
from desktop_app.services.enrolments.last_acts import LABELS
from desktop_app.services.money.match_views import money_line
from desktop_app.services.money.owing import line_of
from desktop_app.services.views.matching import LineEvent, MarkedLine


def leave_aside(tx: Transaction, desk: Desk, line: BankLine, mark: BankMark) -> None:
    """Free a line that was only set aside to be given back, of which nothing was used or is asked.

    Raises:
        UserError: `line-used`, `payment-refunded`.
    """
    hold_money(tx.session, payments=(line.payment_id,) if line.payment_id else ())
    payment = tx.session.get_one(Payment, line.payment_id)
    recorded = queries.booked_by(tx.session, line.id) == "match.link"
    back = payment.state_code == PaymentState.RETURNED
    if recorded or back or payment_queries.parts(tx.session, payment.id):
        raise UserError(
            "line-used", "这笔流水已经认过款。", "不是缴费的,请先撤回认款,再记为其他款项。"
        )
    returnable(tx.session, payment)
    line.payment_id = None
    take_out(tx, desk, payment, PaymentState.VOID, ("改记", f"改记为{label(mark)}"))


def marked_lines(session: Session) -> tuple[MarkedLine, ...]:
    """Every line that is no contribution, the newest first; a fixed number of queries."""
    who = queries.markers(session)
    found = []
    for row in queries.marked(session):
        mark = BankMark(str(row.mark_code))
        name, at = who[row.id]
        line = money_line(line_of(row))
        found.append(MarkedLine(line, mark.value, label(mark), row.note or "", name, at))
    return tuple(found)


def line_history(session: Session, line_id: int) -> tuple[LineEvent, ...]:
    """How a line came in, and each time that it was booked, marked or freed: by whom, and why."""
    came = statement_queries.first_sighting(session, line_id)
    if session.get(BankLine, line_id) is None or came is None:
        raise UserError("line-unknown", "没有这笔流水,或已经撤回。", "请刷新后再看。")
    statement, reader = came
    events = {b"": LineEvent(statement.imported_at, reader, "读入", f"《{statement.file_name}》")}
    note = ""
    for row in queries.line_changes(session, line_id):
        note = row.new or "" if row.field == "note" else note
        what = LABELS.get(row.act, "别的手续")
        if row.field == "mark_code" and row.new:
            what = f"记为{label(BankMark(row.new))}"
        elif row.operation_id in events:
            what = events[row.operation_id].what
        events[row.operation_id] = LineEvent(row.at, row.name, what, note)
    return tuple(events.values())
