"""The last thing done with a case: by whom, at which step, what it left in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models.acts import AuditLine, ChangeLog, Operation
from db.models.enrolments import Enrolment, EnrolmentStep
from db.models.office import AppUser
from db.models.office import Desk as DeskRecord
from db.models.papers import IssuedForm
from db.models.payments import PaymentAllocation
from desktop_app.documents.kinds import FormOf, keys_of
from desktop_app.services.cases.cases import Case

UNDO = "undo.last-act"
BESIDE = "print.form"  # a notice or certificate stands beside the way: it hinders nothing
RECENT = 5_000  # acts of a desk looked through: what lies further back is no slip of the hand
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "roster.carry-out": "存入名单",
        "roster.import": "存入名单",
        "roster.mend-row": "补正一行",
        "enrolment.start": "新建申请",
        "renewal.start": "按上年名单续保",
        "enrolment.set-plans": "改项目和份数",
        "enrolment.set-funding": "填列支渠道",
        "enrolment.submit": "提交审核",
        "enrolment.return": "退回",
        "enrolment.approve": "审核通过",
        "enrolment.attach-paper": "收材料",
        "enrolment.enter-number": "登记业务号",
        "enrolment.correct-number": "更正业务号",
        "enrolment.record-system": "核对上级系统的数",
        "enrolment.set-effective": "登记生效日",
        "enrolment.follow": "登记自办情况",
        "payment.record": "登记缴费",
        "payment.record-shared": "登记合并缴费",
        "payment.return": "退回缴费",
        "payment.take-part-out": "退出认款",
        "match.book": "认款",
        "match.book-certain": "认款",
        "match.link": "核对流水",
        "match.undo": "撤回认款",
        "match.set-aside": "待退",
        "match.mark": "记为其他款项",
        "match.unmark": "撤回其他款项",
        "remainder.use": "认余款",
        "remainder.refund": "退余款",
        "remainder.arrive": "登记退余款到账",
        "remainder.cancel": "撤回退余款",
        "payment.confirm": "确认到账",
        "refund.ask": "申请退费",
        "refund.arrive": "登记退费到账",
        "refund.cancel": "撤回退费",
        "print.issue": "打印",
        "print.copy": "打印",
        "print.form": "打印",
        "print.send": "打印",
        "print.void": "作废单据",
        "print.printed": "打印",
        "print.provisional": "打印暂用",
        "seal.record": "登记用印",
        "seal.void": "作废用印登记",
        "submission.export": "导出上报文件",
        "archive.receive": "收盖章件",
        "reception.paper": "收盖章件",
        "reception.scan": "收盖章件",
        "reception.assign": "归页",
        "reception.assign-case": "归页",
        "archive.record-receipt": "登记票据",
        "archive.void-receipt": "作废票据",
        "receipt.reissue": "红冲重开票据",
        "archive.finish": "办结",
        "mending.remove-people": "撤出人员",
        "mending.drop-parked": "放弃待补正",
        "mending.set-workers": "更正在职人数",
        "mending.correct-effective": "更正生效日",
        "mending.correct-funding": "更正列支渠道",
        "mending.send-back": "审核后退回",
        "mending.void": "作废",
        "review.mark": "标记退回",
        "review.unmark": "去掉退回标记",
        "sent-back.correct": "改正重报",
        "sent-back.resend": "原样重报",
        "sent-back.withdraw": "登记不再参加",
        "submission.acknowledge": "读入回执",
        "submission.read-failures": "读入失败名单",
        "opening.carry-out": "期初建账",
        "scheme.confirm-figure": "确认方案金额",
        "scheme.confirm-figures": "确认方案金额",
        "scheme.confirm-clause": "确认方案条款",
        "undo.submission": "取回提交",
        UNDO: "撤销",
    }
)


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act of a case.

    Args:
        operation: its id.
        act: its key.
        user_id: who did it.
        user: that person's name.
        at: when.
        detail: what the audit line says: ids and counts.
        step_key: the step at which the case stood then.
        moved: whether it moved the case on or back.
        with_others: whether it moved cases paid by the same transfer, too.
    """

    operation: bytes
    act: str
    user_id: int
    user: str
    at: datetime
    detail: Mapping[str, Any]
    step_key: str
    moved: bool
    with_others: bool = False

    @property
    def label(self) -> str:
        return LABELS.get(self.act, "别的手续")


def last_act(session: Session, case: Case, act: str = "") -> LastAct | None:
    """The newest act on the case or on what belongs to it; None where it lies far back.

    `act` asks for the newest of its kind.
    """
    line = _newest_line(session, case.enrolment, act)
    if line is None:
        return None
    operation = session.get_one(Operation, line.operation_id)
    of_operation = select(EnrolmentStep.from_key, EnrolmentStep.to_key).where(
        EnrolmentStep.enrolment_id == case.enrolment.id,
        EnrolmentStep.operation_id == line.operation_id,
    )
    moves = session.execute(of_operation.order_by(EnrolmentStep.seq)).all()
    step = (moves[0][0] if moves else None) or case.enrolment.step_key
    return LastAct(
        operation=line.operation_id,
        act=operation.act,
        user_id=operation.actor_id,
        user=session.get_one(AppUser, operation.actor_id).name,
        at=operation.at,
        detail=line.detail,
        step_key=step,
        moved=any(from_key != to_key for from_key, to_key in moves),
        with_others=_moved_others(session, case.enrolment.id, line.operation_id),
    )


def _moved_others(session: Session, enrolment_id: int, operation: bytes) -> bool:
    mine = select(PaymentAllocation.payment_id).where(
        PaymentAllocation.enrolment_id == enrolment_id
    )
    beside = select(PaymentAllocation.enrolment_id).where(
        PaymentAllocation.payment_id.in_(mine), PaymentAllocation.enrolment_id != enrolment_id
    )
    query = select(EnrolmentStep.seq).where(
        EnrolmentStep.enrolment_id.in_(beside), EnrolmentStep.operation_id == operation
    )
    return session.scalars(query.limit(1)).first() is not None


def _newest_line(session: Session, enrolment: Enrolment, act: str) -> AuditLine | None:
    """A desk's acts follow one another by their number: its clock may have been put back."""
    touched = [*_moving(session, enrolment.id), *_changing(session, enrolment.id)]
    query = select(AuditLine).where(
        or_(
            AuditLine.subject.in_(_subjects(session, enrolment.id)),
            AuditLine.operation_id.in_(touched),
        ),
        AuditLine.act != BESIDE,
    )
    if act:
        query = query.where(AuditLine.act == act)
    newest = [
        session.scalars(
            query.where(AuditLine.desk_id == desk, AuditLine.seq > seq - RECENT)
            .order_by(AuditLine.seq.desc())
            .limit(1)
        ).first()
        for desk, seq in session.execute(select(DeskRecord.id, DeskRecord.audit_seq)).all()
    ]
    return max((line for line in newest if line is not None), key=lambda one: one.at, default=None)


def _subjects(session: Session, enrolment_id: int) -> list[str]:
    """What audit lines call the case, its payments and its forms."""
    payments = select(PaymentAllocation.payment_id).where(
        PaymentAllocation.enrolment_id == enrolment_id
    )
    forms = select(IssuedForm.id).where(
        IssuedForm.enrolment_id == enrolment_id, IssuedForm.form_key.in_(keys_of(FormOf.CASE))
    )
    return [
        f"enrolment {enrolment_id}",
        *(f"payment {one}" for one in session.scalars(payments)),
        *(f"issued_form {one}" for one in session.scalars(forms)),
    ]


def _moving(session: Session, enrolment_id: int) -> list[bytes]:
    query = select(EnrolmentStep.operation_id).where(EnrolmentStep.enrolment_id == enrolment_id)
    return list(session.scalars(query.order_by(EnrolmentStep.seq.desc()).limit(20)))


def _changing(session: Session, enrolment_id: int) -> list[bytes]:
    """Acts on other things that changed the case with them, such as a fee confirmed."""
    query = (
        select(ChangeLog.operation_id)
        .where(
            ChangeLog.table_name == Enrolment.__tablename__,
            ChangeLog.row_id == enrolment_id,
            ChangeLog.operation_id.is_not(None),
        )
        .order_by(ChangeLog.id.desc())
        .limit(20)
    )
    return [one for one in session.scalars(query) if one is not None]
