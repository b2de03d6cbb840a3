"""How each act is taken back: fields by the change log, new rows by their own state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Select, func, select

from db.codes import BatchState, EnrolleeState, IssueState, PaymentState, RowState
from db.models.enrolments import Enrollee
from db.models.imports import ImportBatch, ImportRow
from db.models.papers import ScannedPage
from db.models.payments import DuesReceipt, Payment
from db.models.reviews import ReviewMark
from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.paid import tell_parts
from desktop_app.services.enrolments.draft_states import restore_accounts, restore_plans
from desktop_app.services.enrolments.last_acts import LastAct
from desktop_app.services.enrolments.undo_fields import give_back


def _fields(tx: Transaction, _case: Case, act: LastAct) -> None:
    give_back(tx, act)


def _attached(tx: Transaction, _case: Case, act: LastAct) -> None:
    """Pages whose place the file had taken are the paper's again."""
    give_back(tx, act, ScannedPage)


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


def _payment(tx: Transaction, case: Case, act: LastAct) -> None:
    """The transfer stays in the book as void."""
    give_back(tx, act)
    payment = tx.session.get_one(Payment, act.detail["payment"])
    payment.state_code, payment.note = PaymentState.VOID, "撤销登记"
    for line in payment_queries.lines_of(tx.session, [payment.id]):
        line.payment_id, line.note = None, payment.note
    tell_parts(tx.session, tx.desk, case)


def _receipt(tx: Transaction, _case: Case, act: LastAct) -> None:
    """A receipt typed wrong stays in the book as void; its paper is wanted again."""
    tx.session.get_one(DuesReceipt, act.detail["receipt"]).state_code = IssueState.VOID
    give_back(tx, act)


def _stamped(tx: Transaction, case: Case, act: LastAct) -> None:
    """The scan of the copy is kept, with those that belong to nobody."""
    paper = queries.papers_of(tx.session, case.enrolment.id)[str(act.detail["form"])]
    query = select(ScannedPage).where(
        ScannedPage.enrolment_id == case.enrolment.id,
        ScannedPage.attachment_id == paper.attachment_id,
        ScannedPage.received_at == act.at,
    )
    for page in tx.session.scalars(query):
        page.enrolment_id = page.issued_form_id = page.paper_key = None
        page.set_aside_at = tx.now
    give_back(tx, act, ScannedPage)


def _marks(tx: Transaction, case: Case, act: LastAct) -> None:
    """Nobody is marked who was not before, and who was is for the reason of then."""
    lines = [int(line) for line in str(act.detail.get("lines", "")).split()]
    newest = (
        select(func.max(ReviewMark.id))
        .where(ReviewMark.enrolment_id == case.enrolment.id, ReviewMark.line_no.in_(lines))
        .group_by(ReviewMark.line_no)
    )
    for mark in tx.session.scalars(select(ReviewMark).where(ReviewMark.id.in_(newest))):
        mark.lifted_at = tx.now
    give_back(tx, act)


def _plans(tx: Transaction, case: Case, act: LastAct) -> None:
    give_back(tx, act)
    restore_plans(tx, case, act)
    restore_accounts(tx, case, act)


WAYS: Mapping[str, Callable[[Transaction, Case, LastAct], None]] = MappingProxyType(
    {
        "roster.carry-out": _roster,
        "roster.import": _roster,
        "roster.mend-row": _mended,
        "enrolment.set-plans": _plans,
        "enrolment.set-funding": restore_accounts,
        "enrolment.submit": _fields,
        "enrolment.return": _people,
        "enrolment.attach-paper": _attached,
        "payment.record": _payment,
        "archive.receive": _stamped,
        "archive.record-receipt": _receipt,
        "reception.paper": _fields,
        "review.mark": _marks,
        "review.unmark": _fields,
        "mending.remove-people": _people,
        "mending.drop-parked": _parked,
        "mending.set-workers": _fields,
    }
)
