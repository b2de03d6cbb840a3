"""Reading bank statements: the lines of an account, and what each statement saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.codes import IssueState
from db.models.office import AppUser
from db.models.statements import BankAccount, BankLayout, BankLine, BankSighting, BankStatement
from db.queries.many import among


def account_of(session: Session, number: str, *, lock: bool = False) -> BankAccount | None:
    """The account with a number; locked where its lines are to be added to."""
    query = select(BankAccount).where(BankAccount.number == number)
    query = query.with_for_update(key_share=True) if lock else query
    return session.scalars(query).one_or_none()


def lock_account(session: Session, account_id: int) -> None:
    """Hold an account until the end: nobody else adds lines to it or takes any away."""
    session.get_one(BankAccount, account_id, with_for_update={"key_share": True})


def accounts(session: Session) -> Sequence[tuple[BankAccount, int, date | None]]:
    """Every account with how many lines it has, and its last day with one."""
    query = (
        select(BankAccount, func.count(BankLine.id), func.max(BankLine.booked_on))
        .outerjoin(
            BankLine,
            (BankLine.account_id == BankAccount.id) & (BankLine.state_code == IssueState.VALID),
        )
        .group_by(BankAccount.id)
        .order_by(BankAccount.id)
    )
    return [(account, lines, last) for account, lines, last in session.execute(query)]


def statements(session: Session, account_id: int | None = None) -> Sequence[BankStatement]:
    """Every statement, those that went back, too; the newest first."""
    query = select(BankStatement).order_by(BankStatement.id.desc())
    if account_id is not None:
        query = query.where(BankStatement.account_id == account_id)
    return session.scalars(query).all()


def valid_statements(session: Session, account_id: int) -> Sequence[BankStatement]:
    query = select(BankStatement).where(
        BankStatement.account_id == account_id, BankStatement.state_code == IssueState.VALID
    )
    return session.scalars(query.order_by(BankStatement.id)).all()


def stored_before(session: Session, account_id: int, sha256: str) -> BankStatement | None:
    """The statement that this very file came in as."""
    query = select(BankStatement).where(
        BankStatement.account_id == account_id,
        BankStatement.file_sha256 == sha256,
        BankStatement.state_code == IssueState.VALID,
    )
    return session.scalars(query).one_or_none()


def stored_for_others(
    session: Session, account_id: int | None, sha256: str
) -> BankStatement | None:
    """The first statement of any other account that this very file came in as."""
    query = select(BankStatement).where(
        BankStatement.file_sha256 == sha256, BankStatement.state_code == IssueState.VALID
    )
    if account_id is not None:
        query = query.where(BankStatement.account_id != account_id)
    return session.scalars(query.order_by(BankStatement.id).limit(1)).first()


def lines_of(
    session: Session,
    account_id: int | None,
    first: date | None = None,
    last: date | None = None,
) -> Sequence[BankLine]:
    """The lines that stand, of one account or of all, from a day on and up to a day."""
    query: Select[BankLine] = select(BankLine).where(BankLine.state_code == IssueState.VALID)
    if account_id is not None:
        query = query.where(BankLine.account_id == account_id)
    if first is not None:
        query = query.where(BankLine.booked_on >= first)
    if last is not None:
        query = query.where(BankLine.booked_on <= last)
    return session.scalars(query.order_by(BankLine.booked_on, BankLine.id)).all()


def seen_by(
    session: Session, account_id: int, first: date, last: date
) -> Mapping[int, Sequence[int]]:
    """By line of these days: the valid statements that have it."""
    query = (
        select(BankSighting.line_id, BankSighting.statement_id)
        .join(BankLine, BankLine.id == BankSighting.line_id)
        .join(BankStatement, BankStatement.id == BankSighting.statement_id)
        .where(
            BankLine.account_id == account_id,
            BankLine.booked_on.between(first, last),
            BankStatement.state_code == IssueState.VALID,
        )
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for line_id, statement_id in session.execute(query):
        found[line_id].append(statement_id)
    return found


def places_of(
    session: Session, line_ids: Iterable[int]
) -> Mapping[int, tuple[str, str | None, int]]:
    """By line: the file, sheet and row where it was first seen."""
    query = (
        select(
            BankSighting.line_id, BankStatement.file_name, BankSighting.sheet, BankSighting.row_no
        )
        .join(BankStatement, BankStatement.id == BankSighting.statement_id)
        .where(
            BankStatement.state_code == IssueState.VALID,
            among(session, BankSighting.line_id, list(line_ids)),
        )
        .order_by(BankSighting.statement_id.desc())
    )
    return {line_id: (file, sheet, row) for line_id, file, sheet, row in session.execute(query)}


def first_sighting(session: Session, line_id: int) -> Row[BankStatement, str] | None:
    """The statement that brought a line in, and the name of who read it in."""
    query = (
        select(BankStatement, AppUser.name)
        .join(BankSighting, BankSighting.statement_id == BankStatement.id)
        .join(AppUser, AppUser.id == BankStatement.imported_by)
        .where(BankSighting.line_id == line_id)
        .order_by(BankSighting.statement_id)
    )
    return session.execute(query.limit(1)).first()


def only_of(session: Session, statement_id: int) -> Sequence[BankLine]:
    """The lines that no other valid statement has."""
    others = (
        select(BankSighting.line_id)
        .join(BankStatement, BankStatement.id == BankSighting.statement_id)
        .where(
            BankSighting.line_id == BankLine.id,
            BankSighting.statement_id != statement_id,
            BankStatement.state_code == IssueState.VALID,
        )
        .exists()
    )
    own = select(BankSighting.line_id).where(BankSighting.statement_id == statement_id)
    query = select(BankLine).where(BankLine.id.in_(own), ~others)
    return session.scalars(query.order_by(BankLine.id)).all()


def layout_of(session: Session, account_id: int, signature: str) -> BankLayout | None:
    query = select(BankLayout).where(
        BankLayout.account_id == account_id, BankLayout.signature == signature
    )
    return session.scalars(query).one_or_none()


def columns_like(session: Session, signature: str) -> dict[str, str]:
    """What was said of these headings for every account that has them; empty where it differs."""
    query = select(BankLayout.columns).where(BankLayout.signature == signature)
    told = session.scalars(query).all()
    alike = bool(told) and all(one == told[0] for one in told)
    return dict(told[0]) if alike else {}
