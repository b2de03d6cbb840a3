"""A claim on its way: where it stands, who may move it on, and every figure said about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, ClaimFigure, Role
from db.models.claims import Claim, ClaimAmount, ClaimStep
from db.models.schemes import SchemeVersion
from db.queries import claims as queries
from desktop_app.domain.claims import needs_paper, optional_papers
from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.labels import label
from desktop_app.domain.schemes import claim_ways as ways
from desktop_app.domain.schemes.scheme_model import Scheme
from desktop_app.domain.schemes.scheme_parts import ClaimStep as Step
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.claims.worksheets import Sheet, still_open
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.versions.scheme_texts import scheme_in_force

WHO = {
    Role.CLERK: Permission.CLAIM,
    Role.REVIEWER: Permission.REVIEW,
    Role.HEAD: Permission.FIGURES,
}


def claim_of(session: Session, claim_id: int) -> Claim:
    claim = session.get(Claim, claim_id)
    if claim is None:
        raise UserError("claim-unknown", "没有这一件。", "请刷新后再试。")
    return claim


def open_claim_of(session: Session, claim_id: int) -> Claim:
    """A claim that was not voided."""
    claim = claim_of(session, claim_id)
    if claim.state_code == CaseState.VOID:
        raise UserError("claim-void", "这件申领已作废,不再办理。", "确要办理的,请另行登记。")
    return claim


def scheme_for(session: Session, claim: Claim) -> Scheme:
    return scheme_in_force(session, claim.scheme_version_id)


def standing_of(session: Session, claim: Claim, scheme: Scheme) -> ways.Standing:
    sheet = queries.latest_sheet(session, claim.id)
    version = session.get_one(SchemeVersion, claim.scheme_version_id)
    return ways.Standing(
        papers_missing=queries.papers_missing(session, claim.id, optional_papers(scheme)),
        amount_fen=amount_of(claim, scheme, sheet),
        figured=sheet is not None,
        open_clauses=still_open(session, sheet) if sheet is not None else (),
        version_no=version.version_no,
        figured_fen=sheet.fen if sheet and sheet.kind_code == ClaimFigure.COMPUTED else None,
    )


def amount_of(claim: Claim, scheme: Scheme, sheet: ClaimAmount | None) -> int | None:
    """The worksheet's amount where the office decides and nothing was open, else the one typed."""
    if scheme.claims.decides == "office" and sheet and sheet.kind_code == ClaimFigure.COMPUTED:
        fen: int | None = sheet.fen
        return fen
    return claim.claimed_fen


def require_act(tx: Transaction, claim: Claim, scheme: Scheme, act: str) -> Step:
    """The step that the claim stands at, where its act is this one and nothing is missing."""
    step = ways.step_of(scheme.claims, claim.step_key)
    if step.act != act and not (act == ways.MOVE_ON and step.optional):
        remedy = f"请先:{step.action}。" if step.action else "没有要办的下一步。"
        raise UserError("wrong-step", f"这一件现在是“{step.label}”,不能做这一步。", remedy)
    for need in ways.lacking(step, standing_of(tx.session, claim, scheme)):
        raise UserError(need.code, need.message, need.remedy)
    tx.desk.require(WHO[Role(step.who)])
    require_other_person(tx, claim, step)
    return step


def require_other_person(tx: Transaction, claim: Claim, step: Step) -> None:
    if (need := _same_person(tx.session, claim, step, tx.user_id)) is not None:
        raise UserError(need.code, f"{need.message}。", need.remedy)


def not_by_this_user(session: Session, claim: Claim, step: Step, desk: Desk) -> Missing | None:
    """Why the signed-in user may not take the step himself; said before he tries."""
    role = Role(step.who)
    if step.act and WHO[role] not in GRANTS[desk.actor.role]:
        who = label(role)
        return Missing("not-permitted", f"这一步由{who}办理", f"请{who}登录后办理。")
    return _same_person(session, claim, step, desk.actor.user_id)


def _same_person(session: Session, claim: Claim, step: Step, user_id: int) -> Missing | None:
    """Who said the amount, or where nobody did, who took the step before, is not asked again."""
    if not step.other_person:
        return None
    said = queries.figured_by(session, claim.id) or {queries.moved_by(session, claim.id)}
    if user_id not in said:
        return None
    return Missing("same-person", f"{step.action}须由另一位同事办理", "请换一位同事登录后再办。")


def move(tx: Transaction, claim: Claim, to: Step, note: str | None = None) -> None:
    """Write the step; at the end of its way the claim is finished."""
    count = select(func.count()).select_from(ClaimStep).where(ClaimStep.claim_id == claim.id)
    tx.session.flush()
    tx.session.add(
        ClaimStep(
            claim_id=claim.id,
            seq=tx.session.scalars(count).one() + 1,
            from_key=claim.step_key,
            to_key=to.key,
            at=tx.now,
            user_id=tx.user_id,
            operation_id=tx.operation_id,
            note=note,
        )
    )
    claim.step_key = to.key
    if not to.act:
        claim.state_code = CaseState.FINISHED


def move_on(tx: Transaction, claim: Claim, scheme: Scheme, to: Step) -> None:
    """Go to a step, and past one that would only take the amount that is there already."""
    move(tx, claim, to)
    if to.act in ways.AMOUNT_ACTS:
        take_amount(tx, claim, scheme)


def take_amount(tx: Transaction, claim: Claim, scheme: Scheme) -> None:
    """Leave the step that takes the amount as soon as nothing is missing there."""
    step = ways.step_of(scheme.claims, claim.step_key)
    standing = standing_of(tx.session, claim, scheme)
    if step.act not in ways.AMOUNT_ACTS or standing.amount_fen is None:
        return
    if not ways.lacking(step, standing):
        move(tx, claim, ways.step_after(scheme.claims, step))


def say_sheet(tx: Transaction, claim: Claim, scheme: Scheme, sheet: Sheet) -> None:
    """Keep a worksheet with the facts and rulings that it was figured from."""
    say(tx, claim, sheet.kind, sheet.fen, sheet.steps, basis=sheet.basis)
    if sheet.fen is not None and claim.claimed_fen is None:
        claim.papers_on_paper = needs_paper(scheme, sheet.fen)


def say_line(
    tx: Transaction, claim: Claim, kind: ClaimFigure, fen: int, text: str, clause: str = ""
) -> None:
    """Keep a figure that no rules gave: its worksheet has a single line."""
    line = {"rule": kind.value, "clause": clause, "input": None, "output": fen, "text": text}
    say(tx, claim, kind, fen, [line], reason=clause or None)


def say(
    tx: Transaction,
    claim: Claim,
    kind: ClaimFigure,
    fen: int | None,
    lines: list[dict[str, Any]],
    **more: Any,
) -> None:
    tx.add(
        ClaimAmount(
            claim_id=claim.id,
            kind_code=kind,
            fen=fen,
            worksheet=lines,
            scheme_version_id=claim.scheme_version_id,
            said_by=tx.user_id,
            said_at=tx.now,
            **more,
        )
    )
    tx.session.flush()
