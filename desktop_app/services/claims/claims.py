"""Claims: registered with papers, facts and amount, figured, and taken along their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.codes import CaseState, ClaimFigure, PaperState
from db.models.claims import Claim, ClaimPaper
from db.models.enrolments import Cover, Enrolment
from db.models.members import Member
from db.models.schemes import SchemeVersion
from db.queries import claims as queries
from db.queries import members as member_queries
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.claims import needs_paper, papers_for
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.claim_ways import (
    DECIDE,
    MOVE_ON,
    may_say_amount,
    passed_over,
    step_after,
    step_of,
    when_to_change,
)
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.claims.claim_moves import (
    claim_of,
    move,
    move_on,
    open_claim_of,
    require_act,
    say_line,
    say_sheet,
    scheme_for,
    take_amount,
)
from desktop_app.services.claims.claim_versions import version_for
from desktop_app.services.claims.claim_views import (
    claim_view,
    covered_of,
    covered_people,
    list_rows,
)
from desktop_app.services.claims.claimants import require_known, stated_identity
from desktop_app.services.claims.worksheets import figure_sheet
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.files import keep_scan
from desktop_app.services.papers.scans import lines_of_claim
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_line, check_money
from desktop_app.services.versions.scheme_texts import plan_ids, scheme_in_force
from desktop_app.services.views.claims import ClaimRow, ClaimView, CoveredPerson
from desktop_app.services.views.scans import ScanLine

SERIES = "SL"


class ClaimService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def find_covered(self, text: str, event_on: date) -> tuple[CoveredPerson, ...]:
        """Return people who fit the words, each with the plans that cover the day."""
        with self.desk.database.reading() as uow:
            return covered_people(uow.session, text, event_on)

    @look()
    def cover_of(self, member_id: int, event_on: date) -> tuple[CoveredPerson, ...]:
        """Return one person with the plans that cover the day."""
        with self.desk.database.reading() as uow:
            return covered_of(uow.session, [member_id], event_on)

    @act("claim.register", Permission.CLAIM, Area.CLAIMS)
    def register(self, tx: Transaction, draft: ClaimDraft) -> int:
        """登记: a person not found (查无此人) is recorded by the words given."""
        if draft.event_on > self.desk.today():
            raise UserError(
                "event-date", "事件日期晚于今天。", "请照病历或事故日期填写。", "event_on"
            )
        if draft.claimed_fen is not None:
            _check_amount(draft.claimed_fen)
        check_line(draft.person_name, "姓名", "person_name")
        check_line(draft.identity_no, "证件号码", "identity_no")
        identity = stated_identity(draft.identity_no, self.desk.today())
        facts_from(draft.facts or {})
        require_known(tx.session, draft, self.desk.today())
        cover = self._cover(tx, draft)
        version = version_for(tx.session, cover, draft.event_on, self.desk.today())
        scheme = scheme_in_force(tx.session, version.id)
        plan = scheme.plan(draft.plan_key)
        claim = self._claim(tx, replace(draft, identity_no=identity), version, cover)
        if not draft.again:
            _require_first(tx, claim)
        claim.number = tx.next_number(SERIES, self.desk.today().year)
        claim.step_key = scheme.claims.steps[0].key
        tx.add(claim)
        tx.session.flush()
        move(tx, claim, scheme.claims.steps[0])
        for paper in papers_for(scheme, (plan.id,)):
            tx.session.add(
                ClaimPaper(claim_id=claim.id, paper_key=paper.id, state_code=PaperState.MISSING)
            )
        if draft.claimed_fen is not None:
            _type(tx, claim, scheme, draft.claimed_fen)
        if draft.facts:
            _figure_if_told_enough(tx, claim, scheme)
        tx.audit(f"claim {claim.id}", covered=int(cover is not None))
        return claim.id

    @act("claim.set-paper", Permission.CLAIM, Area.CLAIMS)
    def set_paper(
        self, tx: Transaction, claim_id: int, paper_key: str, state: str, file: Path | None = None
    ) -> None:
        """原件核对退回, 复印件已收 or 待补."""
        claim = open_claim_of(tx.session, claim_id)
        if claim.state_code != CaseState.OPEN or queries.refusal_of(tx.session, claim_id):
            raise UserError(
                "claim-closed", "这件申领已经办结或不予办理,资料不再改动。", "请刷新后再看。"
            )
        attachment = keep_scan(tx, file) if file else None
        query = select(ClaimPaper).where(
            ClaimPaper.claim_id == claim_id, ClaimPaper.paper_key == paper_key
        )
        paper = tx.session.scalars(query).one_or_none()
        if paper is None:
            raise UserError("paper-unknown", "这一件没有这份资料。", "请刷新后再试。")
        paper.state_code = PaperState(state)
        if attachment is not None:
            paper.attachment_id, paper.pages = attachment.id, attachment.pages
        tx.audit(f"claim {claim_id}", paper=paper_key, state=state)

    @act("claim.type-amount", Permission.CLAIM, Area.CLAIMS)
    def type_amount(self, tx: Transaction, claim_id: int, fen: int) -> None:
        """申领金额, typed while the scheme's figures are to be confirmed."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        _require_before_review(claim, scheme)
        _check_amount(fen)
        _type(tx, claim, scheme, fen)
        take_amount(tx, claim, scheme)
        tx.audit(f"claim {claim_id}", fen=fen)

    @act("claim.figure", Permission.CLAIM, Area.CLAIMS)
    def figure(self, tx: Transaction, claim_id: int, facts: Mapping[str, Any] | None = None) -> str:
        """核算: the worksheet from these facts, or anew from those given before."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        if scheme.claims.decides != "province":
            _require_before_review(claim, scheme)
        elif claim.state_code != CaseState.OPEN:
            raise UserError("wrong-step", "这一件已经办结。", "办结的不再核算。")
        if facts is not None:
            facts_from(facts)
            claim.facts = dict(facts)
        sheet = figure_sheet(tx.session, claim)
        say_sheet(tx, claim, scheme, sheet)
        if scheme.claims.decides != "province":
            take_amount(tx, claim, scheme)
        tx.audit(f"claim {claim_id}", fen=sheet.fen, open=len(sheet.to_confirm))
        return sheet.kind.value

    @act("claim.move-on", Permission.CLAIM, Area.CLAIMS)
    def move_on(self, tx: Transaction, claim_id: int) -> None:
        """Take the next step that needs no figure of its own."""
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = require_act(tx, claim, scheme, MOVE_ON)
        follows = step_after if step.act == MOVE_ON else passed_over
        move_on(tx, claim, scheme, follows(scheme.claims, step))
        if claim.state_code == CaseState.FINISHED:
            claim.told_on = self.desk.today()
        tx.audit(f"claim {claim_id}", step=claim.step_key)

    @act("claim.decide", Permission.CLAIM, Area.CLAIMS)
    def decide(
        self, tx: Transaction, claim_id: int, fen: int, on: date, above: bool = False
    ) -> None:
        """省办核定金额: the province decides; the county only records it.

        `above` says that it is rightly more than was asked for.
        """
        claim = open_claim_of(tx.session, claim_id)
        scheme = scheme_for(tx.session, claim)
        step = require_act(tx, claim, scheme, DECIDE)
        check_money(fen, "核定金额", least=0)
        if not claim.event_on <= on <= self.desk.today():
            raise UserError("date", "核定日期早于事件日期或晚于今天。", "请照省办通知填写。", "on")
        asked = claim.claimed_fen
        if asked is not None and fen > asked and not above:
            raise UserError(
                "above-asked",
                f"核定{yuan(fen)}元,多于申领的{yuan(asked)}元。",
                "请照省办通知核对;确实如此的,请注明后再登记。",
                "above",
            )
        claim.decided_fen, claim.decided_on = fen, on
        say_line(tx, claim, ClaimFigure.DECISION, fen, "省办核定金额")
        move(tx, claim, step_after(scheme.claims, step))
        tx.audit(f"claim {claim_id}", fen=fen)

    @look()
    def list_claims(self) -> tuple[ClaimRow, ...]:
        with self.desk.database.reading() as uow:
            return list_rows(uow.session)

    @look()
    def get(self, claim_id: int) -> ClaimView:
        with self.desk.database.reading() as uow:
            return claim_view(uow.session, claim_of(uow.session, claim_id), self.desk)

    @look()
    def list_scans(self, claim_id: int) -> tuple[ScanLine, ...]:
        """What was attached to a claim, then its printed forms that came back with their code."""
        with self.desk.database.reading() as uow:
            claim = claim_of(uow.session, claim_id)
            rules = scheme_in_force(uow.session, claim.scheme_version_id).claims
            labels = {paper.id: paper.label for paper in rules.papers}
            return lines_of_claim(uow.session, claim_id, labels)

    def _claim(
        self, tx: Transaction, draft: ClaimDraft, version: SchemeVersion, cover: Cover | None
    ) -> Claim:
        member = tx.session.get(Member, draft.member_id) if draft.member_id else None
        if member is None and not draft.person_name.strip():
            raise UserError("name-missing", "没有填姓名。", "请填写申领人姓名。", "person_name")
        enrolment = tx.session.get_one(Enrolment, cover.enrolment_id) if cover else None
        return Claim(
            member_id=member.id if member else None,
            person_name=member.name if member else draft.person_name.strip(),
            person_identity_no=member.identity_no if member else draft.identity_no,
            unit_id=enrolment.unit_id if enrolment else None,
            cover_id=cover.id if cover else None,
            plan_id=plan_ids(tx.session, version.scheme_id)[draft.plan_key],
            scheme_version_id=version.id,
            event_on=draft.event_on,
            facts=dict(draft.facts or {}),
            papers_on_paper=False,
            state_code=CaseState.OPEN,
            registered_at=tx.now,
            registered_by=tx.user_id,
        )

    def _cover(self, tx: Transaction, draft: ClaimDraft) -> Cover | None:
        if draft.member_id is None:
            return None
        rows = member_queries.covers_on(tx.session, [draft.member_id], draft.event_on)
        for _member_id, cover, plan_key, _plan, _unit in rows:
            if plan_key == draft.plan_key:
                found: Cover = cover
                return found
        raise UserError(
            "not-covered",
            "这一天此人没有这个项目的保障。",
            "请核对事件日期和项目;查无此人时按姓名登记。",
            "event_on",
        )


def _type(tx: Transaction, claim: Claim, scheme: Scheme, fen: int) -> None:
    claim.claimed_fen, claim.papers_on_paper = fen, needs_paper(scheme, fen)
    say_line(tx, claim, ClaimFigure.TYPED, fen, "申领人填写的申领金额")


def _figure_if_told_enough(tx: Transaction, claim: Claim, scheme: Scheme) -> None:
    """At registration a fact may still be out; it is asked for when the claim is figured."""
    try:
        sheet = figure_sheet(tx.session, claim)
    except UserError as error:
        if error.code != "fact-missing":
            raise
        return
    say_sheet(tx, claim, scheme, sheet)


def _require_first(tx: Transaction, claim: Claim) -> None:
    other = queries.same_event(tx.session, claim)
    if other is not None:
        raise UserError(
            "claim-again",
            f"此人同日同项目已有{other}。",
            "请先核对那一件;确是另一件事的,请注明后再登记。",
            "again",
        )


def _require_before_review(claim: Claim, scheme: Scheme) -> None:
    step = step_of(scheme.claims, claim.step_key)
    if not may_say_amount(scheme.claims, step):
        raise UserError(
            "wrong-step",
            f"这一件现在是“{step.label}”,不能再改金额。",
            when_to_change(scheme.claims, step, decided=claim.decided_fen is not None),
        )


def _check_amount(fen: int) -> None:
    check_money(fen, "申领金额")
