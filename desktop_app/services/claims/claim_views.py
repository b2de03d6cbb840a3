"""Claims as pages see them, and the people a claim can be made for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, ClaimFigure, PaperState
from db.models.claims import Claim
from db.models.enrolments import Cover
from db.models.papers import IssuedForm, PrintCopy
from db.models.schemes import PlanRecord, SchemeVersion
from db.models.units import Unit
from db.queries import claims as queries
from db.queries import members as member_queries
from db.queries import search as search_queries
from desktop_app.documents.kinds import RECEIPT, WORKSHEET
from desktop_app.domain.benefits.benefit_needs import fact_fields
from desktop_app.domain.claims import optional_papers
from desktop_app.domain.dates import chinese_date, last_day, period_text
from desktop_app.domain.labels import label
from desktop_app.domain.names import name_key
from desktop_app.domain.schemes.claim_ways import lacking, may_say_amount, step_of
from desktop_app.domain.schemes.scheme_parts import ClaimStep
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.cases.dues import owed_text
from desktop_app.services.claims.claim_moves import not_by_this_user, standing_of
from desktop_app.services.claims.worksheets import still_open, stored_steps
from desktop_app.services.desk import Desk
from desktop_app.services.search_keys import masked
from desktop_app.services.versions.scheme_texts import scheme_in_force, scheme_of
from desktop_app.services.views.claims import ClaimRow, ClaimView, CoveredPerson
from desktop_app.services.views.papers import PaperLine
from desktop_app.services.views.worksheets import IssuedOnce, WorksheetView

MOST = 20
VOID = "已作废"


def covered_people(session: Session, text: str, event_on: date) -> tuple[CoveredPerson, ...]:
    wanted = text.strip().upper()
    if not wanted:
        return ()
    if wanted[:-1].isdigit() and (wanted[-1].isdigit() or wanted[-1] == "X"):
        ids = search_queries.members_by_number(session, wanted, wanted[::-1], MOST)
    else:
        ids = search_queries.members_by_name(session, name_key(text), text.strip().lower(), MOST)
    return covered_of(session, ids, event_on)


def covered_of(session: Session, ids: list[int], event_on: date) -> tuple[CoveredPerson, ...]:
    """These people with the plans that cover each of them on the day."""
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


def list_rows(session: Session) -> tuple[ClaimRow, ...]:
    """Every claim, its step named by the version that it goes by."""
    schemes = {
        version.id: scheme_of(version)
        for version in session.scalars(
            select(SchemeVersion).where(
                SchemeVersion.id.in_(select(Claim.scheme_version_id).distinct())
            )
        )
    }
    optional = {version: optional_papers(scheme) for version, scheme in schemes.items()}
    return tuple(
        _claim_row(row, schemes[row[0].scheme_version_id])
        for row in queries.list_rows(session, optional)
    )


def _claim_row(row: Any, scheme: Scheme) -> ClaimRow:
    claim, unit, plan, missing = row
    return ClaimRow(
        id=claim.id,
        number=claim.number,
        person=claim.person_name,
        unit=unit or "",
        plan=plan,
        event_on=claim.event_on,
        claimed_fen=claim.claimed_fen,
        step_label=VOID if _void(claim) else step_of(scheme.claims, claim.step_key).label,
        papers_missing=0 if _void(claim) else missing,
    )


def _void(claim: Claim) -> bool:
    return claim.state_code == CaseState.VOID


def claim_view(session: Session, claim: Claim, desk: Desk) -> ClaimView:
    """A claim as this desk's user sees it: what is missing says too that another has to act."""
    scheme = scheme_in_force(session, claim.scheme_version_id)
    rules, plan = scheme.claims, session.get_one(PlanRecord, claim.plan_id)
    step = step_of(rules, claim.step_key)
    standing = standing_of(session, claim, scheme)
    unit = session.get(Unit, claim.unit_id) if claim.unit_id else None
    shown = ClaimView(
        id=claim.id,
        number=claim.number,
        person=claim.person_name,
        identity=masked(claim.person_identity_no),
        unit=unit.name if unit else "",
        plan=plan.name,
        event_on=claim.event_on,
        cover=_cover_text(session, claim),
        claimed_fen=claim.claimed_fen,
        on_paper=claim.papers_on_paper,
        papers=_papers(session, claim, scheme),
        decided_fen=claim.decided_fen,
        decided_on=claim.decided_on,
        step_label=step.label,
        next_label="",
        next_act="",
        missing=(),
        decides=rules.decides,
        pays=rules.pays,
        amount_fen=standing.amount_fen,
        paid_on=claim.paid_on,
        told_on=claim.told_on,
        refusal=queries.refusal_of(session, claim.id) or "",
        facts=claim.facts,
        fields=fact_fields(scheme.plan(plan.plan_key).benefits),
        worksheet=_worksheet(session, claim),
        business_no=claim.business_no or "",
        receipt=_receipt(session, claim),
        owed=_owed(session, claim),
    )
    if _void(claim):
        return replace(shown, step_label=VOID, voided=queries.last_note(session, claim.id))
    other = not_by_this_user(session, claim, step, desk)
    missing = (*((other,) if other else ()), *lacking(step, standing))
    return replace(_with_ways(shown, scheme, step), missing=missing)


def _with_ways(shown: ClaimView, scheme: Scheme, step: ClaimStep) -> ClaimView:
    """What may be done with a claim that was not voided."""
    rules = scheme.claims
    return replace(
        shown,
        next_label=step.action,
        next_act=step.act,
        may_skip=step.optional,
        may_figure=rules.decides == "province" or may_say_amount(rules, step),
        returns_to=step_of(rules, step.returns_to).label if step.returns_to else "",
        may_refuse=bool(step.refuses_to),
        refusal_rules=_rule_texts(scheme) if step.refuses_to else (),
        may_number=rules.decides != "office",
        may_void=shown.decided_fen is None,
    )


def _papers(session: Session, claim: Claim, scheme: Scheme) -> tuple[PaperLine, ...]:
    labels = {paper.id: paper.label for paper in scheme.claims.papers}
    return tuple(
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


def _worksheet(session: Session, claim: Claim) -> WorksheetView | None:
    sheet = queries.latest_sheet(session, claim.id)
    if sheet is None:
        return None
    issued = queries.issued_form(session, claim.id, WORKSHEET)
    return WorksheetView(
        id=sheet.id,
        kind=sheet.kind_code,
        kind_label=label(ClaimFigure(sheet.kind_code)),
        fen=sheet.fen,
        estimate=sheet.kind_code == ClaimFigure.ESTIMATE,
        to_confirm=tuple(sheet.basis["to_confirm"]),
        open_labels=still_open(session, sheet),
        steps=stored_steps(sheet),
        facts=sheet.basis["facts"],
        version_no=session.get_one(SchemeVersion, sheet.scheme_version_id).version_no,
        said_at=sheet.said_at,
        issued_id=issued.id if issued else None,
        issued_no=issued.number if issued else "",
        copies=_copies(session, issued) if issued else 0,
    )


def _receipt(session: Session, claim: Claim) -> IssuedOnce | None:
    issued = queries.issued_form(session, claim.id, RECEIPT)
    return IssuedOnce(issued.id, issued.number, _copies(session, issued)) if issued else None


def _copies(session: Session, issued: IssuedForm) -> int:
    query = select(func.count()).where(PrintCopy.issued_form_id == issued.id)
    return session.scalars(query).one()


def _rule_texts(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's own sentences by which a claim may be refused."""
    return tuple(text for text in (scheme.eligibility.text, scheme.coverage.text) if text)


def _owed(session: Session, claim: Claim) -> str:
    """The office decides what it means for the claim: it is told, and stops nothing."""
    if claim.cover_id is None:
        return ""
    return owed_text(session, session.get_one(Cover, claim.cover_id).enrolment_id)


def _cover_text(session: Session, claim: Claim) -> str:
    if claim.cover_id is None:
        return "查无此人,未核对保障"
    cover = session.get_one(Cover, claim.cover_id)
    return period_text(cover.from_on, cover.until_on)
