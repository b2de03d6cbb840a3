"""What is decided of a claim: sent back, refused, paid out, arrived."""

from __future__ import annotations

from datetime import date

from db.codes import ClaimFigure
from db.models.claims import Claim
from db.models.schemes import SchemeVersion
from db.queries import claims as queries
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.claim_ways import (
    ARRIVE,
    PAY,
    step_after,
    step_of,
    unconfirmed,
    when_to_refuse,
)
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act
from desktop_app.services.claims.claim_facts import undecided_before
from desktop_app.services.claims.claim_moves import (
    amount_of,
    move,
    open_claim_of,
    require_act,
    require_other_person,
    say_line,
    say_sheet,
    scheme_for,
)
from desktop_app.services.claims.worksheets import Sheet, clause_labels, figure_sheet
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import needed_text


class ClaimDecisionService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("claim.send-back", Permission.CLAIM, Area.CLAIMS)
    def send_back(self, tx: Transaction, claim_id: int, reason: str) -> None:
        """退回: to the step that the scheme names, with the reason in the claim's history."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = step_of(scheme.claims, claim.step_key)
        if not step.returns_to:
            raise UserError(
                "wrong-step", f"这一件现在是“{step.label}”,不能退回。", "请刷新后再看。"
            )
        text = needed_text(reason, "退回的原因", "reason")
        move(tx, claim, step_of(scheme.claims, step.returns_to), text)
        tx.audit(f"claim {claim_id}", step=claim.step_key)

    @act("claim.refuse", Permission.CLAIM, Area.CLAIMS)
    def refuse(self, tx: Transaction, claim_id: int, rule: str, reason: str, on: date) -> None:
        """不予互助, by who decides: the rule's text stands in the record and in the notice."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = step_of(scheme.claims, claim.step_key)
        if not step.refuses_to:
            raise UserError(
                "wrong-step",
                f"这一件现在是“{step.label}”,不能登记不予办理。",
                when_to_refuse(scheme.claims, step, decided=claim.decided_fen is not None),
            )
        if scheme.claims.decides == "office":
            self.desk.require(Permission.REVIEW)
            require_other_person(tx, claim, step)
        rule = needed_text(rule, "所依据的规定", "rule")
        reason = needed_text(reason, "不予办理的原因", "reason")
        self._check_day(claim, on)
        claim.decided_fen, claim.decided_on = 0, on
        say_line(tx, claim, ClaimFigure.DECISION, 0, reason, rule)
        move(tx, claim, step_of(scheme.claims, step.refuses_to), rule)
        tx.audit(f"claim {claim_id}", refused=1)

    @act("claim.arrive", Permission.CLAIM, Area.CLAIMS)
    def record_arrival(self, tx: Transaction, claim_id: int, on: date) -> None:
        """到账日: the day on which the decided money reached the person."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = require_act(tx, claim, scheme, ARRIVE)
        self._check_day(claim, on)
        claim.paid_on = on
        move(tx, claim, step_after(scheme.claims, step))
        tx.audit(f"claim {claim_id}", step=claim.step_key)

    @act("claim.pay", Permission.PAY, Area.CLAIMS)
    def pay(self, tx: Transaction, claim_id: int, on: date) -> int:
        """拨付 or 清算: only what the rules give now, with nothing open, and what was reviewed."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = require_act(tx, claim, scheme, PAY)
        self._check_day(claim, on)
        sheet = figure_sheet(tx.session, claim)
        fen = _payable(tx, claim, scheme, sheet)
        latest = queries.latest_sheet(tx.session, claim.id)
        if latest is None or (latest.worksheet, latest.basis) != (sheet.steps, sheet.basis):
            say_sheet(tx, claim, scheme, sheet)
        claim.decided_fen, claim.decided_on, claim.paid_on = fen, on, on
        say_line(tx, claim, ClaimFigure.DECISION, fen, step.action)
        move(tx, claim, step_after(scheme.claims, step))
        tx.audit(f"claim {claim_id}", fen=fen)
        return fen

    def _check_day(self, claim: Claim, on: date) -> None:
        first = max(claim.event_on, claim.decided_on or claim.event_on)
        if not first <= on <= self.desk.today():
            raise UserError("date", "这个日期早于前面的步骤或晚于今天。", "请照凭证填写。", "on")


def _payable(tx: Transaction, claim: Claim, scheme: Scheme, sheet: Sheet) -> int:
    """The amount that may be paid; refused where it hangs on anything that is not settled."""
    if claim.cover_id is None:
        raise UserError(
            "not-covered",
            "台账里没有查到此人在事件当天的保障,不能给付。",
            "请先核对保障;确实没有保障的,由审定的一方登记不予办理。",
        )
    if sheet.fen is None or sheet.to_confirm:
        version = tx.session.get_one(SchemeVersion, claim.scheme_version_id)
        labels = clause_labels(tx.session, version.id, sheet.to_confirm)
        need = unconfirmed(tuple(text for _key, text in labels), version.version_no)
        raise UserError(need.code, need.message, need.remedy, "、".join(sheet.to_confirm))
    benefits = scheme.plan(sheet.basis["plan"]).benefits
    waits_for = undecided_before(tx.session, claim, benefits) if benefits else None
    if waits_for:
        raise UserError(
            "earlier-claim",
            f"此人在前的申领{waits_for}还没有办完,本件金额要以它为准。",
            "请先办完在前的申领。",
        )
    amount = amount_of(claim, scheme, queries.latest_sheet(tx.session, claim.id))
    if amount != sheet.fen:
        raise UserError(
            "amount-differs",
            f"现在核算为{yuan(sheet.fen)}元,与登记的{yuan(amount or 0)}元不一致。",
            "请退回后重新核算,再由另一位同事复核。",
        )
    return sheet.fen
