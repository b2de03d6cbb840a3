"""Bank statements of the office's accounts: looked at, stored whole or not at all, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.statements import BankAccount, BankLine, BankStatement
from db.queries import statements as queries
from desktop_app.domain.statements.known_lines import Judged, Standing, settled
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import keep
from desktop_app.services.money.elsewhere import SAME_FILE, find_elsewhere
from desktop_app.services.money.statement_drafts import Row, StatementDraft
from desktop_app.services.money.statement_ledger import (
    account_gaps,
    judged_lines,
    new_account,
    remember_layout,
    store_lines,
)
from desktop_app.services.money.statement_reading import Reading, read_file, unclear_of
from desktop_app.services.money.statement_views import (
    gap_view,
    line_view,
    plan_view,
    statement_view,
)
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason
from desktop_app.services.views.statements import (
    AccountView,
    GapView,
    LineView,
    StatementPlan,
    StatementView,
)


class StatementService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def plan_file(self, draft: StatementDraft, step: Step | None = None) -> StatementPlan:
        """What a file would bring in; nothing is saved.

        Raises:
            FileError: it cannot be read.
            UserError: `file-changed`, `statement-account`, `statement-account-differs`,
                of its columns.
        """
        reading = read_file(self.desk, draft, step, looked_at=True)
        span = reading.span(self.desk.today())
        with self.desk.database.reading() as uow:
            account = queries.account_of(uow.session, reading.account)
            judged, _known = judged_lines(uow.session, account, reading, span)
            return plan_view(uow.session, draft, reading, account, judged)

    @act("statement.import", Permission.PAY, Area.PAYMENTS)
    def store_file(
        self, tx: Transaction, draft: StatementDraft, step: Step | None = None
    ) -> dict[str, int]:
        """Store a file with all its lines; a line that is known is stored once.

        The same file once more changes nothing.

        Raises:
            FileError: it cannot be read.
            UserError: `statement-unclear`, `statement-doubtful`, `statement-row`,
                `statement-elsewhere`, `statement-lines-elsewhere`, of its account, as for
                `plan_file`.
        """
        reading = read_file(self.desk, draft, step)
        span = reading.span(self.desk.today())
        if span is None or reading.report.blocked:
            raise _unclear(draft, reading)
        account = _account(tx, draft, reading)
        before = queries.stored_before(tx.session, account.id, reading.sha256)
        if before is not None:
            tx.audit(f"statement {before.id}", new=0)
            return {"statement": before.id, "lines": before.lines, "new": 0, "again": 1}
        judged, known = judged_lines(tx.session, account, reading, span)
        elsewhere = find_elsewhere(tx.session, account, reading, judged)
        if elsewhere is not None and (elsewhere.code == SAME_FILE or not draft.again):
            raise elsewhere
        judged = settled(judged, _answers(draft, judged), known)
        attachment = keep(tx, reading.data, reading.kind, draft.path.name, reading.sheets)
        row = tx.add(
            BankStatement(
                account_id=account.id,
                attachment_id=attachment.id,
                file_name=draft.path.name[:400],
                file_sha256=reading.sha256,
                state_code=IssueState.VALID,
                first_on=span.first,
                last_on=span.last,
                first_whole=span.first_whole,
                last_whole=span.last_whole,
                lines=len(judged),
                new_lines=0,
                imported_at=tx.now,
                imported_by=tx.user_id,
            )
        )
        tx.session.flush()
        new = row.new_lines = store_lines(tx, row, judged)
        remember_layout(tx, account.id, reading)
        tx.audit(f"statement {row.id}", account=account.id, lines=len(judged), new=new)
        return {"statement": row.id, "lines": len(judged), "new": new, "again": 0}

    @act("statement.take-back", Permission.PAY, Area.PAYMENTS)
    def take_back(self, tx: Transaction, statement_id: int, reason: str) -> int:
        """Void a statement and the lines that no other has; how many lines went.

        Raises:
            UserError: `statement-unknown`, `statement-back`, `statement-used`.
        """
        why = stated_reason(reason)
        row = tx.session.get(BankStatement, statement_id)
        if row is None:
            raise UserError("statement-unknown", "没有这份流水。", "请从列表里选。")
        # as for what comes in: another file may be counting on these lines just now
        queries.lock_account(tx.session, row.account_id)
        tx.session.refresh(row)
        if row.state_code != IssueState.VALID:
            raise UserError("statement-back", "这份流水已经撤回。", "不需要再撤。")
        lines = queries.only_of(tx.session, statement_id)
        _require_unused(lines)
        for line in lines:
            line.state_code = IssueState.VOID
        row.state_code, row.note = IssueState.VOID, why
        tx.audit(f"statement {row.id}", lines=len(lines))
        return len(lines)

    @look()
    def list_accounts(self) -> tuple[AccountView, ...]:
        with self.desk.database.reading() as uow:
            return tuple(
                AccountView(row.id, row.number, row.name, lines, last)
                for row, lines, last in queries.accounts(uow.session)
            )

    @look()
    def list_statements(self, account: str = "") -> tuple[StatementView, ...]:
        """Every file that came in, the newest first; those taken back, too."""
        with self.desk.database.reading() as uow:
            known = self._known(uow.session, account)
            rows = queries.statements(uow.session, known.id if known else None)
            numbers = {row.id: row.number for row, _, _ in queries.accounts(uow.session)}
            return tuple(statement_view(row, numbers[row.account_id]) for row in rows)

    @look()
    def list_lines(
        self, account: str = "", first: date | None = None, last: date | None = None
    ) -> tuple[LineView, ...]:
        """The lines that stand, from the oldest on."""
        with self.desk.database.reading() as uow:
            known = self._known(uow.session, account)
            rows = queries.lines_of(uow.session, known.id if known else None, first, last)
            numbers = {row.id: row.number for row, _, _ in queries.accounts(uow.session)}
            places = queries.places_of(uow.session, [row.id for row in rows])
            return tuple(line_view(row, numbers[row.account_id], places[row.id]) for row in rows)

    @look()
    def list_gaps(self) -> tuple[GapView, ...]:
        """Where the balances of an account's lines do not join: a statement may be missing."""
        with self.desk.database.reading() as uow:
            return tuple(
                gap_view(account.number, gap)
                for account, _lines, _last in queries.accounts(uow.session)
                for gap in account_gaps(uow.session, account)
            )

    @staticmethod
    def _known(session: Session, account: str) -> BankAccount | None:
        known = queries.account_of(session, account) if account else None
        if account and known is None:
            raise _unknown(account)
        return known


def _account(tx: Transaction, draft: StatementDraft, reading: Reading) -> BankAccount:
    """The account of a file; a new one only where it was said that it may be."""
    if not reading.account:
        raise UserError(
            "statement-account-missing",
            f"《{draft.path.name}》里没有写是哪个账户的流水。",
            "请写明本机构的账号。",
            "account",
        )
    known = queries.account_of(tx.session, reading.account, lock=True)
    if known is not None:
        return known
    if not draft.new_account:
        raise _unknown(reading.account)
    return new_account(tx, reading.account, reading.report.titles.name)


def _require_unused(lines: Sequence[BankLine]) -> None:
    """Refuse to let lines go that something was said of."""
    used = sum(line.payment_id is not None for line in lines)
    if used:
        raise UserError(
            "statement-used",
            f"这份流水里有{used}笔已经登记成缴费,不能撤回。",
            "请先取消这些缴费的登记。",
        )
    marked = sum(line.mark_code is not None for line in lines)
    if marked:
        raise UserError(
            "statement-used",
            f"这份流水里有{marked}笔已经记为其他款项(利息、手续费等),不能撤回。",
            "请先在“认款”的“其他款项”里撤回这几笔。",
        )


def _unknown(number: str) -> UserError:
    return UserError(
        "statement-account-unknown",
        f"台账里没有账号{number}。",
        "请核对账号;第一次读入这个账户的流水,请写明是新账户。",
        "account",
    )


def _unclear(draft: StatementDraft, reading: Reading) -> UserError:
    why = unclear_of(reading.report) or "没有流水"
    return UserError(
        "statement-unclear",
        f"《{draft.path.name}》还不能存入:{why}。",
        "请改好或指明后再读入,一笔也没有存。",
        draft.path.name,
    )


def _answers(draft: StatementDraft, judged: Sequence[Judged]) -> Mapping[int, Standing]:
    """What a person said of each doubtful line, by its place."""
    doubtful: dict[Row, int] = {
        (one.line.sheet, one.line.row): at
        for at, one in enumerate(judged)
        if one.standing is Standing.DOUBTFUL
    }
    said = {row: Standing(word) for row, word in draft.rows}
    strange = next((row for row in said if row not in doubtful), None)
    if strange is not None:
        raise UserError(
            "statement-row",
            f"第{strange[1]}行不是待定的流水。",
            "请重新读入,看过预览后再存。",
        )
    left = doubtful.keys() - said.keys()
    if left and not draft.doubtful:
        raise UserError(
            "statement-doubtful",
            f"有{len(left)}笔看不出是以前读入过的,还是新的。",
            "请逐笔或一起写明是“已有”还是“新的”。",
        )
    return {at: said.get(row) or Standing(draft.doubtful) for row, at in doubtful.items()}
