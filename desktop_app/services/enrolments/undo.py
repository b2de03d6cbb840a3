"""撤销: who did the last thing with a case takes it back; an act of its own, nothing is erased."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import CaseState, Handling
from db.queries.holds import hold_money
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.fundings import ACCOUNTS, write_kept
from desktop_app.services.cases.recounts import recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.enrolments.last_acts import UNDO, LastAct, last_act
from desktop_app.services.enrolments.undo_fields import give_back
from desktop_app.services.enrolments.undo_ways import WAYS
from desktop_app.services.permissions import Permission
from desktop_app.services.views.undo import UndoOffer

_OUT = ("print.", "submission.export", "renewal.save")


class UndoService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def offer(self, enrolment_id: int) -> UndoOffer:
        """What 撤销 would take back now, or why it cannot."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            last = last_act(uow.session, case)
            refusal = _refusal(case, last, self.desk.actor.user_id)
        return UndoOffer(
            last.operation.hex() if last else "",
            last.label if last else "",
            refusal is None,
            refusal.message if refusal else "",
            refusal.remedy if refusal else "",
            fresh=last is not None and self._is_fresh(last),
            take_back=_may_take_back(case, self.desk.actor.user_id),
        )

    def _is_fresh(self, last: LastAct) -> bool:
        same_day = self.desk.local(last.at).date() == self.desk.local().date()
        return same_day and last.user_id == self.desk.actor.user_id

    @act(UNDO, Permission.REGISTER, Area.ENROLMENTS, Area.PAYMENTS, Area.PRINTS, Area.MEMBERS,
         Area.UNITS)  # fmt: skip
    def undo(self, tx: Transaction, enrolment_id: int, operation: str = "") -> str:
        """Take back the last act; `operation` is the one that was offered, where one was.

        Returns:
            What was taken back, in words.
        """
        hold_money(tx.session, (enrolment_id,))
        case = cases.load(tx.session, enrolment_id)
        last = undoable(case, last_act(tx.session, case), tx.user_id)
        if operation and operation != last.operation.hex():
            raise UserError(
                "moved", f"最近一步是“{last.label}”,没有撤销。", "请刷新后看一看,再按一次撤销。"
            )
        WAYS[last.act](tx, case, last)
        self._note(tx, case, last)
        return last.label

    @act("undo.submission", Permission.REGISTER, Area.ENROLMENTS)
    def withdraw_submission(self, tx: Transaction, enrolment_id: int) -> None:
        """取回提交: by who handed it in, as long as nobody has reviewed it."""
        case = cases.load(tx.session, enrolment_id)
        require_submitter(case, tx.user_id)
        last = _submission(tx.session, case)
        give_back(tx, last)
        self._note(tx, case, last, "取回提交")

    def _note(self, tx: Transaction, case: Case, last: LastAct, text: str = "") -> None:
        """Move the case back, count it anew and write both lines about it."""
        enrolment = case.enrolment
        cases.move(tx, enrolment, last.step_key, text or f"撤销:{last.label}")
        if enrolment.approved_at is None and enrolment.handling_code == Handling.ON_BEHALF:
            if ACCOUNTS in last.detail:  # told account by account before the act counted anew
                write_kept(tx, case, str(last.detail[ACCOUNTS]))
            recount(tx, case)
        tx.audit(f"enrolment {enrolment.id}", act=last.act, of=last.operation.hex())


def require_submitter(case: Case, user_id: int) -> None:
    cases.require_open(case)
    if case.step.act != "enrolment.approve":
        raise UserError(
            "wrong-step",
            f"这份申请现在是“{case.step.state}”,没有待审核的提交可取回。",
            "已经审核的,请由审核人退回。",
        )
    if case.enrolment.submitted_by != user_id:
        raise UserError(
            "undo-other-person",
            "这份申请是另一位同事提交的。",
            "请由提交人取回,或由审核人退回。",
        )


def _may_take_back(case: Case, user_id: int) -> bool:
    try:
        require_submitter(case, user_id)
    except UserError:
        return False
    return True


def _refusal(case: Case, last: LastAct | None, user_id: int) -> UserError | None:
    try:
        undoable(case, last, user_id)
    except UserError as error:
        return error
    return None


def undoable(case: Case, last: LastAct | None, user_id: int) -> LastAct:
    """The last act where this user may take it back; else what stands in the way."""
    mend = _instead(case)
    if last is None:
        raise UserError("undo-nothing", "没有可以撤销的一步。", mend)
    if last.act == UNDO:
        raise UserError("undo-done", "上一步已经撤销,没有再撤销。", mend)
    if last.user_id != user_id:
        raise UserError(
            "undo-other-person",
            f"最近一步“{last.label}”是{last.user}办的,不能由您撤销。",
            "请由本人撤销,或由审核人退回后再改。",
        )
    if last.act.startswith(_OUT):
        raise UserError("undo-left-office", f"已经{last.label},文件可能已送出,不能撤销。", mend)
    if last.act not in WAYS or case.enrolment.state_code in (CaseState.FINISHED, CaseState.VOID):
        raise UserError("undo-not-this", f"“{last.label}”不能撤销。", mend)
    if last.with_others:
        raise UserError(
            "undo-not-this", f"“{last.label}”同时办了同一笔转账的别家申请,不能撤销。", mend
        )
    step = case.scheme.step(last.step_key, case.enrolment.handling_code)
    if not step.undo:
        raise UserError(
            "undo-not-allowed", f"方案没有允许在“{step.label}”这一步撤销“{last.label}”。", mend
        )
    return last


def _instead(case: Case) -> str:
    """What to do where nothing is taken back: what the case's state allows."""
    state = case.enrolment.state_code
    if state == CaseState.VOID:
        return "作废的不能恢复,请在单位页面办理新的申请。"
    if state == CaseState.FINISHED:
        return "已经办结,如有变动,请办理更正或新的申请。"
    if case.step.key == case.steps[0].key:
        return "草稿可以直接改,改好再提交。"
    if case.enrolment.approved_at is None:
        return "需要改动时,请取回提交或由审核人退回,改好再提交。"
    return "需要改动时,请看“更正”里能办的。"


def _submission(session: Session, case: Case) -> LastAct:
    """The act by which the case was handed in, whatever was done since."""
    found = last_act(session, case, "enrolment.submit")
    if found is None:
        raise UserError("undo-nothing", "提交已是很久以前的事,不能取回。", "请由审核人退回后再改。")
    return found
