"""What of a statement's file another account of the office has already: money stored twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.models.statements import BankAccount
from db.queries import statements as queries
from desktop_app.domain.statements.bank_lines import BankLine
from desktop_app.domain.statements.known_lines import Judged, Standing
from desktop_app.domain.statements.lines_elsewhere import TheirLine, lines_elsewhere
from desktop_app.errors import UserError
from desktop_app.services.money.statement_ledger import line_of, span_of
from desktop_app.services.money.statement_reading import Reading

SAME_FILE = "statement-elsewhere"  # it may not be stored, whatever is said
_BACK = "以前读错账户的,请先在“银行流水”里撤回那一份,再读入这里"


def find_elsewhere(
    session: Session, account: BankAccount | None, reading: Reading, judged: Sequence[Judged]
) -> UserError | None:
    """Where another account has this very file, or most of its lines: that, and what to do.

    Lines that the file's own account has are left: of those nothing comes in.
    """
    own = account.id if account else None
    numbers = {one.id: one.number for one, _lines, _last in queries.accounts(session)}
    stored = queries.stored_for_others(session, own, reading.sha256)
    if stored is not None:
        return UserError(
            "statement-elsewhere",
            f"这份文件已读入{_tail(numbers[stored.account_id])}(《{stored.file_name}》),"
            "不能再读入别的账户。",
            f"账户选错了的,请改选;{_BACK}。",
            "account",
        )
    new = [one.line for one in judged if one.standing is not Standing.KNOWN]
    if not new or not reading.account:
        return None
    # a bank that names the account in its file is believed where a single line is the same
    least = 2 if reading.report.titles.account == reading.account else 1
    same = _same_lines(session, own, new)
    most = max(same, key=lambda one: len(same[one]), default=None)
    if most is None or len(same[most]) < least:
        return None
    places = queries.places_of(session, same[most])
    files = Counter(file for file, _sheet, _row in places.values())
    name = files.most_common(1)[0][0]
    return UserError(
        "statement-lines-elsewhere",
        f"有{len(same[most])}笔和{_tail(numbers[most])}里《{name}》的流水相同,可能选错了账户。",
        f"请核对账户;{_BACK};确是两个账户各有这几笔的,写明后再存。",
        "account",
    )


def _tail(number: str) -> str:
    return f"尾号{number[-4:]}的账户"


def _same_lines(
    session: Session, own: int | None, new: Sequence[BankLine]
) -> dict[int, tuple[int, ...]]:
    """By other account: which of its lines are most of these."""
    days = [line.day for line in new]
    theirs: defaultdict[int, list[TheirLine]] = defaultdict(list)
    for row in queries.lines_of(session, None, min(days), max(days)):
        if row.account_id != own:
            theirs[row.account_id].append(TheirLine(row.id, line_of(row)))
    return {
        account: lines_elsewhere(
            lines, [span_of(one) for one in queries.valid_statements(session, account)], new
        )
        for account, lines in theirs.items()
    }
