"""What each further form of a claim says, and what must have been done before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from db.codes import ClaimFigure, PaperState
from db.models.claims import Claim, ClaimAmount
from db.models.enrolments import Cover, EnrolmentPlan
from db.models.members import Member
from db.models.schemes import PlanRecord
from db.queries import claims as queries
from desktop_app.documents.forms.claims import ClaimApplication
from desktop_app.documents.forms.notices import FeedbackSlip, RefusalNotice, SupplementNotice
from desktop_app.domain.dates import period_text
from desktop_app.services.claims.claim_prints import received
from desktop_app.services.claims.worksheets import stored_steps
from desktop_app.services.forms.asking import NOBODYS, Asked, not_yet
from desktop_app.services.search_keys import masked


def supplement(asked: Asked) -> SupplementNotice:
    claim = claim_asked(asked)
    known = {paper.id: paper for paper in asked.scheme.claims.papers}
    wanting = tuple(
        known[paper.paper_key].label if paper.paper_key in known else paper.paper_key
        for paper in queries.papers_of(asked.session, claim.id)
        if paper.state_code == PaperState.MISSING
        and (paper.paper_key not in known or known[paper.paper_key].required)
    )
    if not wanting:
        raise not_yet("资料已经收齐,不用告知补正。", "请直接办理下一步。")
    return SupplementNotice(**begin(asked, claim), wanting=wanting)


def refusal(asked: Asked) -> RefusalNotice:
    claim = claim_asked(asked)
    rule = queries.refusal_of(asked.session, claim.id)
    if rule is None or claim.decided_on is None:
        raise not_yet("这一件没有登记不予办理。", "请先登记不予办理和所依据的规定。")
    query = select(ClaimAmount).where(
        ClaimAmount.claim_id == claim.id, ClaimAmount.kind_code == ClaimFigure.DECISION
    )
    said = asked.session.scalars(query.order_by(ClaimAmount.id.desc()).limit(1)).one()
    reason, on = stored_steps(said)[0].text, claim.decided_on
    return RefusalNotice(**begin(asked, claim), rule=rule, reason=reason, refused_on=on)


def feedback(asked: Asked) -> FeedbackSlip:
    claim = claim_asked(asked)
    if claim.unit_id is None:
        raise not_yet("这一件没有单位,没有单位工会可以走访。", "请直接告知本人。")
    if not claim.decided_fen or claim.decided_on is None:
        raise not_yet("核定以后才有反馈单。")
    return FeedbackSlip(
        **begin(asked, claim),
        decided_fen=claim.decided_fen,
        decided_on=claim.decided_on,
        paid_on=claim.paid_on,
        notice=asked.scheme.notices.get("feedback", ""),
    )


def claim_asked(asked: Asked) -> Claim:
    claim = asked.owner.claim
    assert claim is not None  # a form of a claim is asked of one
    return claim


def begin(asked: Asked, claim: Claim) -> dict[str, Any]:
    """What every form of a claim begins with; the number masked, as on the receipt."""
    told = asked.begin()
    if claim.unit_id is None:
        told["unit"] = replace(NOBODYS, name="不在名册里的人")
    return {
        **told,
        "apply": asked.scheme.words.apply,
        "claim_no": claim.number,
        "person": claim.person_name,
        "identity": masked(claim.person_identity_no),
        "plan": asked.session.get_one(PlanRecord, claim.plan_id).name,
        "event_on": claim.event_on,
    }


def claim_application(asked: Asked) -> ClaimApplication:
    """Printed at the desk for the person to sign: his own number stands whole on it."""
    claim, session = claim_asked(asked), asked.session
    cover = session.get(Cover, claim.cover_id) if claim.cover_id else None
    member = session.get(Member, claim.member_id) if claim.member_id else None
    known = {paper.id: paper for paper in asked.scheme.claims.papers}
    return ClaimApplication(
        **{**begin(asked, claim), "identity": claim.person_identity_no or ""},
        coverage=period_text(cover.from_on, cover.until_on) if cover else "",
        claimed_fen=claim.claimed_fen,
        phone=(member.phone or "") if member else "",
        document_no=_document_no(asked, cover),
        papers=tuple(received(paper, known) for paper in queries.papers_of(session, claim.id)),
    )


def _document_no(asked: Asked, cover: Cover | None) -> str:
    if cover is None:
        return ""
    plan = asked.session.get(EnrolmentPlan, (cover.enrolment_id, cover.plan_id))
    return (plan.document_no or "") if plan else ""
