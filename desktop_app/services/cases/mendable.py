"""What a case must be to be mended in a certain way: asked by the acts, and before them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, Handling, IssueState, PaymentState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.payments import DuesReceipt, Payment, PaymentAllocation
from db.queries import payments as queries
from desktop_app.domain.enrolment_facts import Facts
from desktop_app.errors import UserError
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.cases import Case
from desktop_app.services.cases.fundings import payer_parts
from desktop_app.services.desk import Desk
from desktop_app.services.views.funding import PayerPart

FROM_THE_REVIEW = "需要改动时,请由审核人退回后再改。"


def require_draft(case: Case, what: str = "名单和人数", remedy: str = FROM_THE_REVIEW) -> None:
    """List, workers, plans change only before the case is handed in; `what` is said to change."""
    cases.require_open(case)
    if case.enrolment.step_key != case.steps[0].key:
        raise UserError(
            "not-a-draft",
            f"这份申请现在是“{case.step.state}”,不能再改{what}。",
            remedy,
        )


def draft_case(
    session: Session, enrolment_id: int, what: str = "名单和人数", remedy: str = FROM_THE_REVIEW
) -> Case:
    """The case, as long as it is a draft; `what` is said to be changed."""
    case = cases.load(session, enrolment_id)
    require_draft(case, what, remedy)
    return case


def require_roster_taken(case: Case) -> None:
    """A list is kept here, for a draft that the office handles."""
    require_draft(case, "名单")
    if case.enrolment.handling_code == Handling.BY_UNIT:
        raise UserError("by-unit", "单位自办的申请不在这里存名单。", "只登记人数、金额和业务号。")


def require_approved(session: Session, case: Case) -> None:
    """Only what was approved, and nothing was built on yet, goes back to its draft."""
    cases.require_open(case)
    if case.enrolment.approved_at is None:
        raise UserError(
            "not-approved", "这份申请还没有审核通过。", "草稿可直接修改;待审核的请用“退回”。"
        )
    _refuse_tied(session, case)


def require_voidable(session: Session, case: Case) -> None:
    cases.require_open(case)
    _refuse_tied(session, case)


def numbered(case: Case) -> str:
    """The business number that may be wrong."""
    cases.require_not_void(case)
    if case.enrolment.business_no is None:
        raise UserError("business-number-none", "还没有登记业务号。", "请在下一步里登记。")
    return case.enrolment.business_no


def rechargeable(session: Session, case: Case) -> tuple[PayerPart, ...]:
    """The parts whose accounts may be wrong, of a case handed in, paid or finished."""
    cases.require_not_void(case)
    if case.enrolment.handling_code == Handling.BY_UNIT:
        raise UserError(
            "by-unit",
            "单位自办的申请不在这里填列支渠道。",
            f"由单位在{case.scheme.words.system}里更正。",
        )
    if case.enrolment.step_key == case.steps[0].key:
        raise UserError(
            "funding-draft", "还没有提交的申请,列支渠道直接改就行。", "请按 Ctrl+L 填列支渠道。"
        )
    parts = payer_parts(session, case)
    if not any(part.channels for part in parts):
        raise UserError(
            "funding-none",
            "这份申请没有可以更正的列支渠道。",
            "没有算过金额,或方案没有列出渠道的,不用更正。",
        )
    return parts


def covered_days(session: Session, case: Case) -> tuple[date, date]:
    """The first day of cover and its end, where the first was typed and may be wrong."""
    cases.require_open(case)
    enrolment = case.enrolment
    if case.scheme.coverage.kind != "from-plan-document":
        raise UserError("effective-by-rule", "生效日由方案规定,不是登记的。", "请按方案办理。")
    if enrolment.effective_on is None or enrolment.until_on is None:
        raise UserError("effective-none", "还没有登记生效日。", "请在下一步里登记。")
    refuse_claimed(session, case)
    return enrolment.effective_on, enrolment.until_on


def voidable_receipt(session: Session, case: Case) -> DuesReceipt:
    """The receipt of a case that is not finished: one typed wrong is recorded anew."""
    cases.require_open(case)
    return _valid_receipt(session, case)


def reissuable_receipt(session: Session, case: Case) -> DuesReceipt:
    """The receipt that its issuer may have flushed in red, of a finished case, too."""
    cases.require_not_void(case)
    return _valid_receipt(session, case)


def _valid_receipt(session: Session, case: Case) -> DuesReceipt:
    query = select(DuesReceipt).where(
        DuesReceipt.enrolment_id == case.enrolment.id, DuesReceipt.state_code == IssueState.VALID
    )
    receipt = session.scalars(query).first()
    if receipt is None:
        raise UserError("receipt-none", "没有登记着的票据。", "请在下一步或材料里登记。")
    return receipt


def has_arrived(case: Case, facts: Facts) -> bool:
    """Whether the money is confirmed, where anybody confirms it."""
    waits = any(step.act == "payment.confirm" for step in case.steps)
    return facts.payment_confirmed or not waits


def require_arrived(session: Session, case: Case, desk: Desk) -> None:
    """A receipt says that the money is there: it is recorded once the money has been confirmed."""
    if not has_arrived(case, facts_of(session, case, desk)):
        words = case.scheme.words
        raise UserError(
            "receipt-early",
            f"这份申请的钱还没有确认到账,不能登记{words.receipt}。",
            f"请等{words.arrived}以后再登记。",
        )


def returnable(session: Session, payment: Payment | None) -> Payment:
    """A payment that may go back to who paid it, with all that it pays for."""
    if payment is None or payment.state_code in (PaymentState.RETURNED, PaymentState.VOID):
        raise UserError("payment-unknown", "没有这笔缴费,或已经退回。", "请刷新后再看。")
    parts = queries.parts(session, payment.id)
    arrived = sum(part.confirmed_on is not None for part in parts)
    if arrived and arrived == len(parts):
        raise UserError("payment-confirmed", "已经确认到账,不能退回。", "请办理退费申请。")
    if arrived:
        raise UserError(
            "payment-confirmed",
            f"这笔转账还缴了别家的钱,{len(parts)}份申请里有{arrived}份已经确认到账,不能整笔退回。",
            "请先办完这一份,多的钱再办理退费申请。",
        )
    if queries.refunded(session, payment.id):
        raise UserError(
            "payment-refunded", "这笔转账余下的钱已经申请退费,不能整笔退回。", "请先撤回退费。"
        )
    return payment


def detachable(session: Session, payment: Payment | None, enrolment_id: int) -> PaymentAllocation:
    """What of a payment pays for one case, where it did not arrive and may be taken out."""
    part = None
    if payment is not None and payment.state_code in queries.COUNTED:
        parts = queries.parts(session, payment.id)
        part = next((one for one in parts if one.enrolment_id == enrolment_id), None)
    if part is None:
        raise UserError("payment-unknown", "这份申请没有这笔缴费,或已经退回。", "请刷新后再看。")
    if part.confirmed_on is not None:
        raise UserError("payment-confirmed", "已经确认到账,不能退出认款。", "请办理退费申请。")
    return part


def refundable(session: Session, case: Case) -> int:
    """The fen of the case that arrived and were not asked back yet.

    Raises:
        UserError: nothing arrived, all of it went back, or something asked back waits.
    """
    cases.require_not_void(case)
    counted = queries.parts_of(session, case.enrolment.id, counted=True)
    arrived = [part for _payment, part in counted if part.confirmed_on]
    if not arrived:
        raise UserError(
            "refund-nothing",
            "这份申请还没有确认到账的缴费。",
            "没有到账的,请用“退回缴费”退回单位重缴。",
        )
    refunds = queries.refunds_of(session, case.enrolment.id)
    if any(one.arrived_on is None for one in refunds):
        raise UserError(
            "refund-waits", "已经申请的退费还没有到账。", "请先登记到账,或撤回那次申请。"
        )
    left = sum(part.fen for part in arrived) - sum(one.fen for one in refunds)
    if not left:
        raise UserError("refund-nothing", "这份申请的钱已经全部退还。", "不用再退。")
    return left


def _refuse_tied(session: Session, case: Case) -> None:
    """Money, a receipt or a claim holds the case where it is."""
    of_case, words = case.enrolment.id, case.scheme.words
    fen, count = queries.paid(session, of_case)
    back = [one.fen for one in queries.refunds_of(session, of_case) if one.arrived_on]
    if count and sum(back) < fen:  # what came back whole ties nothing any more
        raise UserError(
            "payment-counted", "这份申请已登记缴费。", "请先退回这笔缴费;已确认到账的,请办理退费。"
        )
    receipts = select(func.count(DuesReceipt.id)).where(
        DuesReceipt.enrolment_id == of_case, DuesReceipt.state_code == IssueState.VALID
    )
    if session.scalars(receipts).one():
        raise UserError(
            "receipt-recorded",
            f"这份申请已登记{words.receipt}。",
            f"请先与{words.whom}商量票据的处理。",
        )
    refuse_claimed(session, case)


def refuse_claimed(session: Session, case: Case) -> None:
    """A claim on the case's cover holds the case as it is."""
    words = case.scheme.words
    claims = (
        select(func.count(Claim.id))
        .join(Cover, Cover.id == Claim.cover_id)
        .where(Cover.enrolment_id == case.enrolment.id, Claim.state_code != CaseState.VOID)
    )
    if session.scalars(claims).one():
        raise UserError(
            "claim-exists",
            f"这份申请的{words.person}已有{words.benefit}{words.apply}。",
            f"请先办完或核对这些{words.apply}。",
        )
