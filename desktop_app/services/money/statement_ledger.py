"""The lines of an account as the ledger has them, and a statement's lines put beside them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.statements import BankAccount, BankLayout, BankLine, BankSighting, BankStatement
from db.queries import statements as queries
from desktop_app.domain.statements.bank_lines import BankLine as Line
from desktop_app.domain.statements.bank_lines import Span
from desktop_app.domain.statements.gaps import Gap, find_gaps
from desktop_app.domain.statements.known_lines import Judged, KnownLine, Standing, judge_lines
from desktop_app.services.acts import Transaction
from desktop_app.services.money.statement_reading import Reading


def judged_lines(
    session: Session, account: BankAccount | None, reading: Reading, span: Span | None
) -> tuple[tuple[Judged, ...], Sequence[KnownLine]]:
    """What each line of a file is, in the order of time; the known lines of its days."""
    lines = reading.report.in_time
    if account is None or span is None:
        return tuple(Judged(line, Standing.NEW) for line in lines), ()
    spans = {one.id: span_of(one) for one in queries.valid_statements(session, account.id)}
    seen = queries.seen_by(session, account.id, span.first, span.last)
    known = [
        KnownLine(one.id, line_of(one), tuple(spans[at] for at in seen.get(one.id, ())))
        for one in queries.lines_of(session, account.id, span.first, span.last)
    ]
    return judge_lines(known, list(spans.values()), lines, span), known


def account_gaps(session: Session, account: BankAccount) -> tuple[Gap, ...]:
    return find_gaps(map(line_of, queries.lines_of(session, account.id)))


def span_of(row: BankStatement) -> Span:
    return Span(row.first_on, row.last_on, row.first_whole, row.last_whole)


def line_of(row: BankLine) -> Line:
    return Line(
        row.booked_on,
        row.amount_fen,
        row.booked_time,
        row.balance_fen,
        row.other_name,
        row.other_account,
        row.memo,
        row.reference,
    )


def new_account(tx: Transaction, number: str, name: str) -> BankAccount:
    row = tx.add(
        BankAccount(number=number, name=name[:120], created_at=tx.now, created_by=tx.user_id)
    )
    tx.session.flush()
    return row


def store_lines(
    tx: Transaction,
    statement: BankStatement,
    judged: Sequence[Judged],
) -> int:
    """Add the new lines, and note where the statement has each; how many are new."""
    added: dict[int, BankLine] = {}
    for seq, one in enumerate(judged):
        if one.standing is Standing.NEW:
            added[seq] = tx.add(_row(statement.account_id, one.line))
    tx.session.flush()
    sightings = [
        {
            "statement_id": statement.id,
            "seq": seq,
            "line_id": added[seq].id if seq in added else one.key,
            "sheet": one.line.sheet and one.line.sheet[:120],
            "row_no": one.line.row,
        }
        for seq, one in enumerate(judged, start=0)
    ]
    tx.session.execute(insert(BankSighting), sightings)
    return len(added)


def _row(account_id: int, line: Line) -> BankLine:
    return BankLine(
        account_id=account_id,
        booked_on=line.day,
        booked_time=line.time,
        amount_fen=line.amount_fen,
        balance_fen=line.balance_fen,
        other_name=line.name,
        other_account=line.account,
        memo=line.memo,
        reference=line.reference,
        state_code=IssueState.VALID,
    )


def remember_layout(tx: Transaction, account_id: int, reading: Reading) -> None:
    """Keep what was said of the columns for the account's next such file."""
    row = queries.layout_of(tx.session, account_id, reading.signature)
    if row is None:
        row = tx.add(
            BankLayout(
                account_id=account_id, signature=reading.signature, columns={}, whole_days=False
            )
        )
    row.columns, row.whole_days = dict(reading.chosen), reading.whole_days
