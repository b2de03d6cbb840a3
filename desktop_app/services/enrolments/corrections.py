"""更正: which corrections a case allows now; each is asked what its own act would ask first."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.queries import enrolments as queries
from db.queries import payments as payment_queries
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.cases import cases, mendable
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.enrolments.last_acts import last_act
from desktop_app.services.enrolments.undo import require_submitter, undoable
from desktop_app.services.permissions import Permission
from desktop_app.services.views.corrections import CorrectionOffer


class CorrectionService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_offers(self, enrolment_id: int) -> tuple[CorrectionOffer, ...]:
        """Every way of putting a case right, with what stands in the way of it now."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            return tuple(self._offer(uow.session, case, way) for way in _WAYS)

    def _offer(self, session: Session, case: Case, way: _Way) -> CorrectionOffer:
        try:
            self.desk.require(way.permission)
            way.check(session, case, self.desk.actor.user_id)
        except UserError as error:
            return CorrectionOffer(way.key, way.label, False, f"{error.message}{error.remedy}")
        return CorrectionOffer(way.key, way.label, True)


class _Way(NamedTuple):
    key: str
    label: str
    permission: Permission
    check: Callable[[Session, Case, int], object]


def _listed(session: Session, case: Case, _user_id: int) -> None:
    mendable.require_draft(case)
    if not queries.count_people(session, case.enrolment.id)[0]:
        raise UserError("people-missing", "名单上还没有人。", "请先读入名单。")


def _paid(session: Session, case: Case, _user_id: int) -> None:
    cases.require_not_void(case)
    counted = payment_queries.parts_of(session, case.enrolment.id, counted=True)
    if not counted:
        raise UserError("payment-none", "没有登记着的缴费。", "请在下一步里登记。")
    mendable.returnable(session, counted[-1][0])


_WAYS = (
    _Way("undo", "撤销上一步", Permission.REGISTER,
         lambda s, case, user: undoable(case, last_act(s, case), user)),
    _Way("take-back", "取回提交", Permission.REGISTER,
         lambda _s, case, user: require_submitter(case, user)),
    _Way("workers", "更正在职人数", Permission.REGISTER,
         lambda _s, case, _user: mendable.require_draft(case)),
    _Way("people", "撤出名单里的人", Permission.REGISTER, _listed),
    _Way("number", "更正业务号", Permission.SUBMIT,
         lambda _s, case, _user: mendable.numbered(case)),
    _Way("effective", "更正生效日", Permission.SUBMIT,
         lambda s, case, _user: mendable.covered_days(s, case)),
    _Way("funding", "更正列支渠道", Permission.REGISTER,
         lambda s, case, _user: mendable.rechargeable(s, case)),
    _Way("payment", "退回缴费", Permission.PAY, _paid),
    _Way("receipt", "作废登记错的票据", Permission.ARCHIVE,
         lambda s, case, _user: mendable.voidable_receipt(s, case)),
    _Way("reissue", "红冲重开票据", Permission.ARCHIVE,
         lambda s, case, _user: mendable.reissuable_receipt(s, case)),
    _Way("refund", "退费", Permission.PAY,
         lambda s, case, _user: mendable.refundable(s, case)),
    _Way("send-back", "审核后退回", Permission.REVIEW,
         lambda s, case, _user: mendable.require_approved(s, case)),
    _Way("void", "作废申请", Permission.REVIEW,
         lambda s, case, _user: mendable.require_voidable(s, case)),
)  # fmt: skip
