"""期初建账 taken back: wrong books leave the ledger again while nothing was built on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import BatchState, CaseState, EnrolleeState, RowState, UnitState
from db.models.acts import AuditLine, ChangeLog, Operation
from db.models.enrolments import BusinessNumber, Enrollee, Enrolment
from db.models.imports import ImportBatch, ImportRow
from db.models.office import AppUser
from db.queries import enrolments as case_queries
from db.queries import opening_ties as ties
from db.queries import openings as queries
from desktop_app.errors import UserError
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.voiding import void_covers
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import stated_reason
from desktop_app.services.views.openings import StoredBooks


class OpeningUndoService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def newest(self) -> StoredBooks | None:
        """The newest books that were stored, and whether they can be taken back."""
        with self.desk.database.reading() as uow:
            operation = queries.newest_stored(uow.session)
            if operation is None:
                return None
            why = self._why_not(uow.session, operation)
            told = _audited(uow.session, operation)
            return StoredBooks(
                operation=operation.id.hex(),
                at=operation.at,
                who=uow.session.get_one(AppUser, operation.actor_id).name,
                year=told["year"],
                units=told["units"],
                people=told["people"],
                cases=told["cases"],
                may=why is None,
                why_not="" if why is None else f"{why.message}{why.remedy}",
            )

    @act(queries.TAKE_BACK, Permission.REVIEW, Area.UNITS, Area.MEMBERS, Area.ENROLMENTS)
    def take_back(
        self, tx: Transaction, operation: str, reason: str, step: Step | None = None
    ) -> dict[str, int | str]:
        """Void what the books brought in; nothing is erased, and the files may come in anew.

        Raises:
            UserError: `books-unknown`, `books-back` where they went back already, `books-newer`
                where others were stored since; what was built on these.
        """
        why = stated_reason(reason)
        found = queries.newest_stored(tx.session)
        if found is None or found.id.hex() != operation:
            raise _not_newest(tx.session, operation)
        _refuse_built(tx.session, found.id)
        rows = queries.cases_by(tx.session, found.id)
        people = 0
        for done, (enrolment, seq, _unit) in enumerate(rows, start=1):
            people += _take_back_case(tx, enrolment, found.id, why, whole=seq == 1)
            if step is not None:
                step(done, len(rows))
        units = queries.units_by(tx.session, found.id)
        for unit in units:
            unit.state_code, unit.note = UnitState.VOID, why
        _files_back(tx.session, queries.batches_by(tx.session, found.id))
        made = {"units": len(units), "people": people, "cases": len(rows)}
        tx.audit("opening", of=operation, **made)
        return {"of": operation, **made}

    def _why_not(self, session: Session, operation: Operation) -> UserError | None:
        try:
            self.desk.require(Permission.REVIEW)
            _refuse_built(session, operation.id)
        except UserError as error:
            return error
        return None


def _not_newest(session: Session, operation: str) -> UserError:
    if operation in queries.taken_back(session):
        return UserError("books-back", "这次导入已经撤回过。", "不用再撤;需要时可重新导入。")
    if not queries.is_stored(session, operation):
        return UserError("books-unknown", "没有这次导入。", "请刷新后看最近一次导入。")
    return UserError("books-newer", "这次导入以后又导入过。", "请先撤回最近的一次。")


def _audited(session: Session, operation: Operation) -> dict[str, int]:
    query = select(AuditLine.detail).where(AuditLine.operation_id == operation.id)
    detail: dict[str, int] = session.scalars(query).one()
    return detail


def _refuse_built(session: Session, operation: bytes) -> None:
    """Whatever the office did with these units and people since holds the books in place."""
    own = [enrolment.id for enrolment, _seq, _unit in queries.cases_by(session, operation)]
    for unit, what in (
        (ties.later_case(session, operation), "又办了新的申请"),
        (ties.claimed(session, operation), "有人已经申领"),
        (ties.sent_or_printed(session, operation), "已打印或上报"),
        (ties.moved_since(session, operation), "又办过别的手续"),
        (ties.unit_worked_on(session, operation, own), "的资料又改动过"),
    ):
        if unit is not None:
            raise UserError(
                "books-built-on",
                f"导入以后“{unit}”{what},不能整批撤回。",
                "请在这家单位的页面上逐项更正。",
            )


def _take_back_case(
    tx: Transaction, enrolment: Enrolment, operation: bytes, why: str, *, whole: bool
) -> int:
    """The case is void where the books made it; else those go whom they added."""
    case = cases.load(tx.session, enrolment.id)
    before = 0 if whole else _change(tx.session, enrolment, operation, "people")
    count = enrolment.people - before
    newest = case_queries.last_line(tx.session, enrolment.id)
    first = 0 if whole else newest - count
    query = select(Enrollee).where(
        Enrollee.enrolment_id == enrolment.id,
        Enrollee.line_no > first,
        Enrollee.state_code.in_(case_queries.IN),
    )
    rows = tx.session.scalars(query).all()
    for row in rows:
        row.state_code = EnrolleeState.WITHDRAWN
    void_covers(tx, case, why, {row.member_id for row in rows})
    if whole:
        enrolment.state_code = CaseState.VOID
        _void_numbers(tx, enrolment)
    else:
        enrolment.people = before
        _count_plans(tx, enrolment)
        enrolment.total_fen = _change(tx.session, enrolment, operation, "total_fen")
        enrolment.due_fen = _change(tx.session, enrolment, operation, "due_fen")
    cases.move(tx, enrolment, enrolment.step_key, f"撤回期初建账{count}人:{why}")
    return count


def _change(session: Session, enrolment: Enrolment, operation: bytes, field: str) -> int:
    """What a field of the case was before the books came in; as it is where they left it."""
    query = select(ChangeLog.old).where(
        ChangeLog.operation_id == operation,
        ChangeLog.table_name == Enrolment.__tablename__,
        ChangeLog.row_id == enrolment.id,
        ChangeLog.field == field,
    )
    found = session.scalars(query.order_by(ChangeLog.id).limit(1)).first()
    value: int = getattr(enrolment, field) if found is None else found
    return value


def _count_plans(tx: Transaction, enrolment: Enrolment) -> None:
    tx.session.flush()
    for plan, _record in case_queries.plans_of(tx.session, enrolment.id):
        query = select(func.count(Enrollee.id)).where(
            Enrollee.enrolment_id == enrolment.id,
            Enrollee.plan_id == plan.plan_id,
            Enrollee.state_code.in_(case_queries.IN),
        )
        plan.people = tx.session.scalars(query).one()


def _void_numbers(tx: Transaction, enrolment: Enrolment) -> None:
    query = select(BusinessNumber).where(
        BusinessNumber.enrolment_id == enrolment.id, BusinessNumber.voided_at.is_(None)
    )
    for number in tx.session.scalars(query):
        number.voided_at = tx.now


def _files_back(session: Session, batches: Sequence[ImportBatch]) -> None:
    """The files wait for nothing any more; what they had made good waits again."""
    for batch in batches:
        batch.state_code = BatchState.DROPPED
        query = select(ImportRow).where(
            ImportRow.batch_id == batch.id, ImportRow.state_code == RowState.PARKED
        )
        for row in session.scalars(query):
            row.state_code = RowState.DROPPED
    for row in queries.worked_off(session, min((one.id for one in batches), default=0)):
        row.state_code = RowState.PARKED
