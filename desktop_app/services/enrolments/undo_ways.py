"""How each act is taken back: fields by the change log, new rows by their own state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, TypeDecorator, inspect, select
from sqlalchemy.orm import Session

from db.base import Base
from db.changes import plain
from db.codes import BatchState, EnrolleeState, PaymentState, RowState
from db.models.acts import ChangeLog
from db.models.enrolments import Enrollee, Enrolment
from db.models.imports import ImportBatch, ImportRow
from db.models.members import Member
from db.models.papers import EnrolmentPaper, ScannedPage
from db.models.payments import Payment
from db.models.reviews import ReviewMark
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.enrolments.last_acts import LastAct

_ROWS: Mapping[str, type[Base]] = MappingProxyType(
    {
        model.__tablename__: model
        for model in (Enrolment, EnrolmentPaper, Enrollee, Payment, Unit, Member, ReviewMark)
    }
)
# Moved with a line of its own, or counted anew.
_BY_THEMSELVES = frozenset({"step_key", "people", "due_fen", "total_fen"})


def give_back(tx: Transaction, act: LastAct) -> None:
    """Set every field that the act changed to what it was.

    Raises:
        UserError: something of it was changed again since.
    """
    for (table, row_id, field), (old, new) in _changes(tx.session, act.operation).items():
        own_way = table == Enrolment.__tablename__ and field in _BY_THEMSELVES
        if own_way or table not in _ROWS:
            continue
        row = tx.session.get_one(_ROWS[table], row_id)
        if plain(getattr(row, field)) != new:
            raise UserError(
                "changed-since",
                f"“{act.label}”之后,同一内容又改动过,没有撤销。",
                "请刷新后看一看;需要改动时,请由审核人退回,改好再提交。",
            )
        setattr(row, field, _value(row, field, old))


def _changes(session: Session, operation: bytes) -> dict[tuple[str, int, str], tuple[Any, Any]]:
    """What each field held before and after the act, whose lines may be several."""
    query = select(ChangeLog).where(ChangeLog.operation_id == operation).order_by(ChangeLog.id)
    found: dict[tuple[str, int, str], tuple[Any, Any]] = {}
    for line in session.scalars(query):
        at = (line.table_name, line.row_id, line.field)
        found[at] = (found[at][0] if at in found else line.old, line.new)
    return found


def _value(row: Base, field: str, stored: Any) -> Any:
    """The field's own value of what the log keeps as JSON."""
    column_type = inspect(type(row)).columns[field].type
    if isinstance(column_type, TypeDecorator):  # says nothing of its values itself
        column_type = column_type.impl_instance
    kind = column_type.python_type
    if stored is not None and kind in (date, datetime):
        return kind.fromisoformat(stored)
    return stored


def _fields(tx: Transaction, _case: Case, act: LastAct) -> None:
    give_back(tx, act)


def _roster(tx: Transaction, case: Case, act: LastAct) -> None:
    """The people who came in go out again; the rows that they had mended wait once more."""
    give_back(tx, act)
    batch_id = int(act.detail["batch"])
    _withdraw_last(tx, case, int(act.detail["people"]))
    tx.session.get_one(ImportBatch, batch_id).state_code = BatchState.DROPPED
    of_case = _rows_of(case)
    waiting = of_case.where(ImportRow.batch_id == batch_id, ImportRow.state_code == RowState.PARKED)
    for parked in tx.session.scalars(waiting):
        parked.state_code = RowState.DROPPED
    mended = of_case.where(ImportRow.batch_id != batch_id, ImportRow.state_code == RowState.DROPPED)
    for parked in tx.session.scalars(mended):
        if parked.cells.get("mended_in") == batch_id:
            parked.state_code = RowState.PARKED


def _mended(tx: Transaction, case: Case, act: LastAct) -> None:
    """The person goes out again; the row waits once more, and those that went with it."""
    give_back(tx, act)
    _withdraw_last(tx, case, 1)
    at = [act.detail["batch"], act.detail["seq"]]
    tx.session.get_one(ImportRow, tuple(at)).state_code = RowState.PARKED
    for row in tx.session.scalars(_rows_of(case).where(ImportRow.state_code == RowState.DROPPED)):
        if row.cells.get("mended_with") == at:
            row.state_code = RowState.PARKED


def _withdraw_last(tx: Transaction, case: Case, people: int) -> None:
    """Take the last lines of the list out of the case."""
    newest = queries.last_line(tx.session, case.enrolment.id)
    came = select(Enrollee).where(
        Enrollee.enrolment_id == case.enrolment.id, Enrollee.line_no > newest - people
    )
    for row in tx.session.scalars(came):
        row.state_code = EnrolleeState.WITHDRAWN


def _rows_of(case: Case) -> Select[ImportRow]:
    """Refused rows of the case's lists, waiting or not."""
    return (
        select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportBatch.enrolment_id == case.enrolment.id)
    )


def _parked(tx: Transaction, _case: Case, act: LastAct) -> None:
    row = tx.session.get_one(ImportRow, (act.detail["batch"], act.detail["seq"]))
    row.state_code = RowState.PARKED


def _people(tx: Transaction, case: Case, act: LastAct) -> None:
    """Who has joined another unit since stays there."""
    give_back(tx, act)
    tx.session.flush()
    enrolment = case.enrolment
    here = queries.listed_here(tx.session, enrolment.id)
    clash = queries.elsewhere(tx.session, here, enrolment.year, case.scheme_id, enrolment.id)
    if clash:
        unit = next(iter(clash.values()))[0]
        raise UserError(
            "duplicate-elsewhere",
            f"要放回名单的人中有{len(clash)}人已由“{unit}”办理{case.scheme.words.join},没有撤销。",
            "请与本人核对由哪家单位办理。",
        )


def _payment(tx: Transaction, _case: Case, act: LastAct) -> None:
    """The transfer stays in the book as void."""
    give_back(tx, act)
    payment = tx.session.get_one(Payment, act.detail["payment"])
    payment.state_code, payment.note = PaymentState.VOID, "撤销登记"


def _stamped(tx: Transaction, case: Case, act: LastAct) -> None:
    """The scan of the copy is kept, with those that belong to nobody."""
    paper = queries.papers_of(tx.session, case.enrolment.id)[str(act.detail["form"])]
    query = select(ScannedPage).where(
        ScannedPage.enrolment_id == case.enrolment.id,
        ScannedPage.attachment_id == paper.attachment_id,
        ScannedPage.received_at == act.at,
    )
    for page in tx.session.scalars(query):
        page.enrolment_id = page.issued_form_id = None
        page.set_aside_at = tx.now
    give_back(tx, act)


WAYS: Mapping[str, Callable[[Transaction, Case, LastAct], None]] = MappingProxyType(
    {
        "roster.carry-out": _roster,
        "roster.mend-row": _mended,
        "enrolment.submit": _fields,
        "enrolment.return": _people,
        "enrolment.attach-paper": _fields,
        "payment.record": _payment,
        "archive.receive": _stamped,
        "reception.paper": _fields,
        "mending.remove-people": _people,
        "mending.drop-parked": _parked,
        "mending.set-workers": _fields,
    }
)
