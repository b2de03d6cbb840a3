"""What belongs to a claim beside its way: its number at the province, and that it was void."""

from __future__ import annotations

from db.codes import CaseState
from db.queries import claims as queries
from db.queries.enrolments import unit_with_business_no
from desktop_app.domain.schemes.claim_ways import step_of
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.claims.claim_moves import move, open_claim_of, scheme_for
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import needed_text

LONGEST_NUMBER = 40


class ClaimMendingService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("claim.enter-number", Permission.CLAIM, Area.CLAIMS)
    def enter_number(self, tx: Transaction, claim_id: int, business_no: str) -> None:
        """业务号: under which the one who decides has the claim; may be put right later."""
        claim = open_claim_of(tx.session, claim_id)
        if scheme_for(tx.session, claim).claims.decides == "office":
            raise UserError(
                "no-business-number",
                "这个方案的申领由本机构审定,没有业务号。",
                "请以本机构的编号为准。",
            )
        number = business_no.strip().upper()
        if not number or len(number) > LONGEST_NUMBER:
            raise UserError(
                "business-number",
                "没有填业务号。" if not number else "业务号太长。",
                "请照系统显示的业务号填写。",
                "business_no",
            )
        other = queries.with_business_no(tx.session, number, claim.id)
        unit = unit_with_business_no(tx.session, number)
        if other is None and unit is not None:
            other = f"“{unit}”的申请"
        if other is not None:
            raise UserError(
                "business-number-taken",
                f"业务号{number}已经登记在{other}上。",
                "请照系统显示的业务号核对。",
                "business_no",
            )
        claim.business_no = number
        tx.audit(f"claim {claim_id}")

    @act("claim.void", Permission.CLAIM, Area.CLAIMS)
    def void(self, tx: Transaction, claim_id: int, reason: str) -> None:
        """作废: only before anything was decided; the claim stays, with the reason."""
        claim = open_claim_of(tx.session, claim_id)
        if claim.decided_fen is not None:
            raise UserError(
                "claim-decided", "这件申领已经作出决定,不能作废。", "请刷新后再看这件申领的情况。"
            )
        reason = needed_text(reason, "作废的原因", "reason")
        move(tx, claim, step_of(scheme_for(tx.session, claim).claims, claim.step_key), reason)
        claim.state_code = CaseState.VOID
        tx.audit(f"claim {claim_id}", void=1)
