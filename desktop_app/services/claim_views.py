"""Claims as pages see them, and the people a claim can be made for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.codes import CaseState, PaperState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries import claims as queries
from db.queries import members as member_queries
from db.queries import search as search_queries
from desktop_app.domain.dates import chinese_date, last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.domain.names import name_key
from desktop_app.services.claim_steps import lacking, step_of
from desktop_app.services.scheme_texts import scheme_in_force
from desktop_app.services.search_keys import masked
from desktop_app.services.views import ClaimRow, ClaimView, CoveredPerson, PaperLine

MOST = 20


def covered_people(session: Session, text: str, event_on: date) -> tuple[CoveredPerson, ...]:
    wanted = text.strip().upper()
    if not wanted:
        return ()
    if wanted[:-1].isdigit() and (wanted[-1].isdigit() or wanted[-1] == "X"):
        ids = search_queries.members_by_number(session, wanted, wanted[::-1], MOST)
    else:
        ids = search_queries.members_by_name(session, name_key(text), text.strip().lower(), MOST)
    plans: dict[int, list[tuple[str, str]]] = {}
    for member_id, cover, key, plan, _unit in member_queries.covers_on(session, ids, event_on):
        until = chinese_date(last_day(cover.until_on))
        plans.setdefault(member_id, []).append((key, f"{plan} 至{until}24时"))
    return tuple(
        CoveredPerson(
            row.id, row.name, masked(row.identity_no), row.unit or "", tuple(plans.get(row.id, ()))
        )
        for row in search_queries.member_lines(session, ids)
    )


def claim_row(row: Any) -> ClaimRow:
    claim, unit, plan, missing = row
    return ClaimRow(
        id=claim.id,
        number=claim.number,
        person=claim.person_name,
        unit=unit or "",
        plan=plan,
        event_on=claim.event_on,
        claimed_fen=claim.claimed_fen,
        step_label=step_of(claim.step_key).label,
        papers_missing=missing,
    )


def claim_view(session: Session, claim: Claim) -> ClaimView:
    scheme = scheme_in_force(session, claim.scheme_version_id)
    labels = {paper.id: paper.label for paper in scheme.claims.papers}
    papers = tuple(
        PaperLine(
            key=paper.paper_key,
            label=labels.get(paper.paper_key, paper.paper_key),
            state=paper.state_code,
            state_label=label(PaperState(paper.state_code)),
            note="",
            attachment_id=paper.attachment_id,
        )
        for paper in queries.papers_of(session, claim.id)
    )
    step = step_of(claim.step_key)
    required = {paper.id for paper in scheme.claims.papers if paper.required}
    missing = sum(1 for p in papers if p.state == PaperState.MISSING and p.key in required)
    unit = session.get(Unit, claim.unit_id) if claim.unit_id else None
    closed = claim.state_code == CaseState.FINISHED
    return ClaimView(
        id=claim.id,
        number=claim.number,
        person=claim.person_name,
        identity=masked(claim.person_identity_no),
        unit=unit.name if unit else "",
        plan=session.get_one(PlanRecord, claim.plan_id).name,
        event_on=claim.event_on,
        cover=_cover_text(session, claim),
        claimed_fen=claim.claimed_fen,
        on_paper=claim.papers_on_paper,
        papers=papers,
        decided_fen=claim.decided_fen,
        decided_on=claim.decided_on,
        step_label=step.label,
        next_label="" if closed else step.action,
        next_act="" if closed else step.act,
        missing=() if closed else lacking(step.key, missing, claim.claimed_fen),
    )


def _cover_text(session: Session, claim: Claim) -> str:
    if claim.cover_id is None:
        return "查无此人,未核对保障"
    cover = session.get_one(Cover, claim.cover_id)
    return period_text(cover.from_on, cover.until_on)
