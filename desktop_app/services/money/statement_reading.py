"""A statement's file read as it came and as it was said to be; nothing is locked meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from db.queries import statements as queries
from desktop_app.domain.issues import Severity
from desktop_app.domain.statements.bank_lines import Span
from desktop_app.domain.statements.same_lines import words_agree
from desktop_app.domain.statements.statement_titles import is_account
from desktop_app.domain.statements.statement_words import checked_fields
from desktop_app.domain.statements.statements import StatementReport, read_statement
from desktop_app.domain.tables import Workbook
from desktop_app.domain.texts import clean_number
from desktop_app.errors import UserError
from desktop_app.intake.file_digests import file_content, file_digest
from desktop_app.intake.workbooks import Step
from desktop_app.services.desk import Desk
from desktop_app.services.money.statement_drafts import StatementDraft


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    Args:
        account: the number of its account; empty where neither file nor person says it.
        chosen: what is said of its columns.
        whole_days: whether its first and last day are whole, as a person says.
    """

    sha256: str
    data: bytes
    kind: str
    sheets: int
    report: StatementReport
    account: str
    chosen: Mapping[str, str]
    whole_days: bool

    @property
    def signature(self) -> str:
        return hashlib.sha256(self.report.signature.encode()).hexdigest()

    def span(self, today: date) -> Span | None:
        """The days the file tells; None where it has no line.

        What it says of its days counts where it fits its lines: a day that is not over is not
        whole, whatever a file says.
        """
        days = [line.day for line in self.report.lines]
        if not days:
            return None
        first, last = min(days), max(days)
        titles = self.report.titles
        told = titles.first is not None and titles.last is not None
        if titles.first and titles.last and titles.first <= first and last <= titles.last:
            first, last = titles.first, max(last, min(titles.last, today))
        else:
            told = False
        whole = told or self.whole_days
        return Span(first, last, whole, whole and last < today)


def read_file(
    desk: Desk, draft: StatementDraft, step: Step | None, *, looked_at: bool = False
) -> Reading:
    """Read a file; what is not said of it is as it was said of the account's last such file.

    Where somebody looks at it before it is stored (`looked_at`), the columns of an account's first
    such file are those of the other accounts with these headings: a bank writes them alike.

    Raises:
        FileError: it cannot be read.
        UserError: `file-changed`, `statement-account`, `statement-account-differs`, of its columns.
    """
    if draft.columns is not None:
        checked_fields(dict(draft.columns))
    data = file_content(draft.path)
    digest = hashlib.sha256(data).hexdigest()
    with desk.readers.lent() as reader:
        workbook = reader.read(draft.path, step=step)
    if draft.sha256 not in (None, digest) or file_digest(draft.path) != digest:
        raise UserError(
            "file-changed",
            f"《{draft.path.name}》在预览之后有变动,没有存入。",
            "请重新读入,看过预览后再存。",
            draft.path.name,
        )
    said = dict(draft.columns or ())
    report = read_statement(workbook, said, today=desk.today())
    sheets, account = len(workbook.sheets), _account(draft, report)
    whole = bool(draft.whole_days)
    reading = Reading(digest, data, workbook.kind, sheets, report, account, said, whole)
    return _as_before(desk, draft, reading, workbook, looked_at=looked_at)


def _as_before(
    desk: Desk, draft: StatementDraft, reading: Reading, workbook: Workbook, *, looked_at: bool
) -> Reading:
    """The same, with what was said of the account's last such file where nothing is said now.

    Whether its days are whole is asked of each account.
    """
    with desk.database.reading() as uow:
        known = queries.account_of(uow.session, reading.account)
        layout = known and queries.layout_of(uow.session, known.id, reading.signature)
        chosen = dict(layout.columns) if layout else {}
        if not layout and looked_at:
            chosen = queries.columns_like(uow.session, reading.signature)
        whole = bool(layout and layout.whole_days)
    if draft.whole_days is None:
        reading = replace(reading, whole_days=whole)
    if draft.columns is None and chosen:
        reading = replace(
            reading, report=read_statement(workbook, chosen, today=desk.today()), chosen=chosen
        )
    return reading


def _account(draft: StatementDraft, report: StatementReport) -> str:
    told, said = report.titles.account, clean_number(draft.account)
    told = told if is_account(told, hidden="*") else ""
    if told and said and not words_agree(told, said):
        raise UserError(
            "statement-account-differs",
            f"《{draft.path.name}》写的账号是{told},不是{said}。",
            "请核对是不是拿错了文件,或选对账户。",
            draft.path.name,
        )
    if said and not is_account(said):
        raise UserError(
            "statement-account",
            f"“{draft.account.strip()}”不是账号,账号是8至40位数字。",
            "请照银行对账单写本机构的账号。",
            "account",
        )
    return said or ("" if "*" in told else told)


def unclear_of(report: StatementReport) -> str:
    """Why the file cannot be stored as it is; empty where it can."""
    errors = [one.message for one in report.findings if one.severity is Severity.ERROR]
    more = f"(另有{len(errors) - 1}处)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""
